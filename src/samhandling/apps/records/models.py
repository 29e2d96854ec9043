"""What everything others point at has in common.

Evidence, footnotes, name variants, open questions, the basis of a field and the scope of a role are
foreign keys to `Record`; no GenericForeignKey anywhere (ADR 0002).
"""

import secrets
from collections.abc import Iterable
from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.records.choices import BASIS
from samhandling.apps.records.fields import PartialDateField
from samhandling.core.knowledge import Basis
from samhandling.core.registration import (
    MAX_AUTHORITY,
    MAX_CASE_NUMBER,
    MAX_PROVISION,
    SecrecyMark,
)
from samhandling.core.retention import DESTROYED

# No vowels and no look-alikes: an address never spells a word and can be read out on the phone.
UID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
UID_LENGTH = 12


def new_uid() -> str:
    """Twelve random signs (57 bits): an address that cannot be guessed."""
    return "".join(secrets.choice(UID_ALPHABET) for _i in range(UID_LENGTH))


class RecordKind(models.TextChoices):
    """What a record is. The fronts build its address from this."""

    AGREEMENT = "AGREEMENT", _("överenskommelse")
    CLAUSE = "CLAUSE", _("avsnitt i överenskommelse")
    GOAL = "GOAL", _("mål")
    FOCUS_AREA = "FOCUS_AREA", _("insatsområde")
    TARGET_GROUP = "TARGET_GROUP", _("målgrupp")
    SCOPE_BOUNDARY = "SCOPE_BOUNDARY", _("avgränsning")
    DEFINITION = "DEFINITION", _("definition")
    LEVEL = "LEVEL", _("samverkansnivå")
    GOVERNANCE_LINK = "GOVERNANCE_LINK", _("led i styrkedjan")
    COMMITMENT = "COMMITMENT", _("åtagande")
    JOINT_ACTIVITY = "JOINT_ACTIVITY", _("gemensam aktivitet")
    AREA_CRITERION = "AREA_CRITERION", _("områdeskriterium")
    PLAN = "PLAN", _("plan")
    STRUCTURE_PROPOSAL = "STRUCTURE_PROPOSAL", _("strukturförslag")
    COVERAGE_GAP = "COVERAGE_GAP", _("täckningslucka")
    ORGANISATION = "ORGANISATION", _("organisation")
    BODY = "BODY", _("nätverk eller grupp")
    ACTOR_CATEGORY = "ACTOR_CATEGORY", _("kategori av aktörer")
    ACTOR_SET = "ACTOR_SET", _("beskriven grupp av aktörer")
    LIFECYCLE_EVENT = "LIFECYCLE_EVENT", _("händelse för nätverk")
    LIAISON_SEAT = "LIAISON_SEAT", _("länkperson")
    NEED = "NEED", _("behov eller utmaning")
    WORKSHOP_SERIES = "WORKSHOP_SERIES", _("behovsworkshoppar")
    INITIATIVE = "INITIATIVE", _("insats")
    FUNDING = "FUNDING", _("finansiering")
    ROUND = "ROUND", _("uppföljning")
    METHOD_NOTE = "METHOD_NOTE", _("metoduppgift")
    APPROACH_FINDING = "APPROACH_FINDING", _("iakttagelse om arbetssätt")
    LESSON = "LESSON", _("lärdom")
    RECOMMENDATION = "RECOMMENDATION", _("rekommendation")
    REPORT = "REPORT", _("rapport")
    FOOTNOTE = "FOOTNOTE", _("fotnot")
    QUANTITY = "QUANTITY", _("mängd")
    MILESTONE = "MILESTONE", _("hållpunkt")
    OPEN_QUESTION = "OPEN_QUESTION", _("öppen fråga")


class RecordQuerySet(models.QuerySet["Record"]):
    def openly_merged_into(self, records: Iterable[int]) -> "RecordQuerySet":
        """Those that were merged into these (keys), but not a draft that not everybody may see."""
        return self.filter(
            Q(initiative__isnull=True) | Q(initiative__sharing="SHARED"),
            Q(need__isnull=True) | Q(need__sharing="SHARED"),
            merged_into__in=records,
            withdrawn_at__isnull=True,
        )

    def live(self) -> "RecordQuerySet":
        """Neither withdrawn nor merged into another record."""
        return self.filter(withdrawn_at__isnull=True, merged_into__isnull=True)


