"""What is in force on a day, as conditions on rows. Both ends count; an unknown end is no end."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q


def in_force(day: date, prefix: str = "") -> Q:
    """Of grants, affiliations, contacts: begun, and not ended before the day."""
    return begun_by(day, prefix) & not_over(day, prefix)


def begun_by(day: date, prefix: str = "") -> Q:
    """Of grants, affiliations, contacts: not known to begin after the day."""
    return Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})


def not_over(day: date, prefix: str = "") -> Q:
    """Of grants, affiliations, contacts: in force on the day or later."""
    return Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": day})


def end_of(begins: date | None, last_day: date, today: date) -> date | None:
    """The day on which something ends that is to end with `last_day`; None when it never was.

    What was in force on an earlier day than today has been: it stays, and ends at the earliest with
    its first day. What begins later, or was given today and is taken back today, is taken away.
    """
    if begins is None or begins <= last_day:
        return last_day
    return begins if begins < today else None


def days_told(begins: date | None, ends: date | None, today: date) -> dict[str, tuple[str, str]]:
    """What the log says of when something holds that is given or ended today, as changes: a first
    day that is still to come, and a last day that has not passed. Nothing of what holds from today
    without end, or of what is over."""
    said = {}
    if begins is not None and begins > today:
        said["valid_from"] = ("", begins.isoformat())
    if ends is not None and ends >= today:
        said["valid_until"] = ("", ends.isoformat())
    return said


def seat_in_force(day: date, prefix: str = "") -> Q:
    """Of seats, whose days may be partly known: as `organisations.permissions` reads them."""
    return seat_begun_by(day, prefix) & seat_not_over(day, prefix)


def seat_begun_by(day: date, prefix: str = "") -> Q:
    """Of seats: not known to begin after the day."""
    return Q(**{f"{prefix}valid_from_earliest": None}) | Q(
        **{f"{prefix}valid_from_earliest__lte": day}
    )


def seat_not_over(day: date, prefix: str = "") -> Q:
    """Of seats: not known to have ended before the day."""
    return Q(**{f"{prefix}valid_until_latest": None}) | Q(
        **{f"{prefix}valid_until_latest__gte": day}
    )


def not_covered(
    periods: Iterable[tuple[date | None, date | None]], first: date, last: date | None
) -> list[tuple[date, date | None]]:
    """The parts of `first` to `last` (None: no end) that no period covers; first and last days."""
    found: list[tuple[date, date | None]] = []
    for begins, ends in sorted(periods, key=lambda one: one[0] or date.min):
        if begins is not None and begins > first:
            before = begins - timedelta(days=1)
            if last is not None and last <= before:
                break
            found.append((first, before))
        if ends is None:
            return found
        first = max(first, ends + timedelta(days=1))
    if last is None or first <= last:
        found.append((first, last))
    return found
