"""What an editor should know before a figure is kept: what is like it, against it, in it.

Warnings, never refusals: the editor decides. They are asked of a figure that need not be
saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db.models import Q

from recruitment import disagreements, estimates
from recruitment.choices import Status
from recruitment.explaining import explain
from recruitment.models import Claimant, Country, Figure, Publisher, Source
from recruitment.names import possible_names
from recruitment.reading import COLUMNS, figures_of, pure_figure
from recruitment.searching import folded

NEAR = timedelta(days=31)
PROPOSED = "the proposed figure"


@dataclass(frozen=True)
class Caution:
    """One thing to look at, and the figure that it is about, if it is about one."""

    kind: str
    words: str
    figure: Figure | None = None


def cautions(figure: Figure, source: Source | None = None) -> list[Caution]:
    """Give all that speaks for a second look at a figure, the gravest first."""
    return [
        *_duplicates(figure),
        *_names(figure, source),
        *_against(figure),
    ]


def digest(found: list[Caution]) -> str:
    """Name a list of cautions, so that a form can say that just these were read."""
    told = [(one.kind, one.words, one.figure and one.figure.slug) for one in found]
    return sha256(repr(told).encode()).hexdigest()[:16]


def _duplicates(figure: Figure) -> Iterator[Caution]:
    """Find what the same claimant says of the same count at about the same day."""
    same = Figure.objects.filter(
        country=figure.country,
        side=figure.side,
        metric=figure.metric,
        claimant__slug=figure.claimant.slug,  # one who is new has no key yet
        low=figure.low,
        high=figure.high,
    ).exclude(pk=figure.pk)
    if figure.as_of:
        around = (figure.as_of - NEAR, figure.as_of + NEAR)
        same = same.filter(Q(as_of__range=around) | Q(as_of__isnull=True))
    for other in same.select_related("country", "claimant", "evidence_origin"):
        held = "A draft" if other.status == Status.DRAFT else "The record"
        words = f"{held} has this number of this claimant already: merge instead?"
        yield Caution("duplicate", words, other)


def _names(figure: Figure, source: Source | None) -> Iterator[Caution]:
    texts = {
        "the wording": figure.wording,
        "the summary": figure.summary,
        "the note": figure.note,
        "the scope": figure.scope_note,
    }
    if figure.claimant.pk is None:
        texts["the new claimant’s name"] = figure.claimant.name
    if source:
        texts["the page’s title"] = source.title_gist
    known = known_words()
    for where, text in texts.items():
        for name in possible_names(text, known):
            yield Caution(
                "name",
                f"“{name}” in {where} may be a person’s name. Never name a recruit, a"
                " prisoner or a dead person.",
            )


def known_words() -> frozenset[str]:
    """Give the words of all names in the record that are no person's."""
    names: list[str] = []
    for country in Country.objects.only("name", "demonyms", "names"):
        names += [country.name, *country.demonyms, *country.names.values()]
    for model in (Claimant, Publisher):
        names += model._default_manager.values_list("name", flat=True)
    return frozenset(word for name in names for word in folded(name).split())


def _against(figure: Figure) -> Iterator[Caution]:
    """Find what it contradicts (R12), what it supersedes, and what supersedes it (R3)."""
    if figure.metric not in estimates.ESTIMATED:
        return
    key = (figure.country.code, figure.side, figure.metric)
    own = _pure(figure)
    held = [one for one in figures_of(key) if one.slug != figure.slug]
    linked = disagreements.contradictions([*held, own])
    against = {
        other: conflict.ratio
        for conflict in linked
        for one, other in (
            (conflict.one, conflict.other),
            (conflict.other, conflict.one),
        )
        if one == own.slug
    }
    day = max(Figure.objects.latest_day(), own.as_of or estimates.WAR_BEGAN)
    _, uses = explain([*held, own], figure.metric, day)
    newer = {use.by for use in uses if use.slug == own.slug and use.by}
    older = {use.slug for use in uses if use.by == own.slug}
    rows = Figure.objects.filter(slug__in={*against, *newer, *older}).select_related(
        "country", "claimant", "evidence_origin"
    )
    for row in rows.newest_first():
        if row.slug in against:
            ratio = against[row.slug]
            apart = f"{ratio:g} times apart" if ratio else "one of them is a zero"
            yield Caution("contradiction", f"It contradicts this: {apart}.", row)
        if row.slug in newer:
            yield Caution(
                "superseded", "The claimant’s newer figure supersedes it.", row
            )
        if row.slug in older:
            rest = f", and {len(older) - 1} before it" if len(older) > 1 else ""
            yield Caution("supersedes", f"It supersedes this{rest}:", row)
            older = set()  # the newest of them is told, as the rows come newest first


def _pure(figure: Figure) -> estimates.Figure:
    """Give a figure, saved or not, as the rules would see it once it is published."""
    values = {
        name: getattr(figure, name) for name in COLUMNS if name != "country__code"
    } | {
        "country__code": figure.country.code,
        "slug": figure.slug or PROPOSED,
        "status": Status.PUBLISHED,
        "first_published": None,
    }
    origin = _says(figure.evidence_origin) if figure.evidence_origin else None
    return pure_figure(values, _says(figure.claimant), origin, frozenset())


def _says(claimant: Claimant) -> estimates.Claimant:
    code = claimant.country.code if claimant.country else None
    return estimates.Claimant(claimant.slug, claimant.kind, claimant.party, code)
