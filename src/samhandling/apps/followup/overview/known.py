"""What is known of each agreement's initiatives, kept in the process and moved on by the log.

Reading ten thousand initiatives takes long, and nearly all of them are as they were. So their facts
are kept. The log names what has changed since (`audit.keeping`): the facts of those and of their
kin are read again, taken out of the sums and put in anew. The result is what reading everything
would give, which tests/integration/overview/test_known.py tries with changes in any order. What
cannot be told from the log ends all that is kept.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock, RLock
from time import time
from typing import Any

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.keeping import KEPT_SECONDS, Happened, kept_until_change, news_since
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.overview.facts import Fact, near, read_facts, read_some_facts
from samhandling.apps.followup.overview.ground import Ground, read_ground
from samhandling.apps.followup.overview.tally import Tally
from samhandling.apps.initiatives.listing import ListCounts
from samhandling.apps.initiatives.models import Funding, Initiative, InitiativeCause, StatusEvent
from samhandling.apps.initiatives.permissions import can_read, visible_to
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import Standing, may, standing_of
from samhandling.apps.records.models import RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.core.access import Operation

_AGREEMENTS_KEPT = 8
_STANDINGS_KEPT = 200
_TOLD_KEPT = 500
# Events of these move the facts of the initiatives that they name or, for money, that it goes to.
_NAMING = frozenset({RecordKind.INITIATIVE, RecordKind.FUNDING})
# Events of these concern nothing that an overview shows.
_ELSEWHERE = frozenset(
    {RecordKind.NEED, RecordKind.QUANTITY, RecordKind.LESSON, RecordKind.REPORT}
) | {"INVITATION", "PLACE"}
# Events of these leave every initiative as it counts, since only the services of initiatives write
# them (and log it so); names and texts may be others. Any other kind ends all that is kept.
_OF_THE_GROUND = frozenset({*RecordKind, "CAUSE", "USER"}) - _ELSEWHERE - {RecordKind.INITIATIVE}


@dataclass(eq=False, slots=True)
class Told:
    """An initiative that the overview names, with its whole and its area, and what became of it.

    `causes`: only those that made it deviate. `kept`: what others worked out from this alone.
    """

    initiative: Initiative
    events: list[StatusEvent]
    causes: list[InitiativeCause]
    kept: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader sees of an agreement. `sees`: is an initiative with this key among it?"""

    ground: Ground
    tally: Tally
    sees: Callable[[int], bool]
    told: Callable[[Sequence[int]], dict[int, Told]]

    @property
    def bodies(self) -> dict[int, CollaborationBody]:
        """Networks by id, all that the sums name among them."""
        places = [*self.tally.wholes, *self.tally.deviating]
        return self.ground.named({p.network_id for p in places if p.network_id is not None})


def sight_of(agreement: Agreement, by: Author | None) -> Sight:
    """What `by` sees of `agreement` now.

    Queries: 1; 7 more after initiatives were changed, about 15 after other changes.
    """
    known = _kept(agreement.pk)
    with known.lock:
        known.bring_up_to_date(agreement)
        tally, sees = _seen(known, agreement, by)
        return Sight(known.ground(agreement), tally, sees, known.told)


def count_all(agreement: Agreement, by: Author | None) -> ListCounts:
    """As `initiatives.listing.counted` with nothing asked for, without reading every row.

    Queries: 1; 7 more the first time after initiatives were changed.
    """

    def work_out() -> ListCounts:
        known = _kept(agreement.pk)
        with known.lock:
            known.bring_up_to_date(agreement)
            tally, _sees = _seen(known, agreement, by)
        return ListCounts(
            total=tally.total,
            parts=tally.total - tally.wholes.total(),
            with_level=tally.total - tally.without_level,
            with_funding=tally.funded,
        )

    return kept_until_change("overview.counts", (agreement.pk, standing_of(by).key), work_out)


def _seen(
    known: "Known", agreement: Agreement, by: Author | None
) -> tuple[Tally, Callable[[int], bool]]:
    """The sums of what `by` sees, and whether an initiative is among it."""
    if may(by, Operation.READ_SHARED, agreement_id=agreement.pk):
        drafts = {fact.pk: fact for fact in known.drafts_read_by(by)}
        facts = known.facts
        return (
            known.shared.with_more(drafts.values()),
            lambda pk: pk in drafts or (pk in facts and facts[pk].draft is None),
        )
    rows = visible_to(Initiative.objects.filter(agreement=agreement), by)
    pks = known.facts.keys() & set(rows.values_list("pk", flat=True))
    return Tally.of(known.facts[pk] for pk in pks), pks.__contains__


