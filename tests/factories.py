"""Rows for the tests: realistic, and each valid on its own.

A record comes with one citation, as in the record itself; give `citation=None` to
make it without. Country, claimant and source are shared until a test names others.
"""

from datetime import date
from hashlib import sha256

import factory
import pycountry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.utils import timezone
from factory.django import DjangoModelFactory

from recruitment import choices, models


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = models.Country
        django_get_or_create = ["code"]

    code = "NPL"
    kind = choices.CountryKind.COUNTRY
    name = factory.LazyAttribute(
        lambda country: pycountry.countries.get(alpha_3=country.code).name
    )
    iso2 = factory.LazyAttribute(
        lambda country: pycountry.countries.get(alpha_3=country.code).alpha_2
    )


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = models.Country
        django_get_or_create = ["code"]
        skip_postgeneration_save = True

    code = "FOREIGN"
    kind = choices.CountryKind.GROUP
    name = "All foreign nationals"

    @factory.post_generation
    def members(group, create, countries, **kwargs):
        group.members.set(countries or [])


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = models.Publisher
        django_get_or_create = ["slug"]

    slug = "kathmandu-post"
    name = "The Kathmandu Post"
    homepage = "https://kathmandupost.example"


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source
        django_get_or_create = ["slug"]

    slug = "kathmandu-post-2024-03-14-nepalis-killed"
    url = factory.LazyAttribute(lambda source: f"https://news.example/{source.slug}")
    publisher = factory.SubFactory(PublisherFactory)
    title_gist = "Nineteen Nepalis killed in Russia's army"
    published = "2024-03-14"
    published_precision = choices.Precision.DAY
    language = "en"
    kind = choices.SourceKind.NEWS_REPORT


class ClaimantFactory(DjangoModelFactory):
    class Meta:
        model = models.Claimant
        django_get_or_create = ["slug"]

    slug = "nepal-foreign-ministry"
    name = "Ministry of Foreign Affairs of Nepal"
    kind = choices.ClaimantKind.HOME_GOVERNMENT
    country = factory.SubFactory(CountryFactory)


class RussianMinistryFactory(ClaimantFactory):
    """A party to the war, whose word alone sets no floor."""

    slug = "russian-defence-ministry"
    name = "Ministry of Defence of Russia"
    kind = choices.ClaimantKind.RUSSIAN_AUTHORITY
    party = choices.Party.RUSSIA
    country = factory.SubFactory(CountryFactory, code="RUS")


