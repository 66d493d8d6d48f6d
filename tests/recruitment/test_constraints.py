"""What the database refuses, and what the models check before it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F, ProtectedError
from django.utils import timezone
from simple_history.models import HistoricalChanges

from recruitment.models import Figure
from tests.factories import (
    BatchFactory,
    CandidateFactory,
    ChangeFactory,
    CitationFactory,
    ClaimantFactory,
    ConflictFactory,
    CorrectionFactory,
    CountryFactory,
    DismissalFactory,
    EstimateFactory,
    FigureFactory,
    IncentiveFactory,
    JobFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)

FACTORIES = {
    "batch": BatchFactory,
    "candidate": CandidateFactory,
    "change": ChangeFactory,
    "citation": CitationFactory,
    "claimant": ClaimantFactory,
    "conflict": ConflictFactory,
    "correction": CorrectionFactory,
    "country": CountryFactory,
    "dismissal": DismissalFactory,
    "estimate": EstimateFactory,
    "figure": FigureFactory,
    "incentive": IncentiveFactory,
    "job": JobFactory,
    "method": MethodFactory,
    "presence": PresenceFactory,
    "publisher": PublisherFactory,
    "response": ResponseFactory,
    "source": SourceFactory,
}
# Thrown away and computed anew, with no public id of their own.
DERIVED = {"conflict", "estimate", "identity", "spread"}
# What editors and workers keep beside the record; its links end with what they name.
DESK = {
    *("article", "batch", "candidate", "correction", "dismissal", "job", "remark"),
    "upload",
}
RECORD = sorted(FACTORIES.keys() - DERIVED - DESK - {"change"})
DIGEST = "0" * 64
# The constraint, what is wrong, and a row that is right but for that.
REFUSED = [
    ("figure_status_has_a_reason", "retracted", {"status": "retracted"}),
    ("response_status_has_a_reason", "retracted", {"status": "retracted"}),
    ("incentive_status_has_a_reason", "superseded", {"status": "superseded"}),
    ("method_status_has_a_reason", "corrected", {"status": "corrected"}),
    ("presence_status_has_a_reason", "retracted", {"status": "retracted"}),
    ("source_published_has_precision", "undated-day", {"published": None}),
    (
        "source_published_has_precision",
        "dated-unknown",
        {"published_precision": "unknown"},
    ),
    ("job_running_is_held", "nobody", {"state": "running"}),
    ("job_running_is_held", "no-end", {"state": "running", "holder": "a token"}),
    ("job_ended_says_when", "done", {"state": "done"}),
    ("candidate_has_a_bound", "no-bound", {"low": None, "high": None}),
    ("candidate_passage_has_words", "empty", {"start": 9, "end": 9}),
    (
        "candidate_figure_goes_with_its_state",
        "accepted-as-none",
        {"state": "accepted", "decided_at": timezone.now},
    ),
    (
        "candidate_figure_goes_with_its_state",
        "rejected-figure",
        {
            "state": "rejected",
            "reject_reason": "misread",
            "decided_at": timezone.now,
            "figure": FigureFactory,
        },
    ),
    ("batch_written_was_let_in", "untried", {"written_at": timezone.now}),
    (
        "candidate_rejected_says_why",
        "rejected",
        {"state": "rejected", "decided_at": timezone.now},
    ),
    ("candidate_rejected_says_why", "open", {"reject_reason": "misread"}),
    (
        "candidate_decided_says_when",
        "never",
        {"state": "rejected", "reject_reason": "misread"},
    ),
    ("candidate_decided_says_when", "open-decided", {"decided_at": timezone.now}),
    (
        "correction_successor_only_of_the_retracted",
        "corrected",
        {"successor": FigureFactory},
    ),
    (
        "correction_successor_is_another",
        "itself",
        {"kind": "retraction", "successor": F("figure")},
    ),
    ("figure_as_of_has_precision", "undated-day", {"as_of": None}),
    ("figure_as_of_has_precision", "dated-unknown", {"as_of_precision": "unknown"}),
    ("response_date_has_precision", "undated-day", {"date": None}),
    ("response_date_has_precision", "dated-unknown", {"date_precision": "unknown"}),
    ("incentive_as_of_has_precision", "undated-month", {"as_of": None}),
    ("incentive_as_of_has_precision", "dated-unknown", {"as_of_precision": "unknown"}),
    ("figure_has_a_bound", "no-bound", {"low": None, "high": None}),
    ("figure_low_not_above_high", "20-to-19", {"low": 20, "qualifier": "range"}),
    ("figure_qualifier_agrees_with_bounds", "exact-19-to-20", {"high": 20}),
    ("figure_qualifier_agrees_with_bounds", "exact-no-low", {"low": None}),
    (
        "figure_qualifier_agrees_with_bounds",
        "about-19-to-20",
        {"high": 20, "qualifier": "about"},
    ),
    (
        "figure_qualifier_agrees_with_bounds",
        "at-least-closed",
        {"qualifier": "at_least"},
    ),
    (
        "figure_qualifier_agrees_with_bounds",
        "more-than-no-low",
        {"low": None, "qualifier": "more_than"},
    ),
    ("figure_qualifier_agrees_with_bounds", "up-to-from", {"qualifier": "up_to"}),
    (
        "figure_qualifier_agrees_with_bounds",
        "up-to-open",
        {"high": None, "qualifier": "up_to"},
    ),
    ("figure_qualifier_agrees_with_bounds", "range-of-one", {"qualifier": "range"}),
    ("figure_qualifier_agrees_with_bounds", "no-qualifier", {"qualifier": ""}),
    ("figure_subset_says_which", "no-note", {"scope": "subset"}),
    (
        "figure_period_starts_before_it_ends",
        "after-the-end",
        {"period_start": "2024-03-15"},
    ),
    ("figure_flow_has_its_period", "no-start", {"metric": "enlistment_flow"}),
    ("figure_credibility_from_1_to_6", "zero", {"credibility": 0}),
    ("figure_credibility_from_1_to_6", "seven", {"credibility": 7}),
    ("figure_is_no_variant_of_itself", "itself", {"variant_of": F("pk")}),
    ("incentive_low_not_above_high", "3000-to-2000", {"amount_low": 3000}),
    ("incentive_amount_has_a_currency", "low-and-high", {"currency": None}),
    (
        "incentive_amount_has_a_currency",
        "high-alone",
        {"currency": None, "amount_low": None},
    ),
    ("citation_cites_one_thing", "nothing", {"figure": None}),
    (
        "citation_cites_one_thing",
        "two-things",
        {"response": lambda: ResponseFactory(citation=None)},
    ),
    ("citation_locator_is_whole", "paragraph-alone", {"paragraph": 1}),
    ("citation_locator_is_whole", "digest-alone", {"passage_sha256": DIGEST}),
    (
        "citation_locator_is_whole",
        "no-digest",
        {"paragraph": 1, "start": 0, "end": 9},
    ),
    (
        "citation_locator_is_whole",
        "no-start",
        {"paragraph": 1, "end": 9, "passage_sha256": DIGEST},
    ),
    (
        "citation_locator_is_whole",
        "no-character",
        {"paragraph": 1, "start": 9, "end": 9, "passage_sha256": DIGEST},
    ),
    (
        "citation_locator_is_whole",
        "paragraph-zero",
        {"paragraph": 0, "start": 0, "end": 9, "passage_sha256": DIGEST},
    ),
    ("conflict_is_between_two", "itself", {"other": F("one")}),
    ("estimate_ends_after_it_begins", "same-day", {"to_day": "2024-03-14"}),
    ("estimate_low_best_high_in_order", "low-above-best", {"low": 20}),
    ("estimate_low_best_high_in_order", "best-above-high", {"best": 20}),
    (
        "estimate_low_best_high_in_order",
        "low-above-high",
        {"low": 20, "best": None},
    ),
]

# A CHECK that compares with NULL is neither true nor false, and lets the row in.
HALF_NULL = [
    ("figure_qualifier_agrees_with_bounds", "exact-open", {"high": None}),
    (
        "figure_qualifier_agrees_with_bounds",
        "almost-open",
        {"high": None, "qualifier": "almost"},
    ),
    (
        "figure_qualifier_agrees_with_bounds",
        "range-open",
        {"high": None, "qualifier": "range"},
    ),
    (
        "figure_qualifier_agrees_with_bounds",
        "dozens-open",
        {"high": None, "qualifier": "order_of_magnitude"},
    ),
    (
        "figure_period_starts_before_it_ends",
        "no-end",
        {"period_start": "2024-03-15", "as_of": None, "as_of_precision": "unknown"},
    ),
    (
        "citation_locator_is_whole",
        "no-end",
        {"paragraph": 1, "start": 0, "passage_sha256": DIGEST},
    ),
    (
        "citation_locator_is_whole",
        "no-paragraph",
        {"start": 0, "end": 9, "passage_sha256": DIGEST},
    ),
]
UNIQUE = {
    "change_once_per_row_and_revision": r"recruitment_change\.public_id",
    "conflict_once_per_pair": r"recruitment_conflict\.other_id",
    "correction_once_per_revision": r"recruitment_correction\.revision_id",
    "dismissal_once_per_row": r"recruitment_dismissal\.public_id",
    "estimate_once_per_key_and_day": r"recruitment_estimate\.from_day",
}


def record_models():
    return [
        model
        for model in apps.get_app_config("recruitment").get_models()
        if not issubclass(model, HistoricalChanges) and not model._meta.proxy
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        pytest.param(name, changes, id=f"{name}-{case}")
        for name, case, changes in (*REFUSED, *HALF_NULL)
    ],
)
def test_database_refuses_what_can_never_be_true(constraint, changes):
    row = FACTORIES[constraint.partition("_")[0]]()
    values = {
        name: value() if callable(value) else value for name, value in changes.items()
    }

    with pytest.raises(IntegrityError, match=constraint):
        type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "column"),
    [
        pytest.param(constraint, column, id=constraint)
        for constraint, column in UNIQUE.items()
    ],
)
def test_database_refuses_what_may_be_there_once(constraint, column):
    row = FACTORIES[constraint.partition("_")[0]]()
    row.pk = None

    # PostgreSQL names the index, SQLite its columns.
    with pytest.raises(IntegrityError, match=rf"{constraint}|{column}"):
        row.save()


def test_every_constraint_has_a_refusing_test():
    refused = {name for name, _, _ in REFUSED} | UNIQUE.keys()

    constraints = {
        constraint.name
        for model in record_models()
        for constraint in model._meta.constraints
    }

    assert constraints - refused == set()
    assert refused - constraints == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param(name, "code" if name == "country" else "slug", id=name)
        for name in RECORD
    ],
)
def test_public_id_is_taken_once(name, key):
    row = FACTORIES[name]()
    row.pk = None
    row.url = row.iso2 = None  # unique as well, where the model has them

    with pytest.raises(IntegrityError, match=f"recruitment_{name}[._]{key}"):
        row.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cited", "link"),
    [
        pytest.param(lambda figure: figure.country, "Figure.country", id="country"),
        pytest.param(lambda figure: figure.claimant, "Figure.claimant", id="claimant"),
        pytest.param(
            lambda figure: figure.evidence_origin,
            "Figure.evidence_origin",
            id="evidence-origin",
        ),
        pytest.param(lambda figure: figure, "Citation.figure", id="figure"),
        pytest.param(
            lambda figure: figure.citations.get().source, "Citation.source", id="source"
        ),
        pytest.param(
            lambda figure: figure.citations.get().source.publisher,
            "Source.publisher",
            id="publisher",
        ),
        pytest.param(
            lambda figure: FigureFactory(variant_of=figure, citation=None).variant_of,
            "Figure.variant_of",
            id="original-of-a-variant",
        ),
    ],
)
def test_citation_chain_cannot_be_broken_by_deleting_a(cited, link):
    figure = FigureFactory(evidence_origin=RussianMinistryFactory())
    row = cited(figure)

    with pytest.raises(ProtectedError, match=link):
        row.delete()

    assert Figure.objects.filter(pk=figure.pk).exists()


def test_every_link_of_the_record_is_protected():
    unprotected = {
        str(field)
        for model in record_models()
        if model._meta.model_name not in DERIVED | DESK
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    }

    assert unprotected == set()


def test_every_field_says_what_it_means():
    silent = {
        str(field)
        for model in record_models()
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not field.primary_key and not field.help_text
    }

    assert silent == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", RECORD)
def test_factory_makes_a_row_that_is_valid_on_its_own(name):
    row = FACTORIES[name]()

    row.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "field", "value", "reason"),
    [
        pytest.param(
            "figure",
            "wording",
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "Quote at most 12 words.",
            id="thirteen-words",
        ),
        pytest.param("figure", "credibility", 7, "less than or equal", id="seven"),
        pytest.param("country", "code", "NP", "three capital", id="two-letters"),
        pytest.param("country", "code", "npl", "three capital", id="small-letters"),
        pytest.param("country", "code", "NPL\n", "three capital", id="line-break"),
        pytest.param("source", "text_sha256", "f" * 63, "64 hex", id="63-digits"),
        pytest.param("citation", "passage_sha256", "F" * 64, "64 hex", id="capitals"),
    ],
)
def test_field_refuses(name, field, value, reason):
    row = FACTORIES[name]()
    setattr(row, field, value)

    with pytest.raises(ValidationError) as refused:
        row.clean_fields()

    assert refused.value.message_dict.keys() == {field}
    assert reason in refused.value.message_dict[field][0]


@pytest.mark.django_db
def test_figure_may_quote_twelve_words():
    figure = FigureFactory(wording=" ".join(["word"] * 12))

    figure.full_clean()
