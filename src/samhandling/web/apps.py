from django.apps import AppConfig


class WebConfig(AppConfig):
    """Makes Django find the templates, static files and template tags of the pages."""

    name = "samhandling.web"
    label = "web"

    def ready(self) -> None:
        """Has forms say what is wrong in our words."""
        from samhandling.web.form_words import speak_plainly

        speak_plainly()
