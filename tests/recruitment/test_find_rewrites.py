"""The command `find_rewrites`, and the record as it is compared with new texts."""

import json
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recruitment.known_texts import known_texts, outlets, well_known_numbers
from recruitment.models import Article
from recruitment.rewrites import Fingerprint, Known, find_parents, fingerprint_of
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    PublisherFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
KENYA = Path(__file__).parent / "rewrites" / "kenya"
INDEPENDENT = Path(__file__).parent / "rewrites" / "independent"


def find(*files):
    out = StringIO()
    call_command("find_rewrites", *map(str, files), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def source_with(*figures, **changes):
    """Put a source on record from which figures were read, each by another claimant."""
    source = SourceFactory(**changes)
    for number, (metric, low, wording) in enumerate(figures):
        figure = FigureFactory(
            citation=None,
            country=CountryFactory(code="KEN", iso2="KE", name="Kenya"),
            claimant=ClaimantFactory(slug=f"claimant-{number}"),
            metric=metric,
            low=low,
            high=low,
            wording=wording,
            as_of="2026-03-03",
        )
        CitationFactory(figure=figure, source=source)
    return source


TOLD = [
    ("recruited", 271, "271 Kenyans had joined"),
    ("killed", 117, "117 Kenyans were killed"),
    ("serving", 2_840, "2,840 Kenyans are serving"),
]
TEXT = (
    "The ministry in Nairobi said 271 Kenyans had joined the Russian army.\n"
    "A committee of relatives said that 117 Kenyans had been killed in Ukraine.\n"
    "Ukrainian intelligence said that 2,840 Kenyans were serving in the Russian army."
)


def test_command_prints_a_line_for_each_rewrite_and_none_for_independent_reports():
    files = [KENYA / "agency.txt", KENYA / "summary.txt", INDEPENDENT / "explainer.txt"]

    (line,) = find(*files)

    assert (line["file"], line["parent"]) == (str(files[1]), str(files[0]))
    assert 0.5 <= line["score"] <= 1
    assert {"kind", "shared", "passage", "parent_passage"} == line["evidence"][0].keys()


def test_command_goes_on_with_the_files_that_can_be_read(tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    files = [KENYA / "agency.txt", broken, KENYA / "summary.txt", tmp_path / "none.txt"]
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="2 of the files could not be read"):
        call_command("find_rewrites", *map(str, files), stdout=out, stderr=err)

    assert len(out.getvalue().splitlines()) == 1
    assert f"{broken}: This is a picture (PNG)" in err.getvalue()
    assert "none.txt: " in err.getvalue()


def test_text_is_found_to_rest_on_a_source_by_its_figures(tmp_path):
    source = source_with(*TOLD)
    source_with(("wounded", 3_500, "3,500 Kenyans"))
    (tmp_path / "new.txt").write_text(TEXT)

    (line,) = find(tmp_path / "new.txt")

    assert line["parent"] == source.slug
    shown = {tuple(one["shared"]): one["parent_passage"] for one in line["evidence"]}
    assert shown["KEN recruited 271",] == "271 Kenyans had joined"


def test_figure_more_than_three_days_apart_is_another():
    source_with(*TOLD)
    (known,) = known_texts()
    marks = [mark for mark in known.fingerprint.marks if mark.kind == "figure"]

    assert {mark.day for mark in marks} == {"2026-03-03"}
    near, later = (
        Known(day, Fingerprint(marks=tuple(replace(mark, day=day) for mark in marks)))
        for day in ("2026-03-06", "2026-03-07")
    )
    assert [parent.name for parent in find_parents(near, [known])] == [known.name]
    assert find_parents(later, [known]) == []


def test_text_that_is_a_source_itself_is_not_its_own_parent(tmp_path):
    source_with(*TOLD, text_sha256=sha256(TEXT.encode()).hexdigest())
    (tmp_path / "new.txt").write_text(TEXT)

    assert find(tmp_path / "new.txt") == []


def test_article_on_the_desk_is_compared_by_its_text():
    text = (KENYA / "agency.txt").read_text()
    source = source_with(("killed", 9_999, "9,999 Kenyans"))
    for digest, of in (("a" * 64, source), ("b" * 64, None)):
        Article.objects.create(
            title="A report",
            text=text,
            text_sha256=digest,
            fingerprint=fingerprint_of(text).as_json(),
            source=of,
            brought_at=timezone.now(),
        )
    loose = Article.objects.get(source=None)

    known = known_texts()

    assert [one.name for one in known] == [source.slug, f"article-{loose.pk}"]
    summary = (KENYA / "summary.txt").read_text()
    parents = find_parents(Known("new", fingerprint_of(summary), summary), known)
    assert {parent.name for parent in parents} == {one.name for one in known}
    assert parents[0].evidence[0].parent_passage in text


def test_numbers_of_figures_that_several_publishers_carry_are_well_known():
    everywhere, once = FigureFactory(low=271, high=271), FigureFactory(low=38, high=38)
    for number in range(2):
        publisher = PublisherFactory(slug=f"publisher-{number}")
        page = SourceFactory(slug=f"page-{number}", publisher=publisher)
        CitationFactory(figure=everywhere, source=page)

    assert once.citations.count() == 1
    assert well_known_numbers() == {271}


def test_publishers_on_record_are_outlets_that_a_text_may_credit():
    PublisherFactory(name="The Valley Post")

    assert "The Valley Post" in outlets()
