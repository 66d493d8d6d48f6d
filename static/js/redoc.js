// Redoc's menu asks its maker's host for a logo: images come from here, or not at all.
// React writes an address twice, as an attribute and as a property.
const image = HTMLImageElement.prototype;
const { setAttribute } = image;
const { set } = Object.getOwnPropertyDescriptor(image, "src");
const ours = (address) =>
  new URL(address, location).origin === location.origin ? address : "data:,";
image.setAttribute = function (name, value) {
  setAttribute.call(this, name, name === "src" ? ours(value) : value);
};
Object.defineProperty(image, "src", {
  set(address) {
    set.call(this, ours(address));
  },
});

const docs = document.querySelector("#docs");
Redoc.init(docs.dataset.document, {}, docs);
