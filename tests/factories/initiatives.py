"""Initiatives, needs and what hangs on them, made through the services."""

from itertools import count
from typing import Any

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.records.services import register
from samhandling.apps.situation.models import Cause, Need, Place
from samhandling.apps.situation.services import create_cause, create_need, create_place
from tests.factories.agreements import make_agreement

_number = count(1)


def make_initiative(
    agreement: Agreement | None = None,
    title: str | None = None,
    *,
    status: str | None = None,
    told_for_year: int = 2020,
    by: Any = DEMO_LOADER,
    **fields: Any,
) -> Initiative:
    """A shared initiative, with its status told for `told_for_year` when one is given.

    Fields: as `services.create_initiative`; `sharing="DRAFT"` makes a draft. With `parent` it is a
    part of the same agreement.
    """
    parent = fields.get("parent")
    if agreement is None:
        agreement = parent.agreement if parent else make_agreement()
    fields.setdefault("sharing", "SHARED")
    initiative = services.create_initiative(
        agreement=agreement, title=title or f"Insats {next(_number)}", by=by, **fields
    )
    if status is not None:
        services.record_status(
            initiative=initiative, status=status, told_for_year=told_for_year, by=by
        )
    return initiative


def make_need(agreement: Agreement | None = None, title: str | None = None, **fields: Any) -> Need:
    """A shared need; `sharing="DRAFT"` makes a draft."""
    fields.setdefault("sharing", "SHARED")
    return create_need(
        agreement=agreement or make_agreement(),
        title=title or f"Behov {next(_number)}",
        by=fields.pop("by", DEMO_LOADER),
        **fields,
    )


def make_cause(name: str | None = None, *, key: str | None = None) -> Cause:
    """A cause of the county's one list."""
    number = next(_number)
    return create_cause(
        key=key or f"orsak-{number}", name=name or f"Orsak {number}", by=DEMO_LOADER
    )


def make_place(name: str | None = None, kind: str = "MUNICIPALITY") -> Place:
    """A place."""
    return create_place(name=name or f"Plats {next(_number)}", kind=kind, by=DEMO_LOADER)


def make_funding(*initiatives: Initiative, **fields: Any) -> Funding:
    """Money for initiatives."""
    return services.add_funding(initiatives=initiatives, by=fields.pop("by", DEMO_LOADER), **fields)


def make_round(agreement: Agreement, year: int = 2020, **fields: Any) -> FollowUpRound:
    """A follow-up round of an agreement."""
    return register(
        FollowUpRound,
        title=f"Uppföljning {year}",
        by=DEMO_LOADER,
        agreement=agreement,
        year=year,
        **fields,
    )
