"""Agreements with their areas and levels."""

from itertools import count
from typing import Any

from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.records.services import register
from samhandling.core.partial_date import parse_swedish

_number = count(1)
LEVELS = (
    ("experience_exchange", "basnivå"),
    ("competence_development", "mellannivå"),
    ("joint_action", "avancerad nivå"),
)


def make_agreement(
    title: str | None = None, *, slug: str | None = None, levels: bool = True, **fields: Any
) -> Agreement:
    """An agreement that is in force on the tests' day, with three levels unless told not to."""
    number = next(_number)
    values = {
        "short_name": title or f"Överenskommelse {number}",
        "focus_area_term": "insatsområde",
        "valid_from": parse_swedish("januari 2019"),
        "valid_until": parse_swedish("december 2021"),
    } | fields
    agreement = register(
        Agreement,
        title=title or f"Överenskommelse {number}",
        slug=slug or f"avtal-{number}",
        by=DEMO_LOADER,
        **values,
    )
    if levels:
        for order, (key, label) in enumerate(LEVELS, 1):
            make_level(agreement, key=key, label=label, order=order)
    return agreement


def make_level(agreement: Agreement, **fields: Any) -> CollaborationLevel:
    """A level of cooperation of an agreement."""
    number = next(_number)
    values = {"key": f"niva-{number}", "label": f"nivå {number}", "order": number} | fields
    return register(
        CollaborationLevel,
        title=values["label"].capitalize(),
        by=DEMO_LOADER,
        agreement=agreement,
        **values,
    )


def make_focus_area(
    agreement: Agreement, title: str | None = None, *, code: str | None = None, **fields: Any
) -> FocusArea:
    """A focus area, or a sub-area where `parent` is given."""
    number = next(_number)
    return register(
        FocusArea,
        title=title or f"Område {number}",
        by=DEMO_LOADER,
        agreement=agreement,
        code=code or f"O{number}",
        **fields,
    )
