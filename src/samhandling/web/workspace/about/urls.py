"""Addresses of the pages about Samhandling itself; they are open to everybody."""

from django.urls import path

from samhandling.web.workspace.about import personal_data, views

app_name = "about"
urlpatterns = [
    path("om-uppgifterna/", views.records, name="records"),
    path("om-uppgifterna/personuppgifter/", personal_data.personal_data, name="personal_data"),
    path("ordlista/", views.glossary, name="glossary"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
