"""The door through which rounds, reports of networks, lessons and recommendations are written."""

from samhandling.apps.followup.services.creation import (
    create_approach_finding,
    create_lesson,
    create_method_note,
    create_network_report,
    create_recommendation,
    create_round,
)
from samhandling.apps.followup.services.errors import (
    ForeignToRound,
    NotToBeTold,
    RoundExists,
    RoundNotEmpty,
    RoundWithdrawn,
    TooEarly,
)
from samhandling.apps.followup.services.lessons import (
    change_lesson,
    change_recommendation,
    respond_to_recommendation,
    restore_lesson,
    restore_recommendation,
    withdraw_lesson,
    withdraw_recommendation,
)
from samhandling.apps.followup.services.next_year import last_to_start, start_round
from samhandling.apps.followup.services.rounds import change_round, restore_round, withdraw_round
from samhandling.apps.followup.services.telling import (
    change_network_report,
    own_statements,
    tell_initiative,
)

__all__ = [
    "ForeignToRound",
    "NotToBeTold",
    "RoundExists",
    "RoundNotEmpty",
    "RoundWithdrawn",
    "TooEarly",
    "change_lesson",
    "change_network_report",
    "change_recommendation",
    "change_round",
    "create_approach_finding",
    "create_lesson",
    "create_method_note",
    "create_network_report",
    "create_recommendation",
    "create_round",
    "last_to_start",
    "own_statements",
    "respond_to_recommendation",
    "restore_lesson",
    "restore_recommendation",
    "restore_round",
    "start_round",
    "tell_initiative",
    "withdraw_lesson",
    "withdraw_recommendation",
    "withdraw_round",
]
