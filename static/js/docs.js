// Swagger UI over our own document; nothing is asked of another host.
const docs = document.querySelector("#docs");
SwaggerUIBundle({
  url: docs.dataset.document,
  domNode: docs,
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
