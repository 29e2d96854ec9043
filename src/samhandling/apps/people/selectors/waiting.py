"""What has been submitted and waits for a person's decision."""

from dataclasses import dataclass, field

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import permissions as of_initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.selectors import people_reaching
from samhandling.apps.situation import permissions as of_needs
from samhandling.apps.situation.models import Need
from samhandling.core.access import Operation


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something submitted; is the person the only one who can decide?"""

    what: Initiative | Need
    is_alone: bool


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """All of it, as a reader may see it, the longest first; `hidden`: how many she may not see."""

    rows: list[Waiting] = field(default_factory=list)
    hidden: int = 0

    @property
    def number(self) -> int:
        return len(self.rows) + self.hidden


def waiting_for(person: Person, by: Author | None) -> WaitingFor:
    """What waits for the person's decision, told to `by`. Parts come with their whole.

    Queries: about 10, and ≤ 6 for each where nobody else answers for the whole.
    """
    user = User.objects.filter(person=person, is_active=True).select_related("person").first()
    if user is None:
        return WaitingFor()
    initiatives = of_initiatives.awaiting(user).filter(parent=None)
    needs = of_needs.awaiting(user)
    may_see = [
        *of_initiatives.visible_to(initiatives, by).select_related("record", "agreement__record"),
        *of_needs.visible_to(needs, by).select_related("record"),
    ]
    anybody = people_reaching(Operation.APPROVE_SHARING, day_of_security())
    is_shared = _can_sign_in(anybody - {person.pk})
    rows = [
        Waiting(one, is_alone=not is_shared and not _can_sign_in(_approvers(one) - {person.pk}))
        for one in may_see
    ]
    rows.sort(key=lambda row: (str(row.what.submitted_at or ""), row.what.pk))
    return WaitingFor(rows, initiatives.count() + needs.count() - len(rows))


def _approvers(what: Initiative | Need) -> set[int]:
    if isinstance(what, Initiative):
        return of_initiatives.approvers_of(what)
    return of_needs.approvers_of(what)


def _can_sign_in(person_ids: set[int]) -> bool:
    return bool(person_ids) and User.objects.filter(person__in=person_ids, is_active=True).exists()
