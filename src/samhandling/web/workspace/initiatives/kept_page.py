"""The page of one initiative is kept until something changes that it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.keeping import Happened, kept_until_change
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import day_of_security, standing_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.web.links import name_of
from samhandling.web.workspace.initiatives import detail_rows
from samhandling.web.workspace.initiatives.detail_page import context
from samhandling.web.workspace.initiatives.detail_rows import readable_or_404


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The finished parts of the page, which are kept until something changes that it shows.

    `names`: uids of the initiatives that it tells something of.
    """

    record: Record
    names: frozenset[str]
    agreement_slug: str
    title: str
    lead: str
    status_url: str
    crumbs: SafeString
    kicker: SafeString
    heading: SafeString
    body: SafeString
    end: SafeString


def page_of(uid: str, by: User) -> KeptPage:
    """The page as people of this standing see it, in the reader's language.

    It holds no token and nothing of the person, so that it can be kept for everybody alike.
    Raises Http404 for what they may not see. Queries: 1; 1 more the first time after another
    initiative was changed, about 30 more the first time after any other change.
    """
    standing = standing_of(by).key
    parts = (uid, standing, get_language(), day_of_security())
    return kept_until_change("initiative", parts, lambda: _made(uid, by), stands=_stands)


def _made(uid: str, by: User) -> KeptPage:
    initiative = readable_or_404(uid, by)
    shown = context(initiative, by)

    def part(name: str) -> SafeString:
        return render_to_string(f"workspace/initiatives/_{name}.html", shown)

    return KeptPage(
        record=initiative.record,
        names=frozenset(_initiatives_named(initiative, shown)),
        agreement_slug=initiative.agreement.slug,
        title=name_of(initiative),
        lead=shown["lead"],
        status_url=shown["fill"].get("status", ""),
        crumbs=part("crumbs"),
        kicker=part("kicker"),
        heading=part("heading"),
        body=part("body"),
        end=part("end"),
    )


def _stands(page: KeptPage, events: Sequence[Happened]) -> bool:
    """Do these events concern nothing but initiatives that the page tells nothing of?"""
    uids = {event.record_uid for event in events}
    return (
        all(event.record_kind == RecordKind.INITIATIVE for event in events)
        and not uids & page.names
        and not detail_rows.hang_on(page.record.pk, uids)
    )


def _initiatives_named(initiative: Initiative, shown: dict[str, Any]) -> Iterator[str]:
    """Uids of the initiatives whose names, statuses or owners decide what the page says."""
    near = [initiative, initiative.parent, initiative.follows]
    near += [initiative.follows.parent] if initiative.follows else []
    near += [*(part.initiative for part in shown["parts"]), *shown["followed_by"]]
    yield from (one.uid for one in near if one is not None)
    yield from (record.uid for record in shown["merged"])
    if initiative.record.merged_into is not None:
        yield initiative.record.merged_into.uid
    for sentence in shown["history"]:
        yield from sentence.names
