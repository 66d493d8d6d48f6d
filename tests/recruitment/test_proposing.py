"""What the desk's forms begin with."""

from datetime import date

import pytest

from recruitment import proposing
from recruitment.models import Figure
from tests.factories import (
    ArticleFactory,
    CandidateFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    PublisherFactory,
    RussianMinistryFactory,
    SourceFactory,
)


@pytest.mark.parametrize(
    ("passage", "numbers", "expected"),
    [
        pytest.param("19 have been killed", [19], "19 have been killed", id="short"),
        pytest.param(
            "one two three four five six seven 1,076 nine ten eleven twelve thirteen x",
            [1076],
            "three four five six seven 1,076 nine ten eleven twelve thirteen x",
            id="around-the-number",
        ),
        pytest.param(
            "in 2024 a b c d e f g h i j k 12 held",
            [12],
            "b c d e f g h i j k 12 held",
            id="not-around-the-year",
        ),
        pytest.param(
            "a b c hundreds d e f g h i j k l m",
            [200, 999],
            "a b c hundreds d e f g h i j k",
            id="no-digits",
        ),
    ],
)
def test_wording_is_at_most_twelve_words_around_the_number(passage, numbers, expected):
    assert proposing.wording_of(passage, *numbers) == expected


@pytest.mark.django_db
def test_summary_is_our_own_sentence():
    claimant = ClaimantFactory()
    candidate = CandidateFactory(
        qualifier="at_least", high=None, as_of=date(2024, 3, 14), as_of_precision="day"
    )

    assert proposing.summary_of(candidate, claimant) == (
        "Ministry of Foreign Affairs of Nepal says that at least 19 nationals of Nepal"
        " have been killed on the Russian side as of 14 Mar 2024."
    )
    assert proposing.summary_of(
        CandidateFactory(metric="arrested", claimant_text="police"), None
    ) == (
        "Police says that the count “arrested” of nationals of Nepal is 19 on the"
        " Russian side."
    )


@pytest.mark.django_db
def test_claimants_are_suggested_by_the_words_and_by_whose_ministry_it_is():
    russian = RussianMinistryFactory()
    nepal = ClaimantFactory()
    usual = FigureFactory(claimant=ClaimantFactory(slug="x", name="X Count")).claimant
    candidate = CandidateFactory(claimant_text="the foreign ministry")

    assert proposing.claimants_for(candidate) == [nepal, russian, usual]


@pytest.mark.django_db
def test_likest_figures_come_first():
    for slug, low, day in (
        ("npl-far", 80, "2022-06-01"),
        ("npl-same", 19, "2024-03-10"),
        ("npl-near", 20, "2024-03-14"),
    ):
        FigureFactory(slug=slug, low=low, high=low, as_of=day)
    FigureFactory(slug="npl-other-count", metric="wounded")

    like = proposing.figures_like(CandidateFactory(as_of=date(2024, 3, 14)))

    assert [one.slug for one in like] == ["npl-same", "npl-near", "npl-far"]


@pytest.mark.django_db
def test_page_of_the_record_is_found_by_address_or_by_text():
    by_url = SourceFactory(slug="by-url", url="https://news.example/1")
    article = ArticleFactory(url="https://news.example/1")
    by_text = SourceFactory(slug="by-text", text_sha256=article.text_sha256)
    SourceFactory(slug="neither")

    assert set(proposing.pages_like(article)) == {by_url, by_text}
    assert proposing.publisher_of(article) == by_url.publisher
    assert proposing.publisher_of(ArticleFactory(url=None)) is None
    assert proposing.publisher_of(ArticleFactory(url="https://else.example/1")) is None


@pytest.mark.parametrize(
    ("day", "precision", "expected"),
    [
        ("2024-03-14", "day", "npl-russia-captured-held-2024-03-14-somebody"),
        ("2024-03-31", "month", "npl-russia-captured-held-2024-03-somebody"),
        ("2024-12-31", "year", "npl-russia-captured-held-2024-somebody"),
        (None, "unknown", "npl-russia-captured-held-undated-somebody"),
    ],
)
@pytest.mark.django_db
def test_public_id_says_whose_what_when_and_who(day, precision, expected):
    values = {
        "country": "NPL",
        "side": "russia",
        "metric": "captured_held",
        "low": 7,
        "high": 7,
        "as_of": day,
        "as_of_precision": precision,
        "claimant": "somebody",
    }

    assert proposing.figure_slug(values) == expected


@pytest.mark.django_db
def test_public_id_that_is_taken_gets_the_number_and_then_a_counter():
    CountryFactory()
    values = {
        "country": "NPL",
        "side": "russia",
        "metric": "killed",
        "low": None,
        "high": 7,
        "as_of": None,
        "as_of_precision": "unknown",
        "claimant": "x" * 90,
    }
    slugs = []
    for _ in range(4):
        slugs.append(proposing.figure_slug(values))
        FigureFactory(slug=slugs[-1])

    assert len(set(slugs)) == 4
    assert max(map(len, slugs)) <= 100
    assert [slug.rpartition("-")[2] for slug in slugs[1:]] == ["7", "2", "3"]
    assert Figure.objects.filter(slug__in=slugs).count() == 4


@pytest.mark.django_db
def test_public_id_of_a_page_and_of_a_publisher_in_cyrillic():
    PublisherFactory(slug="unnamed")

    assert proposing.source_slug("post", date(2024, 3, 14), "A count!") == (
        "post-2024-03-14-a-count"
    )
    assert proposing.source_slug("post", None, "A count") == "post-undated-a-count"
    assert proposing.slug_for(type(PublisherFactory()), "Пошта") == "unnamed-2"
