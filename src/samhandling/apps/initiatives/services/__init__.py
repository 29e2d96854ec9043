"""The one door through which initiatives are written, split by subject."""

from samhandling.apps.initiatives.services.errors import (
    AlreadyShared,
    DraftWouldBeLost,
    ForeignToAgreement,
    ListIsNotEmpty,
    NewDateWithoutPostponement,
    ReasonMissing,
    TitleMissing,
    WouldLoseReach,
)
from samhandling.apps.initiatives.services.funding import (
    add_funding,
    add_funding_path,
    can_edit_funding,
    record_funding_state,
    update_funding,
)
from samhandling.apps.initiatives.services.lists import (
    link_need,
    set_levels,
    set_needs,
    unlink_need,
)
from samhandling.apps.initiatives.services.results import (
    add_expected_result,
    add_quantity,
    remove_expected_result,
    update_expected_result,
    update_quantity,
    withdraw_quantity,
)
from samhandling.apps.initiatives.services.status import record_driver, record_status
from samhandling.apps.initiatives.services.writing import (
    add_part,
    create_initiative,
    move_part,
    share_initiative,
    update_initiative,
    withdraw_initiative,
)

__all__ = [
    "AlreadyShared",
    "DraftWouldBeLost",
    "ForeignToAgreement",
    "ListIsNotEmpty",
    "NewDateWithoutPostponement",
    "ReasonMissing",
    "TitleMissing",
    "WouldLoseReach",
    "add_expected_result",
    "add_funding",
    "add_funding_path",
    "add_part",
    "add_quantity",
    "can_edit_funding",
    "create_initiative",
    "link_need",
    "move_part",
    "record_driver",
    "record_funding_state",
    "record_status",
    "remove_expected_result",
    "set_levels",
    "set_needs",
    "share_initiative",
    "unlink_need",
    "update_expected_result",
    "update_funding",
    "update_initiative",
    "update_quantity",
    "withdraw_initiative",
    "withdraw_quantity",
]
