"""The log of changes: events without personal text, and revisions that hold the words.

An event never points at a domain row by foreign key, so it survives whatever happens to the row
(habit taken from opensafely-core/job-server). Names and earlier texts lie in `Revision` and
`KnownPerson`, which can be pseudonymised without touching the events (architecture.md).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What was done. The web turns each into a Swedish sentence."""

    CREATED = "CREATED", _("skapade")
    CHANGED = "CHANGED", _("ändrade")
    SHARED = "SHARED", _("delade")
    STATUS_CHANGED = "STATUS_CHANGED", _("ändrade status på")
    ADDED = "ADDED", _("lade till")
    REMOVED = "REMOVED", _("tog bort")
    ANSWERED = "ANSWERED", _("svarade på")
    WITHDRAWN = "WITHDRAWN", _("drog tillbaka")
    RESTORED = "RESTORED", _("återställde")
    WROTE = "WROTE", _("skrev")
    MOVED_ON = "MOVED_ON", _("förde vidare")
    FROZEN = "FROZEN", _("fryste")


class KnownPerson(models.Model):
    """The name behind an opaque person key, kept apart so that a person can be pseudonymised."""

    key = models.CharField(max_length=36, primary_key=True)
    name = models.CharField(max_length=200)


class Event(models.Model):
    """One thing somebody did (händelse). Append-only: there is no service that changes it."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_key = models.CharField(max_length=36)
    verb = models.CharField(max_length=20, choices=Verb)
    record_uid = models.CharField(max_length=12, db_index=True)
    record_kind = models.CharField(max_length=30)
    scope_uid = models.CharField(
        max_length=12, blank=True, db_index=True, help_text="Record uid of the agreement concerned."
    )
    field_names = models.JSONField(
        default=list, help_text="Names of the changed fields, no values."
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]


class Revision(models.Model):
    """The words before and after one changed field of one event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="revisions")
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "field"], name="one_revision_per_field")
        ]
