"""What an editor is warned of before a figure is kept, and what not."""

import pytest

from recruitment.cautions import cautions, digest
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    PageFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db


def proposed(**changes):
    """Give a figure that is not saved, as a form makes it."""
    claimant = changes.pop("claimant", None) or ClaimantFactory()
    country = CountryFactory()
    figure = FigureFactory.build(slug="", claimant=claimant, country=country, **changes)
    figure.clean_fields(exclude=["slug", "claimant"])  # days as days
    return figure


def told(figure, source=None):
    return [
        (one.kind, one.figure and one.figure.slug) for one in cautions(figure, source)
    ]


def test_nothing_is_said_of_a_figure_that_nothing_is_like():
    assert told(proposed()) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({"as_of": "2024-04-01"}, True, id="a-few-days-later"),
        pytest.param({"as_of": None, "as_of_precision": "unknown"}, True, id="undated"),
        pytest.param({"as_of": "2025-04-01"}, False, id="a-year-later"),
        pytest.param({"low": 20, "high": 20}, False, id="another-number"),
        pytest.param({"metric": "wounded"}, False, id="another-count"),
        pytest.param({"side": "ukraine"}, False, id="another-side"),
        pytest.param({"draft": True}, True, id="a-draft"),
    ],
)
def test_same_number_of_the_same_claimant_is_a_duplicate(changes, found):
    FigureFactory(slug="npl-there", **changes)
    figure = proposed()

    assert (("duplicate", "npl-there") in told(figure)) == found


def test_same_number_of_another_claimant_is_no_duplicate():
    FigureFactory(claimant=RussianMinistryFactory())
    figure = proposed()

    assert told(figure) == []


def test_figure_is_no_duplicate_of_itself():
    figure = FigureFactory()
    figure.refresh_from_db()

    assert told(figure) == []


def test_public_figure_that_excludes_it_is_a_contradiction():
    families = ClaimantFactory(slug="families", name="Families", kind="families")
    FigureFactory(slug="npl-higher", low=90, high=90, claimant=families)
    FigureFactory(slug="npl-draft", low=90, high=90, claimant=families, draft=True)
    rebuild()
    figure = proposed()

    [caution] = cautions(figure)

    assert (caution.kind, caution.figure.slug) == ("contradiction", "npl-higher")
    assert "4.737 times apart" in caution.words


def test_older_figures_of_the_claimant_are_told_by_the_newest_of_them():
    FigureFactory(slug="npl-oldest", low=5, high=5, as_of="2023-10-01")
    FigureFactory(slug="npl-older", low=9, high=9, as_of="2024-01-01")
    figure = proposed()

    [caution] = cautions(figure)

    assert (caution.kind, caution.figure.slug) == ("supersedes", "npl-older")
    assert "1 before it" in caution.words


def test_newer_figure_of_the_claimant_supersedes_it():
    FigureFactory(slug="npl-newer", low=30, high=30, as_of="2024-09-01")
    figure = proposed()

    assert told(figure) == [("superseded", "npl-newer")]


def test_context_is_neither_superseded_nor_contradicted():
    FigureFactory(metric="arrested", low=30, high=30, as_of="2024-09-01")

    assert told(proposed(metric="arrested")) == []


@pytest.mark.parametrize("field", ["wording", "summary", "note", "scope_note"])
def test_possible_name_is_told_with_its_place(field):
    figure = proposed(**{field: "Families of Aran Belmor asked for his body."})

    [caution] = cautions(figure)

    assert caution.kind == "name"
    assert "Aran Belmor" in caution.words


def test_names_that_the_record_knows_are_no_persons():
    figure = proposed(summary="The Ministry of Foreign Affairs of Nepal said so.")

    assert told(figure) == []


def test_title_of_the_page_may_name_somebody_too():
    page = PageFactory(title_gist="The last letter of Aran Belmor")

    assert told(proposed(), page) == [("name", None)]


def test_new_claimant_may_be_a_person_too():
    person = ClaimantFactory.build(name="Aran Belmor, a recruit", country=None)

    assert told(proposed(claimant=person)) == [("name", None)]


def test_digest_tells_apart_what_was_read():
    first = cautions(proposed(note="Aran Belmor"))
    second = cautions(proposed(note="Celdor Dunmar"))

    assert digest(first) == digest(list(first))
    assert len({digest(first), digest(second), digest([])}) == 3
