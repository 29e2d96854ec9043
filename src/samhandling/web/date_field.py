"""A time typed in words, such as "mars 2020" or "våren 2021", and a day chosen in a calendar."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samhandling.core.partial_date import (
    MAX_YEAR,
    MIN_YEAR,
    PartialDate,
    Reading,
    UnreadableDate,
    describe,
    parse_swedish,
)

FIRST_DAY, LAST_DAY = date(MIN_YEAR, 1, 1), date(MAX_YEAR, 12, 31)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar; one that can be meant."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
        )
        options.setdefault("error_messages", {"required": _("Välj en dag.")})
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError for one that no calendar of ours holds."""
        day: date | None = super().to_python(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(
                _("Välj en dag mellan år %(first)d och %(last)d."),
                code="out_of_reach",
                params={"first": MIN_YEAR, "last": MAX_YEAR},
            )
        return day


class PartialDateField(forms.CharField):
    """Reads a partly known time; empty means unknown. Shown again in the words it was told in."""

    def __init__(self, *, reading: Reading = Reading.PERIOD, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 200)
        options.setdefault(
            "help_text",
            _(
                "År, månad eller dag, till exempel 2021, mars 2021 eller våren 2021. "
                "Okänt: lämna tomt."
            ),
        )
        self.reading = reading
        super().__init__(**options)
        self.widget.attrs.setdefault("class", "short")

    def clean(self, value: Any) -> Any:
        """The time as PartialDate, None for an empty field. Raises ValidationError in Swedish."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_swedish(text, reading=self.reading)
        except UnreadableDate as fault:
            raise ValidationError(str(fault), code="unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        """The words for a time; what was typed stays as typed."""
        return describe(value) if isinstance(value, PartialDate) else value
