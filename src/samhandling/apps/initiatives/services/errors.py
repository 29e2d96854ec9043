"""What can be wrong with something that was to be written. ``str(error)`` is a Swedish sentence."""

from django.utils.translation import gettext as _

from samhandling.apps.records.services import AlreadyWithdrawn, ReasonMissing, TitleTooLong
from samhandling.apps.situation.services import (
    DraftWouldBeLost,
    TitleMissing,
    WouldLoseReach,
)
from samhandling.apps.situation.sharing import AlreadyShared, ApprovalWanted, SharingHasMoved

__all__ = [
    "AlreadyShared",
    "AlreadyWithdrawn",
    "ApprovalWanted",
    "DraftWouldBeLost",
    "FollowsItself",
    "ForeignToAgreement",
    "ListIsNotEmpty",
    "NewDateWithoutPostponement",
    "ReasonMissing",
    "SharingHasMoved",
    "TitleMissing",
    "TitleTooLong",
    "WouldLoseReach",
]


class ForeignToAgreement(ValueError):
    """Something of another agreement was tied to an initiative."""

    def __init__(self) -> None:
        super().__init__(_("Valet hör till en annan överenskommelse."))


class FollowsItself(ValueError):
    """What an initiative was said to follow on follows on it."""

    def __init__(self) -> None:
        super().__init__(_("Den insatsen följer redan på den här, direkt eller genom en annan."))


class NewDateWithoutPostponement(ValueError):
    """A new date was given with a status that does not wait for one."""

    def __init__(self) -> None:
        super().__init__(_("Bara det som är uppskjutet eller pausat kan ha en ny tid."))


class ListIsNotEmpty(ValueError):
    """A list was said to be empty or not applicable while it holds rows."""

    def __init__(self) -> None:
        super().__init__(
            _("Det finns uppgifter inskrivna. Välj fullständig, delvis känd eller okänd.")
        )
