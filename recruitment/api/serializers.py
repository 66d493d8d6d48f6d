"""The record in JSON: the same shape in list and detail, fields listed by hand."""

from rest_framework import serializers

from recruitment.models import (
    Citation,
    Claimant,
    Country,
    Estimate,
    Figure,
    Publisher,
    Source,
)


class CountryNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name"]


class CountrySerializer(serializers.ModelSerializer):
    members = serializers.SlugRelatedField("code", many=True, read_only=True)
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
    country = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Claimant
        fields = ["slug", "name", "kind", "party", "country", "note"]


class PublisherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publisher
        fields = ["slug", "name", "homepage"]


class SourceSerializer(serializers.ModelSerializer):
    publisher = PublisherSerializer()
    derived_from = serializers.SlugRelatedField("slug", many=True, read_only=True)

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
    source = SourceSerializer()  # type: ignore[assignment]  # hides DRF's Field.source

    class Meta:
        model = Citation
        fields = ["role", "source", "paragraph", "start", "end", "passage_sha256"]


class FigureSerializer(serializers.ModelSerializer):
    country = CountryNameSerializer()
    claimant = ClaimantSerializer()
    evidence_origin = ClaimantSerializer()
    variant_of = serializers.SlugRelatedField(
        "slug", source="public_original", read_only=True
    )
    citations = CitationSerializer(many=True)

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
            "confidence",
            "note",
            "citations",
        ]


class EndSerializer(serializers.ModelSerializer):
    """The figure that stands at one end of an estimate, and who says it."""

    claimant = ClaimantSerializer()
    evidence_origin = ClaimantSerializer()

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
    low_figure = EndSerializer()
    best_figure = EndSerializer()
    high_figure = EndSerializer()
    last_known_figure = EndSerializer()

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
