"""The door through which rounds, reports of networks, lessons and recommendations are written."""

from samhandling.apps.followup.services.creation import (
    create_approach_finding,
    create_lesson,
    create_method_note,
    create_network_report,
    create_recommendation,
    create_round,
    tell_initiative,
)

__all__ = [
    "create_approach_finding",
    "create_lesson",
    "create_method_note",
    "create_network_report",
    "create_recommendation",
    "create_round",
    "tell_initiative",
]
