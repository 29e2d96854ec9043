"""The register of people and of invitations without an answer."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from samhandling.apps.accounts.models import RoleGrant
from samhandling.apps.organisations.models import (
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.people.permissions import check_can_run_people
from samhandling.apps.people.selectors.invitations import unanswered_invitations
from samhandling.apps.people.selectors.register import (
    PeopleFilter,
    PersonState,
    people_found,
    with_what_they_have,
)
from samhandling.web.links import name_of
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.actors.filters import MAX_WORDS_LENGTH
from samhandling.web.workspace.people.invite_forms import bodies_offered, organisations_offered

PAGE_SIZE = 25
INVITED = "inbjudna"
# The word of the address, the label, the state; None is everybody.
TABS: tuple[tuple[str, Promise, PersonState | None], ...] = (
    ("", _("Alla"), None),
    ("aktiva", pgettext_lazy("personer", "Kan logga in"), PersonState.ACTIVE),
    (INVITED, pgettext_lazy("personer", "Inbjudna"), None),
    ("slutat", pgettext_lazy("personer", "Avslutade"), PersonState.ENDED),
    ("utan-konto", pgettext_lazy("personer", "Utan konto"), PersonState.NO_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A state as a choice above the list, with how many there are."""

    label: Promise
    url: str
    number: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A filter: its options are (value, label, is chosen)."""

    name: str
    label: Promise
    options: list[tuple[str, Any, bool]]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """All people, or one state of them. Queries: 13, however many there are."""
    check_can_run_people(signed_in(request))
    query = request.GET
    words = query.get("q", "").replace("\0", "").strip()[:MAX_WORDS_LENGTH]
    here = query.get("lage", "")
    here = here if here in {word for word, _label, _state in TABS} else ""
    organisations = {row.uid: row for row in organisations_offered()}
    bodies = {row.uid: row for row in bodies_offered()}
    organisation = organisations.get(query.get("organisation", ""))
    body = bodies.get(query.get("natverk", ""))
    role = query.get("roll", "")
    role = role if role in dict(_roles()) else ""

    def asked(state: PersonState | None) -> PeopleFilter:
        return PeopleFilter(
            words=words,
            state=state,
            organisation=organisation and organisation.pk,
            body=body and body.pk,
            role=role,
        )

    waiting = _waiting(words, organisation, body, role)
    numbers = {
        word: waiting.count() if word == INVITED else people_found(asked(state)).count()
        for word, _label, state in TABS
    }
    if here == INVITED:
        found: QuerySet[Any] = waiting.order_by("-invited_at", "pk")
    else:
        state = next(state for word, _label, state in TABS if word == here)
        found = with_what_they_have(people_found(asked(state)))
    page = Paginator(found, PAGE_SIZE).get_page(query.get("sida"))
    shown = {
        "page": page,
        "words": words,
        "here": here,
        "is_invited": here == INVITED,
        "is_filtered": bool(words or organisation or body or role),
        "tabs": [
            Tab(label, _address(query, word), numbers[word], word == here)
            for word, label, _state in TABS
        ],
        "selects": [
            Select("organisation", _("Organisation"), _options(organisations, organisation)),
            Select("natverk", _("Nätverk eller grupp"), _options(bodies, body)),
            Select("roll", _("Roll"), [(code, name, code == role) for code, name in _roles()]),
        ],
    }
    return render(request, "workspace/people/list.html", shown)


def _roles() -> list[tuple[str, Any]]:
    return [*RoleGrant.Role.choices, *Membership.Role.choices, *Affiliation.Role.choices]


def _options(rows: dict[str, Any], chosen: Any) -> list[tuple[str, Any, bool]]:
    return [(uid, name_of(row), row == chosen) for uid, row in rows.items()]


def _waiting(
    words: str, organisation: Organisation | None, body: CollaborationBody | None, role: str
) -> QuerySet[Any]:
    found = unanswered_invitations()
    for word in words.split():
        forms = {word, word.lower(), word.capitalize(), word.upper()}
        said = Q(email__icontains=word)
        for form in forms:
            said |= Q(name__icontains=form)
        found = found.filter(said)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    if body is not None:
        found = found.filter(body=body)
    if role:
        found = found.filter(Q(role=role) | Q(seat=role))
    return found


def _address(query: QueryDict, word: str) -> str:
    kept = query.copy()
    kept.pop("sida", None)
    kept["lage"] = word
    if not word:
        kept.pop("lage")
    return f"?{kept.urlencode()}"