@dataclass(eq=False, slots=True)
class Known:
    """What is kept of one agreement. Whoever reads or moves it holds its lock."""

    lock: RLock = field(default_factory=RLock)
    _events: tuple[Happened, ...] | None = None
    _read_at: float = 0.0
    facts: dict[int, Fact] = field(default_factory=dict)
    shared: Tally = field(default_factory=Tally)
    _drafts: dict[int, Fact] = field(default_factory=dict)
    _drafts_read: dict[Standing, list[Fact]] = field(default_factory=dict)
    _ground: Ground | None = None
    _told: dict[int, Told] = field(default_factory=dict)

    def bring_up_to_date(self, agreement: Agreement) -> None:
        """Make the facts and sums those of now."""
        # The log is read before the rows: what happens meanwhile is read once more next time.
        events, news = news_since(self._events)
        self._events = None  # so that an error on the way leaves nothing half moved
        is_old = time() > self._read_at + KEPT_SECONDS
        if news is None or is_old or not self._move_on(agreement, news):
            self._read_all(agreement)
        self._events = events

    def ground(self, agreement: Agreement) -> Ground:
        """What the rest is hung on. Queries: about 15 the first time after it changed."""
        if self._ground is None:
            self._ground = read_ground(agreement)
        return self._ground

    def drafts_read_by(self, by: Author | None) -> list[Fact]:
        """The facts of what is not shared and that `by` may read all the same."""
        standing = standing_of(by)
        if standing not in self._drafts_read:
            if len(self._drafts_read) >= _STANDINGS_KEPT:
                self._drafts_read.clear()
            self._drafts_read[standing] = [
                fact
                for fact in self._drafts.values()
                if fact.draft is not None and can_read(fact.draft, by)
            ]
        return self._drafts_read[standing]

    def told(self, pks: Sequence[int]) -> dict[int, Told]:
        """What there is to tell of these, by key. Queries: 3, 0 when all are known already."""
        with self.lock:
            missing = sorted(set(pks) - self._told.keys())
            if missing:
                if len(self._told) > _TOLD_KEPT:
                    self._told.clear()
                    missing = sorted(set(pks))
                self._told |= _read_told(missing)
            return {pk: self._told[pk] for pk in pks}

    def _move_on(self, agreement: Agreement, news: Sequence[Happened]) -> bool:
        """Follow these events. False where they do not tell what they changed."""
        uids: dict[str, set[str]] = defaultdict(set)
        for event in news:
            uids[event.record_kind].add(event.record_uid)
        if not uids.keys() <= _NAMING | _OF_THE_GROUND | _ELSEWHERE:
            return False
        if uids.keys() & _OF_THE_GROUND:
            self._ground = None
            self._told.clear()
        changed = near(agreement, uids[RecordKind.INITIATIVE])
        if changed is None:
            return False
        if money := uids[RecordKind.FUNDING]:
            ties = Funding.initiatives.through.objects.filter(funding__record__uid__in=money)
            changed |= set(ties.values_list("initiative_id", flat=True)[:_TOLD_KEPT])
        if len(changed) >= _TOLD_KEPT:
            return False
        if changed:
            self._exchange(changed, read_some_facts(agreement, sorted(changed)))
        return True

    def _exchange(self, changed: Collection[int], now: dict[int, Fact]) -> None:
        """Put the facts of `now` where those of `changed` were."""
        for pk in changed:
            before = self.facts.pop(pk, None)
            after = now.get(pk)
            if before is not None and before.draft is None:
                self.shared.remove(before)
            if after is not None:
                self.facts[pk] = after
                if after.draft is None:
                    self.shared.add(after)
            self._told.pop(pk, None)
            if self._drafts.pop(pk, None) is not None:
                self._drafts_read.clear()
            if after is not None and after.draft is not None:
                self._drafts[pk] = after
                self._drafts_read.clear()

    def _read_all(self, agreement: Agreement) -> None:
        self._read_at = time()
        self.facts = read_facts(agreement)
        self.shared = Tally.of(fact for fact in self.facts.values() if fact.draft is None)
        self._drafts = {pk: fact for pk, fact in self.facts.items() if fact.draft is not None}
        self._drafts_read = {}
        self._told = {}
        self._ground = None


_lock = Lock()
_agreements: OrderedDict[int, Known] = OrderedDict()


def _kept(agreement_id: int) -> Known:
    """What is kept of an agreement; of those not asked for longest, nothing."""
    with _lock:
        known = _agreements.pop(agreement_id, None) or Known()
        _agreements[agreement_id] = known
        if len(_agreements) > _AGREEMENTS_KEPT:
            _agreements.popitem(last=False)
        return known


# --- what is told of single initiatives ----------------------------------------------------------

_NAMED = Prepared(
    lambda pks: Initiative.objects.filter(pk__in=pks).select_related(
        "record", "focus_area__record", "parent__record"
    )
)
_EVENTS = Prepared(
    lambda pks: StatusEvent.objects.filter(initiative__in=pks).order_by("told_for_year", "pk")
)
_CAUSES = Prepared(
    lambda pks: (
        InitiativeCause.objects.filter(initiative__in=pks, kind=InitiativeCause.Kind.MADE_DEVIATE)
        .select_related("cause")
        .order_by("pk")
    )
)


def _read_told(pks: Sequence[int]) -> dict[int, Told]:
    found = {one.pk: Told(one, [], []) for one in _NAMED.of(*pks)}
    for event in _EVENTS.of(*pks):
        found[event.initiative_id].events.append(event)
    for cause in _CAUSES.of(*pks):
        found[cause.initiative_id].causes.append(cause)
    return found
