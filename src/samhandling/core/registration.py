"""Registration in an authority's diary: the case number, and the mark that something may be secret.

Sources: the public access and secrecy act (OSL 2009:400), 5 kap. 1-2 §§ (registration) and 5 kap.
5 § (the mark: the provision, the day of the note and the authority that had it made; it is a
warning and not a decision, so that each request is judged by itself).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_CASE_NUMBER: Final = 60  # authorities write them each in their own way: "RS 2020-00123"
MAX_PROVISION: Final = 200
MAX_AUTHORITY: Final = 200


@dataclass(frozen=True, slots=True)
class SecrecyMark:
    """A note that something may be secret (sekretessmarkering)."""

    provision: str
    marked_on: date
    authority: str

    def __str__(self) -> str:
        return f"{self.provision}, {self.marked_on.isoformat()}, {self.authority}"


def tidy(text: str) -> str:
    """The text on one line, without spaces around it, two spaces in a row or control signs.

    Two who write the same case number in their own way of spacing mean the same case.
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
