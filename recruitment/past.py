"""What the record knew at a moment, from the history of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model, prefetch_related_objects

from recruitment import estimates
from recruitment.accounting import ENDS, as_row
from recruitment.choices import CountryKind, Status
from recruitment.explaining import Use, explain
from recruitment.models import Citation, Claimant, Country, Estimate, Figure, Source
from recruitment.models.base import Record
from recruitment.reading import COLUMNS, key_of, pure_figure, type_key
from recruitment.rebuilding import OWN_STATE

type_row = TypeVar("type_row", bound=Model)
# Whom a row names, in whatever model.
NAMED = (
    *("country", "claimant__country", "evidence_origin__country"),
    *("publisher", "source__publisher"),
)


def account_known_at(
    key: type_key, moment: datetime, day: date, policy: str
) -> tuple[estimates.Estimate, list[Use]]:
    """Explain a key by the figures that the record held at a moment."""
    code, side, metric = key
    members = groups_at(moment).get(code, [])
    figures = pure_figures_at(moment, {code, *members})
    drawn = _drawn(figures, day, policy)
    shares = _shares(figures, drawn, members, (side, metric))
    return explain(figures.get(key, []), metric, day, policy, shares)


def estimates_known_at(
    moment: datetime, day: date, policy: str, codes: Collection[str] = ()
) -> dict[type_key, estimates.Estimate]:
    """Estimate every key for a day, with the figures that the record held at a moment.

    What could have been printed then: nothing that came into the record later counts.
    The rules are today's. With `codes`, only the keys of these countries and groups.
    """
    groups = groups_at(moment)
    wanted = {*codes, *(one for code in codes for one in groups.get(code, []))}
    figures = pure_figures_at(moment, wanted)
    drawn = _drawn(figures, day, policy)
    for code, members in groups.items():
        for side, metric in {key[1:] for key in drawn}:
            key = (code, side, metric)
            shares = _shares(figures, drawn, members, (side, metric))
            if key in drawn or shares:
                direct = drawn.get(key, estimates.Estimate())
                drawn[key] = estimates.with_members(direct, shares)
    return {key: one for key, one in drawn.items() if not codes or key[0] in {*codes}}


def rows_known_at(
    moment: datetime, day: date, policy: str, codes: Collection[str] = ()
) -> list[Estimate]:
    """Give the same as rows, with the figures at each end as they then read."""
    drawn = estimates_known_at(moment, day, policy, codes)
    slugs = {getattr(one, end) for one in drawn.values() for end in ENDS} - {None}
    figures = figures_known_at(moment, slugs)
    countries = Country.objects.in_bulk({key[0] for key in drawn}, field_name="code")
    return [
        as_row(key, countries[key[0]], one, day, policy, figures)
        for key, one in sorted(drawn.items())
    ]


def published_at(moment: datetime, model: type[Record] = Figure) -> Any:
    """Give the history of what was public at a moment, as it then read.

    Not of what has been made a draft since: what we took back, perhaps because it named
    somebody, does not come back through the past.
    """
    then = model.history.as_of(moment).exclude(status=Status.DRAFT)  # type: ignore[attr-defined]
    taken_back = model._default_manager.filter(status=Status.DRAFT)
    return then.exclude(id__in=taken_back.values("pk"))


def figures_known_at(moment: datetime, slugs: Collection[str]) -> dict[str, Figure]:
    """Give figures by slug as they then read, with those who say and who counted."""
    then = Figure.history.as_of(moment).filter(slug__in=slugs)
    return {one.slug: one for one in as_rows(Figure, then)}


def as_rows(model: type[type_row], then: Any) -> list[type_row]:
    """Give rows of history as instances, with whom they name as that is called today.

    Not the instances that history makes: each would ask for what it does not keep, and
    for its claimants.
    """
    columns = [field.attname for field in then.model.tracked_fields]
    held = [model(**row) for row in then.values(*columns)]
    links = {field.name for field in model._meta.fields}
    named = [path for path in NAMED if path.split("__")[0] in links]
    prefetch_related_objects(held, *named)
    return held


def _drawn(
    figures: dict[type_key, list[estimates.Figure]], day: date, policy: str
) -> dict[type_key, estimates.Estimate]:
    return {
        key: estimates.estimate(
            [one for one in held if estimates.admitted_by_policy(one, policy)],
            key[2],
            day,
        )
        for key, held in figures.items()
    }


def _shares(
    figures: dict[type_key, list[estimates.Figure]],
    drawn: dict[type_key, estimates.Estimate],
    members: Iterable[str],
    counted: tuple[str, str],
) -> list[tuple[str, estimates.Estimate]]:
    """Give what each member of a group brings to it (R13)."""
    keys = [(code, *counted) for code in members if code != OWN_STATE[counted[0]]]
    return [
        (key[0], drawn[key])
        for key in keys
        if any(figure.is_used for figure in figures.get(key, []))
    ]


def pure_figures_at(
    moment: datetime, codes: Collection[str] = ()
) -> dict[type_key, list[estimates.Figure]]:
    """Give the figures that were published at a moment, as they then read.

    With `codes`, only those about these countries and groups.
    """
    claimants = {
        row["id"]: estimates.Claimant(
            row["slug"], row["kind"], row["party"], row["country__code"]
        )
        for row in Claimant.history.as_of(moment).values(
            "id", "slug", "kind", "party", "country__code"
        )
    }
    then = published_at(moment)
    published = _first_published_at(moment)
    disjoint = _disjoint_at(moment)
    if codes:
        then = then.filter(country__code__in=codes)
    rows = then.filter(metric__in=estimates.ESTIMATED).values(
        "id", "claimant_id", "evidence_origin_id", *COLUMNS
    )
    figures = defaultdict(list)
    for row in rows:
        row["first_published"] = published.get(row["id"])
        figures[key_of(row)].append(
            pure_figure(
                row,
                claimants[row["claimant_id"]],
                claimants.get(row["evidence_origin_id"]),
                disjoint.get(row["slug"], frozenset()),
            )
        )
    return figures


def _first_published_at(moment: datetime) -> dict[int, date]:
    days = dict(Source.history.as_of(moment).values_list("id", "published"))
    cited = Citation.history.as_of(moment).filter(figure_id__isnull=False)
    first: dict[int, date] = {}
    for figure, source in cited.values_list("figure_id", "source_id"):
        if day := days.get(source):
            first[figure] = min(day, first.get(figure, day))
    return first


def _disjoint_at(moment: datetime) -> dict[str, frozenset[str]]:
    """Give the pairs that were found disjoint.

    A pair is set and undone through one of its figures, and the other's history does not
    tell of it: the newer change of the two does.
    """
    names = ("id", "slug", "history_id", "history_type")
    then = {row["id"]: row for row in Figure.history.as_of(moment).values(*names)}
    links = set(links_at(Figure, "disjoint_with", moment))
    found = defaultdict(set)
    for link in links:
        one, other = (then[end] for end in link)
        is_newer = one["history_id"] > other["history_id"]
        if is_newer or other["history_type"] == "+" or link[::-1] in links:
            found[one["slug"]].add(other["slug"])
            found[other["slug"]].add(one["slug"])
    return {slug: frozenset(others) for slug, others in found.items()}


def groups_at(moment: datetime) -> dict[str, list[str]]:
    then = Country.history.as_of(moment)
    codes = dict(then.values_list("id", "code"))
    groups = then.filter(kind=CountryKind.GROUP).values_list("code", flat=True)
    members: dict[str, list[str]] = {code: [] for code in groups}
    for group, member in links_at(Country, "members", moment):
        if codes[member] not in members:  # a group brings nothing to a group
            members[codes[group]].append(codes[member])
    return members


def links_at(
    model: type[Country | Figure | Source], name: str, moment: datetime
) -> list[tuple[int, int]]:
    """Give a many-to-many relation of a model to itself as it was at a moment."""
    label = model.__name__
    links = apps.get_model("recruitment", f"Historical{label}_{name}")
    then = model.history.as_of(moment).values("history_id")
    pairs = links.objects.filter(history_id__in=then)
    ends = (f"from_{label.lower()}_id", f"to_{label.lower()}_id")
    return list(pairs.values_list(*ends))
