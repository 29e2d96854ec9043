"""All that the page of one initiative shows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives import permissions
from samhandling.apps.initiatives.models import Funding, Initiative, InitiativeLevel
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.people.selectors.contacts import contact_of, names_of_contacts
from samhandling.apps.records.details import RecordDetails, details_of, merged_into
from samhandling.apps.records.prepared import Prepared
from samhandling.core.partial_date import PartialDate
from samhandling.web.date_words import in_words
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events
from samhandling.web.languages_spoken import language_word
from samhandling.web.templatetags.languages import named, swedish
from samhandling.web.workspace.initiatives import detail_rows
from samhandling.web.workspace.initiatives.detail_rows import Told, ToldStatus
from samhandling.web.workspace.initiatives.filters import list_url

HISTORY_ROWS = 8
LEAD_LENGTH = 300
TEXTS = (
    "purpose",
    "content",
    "summary",
    "result",
    "next_step",
    "scope",
    "method",
    "dependency",
    "obstacle",
    "positive_effect",
)

_HISTORY = Prepared(
    lambda uids, by: visible_events(Event.objects.filter(record_uid__in=uids), by)[:HISTORY_ROWS],
    by_word=True,
)


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level with the ground of its inference."""

    level: Any
    basis: str
    ground: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A step or part as the steps component takes it."""

    initiative: Initiative
    title: str
    status: str
    url: str
    text: str
    when: PartialDate | None
    why: str
    levels: list[ShownLevel]
    is_conditional: bool | None


@dataclass(frozen=True, slots=True)
class ShownText:
    """One long text under its heading."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A footnote as the footnotes component takes it."""

    number: int
    text: str
    url: str


def context(initiative: Initiative, by: User) -> dict[str, Any]:
    """What the templates show. Queries: about 30, however much there is."""
    parts = detail_rows.parts_of(initiative, by)
    ids = [initiative.pk, *(part.pk for part in parts)]
    details = details_of(ids)
    told = detail_rows.told_of(ids)
    statuses = told[initiative.pk].statuses
    funding = detail_rows.funding_of(initiative)
    reports = detail_rows.reports_of(initiative)
    contact = contact_of(initiative.pk)
    may_edit = permissions.can_edit(initiative, by)
    texts = _texts(initiative)
    is_short = 0 < len(initiative.purpose) <= LEAD_LENGTH
    lead = initiative.purpose if is_short and not initiative.record.is_destroyed else ""
    return {
        "initiative": initiative,
        "record": initiative.record,
        "details": details,
        "may_edit": may_edit,
        "may_register": permissions.can_register(initiative, by),
        "may_restore": permissions.can_restore(initiative, by),
        "may_share": (
            initiative.sharing != "SHARED"
            and initiative.parent_id is None
            and permissions.can_share(initiative, by)
        ),
        "may_approve": initiative.parent_id is None and permissions.can_approve(initiative, by),
        "fill": _addresses(initiative) if may_edit else {},
        "list_url": list_url(initiative.agreement),
        "home_url": reverse("overview:index", args=[initiative.agreement.slug]),
        "lead": lead,
        "texts": [row for row in texts if row.text and not (lead and row.field == "purpose")],
        "unwritten": [row for row in texts if not row.text],
        "latest": statuses[0].event if statuses else None,
        "statuses": statuses,
        "levels": _levels(told[initiative.pk].levels, details, initiative),
        "actors": detail_rows.actors_of(initiative),
        "places": detail_rows.places_of(initiative),
        "languages": [language_word(row.code) for row in detail_rows.languages_of(initiative)],
        "drivers": told[initiative.pk].drivers,
        "parts": [_shown(part, told[part.pk], details) for part in parts],
        "quantities": details.of(initiative).quantities,
        "results": detail_rows.results_of(initiative),
        "funding": [money for money in funding if _is_live(money)],
        "needs": detail_rows.needs_of(initiative, by),
        "followed_by": detail_rows.followers_of(initiative, by),
        "follows": _if_readable(initiative.follows, by),
        "told": reports,
        "reported_by": detail_rows.reported_by(initiative, reports),
        "planned": detail_rows.plans_of(initiative),
        "lessons": detail_rows.lessons_of(initiative),
        "questions": details.of_all("questions"),
        "footnotes": [
            ShownNote(note.number, named(note), note.url) for note in details.of_all("footnotes")
        ],
        "citations": details.of(initiative).citations,
        "names": details.of(initiative).names,
        "merged": merged_into([initiative.record]),
        "contact": contact,
        "contact_called": (
            names_of_contacts([contact])[contact.person.pk] if contact.person else ""
        ),
        "contact_url": reverse("people:contact", args=[initiative.uid]) if may_edit else "",
        "history": _history(initiative, details, [*parts, *funding], by),
    }


