"""Making, changing and withdrawing initiatives and their parts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, Changes
from samhandling.apps.initiatives.models import Initiative, InitiativeNeed
from samhandling.apps.initiatives.permissions import (
    can_edit,
    can_name,
    can_read,
    check_can_edit,
    check_can_read,
    check_can_restore,
)
from samhandling.apps.initiatives.services.errors import (
    DraftWouldBeLost,
    FollowsItself,
    ForeignToAgreement,
    ListIsNotEmpty,
    TitleMissing,
    WouldLoseReach,
)
from samhandling.apps.initiatives.services.lists import WRITERS, write_bases
from samhandling.apps.initiatives.services.written_fields import (
    COLUMNS,
    PLAIN,
    log,
    reindex,
    words_of,
)
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.selectors import follower_ids
from samhandling.apps.notices.services import follow, tell
from samhandling.apps.organisations.permissions import check, day_of_security
from samhandling.apps.organisations.selectors import convener_ids
from samhandling.apps.records.models import FieldBasis
from samhandling.apps.records.services import (
    lock_record,
    register,
    rename_record,
    restore_record,
    withdraw_record,
)
from samhandling.apps.situation.models import Need, Sharing
from samhandling.apps.situation.sharing import check_direct
from samhandling.core.access import Operation
from samhandling.core.knowledge import Completeness

Bases = Mapping[str, tuple[str, str]]
NeedLink = tuple[Need, bool, str]
# States of a list that cannot hold when it has rows.
EMPTY = frozenset({Completeness.NONE, Completeness.NOT_APPLICABLE})


@transaction.atomic
def create_initiative(
    *,
    agreement: Agreement,
    title: str,
    by: Author,
    parent: Initiative | None = None,
    part_kind: str | None = None,
    title_en: str = "",
    source_key: str | None = None,
    made_up: bool = False,
    sharing: str = Sharing.DRAFT,
    needs: Sequence[NeedLink] = (),
    bases: Bases | None = None,
    **fields: Any,
) -> Initiative:
    """Write down something the parties do together; all but the title may be left unknown.

    Args: fields: any of `written_fields.PLAIN`, and the lists partners [(actor, role)], levels
    [(level, basis)], places [place], languages [ISO code]; needs: [(need, is_theme, basis)];
    bases: field → (basis, ground); sharing: taken from the parent when there is one.
    A part belongs to its parent's agreement and is shared with it.
    Its author follows it. Raises TitleMissing, DraftWouldBeLost, WouldLoseReach, ApprovalWanted,
    ForeignToAgreement, NotAllowed. Queries: 9, and one or two for every list given.
    """
    title = title.strip()
    if not title:
        raise TitleMissing
    lists = _split(fields)
    _check_same_agreement(agreement, fields, parent, needs)
    _check_follows(None, fields.get("follows"), by)
    if parent is not None:
        check_can_edit(parent, by)
        sharing = parent.sharing
        part_kind = part_kind or Initiative.PartKind.STEP
        _check_named(by, agreement, sharing, fields, but=parent)
    else:
        part_kind = Initiative.PartKind.WHOLE
        _check_may_create(agreement, fields, sharing, by)
        check_direct(agreement, sharing, by)
    if fields.get("network") is not None:
        fields["has_no_network"] = False
    fields.setdefault("order", _next_order(agreement, parent))
    unsaved = Initiative(**{name: fields[name] for name in fields})
    initiative = register(
        Initiative,
        title=title,
        title_en=title_en,
        source_key=source_key,
        made_up=made_up,
        by=by,
        scope_uid=agreement.uid,
        search_text=words_of(unsaved, lists.get("places", ())),
        agreement=agreement,
        parent=parent,
        part_kind=part_kind,
        sharing=sharing,
        shared_at=timezone.now() if sharing == Sharing.SHARED else None,
        submitted_at=parent.submitted_at if parent else None,
        return_reason=parent.return_reason if parent else "",
        **fields,
    )
    if parent is None:
        follow(record=initiative.record, by=by)
    for name, rows in lists.items():
        WRITERS[name](initiative, rows, new=True)
    InitiativeNeed.objects.bulk_create(
        InitiativeNeed(initiative=initiative, need=need, is_theme=is_theme, basis=basis)
        for need, is_theme, basis in needs
    )
    FieldBasis.objects.bulk_create(
        FieldBasis(record=initiative.record, field=field, basis=basis, ground=ground)
        for field, (basis, ground) in (bases or {}).items()
    )
    return initiative


@transaction.atomic
def update_initiative(
    *,
    initiative: Initiative,
    by: Author,
    title: str | None = None,
    title_en: str | None = None,
    bases: Bases | None = None,
    reason: str = "",
    **fields: Any,
) -> Initiative:
    """Change some fields; what does not differ is left alone and not logged.

    Args: as `create_initiative`. Naming a network takes back `has_no_network`, and the reverse.
    Raises TitleMissing, WouldLoseReach, ForeignToAgreement, FollowsItself, ListIsNotEmpty,
    NotAllowed.
    """
    check_can_edit(initiative, by)
    lock_record(initiative.record)
    lists = _split(fields)
    _check_same_agreement(initiative.agreement, fields, None, ())
    _check_follows(initiative, fields.get("follows"), by)
    changes: Changes = {}
    if title is not None:
        if not title.strip():
            raise TitleMissing
        changes |= rename_record(record=initiative.record, title=title.strip(), title_en=title_en)
    if fields.get("network") is not None:
        fields["has_no_network"] = False
    elif fields.get("has_no_network"):
        fields["network"] = None
    changed = [name for name, value in fields.items() if getattr(initiative, name) != value]
    for name in changed:
        changes[name] = (getattr(initiative, name), fields[name])
        setattr(initiative, name, fields[name])
    if {"owner", "network"} & set(changed):
        if not can_edit(initiative, by):
            raise WouldLoseReach
        named = {name: fields[name] for name in changed}
        _check_named(by, initiative.agreement, initiative.sharing, named)
    if changed:
        columns = [column for name in changed for column in COLUMNS.get(name, (name,))]
        initiative.save(update_fields=columns)
    for name, rows in lists.items():
        changes |= WRITERS[name](initiative, rows, new=False)
    _check_states(initiative, changes)
    changes |= write_bases(initiative, bases or {})
    if changes:
        reindex(initiative)
        event = log(initiative, Verb.CHANGED, by, changes, reason)
        if {"owner", "network"} & set(changed) and initiative.sharing == Sharing.SHARED:
            _tell_of_responsibility(initiative, event)
    return initiative


@transaction.atomic
def withdraw_initiative(*, initiative: Initiative, reason: str, by: Author) -> None:
    """Take an initiative and its parts out of lists and counts; nothing is destroyed.

    Raises ReasonMissing, NotAllowed.
    """
    check_can_edit(initiative, by)
    scope, now = initiative.agreement.uid, timezone.now()
    withdraw_record(record=initiative.record, reason=reason, by=by, scope_uid=scope, at=now)
    for part in initiative.parts.live().with_record():
        withdraw_record(record=part.record, reason=reason, by=by, scope_uid=scope, at=now)


@transaction.atomic
def restore_initiative(*, initiative: Initiative, by: Author) -> None:
    """Take back a withdrawal, with the parts that were withdrawn together with it.

    A part of a withdrawn initiative comes back with it, never alone. Raises NotAllowed.
    """
    check_can_restore(initiative, by)
    scope, at = initiative.agreement.uid, initiative.record.withdrawn_at
    together = initiative.parts.filter(record__withdrawn_at=at).with_record()
    for part in [part for part in together if not part.record.is_destroyed]:
        restore_record(record=part.record, by=by, scope_uid=scope)
    restore_record(record=initiative.record, by=by, scope_uid=scope)


@transaction.atomic
def add_part(
    *, initiative: Initiative, title: str, by: Author, part_kind: str | None = None, **fields: Any
) -> Initiative:
    """Add a step (default) or part last. Its focus area and network are the whole's unless told."""
    fields.setdefault("focus_area", initiative.focus_area)
    if not fields.get("has_no_network"):
        fields.setdefault("network", initiative.network)
    return create_initiative(
        agreement=initiative.agreement,
        parent=initiative,
        part_kind=part_kind,
        title=title,
        by=by,
        **fields,
    )


