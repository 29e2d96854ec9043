from django.apps import AppConfig


class SituationConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "samhandling.apps.situation"
    label = "situation"
