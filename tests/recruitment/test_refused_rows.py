"""What the one writer refuses, and that it then writes nothing."""

import json
from itertools import product
from string import ascii_uppercase

import pytest

from recruitment.importing import import_dataset
from recruitment.models import (
    Country,
    Figure,
    Publisher,
)
from tests.recruitment.rows import (
    DIGEST,
    LOCATOR,
    area,
    citation,
    claimant,
    contents,
    figure,
    figures_in,
    group,
    incentive,
    method,
    outcomes,
    presence,
    publisher,
    response,
    source,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "row", "refusal"),
    [
        pytest.param(
            "figures",
            b'{"slug": "npl-killed",',
            "figures.jsonl line 2: not a line of JSON",
            id="malformed-line",
        ),
        pytest.param(
            "figures", b"", "figures.jsonl line 2: not a line of JSON", id="blank-line"
        ),
        pytest.param(
            "figures",
            b'{"slug": "npl-\xff"}',
            "figures.jsonl line 2: not a line of JSON",
            id="invalid-utf8",
        ),
        pytest.param(
            "figures",
            b"[" * 100_000,
            "figures.jsonl line 2: not a line of JSON",
            id="nested-without-end",
        ),
        pytest.param(
            "figures",
            json.dumps(figure()).encode().replace(b"19,", b"9" * 5000 + b","),
            "figures.jsonl line 2: not a line of JSON",
            id="number-of-5000-digits",
        ),
        pytest.param(
            "figures",
            ["npl-killed", 19],
            "figures.jsonl line 2: not a JSON object",
            id="not-an-object",
        ),
        pytest.param(
            "figures",
            figure(slug="good"),
            "figures.jsonl line 2, slug: “good” stands already in line 1",
            id="duplicate-slug",
        ),
        pytest.param(
            "figures",
            figure(slug=""),
            "figures.jsonl line 2, slug: missing, or not text",
            id="empty-slug",
        ),
        pytest.param(
            "figures",
            figure(slug=7),
            "figures.jsonl line 2, slug: missing, or not text",
            id="slug-a-number",
        ),
        pytest.param(
            "figures",
            figure(slug="npl killed"),
            "figures.jsonl line 2, slug: Enter a valid “slug”",
            id="slug-with-space",
        ),
        pytest.param(
            "figures",
            figure(low=20, qualifier="range"),
            "figures.jsonl line 2: low is above high.",
            id="low-above-high",
        ),
        pytest.param(
            "figures",
            figure(high=20),
            "figures.jsonl line 2: The qualifier does not fit the bounds.",
            id="qualifier-against-bounds",
        ),
        pytest.param(
            "figures",
            figure(country="NEP"),
            "figures.jsonl line 2, country: there is no country “NEP”",
            id="unknown-country",
        ),
        pytest.param(
            "figures",
            figure(country=["NPL"]),
            "figures.jsonl line 2, country: not text",
            id="country-a-list",
        ),
        pytest.param(
            "figures",
            figure(claimant=None),
            "figures.jsonl line 2, claimant: may not be null",
            id="claimant-null",
        ),
        pytest.param(
            "figures",
            figure(summary=None),
            "figures.jsonl line 2, summary: may not be null",
            id="summary-null",
        ),
        pytest.param(
            "figures",
            figure(countable=None),
            "figures.jsonl line 2, countable: may not be null",
            id="countable-null",
        ),
        pytest.param(
            "figures",
            figure(as_of="2025-13"),
            "figures.jsonl line 2, as_of: “2025-13” value has an invalid date",
            id="month-13",
        ),
        pytest.param(
            "figures",
            figure(as_of="2025-02-30"),
            "figures.jsonl line 2, as_of: ",
            id="february-30",
        ),
        pytest.param(
            "figures",
            figure(as_of=20250314),
            "figures.jsonl line 2, as_of: not text",
            id="date-a-number",
        ),
        pytest.param(
            "figures",
            figure(deaths=19),
            "figures.jsonl line 2, deaths: unknown field",
            id="unknown-field",
        ),
        pytest.param(
            "figures",
            figure(id=1),
            "figures.jsonl line 2, id: unknown field",
            id="primary-key",
        ),
        pytest.param(
            "figures",
            {name: value for name, value in figure().items() if name != "metric"},
            "figures.jsonl line 2, metric: missing field",
            id="missing-field",
        ),
        pytest.param(
            "figures",
            {
                name: value
                for name, value in figure().items()
                if name not in {"status", "status_reason"}
            },
            "figures.jsonl line 2, status: missing field",
            id="figure-without-status",
        ),
        pytest.param(
            "responses",
            response(status_reason="misread"),
            "responses.jsonl line 2, status: missing field",
            id="reason-without-status",
        ),
        pytest.param(
            "figures",
            figure(low="7"),
            "figures.jsonl line 2, low: not a whole number",
            id="low-a-text",
        ),
        pytest.param(
            "figures",
            figure(low=True),
            "figures.jsonl line 2, low: not a whole number",
            id="low-true",
        ),
        pytest.param(
            "figures",
            figure(low=7.0),
            "figures.jsonl line 2, low: not a whole number",
            id="low-with-decimals",
        ),
        pytest.param(
            "figures",
            figure(countable=1),
            "figures.jsonl line 2, countable: not true or false",
            id="countable-a-number",
        ),
        pytest.param(
            "figures",
            figure(low=-19, high=-19),
            "figures.jsonl line 2, low: Ensure this value is greater than or equal to 0",
            id="negative-number",
        ),
        pytest.param(
            "figures",
            figure(low=2**63, high=2**63),
            "figures.jsonl line 2, low: Ensure this value is less than or equal to",
            id="number-beyond-64-bits",
        ),
        pytest.param(
            "figures",
            figure(wording="a b c d e f g h i j k l m"),
            "figures.jsonl line 2, wording: Quote at most 12 words.",
            id="thirteen-words",
        ),
        pytest.param(
            "figures",
            figure(wording=""),
            "figures.jsonl line 2, wording: This field cannot be blank",
            id="no-wording",
        ),
        pytest.param(
            "figures",
            figure(note="half a pair: \ud83d"),
            "figures.jsonl line 2, note: holds a character that cannot be stored",
            id="lone-surrogate",
        ),
        pytest.param(
            "figures",
            figure(note="null: \0"),
            "figures.jsonl line 2, note: holds a character that cannot be stored",
            id="null-character",
        ),
        pytest.param(
            "figures",
            figure(metric="slain"),
            "figures.jsonl line 2, metric: Value 'slain' is not a valid choice.",
            id="unknown-metric",
        ),
        pytest.param(
            "figures",
            figure(variant_of="npl-unheard-of"),
            "figures.jsonl line 2, variant_of: there is no figure “npl-unheard-of”",
            id="variant-of-nothing",
        ),
        pytest.param(
            "figures",
            figure(variant_of=["good"]),
            "figures.jsonl line 2, variant_of: not text",
            id="variant-of-a-list",
        ),
        pytest.param(
            "figures",
            figure(variant_of="npl-killed"),
            "figures.jsonl line 2, variant_of: the rows point at each other in a ring",
            id="variant-of-itself",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with="good"),
            "figures.jsonl line 2, disjoint_with: not a list",
            id="links-not-a-list",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with=None),
            "figures.jsonl line 2, disjoint_with: not a list",
            id="links-null",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with=[["good"]]),
            "figures.jsonl line 2, disjoint_with: not text",
            id="links-in-lists",
        ),
        pytest.param(
            "figures",
            figure(citations=[]),
            "figures.jsonl line 2, citations: a record needs at least one citation",
            id="no-citation",
        ),
        pytest.param(
            "figures",
            figure(citations=citation()),
            "figures.jsonl line 2, citations: a record needs at least one citation",
            id="citations-not-a-list",
        ),
        pytest.param(
            "figures",
            figure(citations=["nepalis-killed"]),
            "figures.jsonl line 2, citations[0]: needs exactly locator, passage_sha256,",
            id="citation-a-text",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(page=3)]),
            "figures.jsonl line 2, citations[0]: needs exactly locator, passage_sha256,",
            id="citation-with-unknown-field",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(), citation("lost")]),
            "figures.jsonl line 2, citations[1].source: there is no source “lost”",
            id="citation-of-a-missing-source",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(), citation(role="origin")]),
            "figures.jsonl line 2, citations: cites nepalis-killed twice",
            id="source-cited-twice",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(role="quotes")]),
            "figures.jsonl line 2, citations[0].role: Value 'quotes' is not a valid",
            id="unknown-role",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(role=None)]),
            "figures.jsonl line 2, citations[0].role: may not be null",
            id="role-null",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(
                        locator={"paragraph": 2, "start": 10}, passage_sha256=DIGEST
                    )
                ]
            ),
            "figures.jsonl line 2, citations[0].locator: needs exactly paragraph, start,",
            id="locator-with-a-missing-part",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=[])]),
            "figures.jsonl line 2, citations[0].locator: needs exactly paragraph, start,",
            id="locator-a-list",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(locator=LOCATOR | {"start": "10"}, passage_sha256=DIGEST)
                ]
            ),
            "figures.jsonl line 2, citations[0].start: not a whole number",
            id="locator-in-text",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(locator=LOCATOR | {"start": 40}, passage_sha256=DIGEST)
                ]
            ),
            "figures.jsonl line 2, citations[0]: A locator has paragraph, start, end",
            id="locator-of-nothing",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=LOCATOR)]),
            "figures.jsonl line 2, citations[0]: A locator has paragraph, start, end",
            id="locator-without-digest",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=LOCATOR, passage_sha256="abc")]),
            "figures.jsonl line 2, citations[0].passage_sha256: A SHA-256 digest has",
            id="digest-too-short",
        ),
        pytest.param(
            "claimants",
            claimant("nepal-ministry", country="NEP"),
            "claimants.jsonl line 2, country: there is no country “NEP”",
            id="claimant-of-an-unknown-country",
        ),
        pytest.param(
            "sources",
            source(published_precision="unknown"),
            "sources.jsonl line 2: published is empty exactly when",
            id="dated-without-precision",
        ),
        pytest.param(
            "sources",
            source(url="https://news.example/good"),
            "sources.jsonl line 2, url: Source with this Url already exists.",
            id="address-taken",
        ),
        pytest.param(
            "sources",
            source(url="news.example"),
            "sources.jsonl line 2, url: Enter a valid URL.",
            id="address-without-scheme",
        ),
        pytest.param(
            "sources",
            source(derived_from=["lost"]),
            "sources.jsonl line 2, derived_from: there is no source “lost”",
            id="derived-from-nothing",
        ),
        pytest.param(
            "sources",
            source(credits={"AFP": True}),
            "sources.jsonl line 2, credits: not a list",
            id="credits-an-object",
        ),
        pytest.param(
            "sources",
            source(credits=["AFP", float("nan")]),
            "sources.jsonl line 2, credits: holds what is not text",
            id="credits-not-a-number",
        ),
        pytest.param(
            "sources",
            source(credits=["AFP \ud83d"]),
            "sources.jsonl line 2, credits: holds a character that cannot be stored",
            id="credits-with-lone-surrogate",
        ),
        pytest.param(
            "methods",
            method(countries=[]),
            "methods.jsonl line 2, countries: may not be empty",
            id="method-without-country",
        ),
    ],
)
def test_import_refuses(tmp_path, cited_source, file, row, refusal):
    good = {
        "claimants": claimant("good"),
        "figures": figure("good"),
        "methods": method("good"),
        "responses": response("good"),
        "sources": source("good"),
    }
    directory = write(tmp_path, {file: [good[file], row]})
    before = contents()

    report = import_dataset(directory)

    assert str(report.refusals[0]).startswith(refusal)
    assert {told.line for told in report.refusals} == {2}
    assert contents() == before


