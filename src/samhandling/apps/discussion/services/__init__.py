"""The door through which comments are written and files attached, split by subject."""

from samhandling.apps.discussion.services.attachments import (
    add_attachment,
    has_bytes,
    restore_attachment,
    withdraw_attachment,
)
from samhandling.apps.discussion.services.comments import (
    MAX_COMMENT,
    add_comment,
    anchor_of,
    edit_comment,
    restore_comment,
    withdraw_comment,
)
from samhandling.apps.discussion.services.following import follow_record, unfollow_record

__all__ = [
    "MAX_COMMENT",
    "add_attachment",
    "add_comment",
    "anchor_of",
    "edit_comment",
    "follow_record",
    "has_bytes",
    "restore_attachment",
    "restore_comment",
    "unfollow_record",
    "withdraw_attachment",
    "withdraw_comment",
]
