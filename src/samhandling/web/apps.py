from django.apps import AppConfig


class WebConfig(AppConfig):
    """Makes Django find the templates, static files and template tags of the pages."""

    name = "samhandling.web"
    label = "web"