@transaction.atomic
def move_part(*, part: Initiative, earlier: bool, by: Author) -> None:
    """Move a step or part one place earlier or later among its siblings; none at the end."""
    check_can_edit(part, by)
    assert part.parent is not None
    siblings = list(part.parent.parts.live().order_by("order", "pk"))
    place = next(number for number, row in enumerate(siblings) if row.pk == part.pk)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(siblings):
        return
    siblings[place], siblings[other] = siblings[other], siblings[place]
    for number, sibling in enumerate(siblings, 1):
        sibling.order = number
    Initiative.objects.bulk_update(siblings, ["order"])
    part.order = other + 1
    log(part, Verb.CHANGED, by, {"order": (place + 1, other + 1)})


def _tell_of_responsibility(initiative: Initiative, event: Event) -> None:
    """Those who follow it and those who now answer for it get a notice."""
    bodies = [pk for pk in (initiative.owner_id, initiative.network_id) if pk is not None]
    tell(
        person_ids=follower_ids(initiative.record) | convener_ids(bodies, day_of_security()),
        kind=Notice.Kind.RESPONSIBILITY,
        record=initiative.record,
        event=event,
    )


def _split(fields: dict[str, Any]) -> dict[str, Any]:
    """Takes the lists out of `fields` and returns them. Raises TypeError for an unknown name."""
    lists = {name: fields.pop(name) for name in list(fields) if name in WRITERS}
    unknown = set(fields) - set(PLAIN)
    if unknown:
        raise TypeError(f"an initiative has no field {', '.join(sorted(unknown))}")
    return lists


