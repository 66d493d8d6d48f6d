from django.contrib.sitemaps import views as sitemap_views
from django.urls import path
from django.views.decorators.http import require_safe

from dashboard import (
    across_views,
    change_views,
    chart_views,
    correction_views,
    incentive_views,
    list_views,
    record_views,
    search_views,
    site_views,
    timeline_views,
    views,
)
from dashboard.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.overview, name="overview"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:code>/", views.country, name="country"),
    path("figures/", list_views.figures, name="figures"),
    path("responses/", list_views.responses, name="responses"),
    path("figures/<slug:slug>/", record_views.figure, name="figure"),
    path(
        "figures/<slug:slug>.<slug:form>",
        record_views.figure_citation,
        name="figure-file",
    ),
    path("claimants/<slug:slug>/", record_views.claimant, name="claimant"),
    path("sources/<slug:slug>/", record_views.source, name="source"),
    path("changes/", change_views.changes, name="changes"),
    path("changes/<int:number>/", change_views.revision, name="revision"),
    path("changes.atom", change_views.atom, name="changes-atom"),
    path("changes.json", change_views.json_feed, name="changes-json"),
    path("corrections/", correction_views.corrections, name="corrections"),
    path("corrections.atom", correction_views.atom, name="corrections-atom"),
    path("corrections.json", correction_views.json_feed, name="corrections-json"),
    path("timeline/", timeline_views.timeline, name="timeline"),
    path("about/", site_views.about, name="about"),
    path("robots.txt", site_views.robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(sitemap_views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-of"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        require_safe(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap-of",
    ),
    path("compare/", across_views.compare, name="compare"),
    path("disagreements/", across_views.disagreements, name="disagreements"),
    path("uncounted/", across_views.uncounted, name="uncounted"),
    path("incentives/", incentive_views.incentives, name="incentives-page"),
    path("method/", views.method, name="method"),
    path("codebook/", views.codebook, name="codebook-page"),
    path("data/", views.data, name="data"),
    path("search/", search_views.search, name="search"),
    path("embed/<slug:kind>/", chart_views.embed, name="embed"),
    path("charts/<slug:kind>/", chart_views.chart, name="chart"),
    path("charts/<slug:kind>.<slug:form>", chart_views.chart_file, name="chart-file"),
]
