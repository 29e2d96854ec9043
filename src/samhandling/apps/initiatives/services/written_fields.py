"""Which fields of an initiative people write, and how each is told in the log of changes."""

from collections.abc import Iterable
from typing import Any

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.records.models import Recorded
from samhandling.apps.records.services import index_record
from samhandling.apps.situation.models import Need
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import PartialDate, describe

TEXTS = (
    "purpose",
    "content",
    "summary",
    "result",
    "next_step",
    "target_group",
    "beneficiary",
    "scope",
    "method",
    "dependency",
    "obstacle",
    "positive_effect",
)
PLAIN = (
    *TEXTS,
    "focus_area",
    "network",
    "has_no_network",
    "order",
    "owner",
    "partners_state",
    "funding_state",
    "results_state",
    "when",
    "follows",
    "is_conditional",
    "would_happen_anyway",
)
COLUMNS = {"when": ("when_earliest", "when_latest", "when_precision", "when_wording")}


def words_of(initiative: Initiative, places: Iterable[Any]) -> str:
    """The words an initiative is found by, beside its name."""
    texts = [getattr(initiative, name) for name in TEXTS]
    return " ".join(text for text in [*texts, *(place.name for place in places)] if text)


def reindex(initiative: Initiative) -> None:
    """Keep the search in step with what is written. Queries: 3."""
    index_record(initiative.record, words_of(initiative, initiative.places.all()))


def told(value: object) -> str:
    """A value as the log keeps it: names for things, words for times, codes for choices.

    What may be a draft is kept by its uid: who reads the log decides whether its name is shown.
    """
    if value is None:
        return ""
    if isinstance(value, Initiative | Need):
        return value.uid
    if isinstance(value, PartialDate):
        return describe(value)
    if isinstance(value, Recorded):
        return value.title
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if isinstance(value, list | tuple):
        return "; ".join(told(part) for part in value)
    return str(value)


def log(
    initiative: Initiative,
    verb: str,
    by: Author,
    changes: Changes | None = None,
    reason: str = "",
) -> Event:
    """Write one event on the initiative, within its agreement's log."""
    return write_event(
        by=by,
        verb=verb,
        record_uid=initiative.uid,
        record_kind=initiative.record_kind,
        scope_uid=initiative.agreement.uid,
        changes={name: (told(old), told(new)) for name, (old, new) in (changes or {}).items()},
        reason=reason,
    )


def log_added(initiative: Initiative, field: str, what: object, by: Author) -> None:
    """Log that one thing was added to a list of the initiative."""
    log(initiative, Verb.ADDED, by, {field: ("", what)})


def log_removed(initiative: Initiative, field: str, what: object, by: Author) -> None:
    """Log that one thing was taken from a list of the initiative."""
    log(initiative, Verb.REMOVED, by, {field: (what, "")})


def no_longer_empty(initiative: Initiative, state: str) -> None:
    """A list said to be empty that gets a row is from then on partly known."""
    if getattr(initiative, state) in (Completeness.NONE, Completeness.NOT_APPLICABLE):
        setattr(initiative, state, Completeness.PARTIAL)
        initiative.save(update_fields=[state])
