from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    """Makes Django find the templates, static files and template tags of the pages."""

    name = "samhandling.web"
    label = "web"

    def ready(self) -> None:
        """Has forms speak our words, and every sign-in start the clocks of its session."""
        from samhandling.web.form_words import speak_plainly
        from samhandling.web.workspace.account.session_limits import begin_at_sign_in

        speak_plainly()
        user_logged_in.connect(begin_at_sign_in)
