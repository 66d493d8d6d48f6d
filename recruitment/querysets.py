"""Which rows: chainable, and read as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber
from django.utils import timezone

from recruitment.choices import (
    CandidateState,
    ChangeKind,
    ConflictKind,
    CorrectionKind,
    CountryKind,
    Evidence,
    JobState,
    Policy,
    Resource,
    Status,
    VisitOutcome,
)
from recruitment.searching import beginning, folded, words_of

if TYPE_CHECKING:
    from recruitment.models import Claimant

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class SluggedQuerySet(models.QuerySet[Any]):
    """Finds a row by its public id, so that fixtures carry no primary keys."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class SearchedQuerySet(SluggedQuerySet):
    """Finds rows by the words that a reader types."""

    # A row is found by what these name, too.
    found_through: tuple[str, ...] = ()

    def matching(self, asked: str) -> Self:
        """Keep the rows in which every word is the beginning of a word.

        Raises ValueError, in words, where none or too many are asked for.
        """
        rows = self
        for word in words_of(asked):
            begins = {"search_text__contains": beginning(word)}
            found = Q(**begins)
            for link in self.found_through:
                field: Any = self.model._meta.get_field(link)
                named = field.related_model.objects.filter(**begins)
                # Read now: with the keys at hand PostgreSQL uses an index for each part.
                linked = Q(**{f"{link}__in": list(named.values_list("pk", flat=True))})
                if field.many_to_many:  # joined, a row would come once for each link
                    linked = Q(pk__in=self.model.objects.filter(linked).values("pk"))
                found |= linked
            rows = rows.filter(found)
        return rows

    def best_first(self, asked: str) -> Self:
        """Put what is called just so first, then what begins so, then all else."""
        words = " ".join(words_of(asked))
        rank = Case(
            When(search_text__contains=f"| {words} |", then=0),
            When(search_text__contains=f"| {words} ", then=1),
            When(search_text__contains=f"| {words}", then=2),
            default=3,
        )
        return self.order_by(rank, *self.model._meta.ordering)


class CountryQuerySet(SearchedQuerySet):
    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)

    def with_figure_counts(self) -> Self:
        """Add `figure_count`: the published figures about each country."""
        return self.annotate(
            figure_count=Count("figures", filter=~Q(figures__status=Status.DRAFT))
        )

    def called(self, name: str) -> Self:
        """Keep the countries of which a code or a name is just this."""
        return self.filter(search_text__contains=f"| {folded(name)} |")

    def counted_on(self, side: str, day: date) -> Self:
        """Keep the countries about which there is any figure on a side by a day."""
        from recruitment.models import Figure

        figures = Figure.objects.published().on_side(side).as_of_by(day)
        mine = figures.filter(country=OuterRef("pk"))
        return self.filter(Exists(mine), kind=CountryKind.COUNTRY)


class RecordQuerySet(SearchedQuerySet):
    """Rows that state a claim and cite their sources."""

    found_through: tuple[str, ...] = ("country", "claimant")

    def published(self) -> Self:
        """Keep what the public may see: all but drafts.

        What was later superseded, corrected or retracted stays, marked with its reason.
        """
        return self.exclude(status=Status.DRAFT)

    def retracted(self) -> Self:
        return self.filter(status=Status.RETRACTED)

    def without_retracted(self) -> Self:
        """Leave out what was taken back: lists keep and mark it, nothing draws it."""
        return self.exclude(status=Status.RETRACTED)

    def with_citations(self) -> Self:
        """Fetch claimant, country and citations in a number of queries that is fixed."""
        from recruitment.models import Citation

        return self.prefetch_related(
            Prefetch(
                "citations",
                Citation.objects.select_related("source__publisher")
                .prefetch_related("source__derived_from")
                .order_by("slug"),
            )
        )


class MethodQuerySet(RecordQuerySet):
    found_through = ("countries", "claimant")


class PresenceQuerySet(RecordQuerySet):
    def on_side(self, side: str) -> Self:
        return self.filter(side=side)

    def told_by(self, day: date) -> Self:
        """Keep what a page told by a day, or on no known day; it has no other day."""
        from recruitment.models import Citation

        cited = Citation.objects.filter(presence=OuterRef("pk"))
        by_day = Q(source__published__lte=day) | Q(source__published__isnull=True)
        return self.filter(Exists(cited.filter(by_day)))


class ResponseQuerySet(RecordQuerySet):
    def about(self, *codes: str) -> Self:
        return self.filter(country__code__in=codes)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def with_citations(self) -> Self:
        return super().with_citations().select_related("country", "claimant")

    def newest_first(self) -> Self:
        """Put what has no day last."""
        return self.order_by(F("date").desc(nulls_last=True), "slug")


