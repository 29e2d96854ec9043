"""All that the page of one initiative shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.models import Event
from samhandling.apps.followup.models import InitiativeReport, LessonEvidence, PlannedInitiative
from samhandling.apps.initiatives import permissions
from samhandling.apps.initiatives.models import (
    Funding,
    Initiative,
    InitiativeCause,
    InitiativeLevel,
    StatusEvent,
)
from samhandling.apps.organisations.models import Organisation
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.details import RecordDetails, details_of, merged_into
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to as visible_needs
from samhandling.core.partial_date import PartialDate
from samhandling.web.date_words import in_words
from samhandling.web.history_sentences import sentences, visible_events
from samhandling.web.languages_spoken import language_word
from samhandling.web.links import name_of
from samhandling.web.workspace.initiatives.filters import list_url
from samhandling.web.workspace.initiatives.found import readable_or_404

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


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The finished parts of the page, which are kept until something changes."""

    agreement_slug: str
    title: str
    lead: str
    status_url: str
    crumbs: SafeString
    kicker: SafeString
    heading: SafeString
    body: SafeString


def page_of(uid: str, by: User) -> KeptPage:
    """The page as people of this standing see it, in the reader's language.

    It holds no token and nothing of the person, so that it can be kept for everybody alike.
    Raises Http404 for what they may not see. Queries: 1; about 40 more the first time after a
    change.
    """
    standing = standing_of(by).key
    return kept_until_change("initiative", (uid, standing, get_language()), lambda: _made(uid, by))


def _made(uid: str, by: User) -> KeptPage:
    initiative = readable_or_404(uid, by)
    shown = context(initiative, by)

    def part(name: str) -> SafeString:
        return render_to_string(f"workspace/initiatives/_{name}.html", shown)

    return KeptPage(
        agreement_slug=initiative.agreement.slug,
        title=name_of(initiative),
        lead=shown["lead"],
        status_url=shown["fill"].get("status", ""),
        crumbs=part("crumbs"),
        kicker=part("kicker"),
        heading=part("heading"),
        body=part("body"),
    )


def context(initiative: Initiative, by: User) -> dict[str, Any]:
    """What the templates show. Queries: about 40, however much there is."""
    parts = _parts(initiative, by)
    ids = [initiative.pk, *(part.pk for part in parts)]
    details = details_of(ids)
    events = _status_events(initiative)
    may_edit = permissions.can_edit(initiative, by)
    texts = _texts(initiative)
    lead = initiative.purpose if 0 < len(initiative.purpose) <= LEAD_LENGTH else ""
    return {
        "initiative": initiative,
        "record": initiative.record,
        "details": details,
        "may_edit": may_edit,
        "may_share": initiative.sharing == "DRAFT" and permissions.can_share(initiative, by),
        "fill": _addresses(initiative) if may_edit else {},
        "list_url": list_url(initiative.agreement),
        "home_url": reverse("overview:index", args=[initiative.agreement.slug]),
        "lead": lead,
        "texts": [row for row in texts if row.text and not (lead and row.field == "purpose")],
        "unwritten": [row for row in texts if not row.text],
        "latest": events[0] if events else None,
        "status_events": events,
        "levels": _levels(
            list(initiative.levels.select_related("level__record")), details, initiative
        ),
        "actors": list(initiative.actors.select_related("actor__record")),
        "places": list(initiative.places.all()),
        "languages": [language_word(row.code) for row in initiative.languages.all()],
        "drivers": _drivers(initiative),
        "parts": [_shown(part, details) for part in parts],
        "quantities": details.of(initiative).quantities,
        "results": list(initiative.expected_results.all()),
        "funding": _funding(initiative),
        "needs": _needs(initiative, by),
        "followed_by": _live_visible(initiative.followed_by.all(), by),
        "follows": _if_readable(initiative.follows, by),
        "told": _told(initiative),
        "planned": _planned(initiative),
        "lessons": _lessons(initiative),
        "questions": details.of_all("questions"),
        "footnotes": [
            ShownNote(note.number, name_of(note), note.url) for note in details.of_all("footnotes")
        ],
        "citations": details.of(initiative).citations,
        "names": details.of(initiative).names,
        "merged": merged_into([initiative.record]),
        "history": history_of(initiative, details, parts, by),
    }


def own_organisation(by: User) -> Organisation | None:
    """Where the person works, when that is one place: a first suggestion of owner."""
    ids = standing_of(by).organisation_ids
    if len(ids) != 1:
        return None
    return Organisation.objects.live().with_record().filter(pk__in=ids).first()


