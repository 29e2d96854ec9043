"""Addresses of the start page and the overview."""

from django.urls import path

from samhandling.web.workspace.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:agreement>/oversikt/", views.index, name="index"),
]
