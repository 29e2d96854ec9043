"""Forms for recommendations and the answers to them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import (
    FollowUpRound,
    Lesson,
    Recommendation,
    RecommendationResponse,
)
from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.models import Record
from samhandling.core.partial_date import Reading
from samhandling.web.choices import OneStored
from samhandling.web.date_field import PartialDateField
from samhandling.web.editing import EditForm
from samhandling.web.workspace.followup.record_picking import RecordPicking, by_sight
from samhandling.web.workspace.initiatives.fields import TitleField


def _actors() -> Any:
    return Actor.objects.live().select_related("record").order_by("record__title")


class RecommendationForm(RecordPicking):
    """A recommendation: what should be done, by whom, and where it comes from."""

    picks = "origin"

    text = TitleField(
        label=_("Rekommendation"),
        help_text=_("Vad som bör göras, i en mening."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lesson = OneStored(
        label=_("Bygger på lärdomen"),
        queryset=Lesson.objects.none(),
        required=False,
        empty_label=_("Ingen av de numrerade lärdomarna"),
    )
    addressee = OneStored(
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
    adopted_in = OneStored(
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
        self.tied, self.unseen = by_sight(tied, by)
        super().__init__(
            *args,
            thing=recommendation,
            round=recommendation.round,
            by=by,
            tied=self.tied,
            **options,
        )

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
    given_by = OneStored(
        label=_("Vem som svarar"),
        queryset=Actor.objects.none(),
        required=False,
        empty_label=_("Okänt"),
    )
    when = PartialDateField(label=_("När svaret gavs"), reading=Reading.START)

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["given_by"].queryset = _actors()  # type: ignore[attr-defined]
