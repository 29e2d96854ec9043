"""Fields that forms about initiatives, needs and people share."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.choices import COMPLETENESS
from samhandling.apps.records.services import MAX_TITLE
from samhandling.core.knowledge import Completeness
from samhandling.web import clock
from samhandling.web.choices import OneStored, SomeStored
from samhandling.web.links import name_of

EARLIEST_YEAR = 1990
LONGEST = 20_000
NO_NETWORK = "inget"


class TitleField(forms.CharField):
    """The name of something, or the sentence that heads it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_TITLE, **options)


class NamedChoice(OneStored):
    """A choice of a recorded thing by its uid; empty is Okänt."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("empty_label", _("Okänt"))
        options.setdefault("queryset", Actor.objects.none())
        super().__init__(to_field_name="record__uid", **options)

    def label_from_instance(self, thing: Any) -> str:
        """Its name in the reader's language."""
        return name_of(thing)

    def prepare_value(self, value: Any) -> Any:
        """The uid of a thing, or what was sent."""
        return value.uid if hasattr(value, "uid") else value


class NamedChoices(SomeStored):
    """Things to tick, by name with a capital letter."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**options)

    def label_from_instance(self, thing: Any) -> str:
        """Its name in the reader's language."""
        return capfirst(name_of(thing) if hasattr(thing, "record") else str(thing))


class NetworkChoice(NamedChoice):
    """A body, "known that there is none", or unknown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """A body, NO_NETWORK, or None for unknown."""
        return NO_NETWORK if value == NO_NETWORK else super().clean(value)

    def offer_none(self) -> None:
        """Adds the answer that no network is responsible; call when the queryset is set."""
        first, *rest = list(self.choices)  # type: ignore[arg-type]
        self.widget.choices = [first, (NO_NETWORK, _("Inget nätverk ansvarar")), *rest]


class YearField(forms.IntegerField):
    """The follow-up year that something is told for: not later than next year's."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Hör till uppföljningen för år"))
        options.setdefault("min_value", EARLIEST_YEAR)
        super().__init__(**options)
        self.widget.attrs["class"] = "short"

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Tells the browser the last year."""
        self.widget.attrs["max"] = clock.today().year + 1
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> Any:
        """The year. Raises ValidationError."""
        year, newest = super().clean(value), clock.today().year + 1
        if year is not None and year > newest:
            raise forms.ValidationError(
                _("Året kan inte vara senare än %(year)s."), params={"year": newest}
            )
        return year


def long_text(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """A text area that takes whatever somebody needs to write."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def completeness_choices() -> list[tuple[str, Any]]:
    """How much of a list is known, the unknown first."""
    first = Completeness.UNKNOWN
    rest = [code for code in COMPLETENESS if code != first]
    return [(code.value, capfirst(COMPLETENESS[code])) for code in (first, *rest)]
