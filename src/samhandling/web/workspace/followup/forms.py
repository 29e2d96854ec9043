"""Forms for lessons, recommendations and answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import (
    FollowUpRound,
    Lesson,
    LessonPoint,
    Recommendation,
    RecommendationResponse,
)
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.selectors import search_records
from samhandling.core.partial_date import Reading
from samhandling.web.date_field import PartialDateField
from samhandling.web.editing import EditForm
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
SEARCH = "sok_underlag"  # the button that looks for records instead of saving


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


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

    def offer(self, tied: Iterable[Record], by: Author) -> None:
        """Lets the form choose among `tied`, what was ticked before and what the words find.

        Queries: up to 6.
        """
        found: dict[int, Record] = {record.pk: record for record in tied}
        picked = self.data.getlist(self.picks) if isinstance(self.data, QueryDict) else []
        ticked = [pk for pk in picked if pk.isdigit()]
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


class LessonForm(RecordPicking):
    """A lesson: what it says, its sides and what it rests on."""

    title = forms.CharField(
        label=_("Lärdom"),
        help_text=_("En mening som säger vad uppföljningen lärde er."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    plus = forms.CharField(
        label=_("Styrkor"),
        help_text=_("En per rad."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    minus = forms.CharField(
        label=_("Svagheter"),
        help_text=_("En per rad."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    arguments = forms.CharField(
        label=_("Skäl"),
        help_text=_("En per rad."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    good_example = forms.CharField(
        label=_("Gott exempel"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    good_example_in = forms.ModelChoiceField(
        label=_("Exemplet finns i överenskommelsen"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Ingen överenskommelse"),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Underlag"),
        help_text=_("Det som lärdomen vilar på."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (
        "title", "plus", "minus", "arguments", "good_example", "good_example_in", "evidence",
        "words",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Author, tied: Iterable[Record] = (), **options: Any):
        super().__init__(*args, **options)
        agreements = Agreement.objects.live().select_related("record")
        self.fields["good_example_in"].queryset = agreements  # type: ignore[attr-defined]
        self.offer(tied, by)
        self.unseen: list[Record] = []

    def points(self) -> list[tuple[str, str]]:
        """[(sign, text)] in the order to be read."""
        data, sign = self.cleaned_data, LessonPoint.Sign
        return [
            (code, line)
            for code, name in (
                (sign.PLUS, "plus"),
                (sign.MINUS, "minus"),
                (sign.ARGUMENT, "arguments"),
            )
            for line in _lines(data[name])
        ]

    def records(self) -> list[Record]:
        """What the lesson rests on."""
        return [self.offered[int(pk)] for pk in self.cleaned_data["evidence"]] + self.unseen


class EditLessonForm(EditForm, LessonForm):
    """A lesson that is said anew."""

    told_as = {"plus": ("points",), "minus": ("points",), "arguments": ("points",)}

    def __init__(self, *args: Any, by: Author, lesson: Lesson, **options: Any):
        tied = [link.record for link in lesson.evidence_links.select_related("record")]
        self.tied = visible_records(tied, by)
        super().__init__(*args, thing=lesson, by=by, tied=self.tied, **options)
        # What the writer may not see stays tied: saving must not lose it unseen.
        seen = {record.pk for record in self.tied}
        self.unseen = [record for record in tied if record.pk not in seen]

    def stored(self) -> dict[str, Any]:
        """What the lesson says, and what of its ground the writer may see."""
        lesson: Lesson = self.thing
        points = list(lesson.points.all())

        def text(sign: str) -> str:
            return "\n".join(point.text for point in points if point.sign == sign)

        return {
            "title": lesson.title,
            "plus": text("PLUS"),
            "minus": text("MINUS"),
            "arguments": text("ARGUMENT"),
            "good_example": lesson.good_example,
            "good_example_in": lesson.good_example_in_id,
            "evidence": [str(record.pk) for record in self.tied],
        }


def _actors() -> Any:
    return Actor.objects.live().select_related("record").order_by("record__title")


class RecommendationForm(RecordPicking):
    """A recommendation: what should be done, by whom, and where it comes from."""

    picks = "origin"

    text = forms.CharField(
        label=_("Rekommendation"),
        help_text=_("Vad som bör göras, i en mening."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lesson = forms.ModelChoiceField(
        label=_("Bygger på lärdomen"),
        queryset=Lesson.objects.none(),
        required=False,
        empty_label=_("Ingen av de numrerade lärdomarna"),
    )
    addressee = forms.ModelChoiceField(
        label=_("Riktar sig till"),
        queryset=Actor.objects.none(),
        required=False,
        empty_label=_("Okänt"),
    )
    applies_to = forms.CharField(
        label=_("Gäller"),
        help_text=_("Till exempel en eventuell förlängning efter 2021."),
        required=False,
        max_length=200,
    )
    adopted_in = forms.ModelChoiceField(
        label=_("Möts redan i överenskommelsen"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("Ingen eller okänt"),
    )
    origin = forms.ChoiceField(
        label=_("Kommer ur"),
        help_text=_("Den insats eller det behov som väckte rekommendationen."),
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = (
        "text", "lesson", "addressee", "applies_to", "adopted_in", "origin", "words",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        round: FollowUpRound,
        by: Author,
        tied: Iterable[Record] = (),
        **options: Any,
    ):
        super().__init__(*args, **options)
        lessons = Lesson.objects.live().select_related("record").filter(round=round)
        self.fields["lesson"].queryset = lessons  # type: ignore[attr-defined]
        self.fields["addressee"].queryset = _actors()  # type: ignore[attr-defined]
        agreements = Agreement.objects.live().select_related("record")
        self.fields["adopted_in"].queryset = agreements  # type: ignore[attr-defined]
        self.offer(tied, by)
        self.unseen: list[Record] = []

    def _choices(self, records: Iterable[Record]) -> list[tuple[str, str]]:
        return [("", str(_("Ingen särskild eller okänt"))), *super()._choices(records)]

    def origin_record(self) -> Record | None:
        """The record it comes from; one that the writer may not see stays."""
        picked = self.cleaned_data["origin"]
        return self.offered[int(picked)] if picked else next(iter(self.unseen), None)


class EditRecommendationForm(EditForm, RecommendationForm):
    """A recommendation that is said anew."""

    told_as = {"text": ("title",)}

    def __init__(self, *args: Any, by: Author, recommendation: Recommendation, **options: Any):
        tied = [recommendation.origin] if recommendation.origin else []
        self.tied = visible_records(tied, by)
        super().__init__(
            *args,
            thing=recommendation,
            round=recommendation.round,
            by=by,
            tied=self.tied,
            **options,
        )
        # What the writer may not see stays: saving must not lose it unseen.
        self.unseen = [] if self.tied else tied

    def stored(self) -> dict[str, Any]:
        """What is recommended, and its origin where the writer may see it."""
        held: Recommendation = self.thing
        return {
            "text": held.title,
            "lesson": held.lesson_id,
            "addressee": held.addressee_id,
            "applies_to": held.applies_to,
            "adopted_in": held.adopted_in_id,
            "origin": str(self.tied[0].pk) if self.tied else "",
        }


class ResponseForm(forms.Form):
    """An answer to a recommendation, with its reason."""

    answer = forms.ChoiceField(
        label=_("Svar"), choices=RecommendationResponse.Answer.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Varför svaret blev så. Skälet visas tillsammans med svaret."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    given_by = forms.ModelChoiceField(
        label=_("Vem som svarar"),
        queryset=Actor.objects.none(),
        required=False,
        empty_label=_("Okänt"),
    )
    when = PartialDateField(label=_("När svaret gavs"), reading=Reading.START)

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["given_by"].queryset = _actors()  # type: ignore[attr-defined]