ODD_VALUES = [
    None,
    True,
    0,
    -1,
    7,
    1.5,
    2**31,
    2**63,
    10**30,
    float("nan"),
    float("inf"),
    "",
    " ",
    "7",
    "npl killed",
    "2025-13",
    "0000-00-00",
    "null: \0",
    "half a pair: \ud83d",
    "long " * 200,
    "https://[",
    [],
    [None],
    [[]],
    ["half a pair: \ud83d"],
    [float("nan")],
    {},
    {"source": None},
    {"null: \0": "\0"},
    [citation(source=[])],
    [citation(role={}, passage_sha256=7)],
    [citation(locator=LOCATOR | {"end": 2**63}, passage_sha256=DIGEST)],
    [citation(locator=LOCATOR | {"paragraph": True}, passage_sha256=DIGEST)],
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "row"),
    [
        pytest.param("areas", group, id="areas"),
        pytest.param("publishers", publisher, id="publishers"),
        pytest.param("claimants", claimant, id="claimants"),
        pytest.param("sources", source, id="sources"),
        pytest.param("figures", figure, id="figures"),
        pytest.param("responses", response, id="responses"),
        pytest.param("incentives", incentive, id="incentives"),
        pytest.param("methods", method, id="methods"),
        pytest.param("presence", presence, id="presence"),
    ],
)
def test_import_is_stopped_by_no_odd_value(tmp_path, cited_source, file, row):
    keys = (
        "".join(letters) if file == "areas" else f"odd-{'-'.join(letters).lower()}"
        for letters in product(ascii_uppercase, repeat=3)
    )
    rows = [row(next(keys)) | {name: value} for name in row() for value in ODD_VALUES]
    directory = write(tmp_path, {file: rows})
    before = contents()

    report = import_dataset(directory)

    assert report.outcomes[file]["refused"] > len(row())
    assert contents() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        pytest.param(
            area(code="np"),
            "areas.jsonl line 1, code: A country code has three capital letters",
            id="small-letters",
        ),
        pytest.param(
            area(demonyms={"en": "Nepali"}),
            "areas.jsonl line 1, demonyms: not a list",
            id="demonyms-an-object",
        ),
        pytest.param(
            area(names=["Népal"]),
            "areas.jsonl line 1, names: not an object",
            id="names-a-list",
        ),
        pytest.param(
            group(members=["NEP"]),
            "areas.jsonl line 1, members: there is no country “NEP”",
            id="unknown-member",
        ),
        pytest.param(
            area(code="XNP"),
            "areas.jsonl line 0, iso2: Country with this Iso2 already exists.",
            id="another-countrys-letters",
        ),
    ],
)
def test_import_refuses_an_area(tmp_path, row, refusal):
    directory = write(tmp_path, {"areas": [row]})

    report = import_dataset(directory)

    assert str(report.refusals[0]).startswith(refusal)
    assert not Country.objects.exists()


