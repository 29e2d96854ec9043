"""Records are looked for, and tied, while a form about the follow-up is filled in."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.selectors import search_records
from samhandling.web.links import name_of

# What a lesson may rest on and a recommendation may come from.
PICKABLE = (
    RecordKind.NEED,
    RecordKind.INITIATIVE,
    RecordKind.BODY,
    RecordKind.APPROACH_FINDING,
    RecordKind.COVERAGE_GAP,
    RecordKind.STRUCTURE_PROPOSAL,
    RecordKind.LIAISON_SEAT,
    RecordKind.LIFECYCLE_EVENT,
    RecordKind.SCOPE_BOUNDARY,
)
HITS_SHOWN = 12
SIGNS_OF_A_KEY = 19  # a longer number names nothing
SEARCH = "sok_underlag"  # the button that looks for records instead of saving


class RecordPicking(forms.Form):
    """Part of a form that ties records: a search word, and a choice among those found and tied.

    The search is a button of the form, so all that was typed comes back with what was found.
    """

    words = forms.CharField(
        label=_("Sök bland behov, insatser och nätverk"),
        help_text=_("Skriv ett ord och tryck på Sök. Det du har skrivit i övrigt finns kvar."),
        required=False,
        max_length=100,
    )
    picks = "evidence"
    unseen: Sequence[Record] = ()
    """What is tied and the writer may not see: saving must not lose it unseen."""

    def offer(self, tied: Iterable[Record], by: Author) -> None:
        """Lets the form choose among `tied`, what was ticked before and what the words find.

        Queries: up to 6.
        """
        found: dict[int, Record] = {record.pk: record for record in tied}
        picked = self.data.getlist(self.picks) if isinstance(self.data, QueryDict) else []
        ticked = [pk for pk in picked if pk.isdecimal() and len(pk) < SIGNS_OF_A_KEY]
        allowed = Record.objects.live().filter(kind__in=PICKABLE)
        for record in visible_records(allowed.filter(pk__in=ticked[:200]), by):
            found.setdefault(record.pk, record)
        words = self.data.get("words", "") if self.data else ""
        if words:
            hits = search_records(words).filter(kind__in=PICKABLE).order_by("pk")
            for record in visible_records(hits[:HITS_SHOWN], by):
                found.setdefault(record.pk, record)
        self.offered = found
        self.fields[self.picks].choices = self._choices(found.values())  # type: ignore[attr-defined]

    def _choices(self, records: Iterable[Record]) -> list[tuple[str, str]]:
        return [
            (str(record.pk), f"{name_of(record)} ({record.get_kind_display()})")
            for record in records
        ]

    def look_again(self) -> None:
        """Shows the form as typed, without faults: the person only looked for something."""
        self.errors.clear()


def by_sight(tied: Sequence[Record], by: Author) -> tuple[list[Record], list[Record]]:
    """Those that the writer may see, and the rest."""
    seen = visible_records(tied, by)
    return seen, [record for record in tied if record not in seen]