class FigureQuerySet(RecordQuerySet):
    found_through = ("country", "claimant", "evidence_origin")

    def about(self, *codes: str) -> Self:
        return self.filter(country__code__in=codes)

    def on_side(self, side: str) -> Self:
        return self.filter(side=side)

    def counting(self, metrics: Iterable[str]) -> Self:
        return self.filter(metric__in=list(metrics))

    def newest_first(self) -> Self:
        """Put the undated last, as PostgreSQL would not."""
        return self.order_by(F("as_of").desc(nulls_last=True), "slug")

    def of_claimant(self, claimant: Claimant) -> Self:
        """Keep what somebody said or counted."""
        return self.filter(Q(claimant=claimant) | Q(evidence_origin=claimant))

    def carried_by_publishers(self, *, at_least: int) -> Self:
        """Keep the figures that are cited from pages of so many publishers."""
        publishers = Count("citations__source__publisher", distinct=True)
        return self.annotate(publishers=publishers).filter(publishers__gte=at_least)

    def as_of_by(self, day: date) -> Self:
        """Keep the figures whose day has come by `day`; the undated have none."""
        return self.filter(as_of__lte=day)

    def usable(self) -> Self:
        """Keep what an estimate may look at (rule R0); estimates.py refuses the rest."""
        return self.filter(
            status=Status.PUBLISHED, countable=True, variant_of__isnull=True
        )

    def with_citations(self) -> Self:
        return (
            super()
            .with_citations()
            .select_related(
                "country", "claimant__country", "evidence_origin__country", "variant_of"
            )
        )

    def with_published_original(self) -> Self:
        """Add `published_original`: what the figure restates, unless that is a draft."""
        original = Case(
            When(~Q(variant_of__status=Status.DRAFT), then=F("variant_of__slug"))
        )
        return self.annotate(published_original=original)

    def latest_day(self) -> date:
        """Give the last day that the record speaks of; today, for an empty record."""
        today = timezone.now().date()
        latest: date | None = self.usable().aggregate(Max("as_of"))["as_of__max"]
        return min(latest or today, today)

    def newest_by(self, day: date) -> Self:
        """Keep what counts and was claimed by a day, the newest first."""
        counting = self.as_of_by(day).filter(status=Status.PUBLISHED, countable=True)
        return counting.order_by("-as_of", "slug")

    def with_first_published(self) -> Self:
        """Add `first_published`, the day of the first page known to carry it.

        A subquery: joined and grouped, each row would be read once for every page.
        """
        from recruitment.models import Citation

        cited = Citation.objects.filter(figure=OuterRef("pk"))
        by_day = cited.order_by(F("source__published").asc(nulls_last=True))
        first = Subquery(by_day.values("source__published")[:1])
        return self.annotate(first_published=first)

    def under(self, policy: str) -> Self:
        """Keep the figures that a policy admits, as estimates.admitted_by_policy does."""
        if policy == Policy.NO_PARTY:
            return self.filter(
                claimant__party__isnull=True, evidence_origin__party__isnull=True
            )
        if policy == Policy.NAMED_ONLY:
            return self.filter(evidence__in=[Evidence.ENUMERATED, Evidence.CUSTODY])
        return self


class HeldBackQuerySet(SearchedQuerySet):
    """Publishers, claimants and pages, which wait with the drafts that brought them."""

    def published(self) -> Self:
        return self.filter(is_draft=False)


class SourceQuerySet(HeldBackQuerySet):
    found_through = ("publisher",)

    def in_lineage_of(self, *sources: int, below: bool = False) -> Self:
        """Keep some pages and all that they rest on; with `below`, what rests on them too.

        The links are read whole, two numbers each: a database cannot follow them in a
        number of queries that is fixed.
        """
        links = self.model.derived_from.through.objects
        upward = list(links.values_list("from_source_id", "to_source_id"))
        found = followed(sources, upward)
        if below:
            found |= followed(sources, [(parent, page) for page, parent in upward])
        known = self.published().filter(pk__in=found).select_related("publisher")
        return known.prefetch_related("derived_from")

    def due_for_a_visit(self) -> Self:
        """Keep what was not visited for a week, or a day ago without an answer.

        Those that nobody has visited come first, then the longest ago.
        """
        from recruitment.models import Visit

        last = Visit.objects.filter(source=OuterRef("pk")).order_by("-at", "-pk")[:1]
        now = timezone.now()
        return (
            self.filter(url__isnull=False)
            .annotate(
                visited_at=Subquery(last.values("at")),
                answered=Subquery(last.values("http_status")),
            )
            .filter(
                Q(visited_at__isnull=True)
                | Q(visited_at__lte=now - WEEK)
                | Q(visited_at__lte=now - DAY, answered__isnull=True)
            )
            .order_by(F("visited_at").asc(nulls_first=True), "slug")
        )

    def with_last_visit(self) -> Self:
        from recruitment.models import Visit

        return self.prefetch_related(Visit.objects.as_last_visits())


