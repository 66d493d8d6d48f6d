"""What will end is told in each answer concerned, a year ahead, and in the document."""

from datetime import date

import pytest
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from recruitment.api.deprecation import Notice, deprecated

SINCE, ENDS = date(2027, 1, 1), date(2028, 2, 29)
TOLD_AT = "https://muster.example/data/#changes"
OLD_HEADERS = {
    "Deprecation": "@1798761600",
    "Sunset": "Tue, 29 Feb 2028 00:00:00 GMT",
}


class Asked(serializers.Serializer):
    old = serializers.CharField(required=False)
    new = serializers.CharField(required=False)


class Dummy(APIView):
    """Links to its pages."""

    @extend_schema(parameters=[Asked], responses=Asked)
    def get(self, request):
        if "missing" in request.query_params:
            raise NotFound
        return Response(headers={"Link": '</pages/>; rel="first"'})


@deprecated(Notice(SINCE, ENDS, TOLD_AT, successor="https://muster.example/api/v2/"))
class OldDummy(Dummy):
    pass


@deprecated(Notice(SINCE, ENDS, TOLD_AT, parameter="old"))
class DummyWithAnOldParameter(Dummy):
    pass


@deprecated(Notice(date(2027, 6, 1), date(2028, 6, 1), TOLD_AT, parameter="new"))
class DummyWithTwo(DummyWithAnOldParameter):
    pass


def get(view, query=""):
    return view.as_view()(APIRequestFactory().get(f"/api/v1/dummy/{query}"))


def notices(answer):
    return {name: answer[name] for name in OLD_HEADERS if name in answer}


def test_answer_of_what_is_deprecated_says_since_when_and_until_when():
    answer = get(OldDummy)

    assert notices(answer) == OLD_HEADERS
    assert answer["Link"] == (
        '</pages/>; rel="first", '
        f'<{TOLD_AT}>; rel="deprecation", '
        f'<{TOLD_AT}>; rel="sunset", '
        '<https://muster.example/api/v2/>; rel="successor-version"'
    )


def test_error_of_what_is_deprecated_says_so_too():
    answer = get(OldDummy, "?missing")

    assert answer.status_code == 404
    assert notices(answer) == OLD_HEADERS
    assert 'rel="deprecation"' in answer["Link"]


@pytest.mark.parametrize(
    ("view", "query", "expected"),
    [
        pytest.param(Dummy, "?old=1", {}, id="nothing-deprecated"),
        pytest.param(DummyWithAnOldParameter, "?old=1", OLD_HEADERS, id="asked-for"),
        pytest.param(DummyWithAnOldParameter, "?new=1", {}, id="another-asked-for"),
        pytest.param(DummyWithTwo, "?old=1", OLD_HEADERS, id="inherited"),
        pytest.param(
            DummyWithTwo, "?old=1&new=1", OLD_HEADERS, id="the-earlier-of-two"
        ),
        pytest.param(
            DummyWithTwo,
            "?new=1",
            {"Deprecation": "@1811808000", "Sunset": "Thu, 01 Jun 2028 00:00:00 GMT"},
            id="the-later-of-two",
        ),
    ],
)
def test_parameter_is_told_of_where_it_is_used(view, query, expected):
    assert notices(get(view, query)) == expected


def test_link_that_two_notices_share_is_given_once():
    answer = get(DummyWithTwo, "?old=1&new=1")

    assert answer["Link"].count('rel="deprecation"') == 1


@pytest.mark.parametrize("ends", [date(2027, 12, 31), date(2027, 1, 1)])
def test_notice_of_less_than_a_year_is_refused(ends):
    with pytest.raises(ValueError, match="twelve months"):
        Notice(SINCE, ends, TOLD_AT)


def described(view):
    patterns = [path("api/v1/dummy/", view.as_view())]
    document = SchemaGenerator(patterns=patterns).get_schema(public=True)
    return document["paths"]["/api/v1/dummy/"]["get"]


def test_document_marks_the_operation():
    assert described(OldDummy)["deprecated"] is True
    assert "deprecated" not in described(Dummy)
    assert "deprecated" not in described(DummyWithAnOldParameter)


def test_document_marks_the_parameter():
    operation = described(DummyWithAnOldParameter)

    marks = {one["name"]: one.get("deprecated") for one in operation["parameters"]}
    assert marks == {"old": True, "new": None}


@pytest.mark.parametrize(
    ("view", "is_told"),
    [
        pytest.param(OldDummy, True, id="operation"),
        pytest.param(DummyWithAnOldParameter, True, id="parameter"),
        pytest.param(Dummy, False, id="nothing"),
    ],
)
def test_document_names_the_headers_where_they_may_come(view, is_told):
    headers = described(view)["responses"]["200"]["headers"]

    assert ({"Deprecation", "Sunset", "Link"} <= headers.keys()) is is_told
