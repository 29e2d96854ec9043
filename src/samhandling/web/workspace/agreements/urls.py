"""Addresses of the agreements' pages."""

from django.urls import path

from samhandling.web.workspace.agreements import views

app_name = "agreements"
urlpatterns = [
    path("overenskommelser/", views.listing, name="list"),
    path("overenskommelser/<slug:slug>/", views.detail, name="detail"),
    path("overenskommelser/<slug:slug>/installningar/", views.settings, name="settings"),
]