def _check_states(initiative: Initiative, changes: Changes) -> None:
    """A list that holds rows is neither empty nor out of question."""
    rows = {
        "partners_state": initiative.actors,
        "funding_state": initiative.funding,
        "results_state": initiative.expected_results,
    }
    touched = rows.keys() & changes.keys() | (
        {"partners_state"} if "partners" in changes else set()
    )
    for name in touched:
        if getattr(initiative, name) in EMPTY and rows[name].exists():
            raise ListIsNotEmpty


def _check_may_create(
    agreement: Agreement, fields: Mapping[str, Any], sharing: str, by: Author
) -> None:
    owner, network = fields.get("owner"), fields.get("network")
    owner_id, body_id = owner and owner.pk, network and network.pk
    check(
        by,
        Operation.CREATE_INITIATIVE,
        owner_id=owner_id,
        body_id=body_id,
        agreement_id=agreement.pk,
    )
    draft = Initiative(agreement=agreement, owner_id=owner_id, network_id=body_id, sharing=sharing)
    if not can_read(draft, by):
        raise DraftWouldBeLost(has_network=True)
    _check_named(by, agreement, sharing, fields)


def _check_named(
    by: Author,
    agreement: Agreement,
    sharing: str,
    fields: Mapping[str, Any],
    *,
    but: Initiative | None = None,
) -> None:
    """Refuses an owner or network that `by` does not reach; those of `but` are no news."""
    named = {
        name: value.pk
        for name in ("owner", "network")
        if (value := fields.get(name)) is not None
        and (but is None or value.pk != getattr(but, f"{name}_id"))
    }
    if not can_name(
        by,
        sharing=sharing,
        agreement_id=agreement.pk,
        owner_id=named.get("owner"),
        network_id=named.get("network"),
    ):
        raise WouldLoseReach


def _check_same_agreement(
    agreement: Agreement,
    fields: Mapping[str, Any],
    parent: Initiative | None,
    needs: Sequence[NeedLink],
) -> None:
    tied = [fields.get("focus_area"), fields.get("follows"), parent, *(row[0] for row in needs)]
    if any(thing is not None and thing.agreement_id != agreement.pk for thing in tied):
        raise ForeignToAgreement


def _check_follows(initiative: Initiative | None, follows: Initiative | None, by: Author) -> None:
    """What it follows on is something that `by` reads, and is not what follows on it."""
    if follows is None or (initiative and follows.pk == initiative.follows_id):
        return
    check_can_read(follows, by)
    earlier: Initiative | None = follows
    while earlier is not None and initiative is not None:
        if earlier.pk == initiative.pk:
            raise FollowsItself
        earlier = earlier.follows


def _next_order(agreement: Agreement, parent: Initiative | None) -> int:
    rows = parent.parts.all() if parent else agreement.initiatives.filter(parent=None)
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1
