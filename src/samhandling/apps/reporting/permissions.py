"""Who may read, write and move a report."""

from samhandling.apps.agreements.models import AreaResponsibility, FocusArea
from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.permissions import NotAllowed, may, may_somewhere
from samhandling.core.access import Operation


def can_write_section(by: Author | None, agreement_id: int, area: FocusArea | None) -> bool:
    """May `by` write a section? A convener writes that of an area their own body answers for.

    Queries: 1 for a section of an area, and those of `standing_of`.
    """
    if may(by, Operation.WRITE_REPORT_SECTION, agreement_id=agreement_id):
        return True
    if area is None:
        return False
    return any(
        may(by, Operation.WRITE_REPORT_SECTION, body_id=body)
        for body in set(area.responsibilities.values_list("body_id", flat=True))
    )


def can_write_in(by: Author | None, agreement_id: int) -> bool:
    """May `by` write any section of the agreement's reports? Queries: ≤ 1, and `standing_of`'s."""
    if may(by, Operation.WRITE_REPORT_SECTION, agreement_id=agreement_id):
        return True
    if not may_somewhere(by, Operation.WRITE_REPORT_SECTION):
        return False
    bodies = AreaResponsibility.objects.filter(focus_area__agreement=agreement_id)
    return any(
        may(by, Operation.WRITE_REPORT_SECTION, body_id=body)
        for body in set(bodies.values_list("body_id", flat=True))
    )


def check_can_write_section(by: Author | None, agreement_id: int, area: FocusArea | None) -> None:
    """Raises NotAllowed where `can_write_section` answers no."""
    if not can_write_section(by, agreement_id, area):
        raise NotAllowed(Operation.WRITE_REPORT_SECTION)
