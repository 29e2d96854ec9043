"""Forms for lessons."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import Lesson, LessonPoint
from samhandling.apps.records.models import Record
from samhandling.web.choices import OneStored
from samhandling.web.editing import EditForm
from samhandling.web.workspace.followup.record_picking import RecordPicking, by_sight
from samhandling.web.workspace.initiatives.fields import TitleField


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LessonForm(RecordPicking):
    """A lesson: what it says, its sides and what it rests on."""

    title = TitleField(
        label=_("Lärdom"),
        help_text=_("En mening som säger vad uppföljningen lärde er."),
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
    good_example_in = OneStored(
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
        return [*(self.offered[int(pk)] for pk in self.cleaned_data["evidence"]), *self.unseen]


class EditLessonForm(EditForm, LessonForm):
    """A lesson that is said anew."""

    told_as = {"plus": ("points",), "minus": ("points",), "arguments": ("points",)}

    def __init__(self, *args: Any, by: Author, lesson: Lesson, **options: Any):
        tied = [link.record for link in lesson.evidence_links.select_related("record")]
        self.tied, self.unseen = by_sight(tied, by)
        super().__init__(*args, thing=lesson, by=by, tied=self.tied, **options)

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