def test_import_refuses_variants_that_point_at_each_other(tmp_path, cited_source):
    directory = figures_in(
        tmp_path,
        figure("one", variant_of="two"),
        figure("two", variant_of="one"),
        figure("three"),
    )

    report = import_dataset(directory)

    [refusal] = report.refusals
    assert (refusal.file, refusal.field) == ("figures", "variant_of")
    assert refusal.line in {1, 2}
    assert "ring" in refusal.reason
    assert not Figure.objects.exists()


def test_import_refuses_an_empty_file(tmp_path, cited_source):
    report = import_dataset(write(tmp_path, {"figures": []}))

    assert [str(refusal) for refusal in report.refusals] == [
        "figures.jsonl line 1: the file is empty"
    ]


def test_import_names_every_refused_row_at_once(tmp_path, cited_source):
    report = import_dataset(
        write(
            tmp_path,
            {
                "publishers": [publisher("good"), publisher("nameless", name="")],
                "figures": [figure("one", low="7"), figure("two", metric="slain")],
                "incentives": [incentive(currency="dollars")],
            },
        )
    )

    assert [
        (refusal.file, refusal.line, refusal.field) for refusal in report.refusals
    ] == [
        ("publishers", 2, "name"),
        ("figures", 1, "low"),
        ("figures", 2, "metric"),
        ("incentives", 1, "currency"),
    ]
    assert outcomes(report) == {
        "publishers": {"new": 1, "refused": 1},
        "figures": {"refused": 2},
        "incentives": {"refused": 1},
    }
    assert not Publisher.objects.filter(slug="good").exists()


def test_import_tells_a_folder_without_files(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"holds no \.jsonl file"):
        import_dataset(tmp_path / "absent")


def test_import_tells_a_strange_file(tmp_path, cited_source):
    write(tmp_path, {"figures": [figure()], "tanks": [{"slug": "t-72"}]})

    with pytest.raises(ValueError, match=r"holds tanks\.jsonl; known are areas\.jsonl"):
        import_dataset(tmp_path)

    assert not Figure.objects.exists()
