"""Who says it, about whom, and which pages carry it."""

from collections.abc import Iterable

from django.db import models

from recruitment import choices
from recruitment.models.base import (
    SLUG_LENGTH,
    country_code,
    exact_when_known,
    is_draft_field,
    search_text_field,
    sha256_digest,
)
from recruitment.models.history import HistoricalRecords
from recruitment.querysets import (
    CountryQuerySet,
    HeldBackQuerySet,
    SourceQuerySet,
)
from recruitment.searching import host, initials


class Country(models.Model):
    """A country, or a group of countries that claimants count together."""

    code = models.CharField(
        max_length=20,
        unique=True,
        validators=[country_code],
        help_text="ISO 3166-1 alpha-3 code, or the name of a group such as AFRICA.",
    )
    kind = models.CharField(
        max_length=7,
        choices=choices.CountryKind,
        help_text="A country, or a group of countries.",
    )
    name = models.CharField(max_length=100, help_text="English name.")
    iso2 = models.CharField(
        max_length=2,
        null=True,
        blank=True,
        unique=True,
        help_text="ISO 3166-1 alpha-2 code; null for a group.",
    )
    region = models.CharField(
        max_length=50, null=True, blank=True, help_text="UN M49 region."
    )
    sub_region = models.CharField(
        max_length=50, null=True, blank=True, help_text="UN M49 sub-region."
    )
    intermediate_region = models.CharField(
        max_length=50, null=True, blank=True, help_text="UN M49 intermediate region."
    )
    demonyms = models.JSONField(
        default=list,
        blank=True,
        help_text="English words for its people, as a list; used to read articles.",
    )
    names = models.JSONField(
        default=dict,
        blank=True,
        help_text="Names in other languages, by ISO 639-1 code: uk, ru, fr, es.",
    )
    members = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="groups",
        blank=True,
        help_text="The countries of a group; empty for a country.",
    )

    search_text = search_text_field()

    objects = CountryQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[members], excluded_fields=["search_text"])

    class Meta:
        ordering = ["name", "code"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def searched_terms(self) -> Iterable[str | None]:
        return [self.code, self.iso2, self.name, *self.demonyms, *self.names.values()]


class Publisher(models.Model):
    """Who publishes a page. A publisher is a claimant only where it counts itself."""

    slug = models.SlugField(
        max_length=SLUG_LENGTH, unique=True, help_text="Public id, for ever."
    )
    name = models.CharField(
        max_length=200, help_text="Name as the publisher writes it."
    )
    homepage = models.URLField(
        max_length=500, null=True, blank=True, help_text="Address of its front page."
    )

    is_draft = is_draft_field()
    search_text = search_text_field()

    objects = HeldBackQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def searched_terms(self) -> Iterable[str | None]:
        return [self.slug, self.name, host(self.homepage)]


class Source(models.Model):
    """One page that carries claims."""

    slug = models.SlugField(
        max_length=SLUG_LENGTH, unique=True, help_text="Public id, for ever."
    )
    url = models.URLField(
        max_length=500,
        null=True,
        blank=True,
        unique=True,
        help_text=(
            "Address of the page; null where it is not known, or withheld because it "
            "contains a person's name."
        ),
    )
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        related_name="sources",
        help_text="Who publishes the page.",
    )
    title_gist = models.CharField(
        max_length=200, help_text="What the page is about, in our words."
    )
    author = models.CharField(
        max_length=200, null=True, blank=True, help_text="Author named on the page."
    )
    published = models.DateField(
        null=True, blank=True, help_text="Day on which the page was published."
    )
    published_precision = models.CharField(
        max_length=7,
        choices=choices.Precision,
        default=choices.Precision.UNKNOWN,
        help_text="How exactly the day of publication is known.",
    )
    accessed = models.DateField(
        null=True, blank=True, help_text="Day on which we last read the page."
    )
    language = models.CharField(
        max_length=8, null=True, blank=True, help_text="ISO 639-1 code of its language."
    )
    kind = models.CharField(
        max_length=12,
        choices=choices.SourceKind,
        default=choices.SourceKind.UNCLASSIFIED,
        help_text="What kind of page it is.",
    )
    derived_from = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="derivatives",
        blank=True,
        help_text="The pages that this one rests on.",
    )
    credits = models.JSONField(
        default=list, blank=True, help_text="Whom the page credits, as a list of names."
    )
    archive_url = models.URLField(
        max_length=500, null=True, blank=True, help_text="Address of an archived copy."
    )
    text_sha256 = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        validators=[sha256_digest],
        help_text="SHA-256 of the text that was read; locators count its characters.",
    )
    link_state = models.CharField(
        max_length=9,
        choices=choices.LinkState,
        default=choices.LinkState.UNCHECKED,
        help_text="What visits to the address found.",
    )
    note = models.TextField(blank=True, help_text="Remarks on date, address or origin.")

    is_draft = is_draft_field()
    search_text = search_text_field()

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[derived_from], excluded_fields=["search_text"]
    )

    class Meta:
        ordering = ["slug"]
        constraints = [exact_when_known("published", "source_published_has_precision")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title_gist}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def searched_terms(self) -> Iterable[str | None]:
        """Give what the page is found by; its publisher is found by itself."""
        return [self.slug, self.title_gist, host(self.url), self.author, *self.credits]


class Claimant(models.Model):
    """Who says it: a ministry, a service, an outlet's own count, an aid group …"""

    slug = models.SlugField(
        max_length=SLUG_LENGTH, unique=True, help_text="Public id, for ever."
    )
    name = models.CharField(
        max_length=200,
        help_text="Name of the office or organisation; never a recruit's.",
    )
    kind = models.CharField(
        max_length=19, choices=choices.ClaimantKind, help_text="What kind of claimant."
    )
    party = models.CharField(
        max_length=7,
        null=True,
        blank=True,
        choices=choices.Party,
        help_text="The party to the war whose authority it is; null for all others.",
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claimants",
        help_text="The country whose authority or organisation it is.",
    )
    note = models.TextField(blank=True, help_text="Remarks on the claimant.")

    is_draft = is_draft_field()
    search_text = search_text_field()

    objects = HeldBackQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def searched_terms(self) -> Iterable[str | None]:
        return [self.slug, self.name, initials(self.name), self.note]
