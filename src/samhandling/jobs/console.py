"""The mail of the demo and of developers: shown where the worker runs, and sent nowhere."""

import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _


class ConsoleBackend(BaseEmailBackend):
    """Writes each mail to standard output as a person would read it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Show the mails; how many."""
        for mail in email_messages:
            head = _("Post till %(to)s (visas här, skickas inte):") % {"to": ", ".join(mail.to)}
            lines = "\n".join(
                f"    {line}" for line in f"{mail.subject}\n\n{mail.body}".split("\n")
            )
            sys.stdout.write(f"\n{head}\n{lines.rstrip()}\n\n")
            sys.stdout.flush()
        return len(email_messages)
