"""What the page of a network or group shows, worded and linked."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import NetworkStatement
from samhandling.apps.followup.network import Network, Seen, Told
from samhandling.apps.initiatives.listing import InitiativeFilter, counted
from samhandling.apps.initiatives.models import InitiativeActor
from samhandling.apps.initiatives.visibility import hide_unseen
from samhandling.apps.organisations.models import Actor, ActorRole, CollaborationBody, Membership
from samhandling.apps.records.details import details_of, merged_into
from samhandling.apps.situation.models import Need
from samhandling.core.continuity import HOLDING, Sign, signs_of
from samhandling.web.links import url_of
from samhandling.web.templatetags.dates import in_words
from samhandling.web.templatetags.languages import named, swedish
from samhandling.web.workspace.actors.registers import counted_members
from samhandling.web.workspace.initiatives.filters import list_url

_FRAIL_NEEDS = frozenset({Need.Kind.CONTINUITY, Need.Kind.MANDATE, Need.Kind.RESOURCES})
# The statements that have a place of their own on the page.
_OWN_PLACE = frozenset({NetworkStatement.Kind.ADDED_VALUE, NetworkStatement.Kind.REDUNDANCY})
_OWNS = gettext_lazy("äger")


@dataclass(frozen=True, slots=True)
class Shown:
    """In how many initiatives of an agreement somebody appears, and where they are listed."""

    agreement: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the members: a stated seat, or an actor that only appears in initiatives."""

    seat: Membership | None
    actor: Actor | None
    roles: list[str | Promise]
    shown: list[Shown]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with the address of what it rests on where there is one."""

    text: str
    url: str = ""


def context(network: Network, by: Author) -> dict[str, Any]:
    """All that the page shows. Queries: 8, and 2 for each agreement with initiatives."""
    body = network.body
    hide_unseen(network.plans, "regulates", by)
    ids = [
        body.pk,
        *(event.pk for event in network.life),
        *(plan.pk for plan in network.plans),
    ]
    roles = {
        role: [seat for seat in network.seats if seat.role == role] for role in Membership.Role
    }
    is_over = body.state in (CollaborationBody.State.CLOSED, CollaborationBody.State.DORMANT)
    signs = [] if is_over else signs_of(network.facts)
    return {
        "body": body,
        "network": network,
        "details": details_of(ids),
        "merged": merged_into([body.record]),
        "liaison_details": details_of(seat.pk for seat in network.liaisons),
        "latest": network.told[0] if network.told else None,
        "earlier": network.told[1:],
        "told_statements": _statements(network.told[0]) if network.told else [],
        "conveners": roles[Membership.Role.CONVENER],
        "chairs": roles[Membership.Role.CHAIR],
        "deputies": roles[Membership.Role.DEPUTY],
        "members": [_seated(network, seat) for seat in network.seats],
        "past_members": network.past_seats,
        "members_counted": counted_members(*network.members),
        "seats_have_dates": any(seat.valid_from or seat.valid_until for seat in network.seats),
        "inferred_members": [_unstated(network, seen) for seen in network.unstated],
        "work": [_work(network, work, by) for work in network.work],
        "needs": [need for need in network.needs if need.kind == Need.Kind.NEED],
        "challenges": [need for need in network.needs if need.kind != Need.Kind.NEED],
        "is_over": is_over,
        "holding": [_sign(sign, network) for sign in signs if sign in HOLDING]
        + _strengths(network),
        "frail": [_sign(sign, network) for sign in signs if sign not in HOLDING]
        + _frail_needs(network, is_over),
        "held_roles": [r for r in network.roles if r.state == ActorRole.State.HELD],
        "proposed_roles": [r for r in network.roles if r.state == ActorRole.State.PROPOSED],
    }


def _work(network: Network, work: Any, by: Author) -> dict[str, Any]:
    uid = network.body.uid
    moved = counted(work.agreement, InitiativeFilter(networks=(uid,), deviates=True), by).total
    return {
        "agreement": work.agreement,
        "total": work.total,
        "rows": work.rows,
        "url": list_url(work.agreement, natverk=uid),
        "text": ngettext(
            "%(n)s insats eller delinsats", "%(n)s insatser och delinsatser", work.total
        )
        % {"n": work.total},
        "moved": moved,
        "moved_url": list_url(work.agreement, natverk=uid, avviker="ja"),
        "moved_text": ngettext(
            "%(n)s flyttad, pausad eller stoppad", "%(n)s flyttade, pausade eller stoppade", moved
        )
        % {"n": moved},
    }


def _seated(network: Network, seat: Membership) -> Member:
    seen = network.seen.get(seat.actor_id, []) if seat.actor_id else []
    return Member(seat, seat.actor, [], _shown(network, seen))


def _unstated(network: Network, seen: list[Seen]) -> Member:
    words: dict[str, str | Promise] = {"OWNER": _OWNS, **dict(InitiativeActor.Role.choices)}
    roles = sorted({role for row in seen for role in row.roles}, key=list(words).index)
    return Member(None, seen[0].actor, [words[role] for role in roles], _shown(network, seen))


def _shown(network: Network, seen: list[Seen]) -> list[Shown]:
    return [
        Shown(
            row.agreement.short_name,
            len(row.initiatives),
            list_url(row.agreement, natverk=network.body.uid, part=row.actor.uid),
        )
        for row in seen
    ]


def _statements(told: Told) -> list[tuple[str, list[NetworkStatement]]]:
    """What the network told, by kind, without what has a place of its own."""
    return [
        (str(NetworkStatement.Kind(kind).label), rows)
        for kind, rows in told.statements.items()
        if kind not in _OWN_PLACE
    ]


def _sign(sign: Sign, network: Network) -> Line:
    facts = network.facts
    match sign:
        case Sign.LIVING_PLAN if facts.living_plan_since:
            return Line(
                _("Levande handlingsplan sedan %(when)s, uppdateras löpande")
                % {"when": in_words(facts.living_plan_since)}
            )
        case Sign.EXTERNAL_MONEY:
            text = ngettext(
                "%(n)s av %(m)s insatser vilar på bidrag eller en ansökan",
                "%(n)s av %(m)s insatser vilar på bidrag eller ansökningar",
                facts.with_money,
            ) % {"n": facts.with_money, "m": facts.initiatives}
            only = network.work[0] if len(network.work) == 1 else None
            here = {"natverk": network.body.uid, "finansiering": "finns"}
            return Line(text, list_url(only.agreement, **here) if only else "")
        case Sign.SMALL_MEMBERSHIP:
            return Line(
                ngettext("Bara %(n)s medlem", "Bara %(n)s medlemmar", facts.members or 0)
                % {"n": facts.members}
            )
    return Line(str(_SIGNS[sign]))


_SIGNS = {
    Sign.LIVING_PLAN: gettext_lazy("Levande handlingsplan som uppdateras löpande"),
    Sign.OPERATIONAL_PLAN: gettext_lazy("Egen verksamhetsplan"),
    Sign.CONVENER_KNOWN: gettext_lazy("Det är känt vem som håller ihop arbetet"),
    Sign.DEPUTY_KNOWN: gettext_lazy("Det finns en ersättare"),
    Sign.MANDATE_SUFFICES: gettext_lazy("Mandatet räcker för att prioritera"),
    Sign.CONVENER_UNKNOWN: gettext_lazy("Sammankallande är okänd"),
    Sign.DEPUTY_UNKNOWN: gettext_lazy("Ersättare för sammankallande är okänd"),
    Sign.MANDATE_LACKS: gettext_lazy("Mandatet räcker inte för att prioritera"),
    Sign.UNDER_REVIEW: gettext_lazy("Uppdraget ses över"),
}


def _strengths(network: Network) -> list[Line]:
    """What the network itself tells as strengths and unexpected good."""
    told = network.told[0].statements if network.told else {}
    kinds = (NetworkStatement.Kind.STRENGTH, NetworkStatement.Kind.POSITIVE_EFFECT)
    lines = [Line(swedish(row.text)) for kind in kinds for row in told.get(kind, [])]
    strength = network.body.strength
    if strength and swedish(strength) not in {line.text for line in lines}:
        lines.append(Line(swedish(strength)))
    return lines


def _frail_needs(network: Network, is_over: bool) -> list[Line]:
    if is_over:
        return []
    return [Line(named(need), url_of(need)) for need in network.needs if need.kind in _FRAIL_NEEDS]
