"""The one door through which needs, causes and places are written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.agreements.models import Agreement, FocusArea
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.selectors import follower_ids
from samhandling.apps.notices.services import follow, tell
from samhandling.apps.organisations.models import Actor
from samhandling.apps.organisations.permissions import NotAllowed, check, may
from samhandling.apps.records.services import (
    index_record,
    lock_record,
    register,
    rename_record,
    restore_record,
    withdraw_record,
)
from samhandling.apps.situation.models import (
    Cause,
    Need,
    NeedsWorkshopSeries,
    Place,
    Sharing,
    WorkshopTheme,
)
from samhandling.apps.situation.permissions import (
    approvers_of,
    can_approve,
    can_edit,
    can_name,
    can_read,
    can_share,
    check_can_edit,
    check_can_restore,
)
from samhandling.apps.situation.sharing import (
    AlreadyShared,
    OwnSubmission,
    check_direct,
    followers_who_see,
    move_sharing,
    others_who_approve,
)
from samhandling.core.access import Operation

NEED_FIELDS = ("kind", "subject", "focus_area", "owner", "description")


class TitleMissing(ValueError):
    """Something was to be made or renamed without a name."""

    def __init__(self) -> None:
        super().__init__(_("Skriv ett namn."))


class DraftWouldBeLost(ValueError):
    """A draft was asked for that its own author could not see."""

    def __init__(self, *, has_network: bool = False) -> None:
        super().__init__(
            _(
                "Ett utkast syns bara för ägarens och nätverkets egna. Välj en ägare som du "
                "företräder eller ditt eget nätverk, eller dela direkt."
            )
            if has_network
            else _(
                "Ett utkast syns bara för ägarens egna. Välj en ägare som du företräder, "
                "eller dela direkt."
            )
        )


class WouldLoseReach(ValueError):
    """The owner or network is somebody the person does not act for."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Du kan bara välja en ägare eller ett nätverk som du hör till. "
                "När uppgiften är delad kan processledaren lämna över den till andra."
            )
        )


@transaction.atomic
def create_need(
    *,
    agreement: Agreement,
    title: str,
    by: Author,
    title_en: str = "",
    source_key: str | None = None,
    made_up: bool = False,
    sharing: str = Sharing.DRAFT,
    **fields: Any,
) -> Need:
    """Write down a need or challenge. Fields: those of NEED_FIELDS, all optional.

    Its author follows it. Raises TitleMissing, DraftWouldBeLost, ApprovalWanted, NotAllowed.
    Queries: 8.
    """
    title = title.strip()
    if not title:
        raise TitleMissing
    _refuse_unknown(fields)
    owner = fields.get("owner")
    owner_id = owner.pk if owner else None
    check(by, Operation.EDIT_NEED, owner_id=owner_id, agreement_id=agreement.pk)
    if sharing != Sharing.SHARED and not may(by, Operation.READ_DRAFT, owner_id=owner_id):
        raise DraftWouldBeLost
    check_direct(agreement, sharing, by)
    need = register(
        Need,
        title=title,
        title_en=title_en,
        source_key=source_key,
        made_up=made_up,
        by=by,
        scope_uid=agreement.uid,
        search_text=fields.get("description", ""),
        agreement=agreement,
        sharing=sharing,
        shared_at=timezone.now() if sharing == Sharing.SHARED else None,
        **fields,
    )
    follow(record=need.record, by=by)
    return need


@transaction.atomic
def update_need(
    *, need: Need, by: Author, title: str | None = None, reason: str = "", **fields: Any
) -> Need:
    """Change some fields of a need; what does not differ is left alone and not logged.

    Raises TitleMissing, WouldLoseReach, NotAllowed.
    """
    check_can_edit(need, by)
    lock_record(need.record)
    _refuse_unknown(fields)
    changes: Changes = {}
    if title is not None:
        if not title.strip():
            raise TitleMissing
        changes |= rename_record(record=need.record, title=title.strip())
    changed = {name: value for name, value in fields.items() if getattr(need, name) != value}
    for name, value in changed.items():
        before = getattr(need, name)
        setattr(need, name, value)
        changes[name] = (before, value)
    if changed:
        if "owner" in changed and not (
            can_edit(need, by)
            and can_name(
                by,
                sharing=need.sharing,
                agreement_id=need.agreement_id,
                owner_id=need.owner_id,
            )
        ):
            raise WouldLoseReach
        need.save(update_fields=list(changed))
    if changes:
        index_record(need.record, need.description)
        event = _log(need, Verb.CHANGED, by, changes, reason)
        if "owner" in changed and need.sharing == Sharing.SHARED:
            kind = Notice.Kind.RESPONSIBILITY
            followers = follower_ids(need.record)
            tell(person_ids=followers, kind=kind, record=need.record, event=event)
    return need


@transaction.atomic
def share_need(*, need: Need, by: Author) -> Need:
    """Show the need to everybody who can sign in. Done by its owner's people, once.

    Raises AlreadyShared, ApprovalWanted, NotAllowed.
    """
    _check_can_move(need, by)
    _log(need, move_sharing(need, Sharing.SHARED), by)
    return need


