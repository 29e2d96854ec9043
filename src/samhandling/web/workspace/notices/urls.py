"""Addresses of what is new."""

from django.urls import path

from samhandling.web.workspace.notices import views

app_name = "notices"
urlpatterns = [
    path("nytt/", views.listing, name="list"),
    path("nytt/lasta/", views.read_all, name="read_all"),
    path("nytt/<int:notice>/", views.open_one, name="open"),
    path("konto/aviseringar/", views.choices, name="choices"),
]
