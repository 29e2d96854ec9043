"""What every page's template knows without its view saying so."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.notices.selectors import unread_count
from samhandling.apps.organisations.permissions import may_somewhere
from samhandling.apps.people.permissions import can_run_people
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreements_of, chosen_agreement
from samhandling.web.templatetags.languages import named


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the navigation."""

    label: Promise
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One line of the agreement switcher."""

    name: str
    shown: str
    short_name: str
    url: str
    is_current: bool


# Label, name of the address, and whether the address takes the chosen agreement's slug.
_WORK = (
    (_("Översikt"), "overview:index", True),
    (_("Överenskommelser"), "agreements:list", False),
    (_("Insatser"), "initiatives:list", True),
    (_("Nätverk och aktörer"), "actors:list", False),
    (_("Behov"), "needs:list", True),
    (_("Uppföljning"), "followup:index", True),
    (_("Rapporter"), "reports:list", True),
)
_WATCH = (
    (_("Öppna frågor"), "questions:list", False),
    (_("Saknar ansvarig"), "people:lacking", False),
    (_("Senaste ändringar"), "history:list", False),
    (_("Komponentgalleri"), "gallery:index", False),
)
_RUN = ((_("Personer"), "people:list", False),)  # for those who run the people
_OF_LACKING = frozenset({"people:lacking", "people:appoint"})
_OF_PEOPLE = frozenset(
    {"privacy:extract", "privacy:mentions", "privacy:forget", "privacy:retention"}
)
_Lines = tuple[tuple[Promise, str, bool], ...]


class Shell:
    """What stands round the page of a signed-in person. Read only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def agreement(self) -> Agreement | None:
        return chosen_agreement(self.request)

    @cached_property
    def reads(self) -> bool:
        """Is there anything for the person to read? Not for who has no role just now: every line
        of the menu, and the search, would lead to the page that says so."""
        by = self.request.user
        return isinstance(by, User) and may_somewhere(by, Operation.READ_SHARED)

    @cached_property
    def work(self) -> list[NavItem]:
        return list(self._items(_WORK)) if self.reads else []

    @cached_property
    def watch(self) -> list[NavItem]:
        lines: _Lines = _WATCH if self.reads else ()
        runs_people = can_run_people(self.request.user)  # type: ignore[arg-type]
        return list(self._items((*lines, *_RUN) if runs_people else lines))

    @cached_property
    def agreements(self) -> list[AgreementLine]:
        """Where each agreement is entered: its overview, or its own page until that exists."""
        return [
            AgreementLine(
                name=agreement.title,
                shown=named(agreement),
                short_name=agreement.short_name,
                url=_address("overview:index", agreement.slug)
                or _address("agreements:detail", agreement.slug)
                or "/",
                is_current=agreement == self.agreement,
            )
            for agreement in agreements_of(self.request)
        ]

    @cached_property
    def unread(self) -> int:
        """How many notices the person has not read. Queries: 1."""
        by = self.request.user
        return unread_count(by) if isinstance(by, User) else 0

    @property
    def search_url(self) -> str:
        return _address("search:results") if self.reads else ""

    @property
    def home_url(self) -> str:
        return _address("overview:index", self.agreement.slug) if self.agreement else "/"

    def _items(self, lines: _Lines) -> Iterator[NavItem]:
        match = self.request.resolver_match
        here = match.namespace if match else ""
        exact = match.view_name if match else ""
        for label, name, takes_agreement in lines:
            if takes_agreement and self.agreement is None:
                continue
            url = _address(name, self.agreement.slug) if takes_agreement else _address(name)  # type: ignore[union-attr]
            if url:
                yield NavItem(label, url, is_current=_is_here(name, here, exact))


def _is_here(name: str, here: str, exact: str) -> bool:
    """Whether a line is about the page; the two lines of the people share a namespace, and what is
    held about them is told of under them."""
    if exact in _OF_PEOPLE:
        return name == "people:list"
    if here != "people":
        return here == name.partition(":")[0]
    return name == "people:lacking" if exact in _OF_LACKING else name == "people:list"


def _address(name: str, *args: str) -> str:
    """The address with this name, empty while no page has it: the menu lists nothing dead."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def workspace(request: HttpRequest) -> dict[str, Any]:
    """The page's day, the demo's day for the banner (None in a real installation), the shell,
    and the language the page can be changed to."""
    other = next(code for code, _name in settings.LANGUAGES if code != get_language())
    return {
        "today": clock.today(),
        "demo_day": settings.DEMO_DAY,
        "shell": SimpleLazyObject(lambda: Shell(request)),
        "other_language": other,
        "here": request.get_full_path(),
    }
