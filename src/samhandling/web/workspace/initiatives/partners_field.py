"""Who takes part in an initiative and as what: a table with a row for each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samhandling.apps.initiatives.models import InitiativeActor
from samhandling.apps.organisations.models import Actor
from samhandling.web.links import name_of

EMPTY_ROWS = 3
MOST_ROWS = 200
Row = tuple[str, str]  # uid of the actor, role


class PartnersWidget(forms.Widget):
    """A select for the actor and one for the role in each row, and some empty rows."""

    template_name = "workspace/initiatives/partners_rows.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__()
        self.actors: list[tuple[str, Any]] = []
        self.roles = [(code, capfirst(label)) for code, label in InitiativeActor.Role.choices]

    def format_value(self, value: Any) -> list[Row]:
        """The rows, as they are."""
        return list(value or ())

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows with an actor, in the order of the table."""
        rows = []
        for number in range(MOST_ROWS):
            uid = data.get(f"{name}-{number}-actor")
            if uid is None:
                break
            if uid:
                role = data.get(f"{name}-{number}-role") or InitiativeActor.Role.PARTNER
                rows.append((uid, str(role)))
        return rows

    def sent_as(self, name: str, value: Iterable[Row]) -> dict[str, list[str]]:
        """What a browser sends of these rows."""
        return {
            f"{name}-{number}-{part}": [text]
            for number, row in enumerate(value)
            for part, text in zip(("actor", "role"), row, strict=True)
        }

    def in_words(self, texts: Iterable[str]) -> str:
        """The rows by name, one a line."""
        names, roles = dict(self.actors), dict(self.roles)
        rows = (text.split(" ", 1) for text in texts)
        return "\n".join(f"{names.get(uid, uid)} ({roles.get(role, role)})" for uid, role in rows)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The rows with their selects."""
        context = super().get_context(name, value, attrs)
        rows = self.format_value(value)
        empty = [("", InitiativeActor.Role.PARTNER.value)] * EMPTY_ROWS
        context["rows"] = [
            {"name": f"{name}-{number}", "actor": uid, "role": role}
            for number, (uid, role) in enumerate([*rows, *empty][:MOST_ROWS])
        ]
        context["actors"], context["roles"] = self.actors, self.roles
        return context


class PartnersField(forms.Field):
    """Rows of an actor and its role. Clean: [(actor, role)]."""

    widget = PartnersWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.offered: dict[str, Actor] = {}

    def offer(self, actors: dict[str, Actor]) -> None:
        """The actors to choose among, by uid."""
        self.offered = actors
        widget = self.widget
        assert isinstance(widget, PartnersWidget)
        widget.actors = [("", "–"), *((uid, name_of(actor)) for uid, actor in actors.items())]

    def clean(self, value: Any) -> list[tuple[Actor, str]]:
        """The actors themselves. Raises ValidationError for one that is not offered."""
        if any(uid not in self.offered for uid, _role in value):
            raise ValidationError(_("Välj ett av alternativen i listan."))
        if any(role not in InitiativeActor.Role.values for _uid, role in value):
            raise ValidationError(_("Välj ett av alternativen i listan."))
        return [(self.offered[uid], role) for uid, role in value]
