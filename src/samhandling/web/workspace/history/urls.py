"""Addresses of the log of changes."""

from django.urls import path

from samhandling.web.workspace.history import views

app_name = "history"
urlpatterns = [
    path("andringar/", views.list_changes, name="list"),
    path("andringar/<str:uid>/", views.changes_of_one, name="record"),
]
