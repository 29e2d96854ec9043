"""Forms of the writing desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.web.editing import EditForm

MAX_TEXT = 50_000


class SectionForm(EditForm):
    """The written text of one section."""

    text = forms.CharField(
        label=_("Din text"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Tom rad ger nytt stycke. *kursiv*, **fet**, - ger en punktlista. "
            "[^F-4] hänvisar till en fotnot och [[I-09]] till en insats eller annan post."
        ),
    )

    def __init__(self, *args: Any, report: Report, key: str, heading: str, **options: Any) -> None:
        self.key = key
        self.heading = heading
        super().__init__(*args, thing=report, **options)

    def stored(self) -> dict[str, Any]:
        """The text as it is; empty before anybody has written it."""
        row = self._row()
        return {"text": row.text if row else ""}

    @property
    def part(self) -> str:
        return self.heading

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        """The log tells of the report as a whole; the section knows its own writer."""
        row = self._row()
        return (row.author_name, row.changed_at) if row and row.author_name else None

    def _row(self) -> ReportSection | None:
        return self.thing.sections.filter(key=self.key).first()


class ReasonForm(forms.Form):
    """Why something is sent back or made anew."""

    reason = forms.CharField(
        label=_("Skäl"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv skälet, så att den som läser vet vad som gäller.")},
    )