@transaction.atomic
def submit_need(*, need: Need, by: Author) -> Need:
    """Ask those who approve to let it be shared; they see it from now on and get a notice.

    Raises AlreadyShared, SharingHasMoved, NotAllowed.
    """
    _check_can_move(need, by)
    event = _log(need, move_sharing(need, Sharing.SUBMITTED), by)
    follow(record=need.record, by=by)
    told = approvers_of(need)
    tell(person_ids=told, kind=Notice.Kind.SUBMITTED, record=need.record, event=event)
    return need


@transaction.atomic
def take_back_need(*, need: Need, by: Author) -> Need:
    """Make it a draft again before anybody has decided. Raises SharingHasMoved, NotAllowed."""
    _check_can_move(need, by)
    _log(need, move_sharing(need, Sharing.DRAFT), by)
    return need


@transaction.atomic
def return_need(*, need: Need, reason: str, by: Author) -> Need:
    """Give it back to its owner, saying what is missing; those who follow it get a notice.

    Raises ReasonMissing, SharingHasMoved, NotAllowed.
    """
    return _decide(need, Sharing.RETURNED, Notice.Kind.RETURNED, by, reason)


@transaction.atomic
def approve_need(*, need: Need, by: Author) -> Need:
    """Let all parties see it; those who follow it get a notice.

    Raises OwnSubmission, SharingHasMoved, NotAllowed.
    """
    if others := who_approves_instead(need, by):
        raise OwnSubmission(others)
    return _decide(need, Sharing.SHARED, Notice.Kind.APPROVED, by)


def who_approves_instead(need: Need, by: Author) -> list[str]:
    """Names of those who approve it because `by` submitted it; none when `by` may. Queries: ≤ 4."""
    return others_who_approve(need.record, approvers_of(need), by)


def _check_can_move(need: Need, by: Author) -> None:
    """Its own people move what is not shared. Raises AlreadyShared, NotAllowed."""
    check_can_edit(need, by)
    if need.sharing == Sharing.SHARED:
        raise AlreadyShared
    if not can_share(need, by):
        raise NotAllowed(Operation.EDIT_NEED)


def _decide(need: Need, to: Sharing, kind: str, by: Author, reason: str = "") -> Need:
    if not can_approve(need, by):
        raise NotAllowed(Operation.APPROVE_SHARING)
    event = _log(need, move_sharing(need, to, reason=reason, approved=True), by, None, reason)
    followers = followers_who_see(need.record, lambda user: can_read(need, user))
    tell(person_ids=followers, kind=kind, record=need.record, event=event)
    return need


@transaction.atomic
def withdraw_need(*, need: Need, reason: str, by: Author) -> None:
    """Take a need out of lists and counts. Raises records.services.ReasonMissing, NotAllowed."""
    check_can_edit(need, by)
    withdraw_record(record=need.record, reason=reason, by=by, scope_uid=need.agreement.uid)


@transaction.atomic
def restore_need(*, need: Need, by: Author) -> None:
    """Take back the withdrawal of a need. Raises NotAllowed."""
    check_can_restore(need, by)
    restore_record(record=need.record, by=by, scope_uid=need.agreement.uid)


@transaction.atomic
def create_cause(*, key: str, name: str, by: Author, order: int = 0) -> Cause:
    """Add a cause to the county's one list, so that all networks count in the same words."""
    check(by, Operation.EDIT_INITIATIVE)
    cause = Cause.objects.create(key=key, name=name, order=order)
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid="",
        record_kind="CAUSE",
        changes={"causes": ("", name)},
    )
    return cause


@transaction.atomic
def create_place(*, name: str, kind: str, by: Author, within: Place | None = None) -> Place:
    """Add a place that things can happen in."""
    check(by, Operation.EDIT_INITIATIVE)
    place = Place.objects.create(name=name, kind=kind, within=within)
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid="",
        record_kind="PLACE",
        changes={"places": ("", name)},
    )
    return place


@transaction.atomic
def create_workshop_series(
    *,
    agreement: Agreement,
    title: str,
    by: Author,
    participants: Iterable[Actor] = (),
    themes: Iterable[tuple[str, FocusArea | None]] = (),
    **fields: Any,
) -> NeedsWorkshopSeries:
    """Write down workshops where actors named what was needed.

    Args: themes: [(the source's own word, the focus area it means)] in order.
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    series = register(
        NeedsWorkshopSeries,
        title=title,
        by=by,
        scope_uid=agreement.uid,
        search_text=fields.get("result", ""),
        agreement=agreement,
        **fields,
    )
    series.participants.set(participants)
    WorkshopTheme.objects.bulk_create(
        WorkshopTheme(series=series, wording=wording, focus_area=area, order=order)
        for order, (wording, area) in enumerate(themes, 1)
    )
    return series


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(NEED_FIELDS)
    if unknown:
        raise TypeError(f"a need has no field {', '.join(sorted(unknown))}")


def _log(
    need: Need, verb: str, by: Author, changes: Changes | None = None, reason: str = ""
) -> Event:
    return write_event(
        by=by,
        verb=verb,
        record_uid=need.uid,
        record_kind=need.record_kind,
        scope_uid=need.agreement.uid,
        changes=changes,
        reason=reason,
    )