class Record(models.Model):
    """The shared identity of a thing (post): its address, its name and where it comes from."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=30, choices=RecordKind, db_index=True)
    title = models.TextField(_("namn"), help_text="The name or sentence everybody sees.")
    title_en = models.TextField(_("namn på engelska"), blank=True)
    source_key = models.CharField(max_length=40, null=True, blank=True, unique=True)
    # Indexed where it has a value alone (below): almost every row has none, and a planner without
    # statistics would walk "IS NULL" of an ordinary index before any better one.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,
    )
    merged_basis = models.CharField(max_length=10, choices=BASIS, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    made_up = models.BooleanField(
        default=False, help_text="Invented for the demo; every page and export says so."
    )
    case_number = models.CharField(
        _("diarienummer"),
        max_length=MAX_CASE_NUMBER,
        blank=True,
        help_text="In the diary of the authority that keeps it; empty when unknown.",
    )
    secrecy_provision = models.CharField(
        _("tillämplig bestämmelse"), max_length=MAX_PROVISION, blank=True
    )
    secrecy_marked_on = models.DateField(_("datum för markeringen"), null=True, blank=True)
    secrecy_authority = models.CharField(
        _("myndighet som markerade"), max_length=MAX_AUTHORITY, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        # Those of columns that almost no row has a value in hold the rows that have one.
        indexes = [
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="record_merged_into",
            ),
            models.Index(
                fields=["case_number"], condition=~Q(case_number=""), name="record_case_number"
            ),
            models.Index(
                fields=["secrecy_marked_on"],
                condition=Q(secrecy_marked_on__isnull=False),
                name="record_secrecy_mark",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_basis=""),
                name="merge_has_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(
                    secrecy_marked_on__isnull=True, secrecy_provision="", secrecy_authority=""
                )
                | (
                    Q(secrecy_marked_on__isnull=False)
                    & ~Q(secrecy_provision="")
                    & ~Q(secrecy_authority="")
                ),
                name="secrecy_mark_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def secrecy_mark(self) -> SecrecyMark | None:
        """The note that it may be secret; None when nobody has made one."""
        if self.secrecy_marked_on is None:
            return None
        return SecrecyMark(self.secrecy_provision, self.secrecy_marked_on, self.secrecy_authority)

    @property
    def is_destroyed(self) -> bool:
        """Have its words been destroyed by a disposal decision? Then it cannot be restored."""
        return self.withdrawn_at is not None and self.title == DESTROYED


T = TypeVar("T", bound="Recorded")


class RecordedQuerySet(models.QuerySet[T]):
    """Reads of anything that has a record."""

    def live(self) -> "RecordedQuerySet[T]":
        """Neither withdrawn nor merged into another record."""
        return self.filter(record__withdrawn_at__isnull=True, record__merged_into__isnull=True)

    def with_record(self) -> "RecordedQuerySet[T]":
        """Fetches names and addresses in the same query."""
        return self.select_related("record")

    def by_key(self, source_key: str) -> T:
        """The one with this source key, such as "I-02". Raises DoesNotExist."""
        return self.with_record().get(record__source_key=source_key)


class Recorded(models.Model):
    """Base of every thing others point at; its primary key is its record's."""

    record_kind: ClassVar[RecordKind]

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def uid(self) -> str:
        return self.record.uid

    def __str__(self) -> str:
        return self.record.title


class Source(models.Model):
    """A document or other origin that facts are taken from (källa)."""

    key = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639 code of its words.")
    is_external = models.BooleanField(
        default=False, help_text="Added for understanding; never shown as a fact of the documents."
    )

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """That a record's facts come from a source, and from which passage of it (källhänvisning)."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    passage = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "source", "passage"], name="one_citation_per_passage"
            )
        ]


class FieldBasis(models.Model):
    """Whether one field of a record is stated, inferred (with its ground) or external.

    A field without a row is stated when it has a value, and unknown when it has none.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="bases")
    field = models.CharField(max_length=60)
    basis = models.CharField(max_length=10, choices=BASIS)
    ground = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "field"], name="one_basis_per_field"),
            models.CheckConstraint(
                condition=~Q(basis=Basis.INFERRED) | ~Q(ground=""),
                name="inference_has_a_ground",
            ),
        ]


class NameVariant(models.Model):
    """Another name or spelling of the same thing (namnvariant), such as Resam for ReSam."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="name_variants")
    name = models.CharField(max_length=200)
    where_used = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "name"], name="one_row_per_name_variant")
        ]


class OpenQuestion(Recorded):
    """Something the sources leave open (öppen fråga); shown, never fixed in silence.

    The question itself is the record's title.
    """

    record_kind = RecordKind.OPEN_QUESTION

    class Kind(models.TextChoices):
        AMBIGUITY = "AMBIGUITY", _("källorna är oklara")
        TO_SETTLE = "TO_SETTLE", _("behöver avgöras")

    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveSmallIntegerField(default=0)
    subjects = models.ManyToManyField(Record, related_name="open_questions")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class Footnote(Recorded):
    """A numbered note on a record (fotnot); its text is the record's title."""

    record_kind = RecordKind.FOOTNOTE

    number = models.PositiveSmallIntegerField()
    about = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="footnotes")
    url = models.URLField(max_length=500, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]


class Quantity(Recorded):
    """A counted thing of a record (mängd); what is counted is the record's title.

    One shape for four readings: a count ("6 kommuner"), a change ("80 → 100 timmar"), a share
    ("5 av 8 kommuner") and a range ("2–3 år"). A value told for a year belongs to that year.
    """

    record_kind = RecordKind.QUANTITY

    class Shape(models.TextChoices):
        COUNT = "COUNT", _("antal")
        CHANGE = "CHANGE", _("före och efter")
        SHARE = "SHARE", _("antal av alla")
        RANGE = "RANGE", _("från och till")

    about = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="quantities")
    shape = models.CharField(max_length=10, choices=Shape, default=Shape.COUNT)
    value = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="The count, the after, the n or the upper end."
    )
    reference = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The before, the m of n, or the lower end; empty for a plain count.",
    )
    told_for_year = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.CharField(max_length=40, blank=True, help_text="The measure's key in the source.")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shape="COUNT", reference__isnull=True)
                | (~Q(shape="COUNT") & Q(reference__isnull=False)),
                name="quantity_shape_has_its_numbers",
            )
        ]


class Milestone(Recorded):
    """A dated event of the county's work (hållpunkt); what happened is the record's title."""

    record_kind = RecordKind.MILESTONE

    when = PartialDateField()
    about = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )

    objects = RecordedQuerySet.as_manager()


class SearchEntry(models.Model):
    """The stemmed words of a record, for full-text search. The database index is made in SQL."""

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    stems = models.TextField()