class VisitQuerySet(models.QuerySet[Any]):
    def saw_something(self) -> Self:
        return self.exclude(outcome=VisitOutcome.UNSEEN)

    def that_saw_the_text(self) -> Self:
        return self.filter(outcome__in=[VisitOutcome.THERE, VisitOutcome.CHANGED])

    def last_of_each_source(self) -> Self:
        newest = self.filter(source=OuterRef("source")).order_by("-at", "-pk")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def as_last_visits(self) -> Prefetch[Any]:
        """Fetch the last visit that saw something as a source's `last_visits`, if any."""
        last = self.saw_something().last_of_each_source()
        return Prefetch("visits", last, to_attr="last_visits")


def followed(starts: Iterable[int], links: Iterable[tuple[int, int]]) -> set[int]:
    """Follow links from row to row as far as they lead."""
    onward: dict[int, list[int]] = {}
    for one, other in links:
        onward.setdefault(one, []).append(other)
    found: set[int] = set()
    waiting = [*starts]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += onward.get(one, [])
    return found


class EstimateQuerySet(models.QuerySet[Any]):
    def under(self, policy: str) -> Self:
        return self.filter(policy=policy)

    def on_side(self, side: str) -> Self:
        return self.filter(side=side)

    def as_of(self, day: date) -> Self:
        """Keep the one row of each key that holds on `day`."""
        return self.filter(
            Q(to_day__isnull=True) | Q(to_day__gt=day), from_day__lte=day
        )

    def about(self, *codes: str) -> Self:
        return self.filter(country_id__in=codes)

    def counting(self, metrics: Iterable[str]) -> Self:
        return self.filter(metric__in=list(metrics))

    def of_countries(self) -> Self:
        """Leave out groups, and the own nationals of the side that is counted."""
        own = Q(side="russia", country_id="RUS") | Q(side="ukraine", country_id="UKR")
        return self.filter(country__kind=CountryKind.COUNTRY).exclude(own)

    def of_all_foreigners(self) -> Self:
        return self.filter(country_id="FOREIGN")

    def widest(self) -> Self:
        """Keep those with both ends apart, the greatest ratio first (rule R12)."""
        ratio = Cast("high", models.FloatField()) / F("low")
        return (
            self.filter(low__gt=0, high__gt=F("low"))
            .annotate(ratio=ratio)
            .order_by("-ratio", "key")
        )

    def ranked(self) -> Self:
        """Order by the best figure, else by the floor, else by the highest claim."""
        stands_for = Coalesce("best", "low", "high", 0)
        return self.order_by(stands_for.desc(), "key")

    def with_a_number(self) -> Self:
        """Leave out those that only say why they are empty."""
        none = Q(low__isnull=True, best__isnull=True, high__isnull=True)
        return self.exclude(none)

    def of_one_origin(self) -> Self:
        """Keep those with a number that rests on one origin, and so cannot be disputed."""
        return self.with_a_number().filter(origins=1)

    def with_ends(self) -> Self:
        """Fetch the country, and the figures that set each end with who says them."""
        ends = ("low_figure", "best_figure", "high_figure", "last_known_figure")
        return self.select_related(
            "country",
            *(f"{end}__claimant__country" for end in ends),
            *(f"{end}__evidence_origin__country" for end in ends),
        )


class CandidateQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=CandidateState.OPEN)

    def waiting_to_be_cited(self) -> Self:
        """Keep what was merged into a public figure that does not cite the page yet."""
        from recruitment.models import Citation

        cited = Citation.objects.filter(
            figure=OuterRef("figure"), source=OuterRef("article__source")
        )
        merged = self.filter(state=CandidateState.MERGED, article__source__isnull=False)
        public = merged.exclude(figure__status=Status.DRAFT)
        return public.exclude(Exists(cited)).select_related("figure", "article__source")


class CitationQuerySet(SluggedQuerySet):
    def published(self) -> Self:
        """Leave out what cites a draft."""
        from recruitment.models import CITED

        drafts = (Q(**{f"{cited}__status": Status.DRAFT}) for cited in CITED)
        return self.exclude(Q(*drafts, _connector=Q.OR))

    def of_figures_on_one_page(self) -> Self:
        """Keep what cites a figure that no other page carries."""
        others = self.model.objects.filter(figure=OuterRef("figure"))
        elsewhere = others.exclude(source=OuterRef("source"))
        return self.filter(~Exists(elsewhere), figure__isnull=False)

    def with_records(self) -> Self:
        """Fetch what is cited, with whom it is about and who says it."""
        from recruitment.models import CITED

        cited = self.select_related(
            *(f"{one}__claimant" for one in CITED),
            *(f"{one}__country" for one in CITED if one != "method"),
            "figure__evidence_origin",
        )
        return cited.prefetch_related("method__countries")