def history_of(
    initiative: Initiative, details: RecordDetails, parts: list[Initiative], by: User
) -> list[Any]:
    """The latest events of the initiative, its steps, counts and money, in sentences."""
    uids = {initiative.uid, *(part.uid for part in parts)}
    uids |= {row.uid for row in details.of_all("quantities")}
    uids |= set(initiative.funding.values_list("record__uid", flat=True))
    events = visible_events(Event.objects.filter(record_uid__in=uids), by)
    return sentences(events[:HISTORY_ROWS], by, here=initiative.uid)


def _addresses(initiative: Initiative) -> dict[str, str]:
    """Where each thing that is unknown can be filled in."""
    names = (
        "edit", "status", "parts", "partners", "needs", "share", "withdraw",
        "funding_create", "quantity_create", "result_create",
    )  # fmt: skip
    found = {name: reverse(f"initiatives:{name}", args=[initiative.uid]) for name in names}
    fields = (
        "owner", "network", "focus_area", "target_group", "when", "levels_0", "places_0",
        "would_happen_anyway_0", "is_conditional_0", *TEXTS,
    )  # fmt: skip
    anchors = {field: f"{found['edit']}#id_{field}" for field in fields}
    return anchors | found


def _parts(initiative: Initiative, by: User) -> list[Initiative]:
    rows = permissions.visible_to(initiative.parts.live(), by)
    return list(
        rows.select_related("record", "owner__record")
        .prefetch_related("levels__level__record", "status_events__causes__cause")
        .order_by("order", "pk")
    )


def _shown(part: Initiative, details: RecordDetails) -> ShownPart:
    events = list(part.status_events.all())
    latest = events[-1] if events else None
    return ShownPart(
        initiative=part,
        title=name_of(part),
        status=part.status,
        url=reverse("initiatives:detail", args=[part.uid]),
        text=part.content or part.summary or part.result,
        when=part.when,
        why=_why(latest),
        levels=_levels(list(part.levels.all()), details, part),
        is_conditional=part.is_conditional,
    )


def _why(event: StatusEvent | None) -> str:
    """New date and causes in short: "till 2021, covid-19"."""
    if event is None:
        return ""
    causes = ", ".join(cause.cause.name for cause in event.causes.all())
    until = in_words_until(event.postponed_to)
    return ", ".join(filter(None, [until, causes]))


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


def _status_events(initiative: Initiative) -> list[StatusEvent]:
    """Newest first: by the year they are told for, then by entry."""
    rows = initiative.status_events.prefetch_related("causes__cause")
    return list(rows.order_by("-told_for_year", "-pk"))


def _drivers(initiative: Initiative) -> list[InitiativeCause]:
    return list(initiative.causes.filter(kind=InitiativeCause.Kind.DROVE).select_related("cause"))


def _funding(initiative: Initiative) -> list[Funding]:
    return list(
        initiative.funding.live()
        .select_related("record", "funder__record", "recipient__record")
        .prefetch_related("events", "record__bases")
        .order_by("pk")
    )


def _needs(initiative: Initiative, by: User) -> list[Any]:
    links = initiative.need_links.filter(
        need__record__withdrawn_at__isnull=True, need__record__merged_into__isnull=True
    )
    seen = visible_needs(Need.objects.all(), by)
    return list(
        links.filter(need__in=seen.values("pk")).select_related(
            "need__record", "need__subject", "need__focus_area__record"
        )
    )


def _live_visible(rows: Any, by: User) -> list[Initiative]:
    return list(permissions.visible_to(rows.live(), by).select_related("record").order_by("pk"))


def _if_readable(initiative: Initiative | None, by: User) -> Initiative | None:
    return initiative if initiative and permissions.can_read(initiative, by) else None


def _told(initiative: Initiative) -> list[InitiativeReport]:
    """What each network told of it, newest year first."""
    return list(
        InitiativeReport.objects.filter(initiative=initiative)
        .select_related("round__record", "network_report__body__record")
        .order_by("-round__year", "order", "pk")
    )


def _planned(initiative: Initiative) -> list[PlannedInitiative]:
    """The networks that mean to do it the year after a round."""
    return list(
        PlannedInitiative.objects.filter(initiative=initiative)
        .select_related("report__round", "report__body__record")
        .order_by("-report__round__year", "pk")
    )


def _lessons(initiative: Initiative) -> list[Any]:
    rows = LessonEvidence.objects.filter(
        Q(record=initiative.record), lesson__record__withdrawn_at__isnull=True
    )
    return [row.lesson for row in rows.select_related("lesson__record")]
