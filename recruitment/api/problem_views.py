"""What the `type` of a problem leads to: its description."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from recruitment.api.filters import refuse_unknown
from recruitment.api.problems import TYPES, ProblemType, address


class ProblemTypeSerializer(serializers.Serializer):
    type = serializers.URLField(help_text="The address of this description.")
    title = serializers.CharField(help_text="The same for every problem of the type.")
    status = serializers.IntegerField(help_text="The HTTP status that it comes with.")
    description = serializers.CharField(help_text="What went wrong, and what to do.")


class ProblemSerializer(serializers.Serializer):
    """An error, as RFC 9457 describes it; some types have members of their own."""

    type = serializers.URLField(help_text="An address that describes this type.")
    title = serializers.CharField(help_text="The same for every problem of the type.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What went wrong this time.")
    instance = serializers.CharField(help_text="What was asked for.")
    request_id = serializers.CharField(help_text="Name it when you report a problem.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="With status 400: each refused parameter, and what is accepted.",
    )


class ProblemViewSet(ViewSet):
    """The types of problems that the API answers with."""

    renderer_classes = [JSONRenderer]
    lookup_field = "name"
    lookup_value_regex = r"[-\w]+"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request, set())

    @extend_schema(responses=ProblemTypeSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Every type of problem, in the order of their status."""
        return Response([described(request, kind) for kind in TYPES.values()])

    @extend_schema(responses=ProblemTypeSerializer)
    def retrieve(self, request: Request, name: str, **kwargs: Any) -> Response:
        """One type of problem: what its `type` leads to."""
        if name not in TYPES:
            raise Http404
        return Response(described(request, TYPES[name]))


def described(request: Request, kind: ProblemType) -> dict[str, Any]:
    return {
        "type": address(request._request, kind),
        "title": kind.title,
        "status": kind.status,
        "description": kind.description,
    }
