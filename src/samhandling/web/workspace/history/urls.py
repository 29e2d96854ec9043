"""Addresses of the log of changes."""

from django.urls import path

from samhandling.web.workspace.history import exports, views

app_name = "history"
urlpatterns = [
    path("andringar/", views.list_changes, name="list"),
    path("andringar/andringar.xlsx", exports.export_xlsx, name="xlsx"),
    path("andringar/andringar.jsonl", exports.export_json_lines, name="json_lines"),
    path("andringar/<str:uid>/", views.changes_of_one, name="record"),
]
