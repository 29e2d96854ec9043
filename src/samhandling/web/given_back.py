"""What somebody typed into a form that could not be taken, to stand on the page that says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.http import HttpRequest
from django.utils.text import capfirst

from samhandling.apps.records.models import UID_ALPHABET, UID_LENGTH
from samhandling.web.editing import CHOICE, OWN, TO_SETTLE, VERSION
from samhandling.web.history_words import FIELDS
from samhandling.web.reauthentication import is_secret

LONG_TEXT = 40  # signs; what is sent to one's own account is given back from this length on
OWN_ACCOUNT = "/konto/"
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", VERSION, TO_SETTLE, "beslut"})
# Where a number is an answer, and not the key of a box that was ticked.
_NUMBERS = frozenset(
    {"amount_sek", "value", "reference", "baseline", "target", "actual", "told_for_year"}
)
_UID = re.compile(f"[{UID_ALPHABET}]{{{UID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer: what it was asked as, empty where nobody knows here, and the words."""

    label: str
    text: str


def typed_in(request: HttpRequest) -> list[Typed]:
    """The words and numbers of a form that was sent. What was chosen in a list or ticked is left
    out: it stands here as a code, and is chosen again in no time. Of a form with a secret: nothing.
    No query.
    """
    if is_secret(request):
        return []
    shortest = LONG_TEXT if request.path.startswith(OWN_ACCOUNT) else 1
    return [
        Typed(_label(name), text)
        for name, text in _answers(request)
        if len(text) >= shortest and not _is_chosen(name, text)
    ]


def _answers(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for key, values in request.POST.lists():
        if key in _NOT_TYPED or key.startswith(f"{CHOICE}-") or "password" in key:
            continue
        for value in values:
            yield key.removeprefix(f"{OWN}-"), value.strip()


def _is_chosen(name: str, text: str) -> bool:
    if text.isdecimal():
        return name not in _NUMBERS
    return text in _codes() or _UID.fullmatch(text) is not None


@cache
def _codes() -> frozenset[str]:
    """Every code that some list of choices holds, and what a ticked box sends."""
    choices = (
        str(code)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        for code, _label in getattr(field, "flatchoices", ())
    )
    return frozenset({"on", *choices})


def _label(name: str) -> str:
    # "text" is the words of a comment as well as an expected result.
    return str(capfirst(str(FIELDS[name]))) if name in FIELDS and name != "text" else ""
