"""What became of each initiative by the round's year, for the sums of the overviews."""

from samhandling.apps.initiatives.models import Initiative, Status, StatusEvent
from samhandling.apps.initiatives.models.status import DEVIATIONS
from samhandling.apps.reporting.material import Material
from samhandling.apps.situation.models import Cause
from samhandling.core.knowledge import Basis


def last_event(m: Material, one: Initiative) -> StatusEvent | None:
    """The last status told of an initiative by this year."""
    events = m.status[one.pk]
    return events[-1] if events else None


def deviation_of(m: Material, one: Initiative) -> StatusEvent | None:
    """The last event by this year that moved, paused or stopped it, whatever came after."""
    return next((e for e in reversed(m.status[one.pk]) if e.status in DEVIATIONS), None)


def stands_from_before(m: Material, one: Initiative) -> bool:
    """Is what it is known to be told for an earlier year, and nothing of it for this one?"""
    event = last_event(m, one)
    return event is not None and event.status != Status.UNKNOWN and event.told_for_year < m.year


def moved_before(m: Material, one: Initiative) -> bool:
    """Did it deviate in an earlier year, and was nothing of it told for this one?"""
    return deviation_of(m, one) is not None and stands_from_before(m, one)


def moved(m: Material) -> list[Initiative]:
    """Initiatives that were moved, paused, stopped or taken up again, each counted once."""
    return [one for one in m.counted if deviation_of(m, one) is not None]


def causes_of(m: Material, one: Initiative) -> dict[Cause, bool]:
    """Each cause told by this year of why it deviated, once, and whether it is anywhere inferred.

    An initiative counts once for a cause, however many of its events have it, as in the overview.
    """
    found: dict[Cause, bool] = {}
    for event in m.status[one.pk]:
        for told in event.causes.all():
            found[told.cause] = found.get(told.cause, False) or told.basis == Basis.INFERRED
    return found


def status_of(m: Material, one: Initiative) -> str:
    """The status told of an initiative by this year; UNKNOWN when nothing was told."""
    event = last_event(m, one)
    return event.status if event is not None else Status.UNKNOWN
