"""Messages that wait for the mail server, and when the recurring jobs last ran."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How it went with a message."""

    WAITING = "WAITING", _("väntar")
    SENT = "SENT", _("skickat")
    GIVEN_UP = "GIVEN_UP", _("gick inte att skicka")
    DROPPED = "DROPPED", _("behövdes inte längre")


class Message(models.Model):
    """One mail to one address (utkorg).

    The text is made when it is sent, from `kind` and the opaque `ids`. Only sign-in mail comes with
    its text ready, which is emptied the moment it has been sent; the address follows some days
    later (architecture.md, "one writing door").
    """

    kind = models.CharField(max_length=40, help_text="Key of settings.MAIL_BUILDERS.")
    to = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    ids = models.JSONField(default=dict, help_text="Opaque ids for the builder, nothing personal.")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(help_text="Not tried before this; moves on after a failure.")
    useless_after = models.DateTimeField(
        null=True, blank=True, help_text="A sign-in code that has gone out of date is not sent."
    )
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text="A worker has it until then; after that it has died."
    )
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_fault = models.CharField(
        max_length=80, blank=True, help_text="Kind of fault and the server's code, no text."
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.WAITING), name="outbox_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="a_sent_message_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RoutineRun(models.Model):
    """When a recurring job last ran, so that only one of several workers runs it."""

    name = models.CharField(max_length=40, primary_key=True)
    next_at = models.DateTimeField()
    last_ran_at = models.DateTimeField(null=True, blank=True)
    last_fault = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name
