"""Forms for what a network tells for a year."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.agreements.models import CollaborationLevel
from samhandling.apps.followup.models import NetworkReport, NetworkStatement
from samhandling.apps.followup.services import own_statements
from samhandling.apps.followup.telling import ToTell
from samhandling.apps.records.models import Record
from samhandling.web.editing import EditForm
from samhandling.web.workspace.initiatives.fields import NamedChoices, long_text

_KINDS = NetworkStatement.Kind
# In the order of the conversation once a year, each with its question.
QUESTIONS = {
    _KINDS.MEETINGS: gettext_lazy("Hur ofta och hur träffas nätverket?"),
    _KINDS.ASSESSMENT: gettext_lazy("Hur fungerar samverkan?"),
    _KINDS.ADDED_VALUE: gettext_lazy("Vad ger överenskommelsen som annars inte hade blivit av?"),
    _KINDS.REDUNDANCY: gettext_lazy("Är den överflödig i något, och varför?"),
    _KINDS.POSITIVE_EFFECT: gettext_lazy("Vilka goda effekter har ni sett?"),
    _KINDS.STRENGTH: gettext_lazy("Vad är nätverkets styrka?"),
    _KINDS.PLAN: gettext_lazy("Vad är på gång till nästa år?"),
}


def _unknown_first(choices: type[Any]) -> list[tuple[str, str]]:
    rest = [one for one in choices if one != choices.UNKNOWN]
    return [(one.value, capfirst(one.label)) for one in (choices.UNKNOWN, *rest)]


class NetworkReportForm(EditForm):
    """What a network tells of its cooperation. Everything may be left unknown."""

    told_as = {f"said_{kind.lower()}": ("statements",) for kind in QUESTIONS}

    approach = forms.ChoiceField(
        label=gettext_lazy("Hur arbetar nätverket med överenskommelsen?"), required=False
    )
    approach_text = long_text(gettext_lazy("Beskriv det med egna ord"), rows=2)
    added_value = forms.ChoiceField(
        label=gettext_lazy("Har överenskommelsen gett mervärde?"),
        help_text=gettext_lazy("”Inget” är ett giltigt svar och räknas inte som ett fel."),
        required=False,
    )
    levels = NamedChoices(
        label=gettext_lazy("På vilka nivåer har nätverket samverkat?"),
        queryset=CollaborationLevel.objects.none(),
    )
    planned_levels = NamedChoices(
        label=gettext_lazy("På vilka nivåer vill det samverka nästa år?"),
        queryset=CollaborationLevel.objects.none(),
    )

    def __init__(self, *args: Any, report: NetworkReport, **options: Any) -> None:
        super().__init__(*args, thing=report, **options)
        rows = report.round.agreement.levels.select_related("record")
        for name in ("levels", "planned_levels"):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        choices: tuple[tuple[str, type[Any]], ...] = (
            ("approach", NetworkReport.Approach),
            ("added_value", NetworkReport.AddedValue),
        )
        for name, kinds in choices:
            self.fields[name].choices = _unknown_first(kinds)  # type: ignore[attr-defined]
        for kind, question in QUESTIONS.items():
            field = long_text(question, gettext_lazy("En uppgift per rad."), rows=2)
            self.fields[f"said_{kind.lower()}"] = field
        self.order_fields(
            ["approach", "approach_text", "levels", *self.told_as, "added_value", "planned_levels"]
        )

    @property
    def record(self) -> Record:
        """The network's, whose history tells of it."""
        record: Record = self.thing.body.record
        return record

    def stored(self) -> dict[str, Any]:
        """What the network has told."""
        report: NetworkReport = self.thing
        said = list(own_statements(report))
        levels = list(report.levels.all())
        return {
            "approach": report.approach,
            "approach_text": report.approach_text,
            "added_value": report.added_value,
            "levels": [row.level_id for row in levels if not row.is_planned],
            "planned_levels": [row.level_id for row in levels if row.is_planned],
        } | {
            f"said_{kind.lower()}": "\n".join(row.text for row in said if row.kind == kind)
            for kind in QUESTIONS
        }

    def values(self) -> dict[str, Any]:
        """What `services.change_network_report` takes."""
        data = self.cleaned_data
        return {
            "approach": data["approach"] or NetworkReport.Approach.UNKNOWN,
            "approach_text": data["approach_text"],
            "added_value": data["added_value"] or NetworkReport.AddedValue.UNKNOWN,
            "levels": data["levels"],
            "planned_levels": data["planned_levels"],
            "statements": [
                (kind.value, line.strip())
                for kind in QUESTIONS
                for line in data[f"said_{kind.lower()}"].splitlines()
                if line.strip()
            ],
        }


class TellInitiativeForm(EditForm):
    """What happened with an initiative in the year, beside what its own page says."""

    told_as = {"told": ("telling",), "is_planned": ("planned_for",)}

    told = long_text(
        "",
        gettext_lazy("Får lämnas tomt om insatsens egna uppgifter säger allt."),
        rows=5,
    )
    is_planned = forms.BooleanField(required=False)

    def __init__(self, *args: Any, to_tell: ToTell, **options: Any) -> None:
        self.to_tell = to_tell
        super().__init__(*args, thing=to_tell.initiative, **options)
        year = to_tell.report.round.year
        self.fields["told"].label = _("Vad har hänt under %(year)s?") % {"year": year}
        self.fields["is_planned"].label = _("Nätverket vill arbeta med den %(year)s") % {
            "year": year + 1
        }

    def stored(self) -> dict[str, Any]:
        """What was told before, if anything."""
        return {"told": self.to_tell.told(), "is_planned": self.to_tell.is_planned()}
