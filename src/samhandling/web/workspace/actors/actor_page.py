"""What the page of an organisation, a category or a described set shows, worded and linked."""

from typing import Any

from django.utils.translation import ngettext

from samhandling.apps.followup.actor import ActorFacts, Involvement
from samhandling.apps.organisations.models import ActorRole, ActorSet
from samhandling.apps.records.details import details_of, merged_into
from samhandling.web.workspace.actors.registers import counted_members
from samhandling.web.workspace.initiatives.filters import list_url


def context(facts: ActorFacts) -> dict[str, Any]:
    """All that the page shows. Queries: 6."""
    actor = facts.actor
    described = facts.described
    return {
        "actor": actor,
        "facts": facts,
        "details": details_of([actor.pk, *(money.pk for money in facts.funds + facts.receives)]),
        "merged": merged_into([actor.record]),
        "held_roles": [role for role in facts.roles if role.state == ActorRole.State.HELD],
        "proposed_roles": [role for role in facts.roles if role.state == ActorRole.State.PROPOSED],
        "seat_bodies": len({seat.body_id for seat in facts.seats}),
        "involvements": [_involvement(actor.uid, row) for row in facts.involvements],
        "described": _described(described) if described else None,
    }


def _involvement(uid: str, row: Involvement) -> dict[str, Any]:
    return {
        "agreement": row.agreement,
        "rows": row.rows,
        "total": row.total,
        "url": list_url(row.agreement, part=uid),
        "text": ngettext("%(n)s insats", "%(n)s insatser", row.total) % {"n": row.total},
        "owned": row.owned,
        "owned_url": list_url(row.agreement, agare=uid),
        "owned_text": ngettext("ägare till %(n)s", "ägare till %(n)s", row.owned)
        % {"n": row.owned},
    }


def _described(described: ActorSet) -> dict[str, Any]:
    """The number as published beside the members that are known, never instead of them."""
    members = list(described.members.all())
    return {
        "set": described,
        "members": members,
        "counted": counted_members(len(members), described.members_state) if members else "",
    }
