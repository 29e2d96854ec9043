"""Mail out of the outbox."""

import smtplib
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from samhandling.apps.outbox import services
from samhandling.apps.outbox.models import Message
from samhandling.jobs.mail import Mail, NotWanted

log = structlog.get_logger(__name__)

Builder = Callable[[dict[str, str | int], str], Mail]


def never() -> bool:
    """Nobody asks the worker to stop."""
    return False


def deliver_due(asked_to_stop: Callable[[], bool] = never) -> int:
    """Send everything that is due now, or until asked to stop; how many mails the server took.

    A fault with one message never stops the others.
    """
    sent = 0
    began = timezone.now()  # what fails is due again later, and so not in this round
    while not asked_to_stop() and (message := services.take_next(began)):
        sent += _deliver(message)
    return sent


def _deliver(message: Message) -> bool:
    if message.useless_after and message.useless_after <= timezone.now():
        services.mark_dropped(message, "OUT_OF_DATE")
        return False
    try:
        _send(message)
    except NotWanted:
        services.mark_dropped(message, "NOT_WANTED")
        return False
    except Exception as fault:
        # Whatever went wrong, also in a builder, belongs to this message alone.
        name = fault_name(fault)
        log.warning("mail not sent", kind=message.kind, count=message.attempts, exc_info=fault)
        services.mark_failed(message, name, timezone.now(), for_good=refused_for_good(fault))
        return False
    services.mark_sent(message, timezone.now())
    return True


def _send(message: Message) -> None:
    mail = _words(message)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    EmailMessage(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[message.to],
        headers={
            # The same when it is sent anew, so that a receiver can tell.
            "Message-ID": f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S%f}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    ).send()


def _words(message: Message) -> Mail:
    if message.text:
        return Mail(message.subject, message.text)
    build: Builder = import_string(settings.MAIL_BUILDERS[message.kind])
    with translation.override(message.language):
        return build(message.ids, message.language)


def refused_for_good(fault: Exception) -> bool:
    """Whether the server says that the address will never do; asking again would only annoy."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in fault.recipients.values())
    return False


def fault_name(fault: Exception) -> str:
    """The kind of fault and the server's code; its text may quote the address."""
    code = getattr(fault, "smtp_code", None)
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code = next(iter(fault.recipients.values()))[0]
    return f"{type(fault).__name__} {code}" if code else type(fault).__name__
