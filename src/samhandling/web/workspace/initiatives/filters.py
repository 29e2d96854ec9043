"""The list of initiatives as an address: what may stand in it, and what was meant by it.

The table below is the only place that knows the parameters. Every number that counts initiatives is
linked by `list_url`, so its address and the list's reading of it cannot drift apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import listing
from samhandling.apps.initiatives.listing import InitiativeFilter
from samhandling.apps.initiatives.models import Status
from samhandling.web.workspace.initiatives import lookups
from samhandling.web.workspace.initiatives.lookups import Label, LookUp

MAX_WORDS_LENGTH = 200
MAX_VALUES = 50


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the address: which field it fills and with what.

    `fixed` are the words that stand in the address beside codes: word → (value, label).
    """

    name: str
    field: str
    label: Label
    fixed: Mapping[str, tuple[str, Label]]
    look_up: LookUp | None = None


_UNKNOWN: Mapping[str, tuple[str, Label]] = {"okant": (listing.UNKNOWN, _("Okänt"))}

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("omrade", "areas", _("Område"), _UNKNOWN, lookups.areas),
    Parameter(
        "natverk",
        "networks",
        _("Nätverk"),
        {"inget": (listing.NONE, _("Inget nätverk")), **_UNKNOWN},
        lookups.networks,
    ),
    Parameter(
        "niva",
        "levels",
        _("Nivå"),
        {"kand": (listing.PRESENT, _("Känd")), **_UNKNOWN},
        lookups.levels,
    ),
    Parameter(
        "grund",
        "bases",
        _("Nivåns grund"),
        {
            "stated": ("STATED", _("Står i källan")),
            "inferred": ("INFERRED", _("Härlett")),
        },
    ),
    Parameter(
        "status", "statuses", _("Status"), {code: (code, label) for code, label in Status.choices}
    ),
    Parameter("agare", "owners", _("Ägare"), _UNKNOWN, lookups.owners),
    Parameter("part", "actors", _("Medverkar"), {}, lookups.actors),
    Parameter(
        "finansiering",
        "funding",
        _("Finansiering"),
        {"finns": (listing.PRESENT, _("Finns")), **_UNKNOWN},
    ),
    Parameter("orsak", "causes", _("Orsak"), _UNKNOWN, lookups.causes),
    Parameter(
        "avviker",
        "deviates",
        _("Avviker från planen"),
        {"ja": ("DEVIATES", _("Flyttad, pausad eller stoppad"))},
    ),
    Parameter(
        "saknar",
        "lacks",
        _("Saknar"),
        {
            "agare": (listing.OWNER, _("Ägare")),
            "indikator": (listing.INDICATOR, _("Indikator")),
            "finansiering": (listing.FUNDING, _("Känd finansiering")),
            "natverk": (listing.NETWORK, _("Nätverk")),
            "niva": (listing.LEVEL, _("Känd nivå")),
            "status": (listing.STATUS, _("Känd status")),
        },
    ),
    Parameter(
        "delar",
        "parts",
        _("Delar"),
        {
            "hela": (listing.WHOLES, _("Bara hela insatser")),
            "delar": (listing.PARTS, _("Bara delinsatser")),
        },
    ),
    Parameter("behov", "needs", _("Behov"), {}, lookups.needs),
)
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
WORDS, SORT, COLUMNS, PAGE = "q", "sortera", "kolumner", "sida"
# Fields that take one value.
SINGLE = frozenset({"deviates", "parts"})
SORTS = {
    "namn": listing.TITLE,
    "omrade": listing.AREA,
    "natverk": listing.NETWORK,
    "status": listing.STATUS,
    "agare": listing.OWNER,
    "nar": listing.WHEN,
    "andrad": listing.CHANGED,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that the address asks for, as a chip shows it."""

    parameter: Parameter
    word: str
    label: Label


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address was understood to ask for.

    `ignored` are the pairs of label and value that nothing is known of: told on the page, so that
    nobody takes a wider list for the narrow one that was asked for.
    """

    criteria: InitiativeFilter
    choices: tuple[Choice, ...] = ()
    ignored: tuple[tuple[Label, str], ...] = ()


def read(query: QueryDict, agreement: Agreement, by: Author | None) -> Reading:
    """Understand the parameters of an address. Queries: 1 a parameter that asks for codes or uids.

    Never raises: what cannot be understood is ignored and told.
    """
    criteria = InitiativeFilter(words=query.get(WORDS, "").replace("\0", "").strip())
    ignored: list[tuple[Label, str]] = []
    if len(criteria.words) > MAX_WORDS_LENGTH:
        ignored.append((_("Sökord"), _shortened(criteria.words[MAX_WORDS_LENGTH:])))
        criteria = replace(criteria, words=criteria.words[:MAX_WORDS_LENGTH])
    choices: list[Choice] = []
    for parameter in PARAMETERS:
        words = list(dict.fromkeys(filter(None, query.getlist(parameter.name))))
        if not words:
            continue
        understood = _understood(parameter, words[:MAX_VALUES], agreement, by)
        if parameter.field in SINGLE:
            understood = dict(list(understood.items())[:1])
        ignored += [(parameter.label, _shortened(w)) for w in words if w not in understood]
        choices += [Choice(parameter, w, label) for w, (_value, label) in understood.items()]
        if understood:
            criteria = _with(criteria, parameter, [value for value, _l in understood.values()])
    return Reading(criteria, tuple(choices), tuple(ignored[:MAX_VALUES]))


def _understood(
    parameter: Parameter, words: list[str], agreement: Agreement, by: Author | None
) -> dict[str, tuple[str, Label]]:
    """The words that mean something: word → (value, label), in the order of the address."""
    known = {word: parameter.fixed[word] for word in words if word in parameter.fixed}
    rest = [word for word in words if word not in known and "\0" not in word]
    if rest and parameter.look_up:
        found = parameter.look_up(agreement, by, rest)
        known |= {word: (word, label) for word, label in found}
    return {word: known[word] for word in words if word in known}


def _with(criteria: InitiativeFilter, parameter: Parameter, values: list[str]) -> InitiativeFilter:
    if parameter.field == "deviates":
        return replace(criteria, deviates=True)
    if parameter.field == "parts":
        return replace(criteria, parts=values[0])
    filled: dict[str, Any] = {parameter.field: tuple(values)}
    return replace(criteria, **filled)


def read_order(query: QueryDict) -> str:
    """The order that the address asks for, as `listing.in_order` takes it; "" is the tree."""
    asked = query.get(SORT, "")
    name = SORTS.get(asked.removeprefix("-"), "")
    return f"-{name}" if name and asked.startswith("-") else name


def list_url(agreement: Agreement, **parameters: str | Iterable[str]) -> str:
    """The address of exactly these initiatives, such as
    `list_url(agreement, omrade="BM", niva=["joint_action", "okant"], avviker="ja")`.

    Empty values are left out. Raises TypeError for a parameter that the list does not know.
    """
    pairs: list[tuple[str, str]] = []
    for name, given in parameters.items():
        if name not in BY_NAME and name not in (WORDS, SORT, COLUMNS, PAGE):
            raise TypeError(f"the list of initiatives has no parameter {name}")
        values = [given] if isinstance(given, str) else given
        pairs += [(name, value) for value in values if value]
    return _address(agreement.slug, tuple(pairs))


@lru_cache(maxsize=8192)
def _address(slug: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Put together once: an overview has a thousand of them."""
    address = reverse("initiatives:list", args=[slug])
    return f"{address}?{urlencode(pairs)}" if pairs else address


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
