"""What the log of changes is asked for, in a form that stands in the address."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.models import Event, KnownPerson, Verb
from samhandling.apps.audit.selectors import kinds_with_events
from samhandling.web.date_field import DayField
from samhandling.web.workspace.search.kinds import KINDS


class HistoryFilter(forms.Form):
    """Who, what, how, which agreement, which days and why. All may be left empty."""

    person = forms.ChoiceField(label=_("Vem"), required=False)
    slag = forms.ChoiceField(label=_("Vad"), required=False)
    atgard = forms.ChoiceField(label=_("Åtgärd"), required=False)
    avtal = forms.ChoiceField(label=_("Överenskommelse"), required=False)
    fran = DayField(label=_("Från och med"), required=False)
    till = DayField(label=_("Till och med"), required=False)

    skal = forms.CharField(label=_("Ord i skälet"), required=False, max_length=100)

    def __init__(self, data: Any, agreements: list[Agreement]) -> None:
        super().__init__(data)
        known = KnownPerson.objects.order_by("name").values_list("key", "name")
        self.merged = _merged_keys()
        people = {self.merged.get(key, key): name for key, name in known}
        kinds = kept_until_change("history.kinds", (), kinds_with_events)
        self._choices("person", [(_("Alla"), ""), *((name, key) for key, name in people.items())])
        self._choices("slag", [(_("Allt"), ""), *((KINDS[k], k) for k in KINDS if k in kinds)])
        verbs = [(label, verb) for verb, label in Verb.choices]
        self._choices("atgard", [(_("Alla"), ""), *verbs])
        self._choices(
            "avtal", [(_("Alla"), ""), *((one.short_name, one.uid) for one in agreements)]
        )

    def _choices(self, name: str, labelled: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, label) for label, value in labelled]

    def narrowed(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those events that the form asks for; none when it asks for what is not understood."""
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        if who := asked.get("person"):
            # What was done under an account that is merged with hers is hers.
            hers = [key for key, kept in self.merged.items() if kept == who]
            events = events.filter(actor_key__in=[who, *hers])
        columns = {"slag": "record_kind", "atgard": "verb"}
        for name, column in columns.items():
            if asked.get(name):
                events = events.filter(**{column: asked[name]})
        if asked.get("avtal"):
            events = events.filter(scope_uid=asked["avtal"])
        if asked.get("fran"):
            events = events.filter(at__gte=_midnight(asked["fran"]))
        if asked.get("till"):
            events = events.filter(at__lt=_midnight(asked["till"] + timedelta(days=1)))
        if asked.get("skal"):
            # SQLite folds A to Z alone, so å, ä and ö are asked for in each way they are written.
            word, said = asked["skal"], Q()
            for written in {word, word.lower(), word.upper(), word.capitalize()}:
                said |= Q(why__text__icontains=written)
            events = events.filter(said)
        return events

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What is asked for and understood, for an answer that is kept."""
        if not self.is_valid():
            return [(name, str(value)) for name, value in self.data.items()]
        return [(name, str(value)) for name, value in self.cleaned_data.items() if value]


def _merged_keys() -> dict[str, str]:
    """The keys of those who were merged with somebody, and whose they are now. Queries: 1."""
    merged = Person.objects.filter(merged_into__isnull=False)
    return dict(merged.values_list("key", "merged_into__key"))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
