"""The log of changes: events without personal text, and revisions that hold the words.

An event never points at a domain row by foreign key, so it survives whatever happens to the row
(habit taken from opensafely-core/job-server). Names, reasons and earlier texts lie in
`KnownPerson`, `Reason` and `Revision`, whose words can be pseudonymised without touching the
events.

The database itself refuses everything else: triggers on SQLite and PostgreSQL let rows be added,
and these words be replaced in the transaction of an event that says so (`WordsOpened`, ADR 0010).
SQLite drops a table's triggers when Django makes the table anew, so a migration that alters one of
these tables must end by putting them back; tests/integration/audit fails otherwise.
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
    RETURNED = "RETURNED", _("återsände")
    FROZEN = "FROZEN", _("fryste")
    ENDED = "ENDED", _("avslutade")
    PSEUDONYMISED = "PSEUDONYMISED", _("pseudonymiserade")
    EXTRACTED = "EXTRACTED", _("tog ut uppgifter om")
    DISPOSED = "DISPOSED", _("gallrade")
    COMMENTED = "COMMENTED", _("kommenterade")
    COMMENT_EDITED = "COMMENT_EDITED", _("ändrade en kommentar om")
    COMMENT_WITHDRAWN = "COMMENT_WITHDRAWN", _("drog tillbaka en kommentar om")
    COMMENT_RESTORED = "COMMENT_RESTORED", _("återställde en kommentar om")
    ATTACHED = "ATTACHED", _("bifogade en fil till")
    ATTACHMENT_WITHDRAWN = "ATTACHMENT_WITHDRAWN", _("drog tillbaka en bilaga till")
    ATTACHMENT_RESTORED = "ATTACHMENT_RESTORED", _("återställde en bilaga till")
    SUBMITTED = "SUBMITTED", _("skickade in")
    TAKEN_BACK = "TAKEN_BACK", _("tog tillbaka")
    APPROVED = "APPROVED", _("godkände")


NEEDS_REASON = frozenset(
    {Verb.WITHDRAWN, Verb.RETURNED, Verb.ENDED, Verb.PSEUDONYMISED, Verb.EXTRACTED}
)
"""What is never done without saying why: taking back, sending back, ending a role."""


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

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def reason(self) -> str:
        """Why it was done, empty when nothing was said. Queries: 1, none with `why` selected."""
        why = getattr(self, "why", None)
        return why.text if why else ""


class Reason(models.Model):
    """Why something was done, in the words of whoever did it (skäl)."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="why"
    )
    text = models.TextField()


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


class DisposalKind(models.TextChoices):
    """What a disposal decision can be about, and what goes with it."""

    COMMENT = "COMMENT", _("kommentar")
    ATTACHMENT = "ATTACHMENT", _("bilaga")
    INITIATIVE = "INITIATIVE", _("insats")
    NEED = "NEED", _("behov")
    PART = "PART", _("uppgift som hörde till")


class DisposalDecision(models.Model):
    """That withdrawn things of some kinds and days may be destroyed (gallringsbeslut).

    Taken outside Samhandling by whoever decides about archives; registered here, never changed.
    """

    reference = models.CharField(_("beslutets diarienummer"), max_length=80)
    decided_by = models.CharField(_("vem som beslutade"), max_length=200)
    decided_on = models.DateField(_("beslutsdag"))
    kinds = models.JSONField(help_text="Values of DisposalKind.")
    made_from = models.DateField(_("tillkom från och med"))
    made_until = models.DateField(_("tillkom till och med"))
    registered_at = models.DateTimeField(auto_now_add=True)
    actor_key = models.CharField(max_length=36, help_text="Who registered it.")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made_until__gte=models.F("made_from")),
                name="a_decision_covers_days",
            )
        ]


class Disposal(models.Model):
    """That something was destroyed, by which decision (gallring): all that is left of it.

    Written before the words go: the database lets words be destroyed only beside one of these.
    """

    decision = models.ForeignKey(
        DisposalDecision, on_delete=models.PROTECT, related_name="disposals"
    )
    kind = models.CharField(max_length=12, choices=DisposalKind)
    record_uid = models.CharField(max_length=12, db_index=True)
    item = models.CharField(
        max_length=20, blank=True, help_text="Number of a comment or uid of a file, else empty."
    )
    at = models.DateTimeField(auto_now_add=True)
    actor_key = models.CharField(max_length=36)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_uid", "item"], name="destroyed_only_once"
            )
        ]


class WordsClosed(models.Model):
    """That the words which an event opened are closed again; see `WordsOpened`."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True)


class WordsOpened(models.Model):
    """That words beside the log may be replaced: within the transaction of one event, once.

    `closing` must be there when the transaction ends, and is there as soon as they are closed, so
    nobody ever meets them open but who opened them. The triggers of migration 0011 read it.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="opened"
    )
    closing = models.ForeignKey(WordsClosed, on_delete=models.PROTECT, related_name="+")
    disposal = models.ForeignKey(
        Disposal,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The first of those whose words may be destroyed.",
    )
