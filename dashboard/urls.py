from django.urls import path

from dashboard import chart_views, record_views, views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:code>/", views.country, name="country"),
    path("figures/<slug:slug>/", record_views.figure, name="figure"),
    path(
        "figures/<slug:slug>.<slug:form>",
        record_views.figure_citation,
        name="figure-file",
    ),
    path("claimants/<slug:slug>/", record_views.claimant, name="claimant"),
    path("sources/<slug:slug>/", record_views.source, name="source"),
    path("method/", views.method, name="method"),
    path("codebook/", views.codebook, name="codebook-page"),
    path("data/", views.data, name="data"),
    path("embed/<slug:kind>/", chart_views.embed, name="embed"),
    path("charts/<slug:kind>/", chart_views.chart, name="chart"),
    path("charts/<slug:kind>.<slug:form>", chart_views.chart_file, name="chart-file"),
]