class ConflictQuerySet(models.QuerySet[Any]):
    def with_slug(self) -> Self:
        """Add `slug`: a public id that outlives a rebuild, as the row's own does not."""
        slug = Concat("one_id", Value("--"), "other_id", output_field=CharField())
        return self.annotate(slug=slug)

    def contradictions(self) -> Self:
        return self.filter(kind=ConflictKind.CONTRADICTION)

    def revisions(self) -> Self:
        return self.filter(kind=ConflictKind.REVISED_DOWN)

    def between(self, figures: FigureQuerySet) -> Self:
        """Keep the pairs both of which are among the figures."""
        slugs = figures.order_by().values("slug")
        return self.filter(one__in=slugs, other__in=slugs)

    def with_both(self) -> Self:
        """Fetch both figures, with who says them and about whom."""
        links = ("country", "claimant__country", "evidence_origin__country")
        return self.select_related(
            *(f"{end}__{link}" for end in ("one", "other") for link in links)
        )


class CorrectionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Leave out those of figures that are drafts now; they are hidden with them."""
        return self.exclude(figure__status=Status.DRAFT)

    def retractions(self) -> Self:
        return self.filter(kind=CorrectionKind.RETRACTION)

    def with_slug(self) -> Self:
        """Add `slug`: a public id of the figure's and the number of the revision."""
        slug = Concat(
            "figure__slug", Value("--"), "revision_id", output_field=CharField()
        )
        return self.annotate(slug=slug)

    def with_changes(self) -> Self:
        """Add `fields` and `differences` of the log of changes, and a public successor."""
        from recruitment.models import Change

        logged = Change.objects.of(Resource.FIGURES).filter(
            public_id=OuterRef("figure__slug"), revision=OuterRef("revision")
        )
        is_public = ~Q(successor__status=Status.DRAFT)
        return self.annotate(
            fields=Subquery(logged.values("fields")[:1]),
            differences=Subquery(logged.values("differences")[:1]),
            published_successor=Case(When(is_public, then=F("successor__slug"))),
        )

    def with_figures(self) -> Self:
        """Fetch the figure, whom it is about and who says it, and the revision."""
        links = ("country", "claimant", "evidence_origin")
        return self.select_related("revision", *(f"figure__{one}" for one in links))


class ChangeQuerySet(models.QuerySet[Any]):
    def since(self, number: int) -> Self:
        """Keep what changed after a revision, in the order in which it was published.

        The order ends in the unique id; ids grow with revisions, as writers take turns.
        """
        return self.filter(revision_id__gt=number).order_by("revision_id", "id")

    def of(self, resource: str, *public_ids: str) -> Self:
        """Keep the changes of one kind of rows, or of some of them."""
        changes = self.filter(resource=resource)
        return changes.filter(public_id__in=public_ids) if public_ids else changes

    def telling(self) -> Self:
        """Leave out what only goes along with another change.

        That is a citation that came with its row, and an estimate that is another one on
        other days alone.
        """
        citations = Q(resource=Resource.CITATIONS) & ~Q(kind=ChangeKind.REMOVED)
        estimates = Q(resource=Resource.ESTIMATES, kind=ChangeKind.CHANGED, fields=[])
        return self.exclude(citations | estimates)

    def most_telling_first(self) -> Self:
        """Put figures and estimates first, and what was taken back before the rest."""
        return self._ranked().order_by("rank", "-kind", "public_id")

    def first_of_each_revision(self, most: int) -> Self:
        """Keep the most telling changes of each revision, the newest revision first."""
        place = Window(
            RowNumber(),
            partition_by="revision_id",
            order_by=["rank", F("kind").desc(), "public_id"],
        )
        return (
            self._ranked()
            .annotate(place=place)
            .filter(place__lte=most)
            .select_related("revision")
            .order_by("-revision_id", "place")
        )

    def _ranked(self) -> Self:
        order = dict.fromkeys([Resource.FIGURES, Resource.ESTIMATES, *Resource])
        ranks = [When(resource=one, then=Value(n)) for n, one in enumerate(order)]
        return self.annotate(rank=Case(*ranks))


class JobQuerySet(models.QuerySet[Any]):
    """Jobs by where they stand."""

    def unsent(self, since: datetime) -> Self:
        """Keep what waits and has no message, or none since; the oldest first."""
        is_unsent = Q(sent_at__isnull=True) | Q(sent_at__lt=since)
        return self.filter(is_unsent, state=JobState.QUEUED).order_by("asked_at", "pk")

    def lost(self, now: datetime) -> Self:
        """Keep what was taken by a worker that no longer says that it is alive."""
        return self.filter(state=JobState.RUNNING, held_until__lt=now)
