"""The document, as JSON and as YAML, and two pages that show it."""

from __future__ import annotations

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.renderers import OpenApiYamlRenderer, OpenApiYamlRenderer2
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from recruitment.api.document import document
from recruitment.api.filters import refuse_unknown
from recruitment.api.renderers import JSONRenderer


class OpenApiJSONRenderer(JSONRenderer):
    media_type = "application/vnd.oai.openapi+json"


class SchemaView(APIView):
    """This document: the API in OpenAPI 3.1, as JSON or as YAML."""

    renderer_classes = [
        JSONRenderer,
        OpenApiJSONRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request, **kwargs):
        refuse_unknown(request, set())
        return Response(document())


def docs(request: HttpRequest) -> HttpResponse:
    """Show the document in Swagger UI, where each operation can be tried."""
    return render(request, "api/docs.html")


# Redoc writes its styles into the page, and searches in a worker of its own making.
@csp_update({"style-src": UNSAFE_INLINE, "worker-src": [SELF, "blob:"]})
def redoc(request: HttpRequest) -> HttpResponse:
    """Show the document in Redoc, to be read."""
    return render(request, "api/redoc.html")