class RecordFactory(DjangoModelFactory):
    """What every claim has."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    status = choices.Status.PUBLISHED
    status_reason = None
    confidence = choices.Confidence.HIGH
    countable = True
    claimant = factory.SubFactory(ClaimantFactory)

    class Params:
        draft = factory.Trait(
            status=choices.Status.DRAFT,
            status_reason=choices.StatusReason.LOW_CONFIDENCE,
        )


class FigureFactory(RecordFactory):
    class Meta:
        model = models.Figure

    slug = factory.Sequence(lambda n: f"npl-russia-killed-2024-03-14-{n}")
    summary = "Nepal's foreign ministry said that 19 Nepalis had been killed."
    country = factory.SubFactory(CountryFactory)
    side = choices.Side.RUSSIA
    metric = choices.Metric.KILLED
    low = high = 19
    qualifier = choices.Qualifier.EXACT
    wording = "19 Nepalis have been killed"
    scope = choices.Scope.TOTAL
    as_of = "2024-03-14"
    as_of_precision = choices.Precision.DAY
    evidence = choices.Evidence.STATEMENT
    interest = choices.Interest.NONE
    credibility = 2
    citation = factory.RelatedFactory("tests.factories.CitationFactory", "figure")


class ResponseFactory(RecordFactory):
    class Meta:
        model = models.Response

    slug = factory.Sequence(lambda n: f"npl-travel-ban-2024-01-05-{n}")
    summary = "Nepal stopped issuing permits to work in Russia and Ukraine."
    country = factory.SubFactory(CountryFactory)
    kind = choices.ResponseKind.TRAVEL_BAN
    date = "2024-01-05"
    date_precision = choices.Precision.DAY
    actor = "Department of Foreign Employment"
    citation = factory.RelatedFactory(
        "tests.factories.CitationFactory", "response", figure=None
    )


class IncentiveFactory(RecordFactory):
    class Meta:
        model = models.Incentive

    slug = factory.Sequence(lambda n: f"npl-monthly-pay-2024-{n}")
    summary = "Recruits from Nepal were promised about 2,000 dollars a month."
    country = factory.SubFactory(CountryFactory)
    side = choices.Side.RUSSIA
    kind = choices.IncentiveKind.MONTHLY_PAY
    amount_low = amount_high = 2000
    currency = "USD"
    period = choices.Period.MONTH
    as_of = "2024-02-01"
    as_of_precision = choices.Precision.MONTH
    citation = factory.RelatedFactory(
        "tests.factories.CitationFactory", "incentive", figure=None
    )


class MethodFactory(RecordFactory):
    class Meta:
        model = models.Method

    slug = factory.Sequence(lambda n: f"npl-student-visas-2024-{n}")
    summary = "Agents sent Nepalis to Russia on student visas."
    kind = "student_visas"
    side = choices.Side.RUSSIA
    citation = factory.RelatedFactory(
        "tests.factories.CitationFactory", "method", figure=None
    )

    @factory.post_generation
    def countries(method, create, countries, **kwargs):
        method.countries.set(countries or [CountryFactory()])


class PresenceFactory(RecordFactory):
    class Meta:
        model = models.Presence

    slug = factory.Sequence(lambda n: f"npl-ukraine-presence-{n}")
    summary = "Nepalis serve in Ukraine's International Legion."
    country = factory.SubFactory(CountryFactory)
    side = choices.Side.UKRAINE
    citation = factory.RelatedFactory(
        "tests.factories.CitationFactory", "presence", figure=None
    )


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Citation

    slug = factory.LazyAttribute(lambda one: f"{cited(one).slug}--{one.source.slug}")
    source = factory.SubFactory(SourceFactory)
    figure = factory.SubFactory(FigureFactory, citation=None)
    response = incentive = method = presence = None
    role = choices.Role.CARRIES


def cited(citation):
    """Give the one record that a citation is for."""
    return next(filter(None, (getattr(citation, name) for name in models.CITED)))


class EstimateFactory(DjangoModelFactory):
    class Meta:
        model = models.Estimate

    key = factory.LazyAttribute(
        lambda one: f"{one.country.code}-{one.side}-{one.metric}".lower()
    )
    country = factory.SubFactory(CountryFactory)
    side = choices.Side.RUSSIA
    metric = choices.Metric.KILLED
    policy = choices.Policy.ALL
    from_day = "2024-03-14"
    to_day = None
    low = best = high = 19
    low_strict = high_open = revised_down = False
    label = choices.Label.B
    reason = "tier_1"
    origins = 1
    rules_version = "r1"


class ConflictFactory(DjangoModelFactory):
    class Meta:
        model = models.Conflict

    kind = choices.ConflictKind.CONTRADICTION
    key = "npl-russia-killed"
    one = factory.SubFactory(FigureFactory, citation=None)
    other = factory.SubFactory(
        FigureFactory, citation=None, low=44, high=44, as_of="2024-06-01"
    )
    ratio = round(44 / 19, 3)


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Revision
        django_get_or_create = ["number"]

    number = 1
    made_at = factory.LazyFunction(timezone.now)
    reason = "rows were imported"


class ChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.Change

    revision = factory.SubFactory(RevisionFactory)
    resource = choices.Resource.FIGURES
    public_id = "npl-russia-killed-2024-03-14"
    kind = choices.ChangeKind.ADDED
    reason = "rows were imported"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = models.Job

    kind = choices.JobKind.READ_ARTICLE
    asked_at = factory.LazyFunction(timezone.now)


class ArticleFactory(DjangoModelFactory):
    """Invented, as are all texts in the tests."""

    class Meta:
        model = models.Article

    title = "Nineteen Nepalis killed, ministry says"
    text = factory.Sequence(
        lambda n: f"Report {n}. Kathmandu said that 19 Nepalis have been killed."
    )
    text_sha256 = factory.LazyAttribute(
        lambda article: sha256(article.text.encode()).hexdigest()
    )
    language = "en"
    published = date(2024, 3, 14)
    brought_at = factory.LazyFunction(timezone.now)


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = models.Candidate

    article = factory.SubFactory(ArticleFactory)
    country = factory.SubFactory(CountryFactory)
    side = choices.Side.RUSSIA
    metric = choices.Metric.KILLED
    low = high = 19
    qualifier = choices.Qualifier.EXACT
    scope = choices.Scope.TOTAL
    claimant_text = "Kathmandu"
    start = factory.LazyAttribute(lambda one: one.article.text.index("19 Nepalis"))
    end = factory.LazyAttribute(lambda one: len(one.article.text) - 1)


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Correction

    figure = factory.SubFactory(FigureFactory)
    kind = choices.CorrectionKind.CORRECTION
    reason = choices.StatusReason.MISREAD
    note = "We had read 91 for 19."
    revision = factory.SubFactory(RevisionFactory)


class PersonFactory(DjangoModelFactory):
    """Somebody at the desk, with the role whose name is given; a second one has another name."""

    class Meta:
        model = User
        django_get_or_create = ["username"]
        skip_postgeneration_save = True

    username = factory.SelfAttribute("role")
    # Nobody’s; a test that logs in by the page sets one.
    password = factory.LazyFunction(lambda: make_password(None))

    class Params:
        role = "editor"

    @factory.post_generation
    def groups(person, create, extracted, **kwargs):
        role = person.username.partition("-")[0]
        person.groups.set(Group.objects.filter(name=role))


class PageFactory(SourceFactory):
    """The page that an article at the desk is."""

    slug = "example-post-2025-11-25-ministry-raises-its-count"
    publisher = factory.SubFactory(
        PublisherFactory, slug="example-post", name="The Example Post"
    )
    title_gist = "A ministry raises its count"
    published = "2025-11-25"
    is_draft = True


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = models.Visit

    source = factory.SubFactory(SourceFactory)
    at = factory.LazyFunction(timezone.now)
    outcome = choices.VisitOutcome.THERE
    http_status = 200
    detail = "All words that were looked for are there: 1."
    text_sha256 = "0" * 64


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = models.Batch

    name = "figures.jsonl"
    content = b"{}"
    sha256 = "0" * 64
    reason = "rows were imported"
    brought_at = factory.LazyFunction(timezone.now)


class DismissalFactory(DjangoModelFactory):
    class Meta:
        model = models.Dismissal

    rule = "no-date"
    resource = choices.Resource.FIGURES
    public_id = "npl-russia-killed-2024-03-14"
    version = "1"
    why = "The page bears no date."
    at = factory.LazyFunction(timezone.now)