def to_be_read(initiative: Initiative, by: User) -> dict[str, Any]:
    """As `context`, for a page where all of it is read and nothing changed."""
    texts = [row for row in _texts(initiative) if row.text]
    nothing = {"may_edit": False, "fill": {}, "contact_url": "", "texts": texts}
    return {**context(initiative, by), **nothing}


def _history(
    initiative: Initiative, details: RecordDetails, others: list[Any], by: User
) -> list[Any]:
    """The latest events of the initiative, its steps, counts and money, in sentences."""
    uids = {initiative.uid, *(other.uid for other in others)}
    uids |= {row.uid for row in details.of_all("quantities")}
    events = _HISTORY.of(*sorted(uids), shape=standing_of(by), words=(by,))
    newest = sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
    return sentences(newest[:HISTORY_ROWS], by, here=initiative.uid)


def _addresses(initiative: Initiative) -> dict[str, str]:
    """Where each thing that is unknown can be filled in."""
    names = (
        "edit", "status", "parts", "partners", "needs", "share", "take_back", "withdraw",
        "funding_create", "quantity_create", "result_create",
    )  # fmt: skip
    found = {name: reverse(f"initiatives:{name}", args=[initiative.uid]) for name in names}
    fields = (
        "owner", "network", "focus_area", "target_group", "when", "levels_0", "places_0",
        "would_happen_anyway_0", "is_conditional_0", *TEXTS,
    )  # fmt: skip
    anchors = {field: f"{found['edit']}#id_{field}" for field in fields}
    return anchors | found


def _shown(part: Initiative, told: Told, details: RecordDetails) -> ShownPart:
    return ShownPart(
        initiative=part,
        title=named(part),
        status=part.status,
        url=reverse("initiatives:detail", args=[part.uid]),
        text=part.content or part.summary or part.result,
        when=part.when,
        why=_why(told.statuses[0] if told.statuses else None),
        levels=_levels(told.levels, details, part),
        is_conditional=part.is_conditional,
    )


def _why(told: ToldStatus | None) -> str:
    """New date and causes in short: "till 2021, covid-19"."""
    if told is None:
        return ""
    causes = ", ".join(cause.cause.name for cause in told.causes)
    until = in_words_until(told.event.postponed_to)
    return format_html_join(", ", "{}", ((said,) for said in (until, swedish(causes)) if said))


def in_words_until(when: PartialDate | None) -> str:
    """ "till våren 2021", empty when nobody has said."""
    return _("till %(when)s") % {"when": in_words(when)} if when else ""


def _levels(
    rows: list[InitiativeLevel], details: RecordDetails, thing: Initiative
) -> list[ShownLevel]:
    basis = details.of(thing).bases.get("levels")
    ground = basis.ground if basis else ""
    return [
        ShownLevel(row.level, row.basis, ground if row.basis == "INFERRED" else "") for row in rows
    ]


def _texts(initiative: Initiative) -> list[ShownText]:
    fields = {name: Initiative._meta.get_field(name) for name in TEXTS}
    return [
        ShownText(name, str(field.verbose_name), getattr(initiative, name))  # type: ignore[union-attr]
        for name, field in fields.items()
    ]


def _is_live(money: Funding) -> bool:
    return money.record.withdrawn_at is None and money.record.merged_into_id is None


def _if_readable(initiative: Initiative | None, by: User) -> Initiative | None:
    return initiative if initiative and permissions.can_read(initiative, by) else None
