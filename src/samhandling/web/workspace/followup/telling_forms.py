"""Forms for what a network tells for a year."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.agreements.models import CollaborationLevel
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import NetworkReport, NetworkStatement
from samhandling.apps.followup.services import own_statements
from samhandling.apps.followup.telling import ToTell, needs_to_tell
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Need
from samhandling.web.editing import VERSION, EditForm
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

    said: ClassVar = {f"said_{kind.lower()}": ("statements",) for kind in QUESTIONS}
    told_as = {**said, "needs": ("raised_needs",)}

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

    needs = NamedChoices(
        label=gettext_lazy("Vilka behov och utmaningar lyfter nätverket?"),
        help_text=gettext_lazy("Skriv in ett nytt under Behov. Sedan kan du välja det här."),
        queryset=Need.objects.none(),
    )

    def __init__(self, *args: Any, report: NetworkReport, by: Author, **options: Any) -> None:
        needs = needs_to_tell(report, by)
        self.offered = set(needs.values_list("pk", flat=True))  # what else is raised stays so
        super().__init__(*args, thing=report, **options)
        self.fields["needs"].queryset = needs  # type: ignore[attr-defined]
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
            [
                *("approach", "approach_text", "levels", *self.said, "added_value"),
                *("needs", "planned_levels"),
            ]
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
            "needs": [pk for pk in self._raised(report) if pk in self.offered],
        } | {
            f"said_{kind.lower()}": "\n".join(row.text for row in said if row.kind == kind)
            for kind in QUESTIONS
        }

    def _raised(self, report: NetworkReport) -> list[int]:
        return list(report.needs.values_list("need", flat=True))

    def values(self) -> dict[str, Any]:
        """What `services.change_network_report` takes."""
        data = self.cleaned_data
        return {
            "approach": data["approach"] or NetworkReport.Approach.UNKNOWN,
            "approach_text": data["approach_text"],
            "added_value": data["added_value"] or NetworkReport.AddedValue.UNKNOWN,
            "levels": data["levels"],
            "planned_levels": data["planned_levels"],
            "needs": [
                *data["needs"],
                *Need.objects.filter(pk__in=set(self._raised(self.thing)) - self.offered),
            ],
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
        self.fields["told"].label = _("Vad har hänt under %(year)s?") % {"year": to_tell.year}
        if to_tell.report is None:  # no network in whose plan it could be
            del self.fields["is_planned"]
        else:
            self.fields["is_planned"].label = _("Nätverket vill arbeta med den %(year)s") % {
                "year": to_tell.year + 1
            }
        if not self.is_bound:
            self._propose()

    def stored(self) -> dict[str, Any]:
        """What was told before, if anything."""
        return {"told": self.to_tell.told() or "", "is_planned": self.to_tell.is_planned()}

    def _propose(self) -> None:
        """Fills in, where nothing is told yet, what may be told; it is no version of anything."""
        if self.to_tell.told() is None:
            self.initial[VERSION] = self.version_shown()
            self.initial["told"] = self.to_tell.proposal()
