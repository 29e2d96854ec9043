"""The log's sentences about disposal: a decision registered, something destroyed by it."""

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from samhandling.apps.audit.models import DisposalKind, Event, Verb
from samhandling.apps.privacy.disposal import RECORD_KIND


class Changed(Protocol):
    """One changed field in words."""

    @property
    def after(self) -> str: ...


def tell_of_disposal(
    event: Event, changes: Mapping[str, Changed], words: dict[str, object]
) -> str | None:
    """The pattern of an event of disposal, None for any other; fills in its words."""
    if event.record_kind == RECORD_KIND:
        words["decision"] = changes["reference"].after if "reference" in changes else ""
        return _("{who} skrev in gallringsbeslutet {decision}.")
    if event.verb != Verb.DISPOSED or "disposal" not in changes:
        return None
    match changes["disposal"].after:
        case DisposalKind.COMMENT:
            return _("{who} gallrade en kommentar om {what}.")
        case DisposalKind.ATTACHMENT:
            return _("{who} gallrade en bilaga till {what}.")
    return _("{who} gallrade {what}.")
