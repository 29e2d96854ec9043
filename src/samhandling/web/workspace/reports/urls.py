"""Addresses of reports."""

from django.urls import path

from samhandling.web.workspace.reports import editions, views, writing

app_name = "reports"
urlpatterns = [
    path("<slug:agreement>/rapporter/", views.listing, name="list"),
    path("<slug:agreement>/rapporter/ny/", views.begin, name="begin"),
    path("rapporter/<slug:uid>/", views.read, name="read"),
    path("rapporter/<slug:uid>/fil.<slug:file_format>", views.download, name="download"),
    path("rapporter/<slug:uid>/rader/<slug:key>/", views.rows, name="rows"),
    path("rapporter/<slug:uid>/skicka/", writing.move, name="move"),
    path("rapporter/<slug:uid>/avsnitt/<slug:key>/", writing.section, name="section"),
    path("rapporter/<slug:uid>/avsnitt/<slug:key>/atersand/", writing.send_back, name="return"),
    path("rapporter/<slug:uid>/avsnitt/<slug:key>/ta-over/", writing.take_over, name="take_over"),
    path("rapporter/<slug:uid>/utgavor/", editions.listing, name="editions"),
    path("rapporter/<slug:uid>/utgavor/<int:number>/", editions.read, name="edition"),
    path(
        "rapporter/<slug:uid>/utgavor/<int:number>/fil.<slug:file_format>",
        editions.download,
        name="edition_file",
    ),
]
