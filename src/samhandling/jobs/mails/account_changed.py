"""A way into an account has come or gone: its owner is told, in case it was somebody else."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.jobs.mail import Mail, full_address


def build(ids: dict[str, str | int], language: str) -> Mail:
    """The mail. `what` is the name of the change, `at` when it was made (ISO)."""
    sentences = {
        "totp_activated": _("En app för engångskoder är tillagd."),
        "totp_deactivated": _("Appen för engångskoder är borttagen."),
        "webauthn_added": _("En nyckel är tillagd."),
        "webauthn_removed": _("En nyckel är borttagen."),
        "recovery_codes_generated": _("Nya reservkoder är skapade. De gamla gäller inte längre."),
        "second_factor_removed": _("Andra steget är borttaget av den som sköter Samhandling."),
        "password_changed": _("Lösenordet är bytt."),
        "address_changed": _(
            "Adressen att logga in med är bytt av den som sköter Samhandling. Du loggar in med en "
            "kod till den nya adressen."
        ),
        "own_address_changed": _(
            "Adressen att logga in med är bytt under Mitt konto. Koder skickas bara till den nya "
            "adressen."
        ),
        "account_disconnected": _(
            "Kopplingen till din organisations inloggning är borttagen av den som sköter "
            "Samhandling."
        ),
        "account_connected": _("Kontot är kopplat till din organisations inloggning."),
    }
    context = {
        "sentence": sentences[str(ids["what"])],
        "at": timezone.localtime(datetime.fromisoformat(str(ids["at"]))),
        "address": full_address(reverse("account:index")),
    }
    return Mail(
        subject=_("Ditt konto i Samhandling har ändrats"),
        text=render_to_string("emails/account_changed.txt", context),
    )
