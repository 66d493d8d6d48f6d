"""Releases: frozen copies of the record, and their files."""

from django.http import FileResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import condition
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from recruitment.api import serializers
from recruitment.api.filters import refuse_unknown
from recruitment.api.renderers import JSONRenderer
from recruitment.api.views import RecordViewSet
from recruitment.models import Release
from recruitment.releasing import MEDIA_TYPES, path_of

FOR_EVER = "public, max-age=31536000, immutable"


class ReleaseViewSet(RecordViewSet):
    """Frozen copies of the record; their files never change."""

    queryset = Release.objects.all()
    serializer_class = serializers.ReleaseSerializer
    filterset_class = None
    lookup_value_regex = r"[-0-9]+(?:\.[0-9]+)?"


def sha256_of(request, slug, name, **kwargs):
    """Give the ETag of a file: what it is, whenever it is asked for."""
    release = Release.objects.filter(slug=slug).first()
    files = release.files if release else []
    return next((f'"{one["sha256"]}"' for one in files if one["name"] == name), None)


class AsItIs(BaseContentNegotiation):
    """A file has one form, whatever is asked for; an error is JSON."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


@method_decorator(condition(etag_func=sha256_of), name="dispatch")
class ReleaseFileView(APIView):
    """One file of a release, as it was written."""

    renderer_classes = [JSONRenderer]
    content_negotiation_class = AsItIs
    tag = "releases"

    @extend_schema(
        operation_id="releases_file",
        responses={
            (200, *MEDIA_TYPES.values(), "text/plain"): OpenApiTypes.BINARY,
            (200, MEDIA_TYPES[".json"]): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request, slug, name):
        refuse_unknown(request, set())
        path = path_of(slug, name)
        if path is None:
            raise NotFound
        release = Release.objects.get(slug=slug)
        [file] = [one for one in release.files if one["name"] == name]
        answer = FileResponse(path.open("rb"), content_type=file["media_type"])
        answer["Cache-Control"] = FOR_EVER
        return answer
