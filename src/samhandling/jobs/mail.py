"""What a mail is, and what its builder may use.

A builder is ``build(ids, language) -> Mail`` in ``jobs/mails/<kind>.py``, named in
settings.MAIL_BUILDERS. It reads what the ids point at when the mail is sent, renders a text of
``web/templates/emails/``, and raises NotWanted when there is nothing to tell any more.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Mail:
    """The words of a mail: a subject of one line and plain text."""

    subject: str
    text: str


class NotWanted(Exception):
    """The builder has nothing to tell: what the mail was about is gone or settled."""


def full_address(path: str) -> str:
    """The whole address of a page, for a link in a mail; the host is settings.SITE_ADDRESS."""
    return urljoin(settings.SITE_ADDRESS, path)
