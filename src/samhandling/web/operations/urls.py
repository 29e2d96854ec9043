"""Addresses for monitoring."""

from django.urls import path

from samhandling.web.operations import health

app_name = "health"
urlpatterns = [
    path("halsa/", health.alive, name="alive"),
    path("halsa/redo", health.ready, name="ready"),
]
