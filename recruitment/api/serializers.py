"""The record in JSON: the same shape in list and detail, fields listed by hand.

Each declares a shape, which `shapes` reads and the schema describes.
"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recruitment.choices import Metric, Policy, Side, Status
from recruitment.models import (
    Change,
    Citation,
    Claimant,
    Conflict,
    Correction,
    Country,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Release,
    Response,
    Source,
)

PUBLIC_STATUSES = [one for one in Status.choices if one[0] != Status.DRAFT]


def code_of_country(**kwargs):
    return serializers.SlugRelatedField("code", read_only=True, **kwargs)


def public_id(help_text, **kwargs):
    return serializers.SlugRelatedField(
        "slug", read_only=True, help_text=help_text, **kwargs
    )


class CountryNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name"]


class CountrySerializer(serializers.ModelSerializer):
    members = code_of_country(
        many=True, help_text="Codes of the countries of a group; empty for a country."
    )
    figure_count = serializers.IntegerField(
        help_text="Published figures about the country or group itself."
    )

    class Meta:
        model = Country
        fields = [
            "code",
            "kind",
            "name",
            "iso2",
            "region",
            "sub_region",
            "intermediate_region",
            "names",
            "demonyms",
            "members",
            "figure_count",
        ]


class ClaimantSerializer(serializers.ModelSerializer):
    country = code_of_country(
        allow_null=True,
        help_text="Code of the country whose authority or organisation it is.",
    )

    class Meta:
        model = Claimant
        fields = ["slug", "name", "kind", "party", "country", "note"]


class PublisherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publisher
        fields = ["slug", "name", "homepage"]


class SourceSerializer(serializers.ModelSerializer):
    publisher = PublisherSerializer()
    derived_from = public_id("The pages that this one rests on.", many=True)

    class Meta:
        model = Source
        fields = [
            "slug",
            "url",
            "publisher",
            "title_gist",
            "author",
            "published",
            "published_precision",
            "accessed",
            "language",
            "kind",
            "derived_from",
            "credits",
            "archive_url",
            "text_sha256",
            "link_state",
            "note",
        ]


class CitationSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Citation
        fields = ["role", "source", "paragraph", "start", "end", "passage_sha256"]


class RecordSerializer(serializers.ModelSerializer):
    """What every claim has, whatever it is about."""

    country = CountryNameSerializer()
    claimant = ClaimantSerializer()
    citations = CitationSerializer(many=True)
    status = serializers.ChoiceField(
        PUBLIC_STATUSES, help_text="Published, or what became of it later."
    )


class FigureSerializer(RecordSerializer):
    evidence_origin = ClaimantSerializer(
        allow_null=True, help_text="Who counted, where the claimant only relays."
    )
    variant_of = serializers.SlugField(
        source="published_original",
        allow_null=True,
        help_text="The figure that this one distorts or restates.",
    )
    disjoint_with = public_id(
        "Subsets that an editor found to share nobody with this one.", many=True
    )
    pages = serializers.IntegerField(
        source="spread.pages", help_text="Pages that carry the figure."
    )
    reports = serializers.IntegerField(
        source="spread.reports",
        help_text="Independent reports among them: copies of one story count once.",
    )

    class Meta:
        model = Figure
        fields = [
            "slug",
            "country",
            "side",
            "metric",
            "low",
            "high",
            "qualifier",
            "wording",
            "scope",
            "scope_note",
            "as_of",
            "as_of_precision",
            "period_start",
            "claimant",
            "evidence_origin",
            "evidence",
            "interest",
            "credibility",
            "summary",
            "status",
            "status_reason",
            "countable",
            "variant_of",
            "disjoint_with",
            "disjoint_reason",
            "confidence",
            "note",
            "pages",
            "reports",
            "citations",
        ]


class EndSerializer(serializers.ModelSerializer):
    """The figure that stands at one end of an estimate, and who says it."""

    claimant = ClaimantSerializer()
    evidence_origin = ClaimantSerializer(
        allow_null=True, help_text="Who counted, where the claimant only relays."
    )

    class Meta:
        model = Figure
        fields = [
            "slug",
            "low",
            "high",
            "qualifier",
            "wording",
            "as_of",
            "claimant",
            "evidence_origin",
        ]


class EstimateSerializer(serializers.ModelSerializer):
    country = CountryNameSerializer()
    low_figure = EndSerializer(allow_null=True, help_text="Sets the low.")
    best_figure = EndSerializer(allow_null=True, help_text="Sets the best.")
    high_figure = EndSerializer(allow_null=True, help_text="Sets the high.")
    last_known_figure = EndSerializer(
        allow_null=True,
        help_text="The last best of a cumulative metric, now too old to be the best.",
    )

    class Meta:
        model = Estimate
        fields = [
            "key",
            "country",
            "side",
            "metric",
            "policy",
            "from_day",
            "to_day",
            "low",
            "low_strict",
            "best",
            "high",
            "high_open",
            "label",
            "reason",
            "revised_down",
            "origins",
            "low_figure",
            "best_figure",
            "high_figure",
            "last_known_figure",
            "low_sum_of",
            "rules_version",
        ]


class CitedSerializer(serializers.ModelSerializer):
    """One record read from one page: the chain, link by link."""

    source = public_id("The page.")
    figure = public_id("The figure that was read there.", allow_null=True)
    response = public_id("The response that was read there.", allow_null=True)
    incentive = public_id("The incentive that was read there.", allow_null=True)
    method = public_id("The method that was read there.", allow_null=True)
    presence = public_id("The claim of presence that was read there.", allow_null=True)

    class Meta:
        model = Citation
        fields = [
            "slug",
            "source",
            "figure",
            "response",
            "incentive",
            "method",
            "presence",
            "role",
            "paragraph",
            "start",
            "end",
            "passage_sha256",
        ]


class ResponseSerializer(RecordSerializer):
    class Meta:
        model = Response
        fields = [
            "slug",
            "country",
            "kind",
            "date",
            "date_precision",
            "persons",
            "actor",
            "claimant",
            "summary",
            "status",
            "status_reason",
            "countable",
            "confidence",
            "note",
            "citations",
        ]


class IncentiveSerializer(RecordSerializer):
    claimant = ClaimantSerializer(
        allow_null=True, help_text="Who says so; null where the page says it itself."
    )

    class Meta:
        model = Incentive
        fields = [
            "slug",
            "country",
            "side",
            "kind",
            "amount_low",
            "amount_high",
            "currency",
            "period",
            "as_of",
            "as_of_precision",
            "claimant",
            "summary",
            "status",
            "status_reason",
            "countable",
            "confidence",
            "note",
            "citations",
        ]


class MethodSerializer(RecordSerializer):
    country = None  # a method is about several
    countries = code_of_country(
        many=True,
        help_text="Codes of the countries whose nationals are concerned.",
    )

    class Meta:
        model = Method
        fields = [
            "slug",
            "countries",
            "side",
            "kind",
            "claimant",
            "summary",
            "status",
            "status_reason",
            "countable",
            "confidence",
            "note",
            "citations",
        ]


class PresenceSerializer(RecordSerializer):
    class Meta:
        model = Presence
        fields = [
            "slug",
            "country",
            "side",
            "claimant",
            "summary",
            "status",
            "status_reason",
            "countable",
            "confidence",
            "note",
            "citations",
        ]


class ContradictionSerializer(serializers.ModelSerializer):
    slug = serializers.CharField(
        help_text="Public ids of the two figures, parted by two hyphens."
    )
    country = code_of_country(source="one.country", help_text="Code of the country.")
    side = serializers.ChoiceField(
        source="one.side", choices=Side.choices, help_text="For whom the people fought."
    )
    metric = serializers.ChoiceField(
        source="one.metric", choices=Metric.choices, help_text="What is counted."
    )
    one = EndSerializer(help_text="The earlier figure.")
    other = EndSerializer(help_text="The later figure.")

    class Meta:
        model = Conflict
        fields = [
            "slug",
            "kind",
            "key",
            "country",
            "side",
            "metric",
            "ratio",
            "one",
            "other",
        ]


class ChangeSerializer(serializers.ModelSerializer):
    id = serializers.IntegerField(help_text="Its number; later changes have greater.")
    revision = serializers.IntegerField(
        source="revision_id", help_text="Number of the revision that made the change."
    )
    made_at = serializers.DateTimeField(
        source="revision.made_at", help_text="When it was published."
    )

    class Meta:
        model = Change
        fields = [
            "id",
            "revision",
            "made_at",
            "resource",
            "public_id",
            "kind",
            "fields",
            "differences",
            "reason",
            "successor",
        ]


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class LoggedNamesField(serializers.JSONField):
    """Names that stand in the log of changes, which is another table."""


@extend_schema_field({"type": "object", "additionalProperties": {}})
class LoggedValuesField(serializers.JSONField):
    """Values by name that stand there."""


class CorrectionSerializer(serializers.ModelSerializer):
    slug = serializers.CharField(
        help_text="Public id of the figure and number of the revision, parted by two"
        " hyphens."
    )
    figure = public_id("The figure that was corrected or taken back.")
    country = code_of_country(source="figure.country", help_text="Code of the country.")
    side = serializers.ChoiceField(
        source="figure.side",
        choices=Side.choices,
        help_text="For whom the people fought.",
    )
    metric = serializers.ChoiceField(
        source="figure.metric", choices=Metric.choices, help_text="What is counted."
    )
    revision = serializers.IntegerField(
        source="revision_id", help_text="Number of the revision that made it."
    )
    made_at = serializers.DateTimeField(
        source="revision.made_at", help_text="When it was published."
    )
    fields = LoggedNamesField(
        help_text="Names of the fields that changed.", allow_null=True
    )
    differences = LoggedValuesField(
        help_text="Value before and after, by field; free texts are not repeated.",
        allow_null=True,
    )
    successor = serializers.SlugField(
        source="published_successor",
        allow_null=True,
        help_text="The figure that stands in for one that was taken back.",
    )

    class Meta:
        model = Correction
        fields = [
            "slug",
            "figure",
            "country",
            "side",
            "metric",
            "kind",
            "reason",
            "note",
            "asked_by",
            "asked_on",
            "revision",
            "made_at",
            "fields",
            "differences",
            "successor",
        ]


class ReleaseFileSerializer(serializers.Serializer):
    """One file of a release; it never changes."""

    name = serializers.CharField(help_text="Its name, the last part of its address.")
    media_type = serializers.CharField(help_text="What it is written as.")
    bytes = serializers.IntegerField(help_text="Its size.")
    sha256 = serializers.CharField(help_text="SHA-256 of its bytes.")
    rows = serializers.IntegerField(
        allow_null=True, help_text="How many rows it holds; null for what holds none."
    )


@extend_schema_field(ReleaseFileSerializer(many=True))
class ReleaseFilesField(serializers.JSONField):
    """A column of its own, and no rows of another table."""


class ReleaseSerializer(serializers.ModelSerializer):
    revision = serializers.IntegerField(
        source="revision_id", help_text="Number of the revision whose rows it holds."
    )
    files = ReleaseFilesField(help_text="The files, with their SHA-256 sums.")

    class Meta:
        model = Release
        fields = ["slug", "made_at", "revision", "rules_version", "note", "files"]


class UseSerializer(serializers.Serializer):
    """What became of one figure."""

    figure = EndSerializer(help_text="The figure, and who says it.")
    used_for = serializers.ListField(
        child=serializers.ChoiceField(["low", "best", "high", "last_known"]),
        help_text="The ends that it sets; empty where it sets none.",
    )
    rule = serializers.CharField(help_text="The rule that decided, R0 to R13.")
    why = serializers.CharField(help_text="The same in words.")
    by = serializers.CharField(
        allow_null=True, help_text="Public id of the figure that superseded it."
    )


class ExplanationSerializer(EstimateSerializer):
    """An estimate, and every figure of its key with its use."""

    as_of = serializers.DateField(help_text="The day.")
    known_at = serializers.DateField(
        allow_null=True,
        help_text="The day up to which the record was known; null: now.",
    )
    sentence = serializers.CharField(help_text="The estimate in a sentence to paste.")
    low_figure = serializers.CharField(allow_null=True, help_text="Sets the low.")
    best_figure = serializers.CharField(allow_null=True, help_text="Sets the best.")
    high_figure = serializers.CharField(allow_null=True, help_text="Sets the high.")
    last_known_figure = serializers.CharField(
        allow_null=True, help_text="Was the last best, and is now too old."
    )
    low_sum_of = serializers.ListField(
        child=serializers.CharField(),
        help_text="What the low adds up: codes of members, or slugs of disjoint subsets.",
    )
    figures = UseSerializer(many=True)

    class Meta:
        model = Estimate
        fields = [
            "key",
            "country",
            "side",
            "metric",
            "policy",
            "as_of",
            "known_at",
            "rules_version",
            "sentence",
            "low",
            "low_strict",
            "best",
            "high",
            "high_open",
            "label",
            "reason",
            "revised_down",
            "origins",
            "low_figure",
            "best_figure",
            "high_figure",
            "last_known_figure",
            "low_sum_of",
            "figures",
        ]


class IntervalSerializer(serializers.ModelSerializer):
    """One estimate, from its first day to the day on which it no longer holds."""

    low_figure = public_id("Sets the low.", allow_null=True)
    best_figure = public_id("Sets the best.", allow_null=True)
    high_figure = public_id("Sets the high.", allow_null=True)

    class Meta:
        model = Estimate
        fields = [
            "from_day",
            "to_day",
            "low",
            "low_strict",
            "best",
            "high",
            "high_open",
            "label",
            "reason",
            "revised_down",
            "low_figure",
            "best_figure",
            "high_figure",
        ]


class SeriesSerializer(serializers.ModelSerializer):
    """The estimates of one key, in the order of their days."""

    country = CountryNameSerializer()
    intervals = IntervalSerializer(many=True)

    class Meta:
        model = Estimate
        fields = ["key", "country", "side", "metric", "policy", "intervals"]


class SeriesListSerializer(serializers.Serializer):
    results = SeriesSerializer(many=True)


class CountsSerializer(serializers.Serializer):
    figures = serializers.IntegerField(help_text="Published figures.")
    claimants = serializers.IntegerField(help_text="Claimants.")
    sources = serializers.IntegerField(help_text="Pages that carry claims.")


class SummarySerializer(serializers.Serializer):
    side = serializers.ChoiceField(Side.choices, help_text="The side asked for.")
    metric = serializers.ChoiceField(
        Metric.choices, help_text="By what the countries are ranked."
    )
    policy = serializers.ChoiceField(
        Policy.choices, help_text="Which figures may count."
    )
    as_of = serializers.DateField(help_text="The day.")
    rules_version = serializers.CharField(help_text="The version of the rules.")
    counts = CountsSerializer(help_text="The size of the record.")
    all_foreigners = EstimateSerializer(
        many=True, help_text="Recruited, killed and held, all nationalities together."
    )
    countries = EstimateSerializer(
        many=True, help_text="The metric by country, the greatest first."
    )
    widest = EstimateSerializer(
        many=True, help_text="Where high and low lie furthest apart."
    )
    newest = FigureSerializer(many=True, help_text="The newest figures.")
