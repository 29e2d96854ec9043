"""The log's sentences about what is told for a year."""

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from samhandling.apps.records.models import RecordKind

YEARS = frozenset({"told_for", "planned_for"})  # in the sentence itself


class Changed(Protocol):
    """One changed field in words."""

    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


def tell_of_followup(
    record_kind: str, changes: Mapping[str, Changed], words: dict[str, object]
) -> str | None:
    """The pattern of an event about what was told or planned, None for any other; fills in its
    words. What was told stands below the sentence."""
    told, planned = changes.get("told_for"), changes.get("planned_for")
    if told is None and planned is None:
        return None
    if told is None:
        assert planned is not None
        words["year"] = planned.after or planned.before
        if planned.after:
            return _("{who} tog med {what} i nätverkets plan för {year}.")
        return _("{who} tog bort {what} ur nätverkets plan för {year}.")
    words["year"] = told.after
    if record_kind == RecordKind.BODY:
        return _("{who} skrev vad {what} berättar för {year}.")
    if told.before:
        return _("{who} ändrade vad som berättas om {what} för {year}.")
    return _("{who} redovisade {what} för {year}.")
