"""The mail of the demo and of developers: shown where the worker runs, and sent nowhere."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _


class NoMailServer(RuntimeError):
    """A real installation names no mail server; a code must not end up in its journal."""


class ConsoleBackend(BaseEmailBackend):
    """Writes each mail to standard output as a person would read it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Show the mails; how many. Raises NoMailServer in a real installation: they wait."""
        if settings.HTTPS and not settings.DEMO_DAY:
            raise NoMailServer
        for mail in email_messages:
            head = _("Post till %(to)s (visas här, skickas inte):") % {"to": ", ".join(mail.to)}
            lines = "\n".join(
                f"    {line}" for line in f"{mail.subject}\n\n{mail.body}".split("\n")
            )
            sys.stdout.write(f"\n{head}\n{lines.rstrip()}\n\n")
            sys.stdout.flush()
        return len(email_messages)
