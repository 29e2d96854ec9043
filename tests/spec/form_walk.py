"""Asks as people do, and sees what forms are made, what words are read and what is written.

Nothing here is a list of fields: one that is new in the code is met by itself.
"""

import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import connection, transaction
from django.forms import BaseForm, Field
from django.http import HttpResponseBase, QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict
from pytest import MonkeyPatch

from samhandling.apps.records.stemming import stems
from tests.browsing import Form, forms_of
from tests.factories.sign_in import signed_in_now

Sent = dict[str, Any]
# Written at every request, whatever is asked for.
OWN_TRACES = ("django_session", "usersessions_usersession")
# Not answers: the token of the form, and words that the machinery around every page reads.
OURS = {"csrfmiddlewaretoken", "bekraftat"}
# Differs at every request: keys of people, secrets, numbers of boxes of words, places of files.
NEW_EACH_TIME = re.compile(
    r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b|grund-[0-9a-f]+"
    r"|[A-Za-z0-9_-]{32,}|<memory at \w+>|attachments/[0-9a-f]{2}"
)


@dataclass(frozen=True)
class Answer:
    """What came back, and what was written; the database has taken it back."""

    code: int
    page: str
    writes: list[str]
    forms: list[BaseForm]
    read: frozenset[str]  # words looked for in the address or in what was sent

    @property
    def is_taken(self) -> bool:
        """Whether it was done."""
        return self.code == 302 and bool(self.writes)

    def told_of(self, name: str) -> list[str]:
        """What was wrong, as the forms said it, with the field that the browser calls this."""
        return [
            str(text)
            for form in self.forms
            if form.is_bound
            for key, texts in form.errors.items()
            if form.add_prefix(key) == name
            for text in texts
        ]

    def differs(self, other: "Answer", *values: str) -> bool:
        """Whether it tells more than the other one, were all these values the same."""
        return self._without(*values) != other._without(*values)

    def _without(self, *values: str) -> tuple[int, str, str]:
        page, writes = NEW_EACH_TIME.sub("-", self.page), repr(self.writes)
        # The search keeps words without their endings: "s" is one, and an id may end in it.
        for value in [word for one in values for word in (one, *stems(one))]:
            page, writes = page.replace(value, "-"), writes.replace(value, "-")
        return self.code, page, writes


@dataclass(frozen=True)
class Opened:
    """What can be sent at an address: the form on its page, or only a button elsewhere."""

    name: str
    who: str
    path: str
    form: Form
    made: list[BaseForm]
    fields: dict[str, Field]  # by the names that the browser sends
    sent: Sent  # what is taken
    taken: Answer

    @property
    def asked(self) -> set[str]:
        """What the page and its forms ask for, by the names that the browser sends."""
        of_forms = {form.add_prefix(key) for form in self.made for key in form.fields}
        return {*self.form.kinds, *self.sent, *of_forms} - OURS

    @property
    def names(self) -> set[str]:
        """All that is asked for, and all that is read whether or not it is."""
        return (self.asked | self.taken.read) - OURS

    @property
    def outcome(self) -> tuple[int, str, list[str]]:
        """What came of sending it."""
        return self.taken.code, self.taken.page, self.taken.writes


class Walk:
    """Browsers of some people, watched."""

    def __init__(self, clients: dict[str, Client]) -> None:
        self.clients = clients
        self.forms: list[BaseForm] = []
        self.read: set[str] = set()
        self.writes: list[str] = []
        self._points: dict[str, int] = {}

    def ask(self, who: str, path: str, sent: Sent | None = None) -> Answer:
        """The answer to a post, or without anything to send to a reading."""
        client = self.clients[who]
        cookies = copy(client.cookies)
        cache.clear()  # the limits of attempts
        self.forms, self.read, self.writes = [], set(), []
        for file in (one for one in (sent or {}).values() if isinstance(one, File)):
            file.seek(0)
        with MonkeyPatch.context() as patch, transaction.atomic():
            patch.setattr(secrets, "choice", random.Random(1).choice)
            answer = client.get(path) if sent is None else posted(client, path, sent)
            page = page_of(answer)
            writes = list(self.writes)
            transaction.set_rollback(True)
        client.cookies = cookies
        return Answer(answer.status_code, page, writes, self.forms, frozenset(self.read))

    def opened(self, name: str, paths: list[str], also: Sent) -> Opened | None:
        """What the first who may can send there, so that it is taken; None when nothing is."""
        for path in paths:
            for who in self.clients:
                found = self._opened(name, who, path, also)
                if found:
                    return found
        return None

    def _opened(self, name: str, who: str, path: str, also: Sent) -> Opened | None:
        page = self.ask(who, path)
        if page.code in (403, 404) or page.page.startswith(settings.LOGIN_URL):
            return None
        made = {one.add_prefix(key): one.fields[key] for one in page.forms for key in one.fields}
        own = [one for one in forms_of(page.page) if one.method == "post" and not one.action]
        for form in own or [Form()]:
            for sent in attempts(form, made, also):
                answer = self.ask(who, path, sent)
                if answer.is_taken:
                    return Opened(name, who, path, form, page.forms, made, sent, answer)
        return None

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Keeps a statement that writes; forgets those of a savepoint that is rolled back."""
        verb, _space, rest = sql.partition(" ")
        if verb == "SAVEPOINT":
            self._points[rest] = len(self.writes)
        elif sql.startswith("ROLLBACK TO SAVEPOINT "):
            del self.writes[self._points[sql.removeprefix("ROLLBACK TO SAVEPOINT ")] :]
        elif verb in ("INSERT", "UPDATE", "DELETE") and not any(one in sql for one in OWN_TRACES):
            self.writes.append(NEW_EACH_TIME.sub("-", f"{sql} {params!r}"))
        return execute(sql, params, many, context)


@contextmanager
def watching(people: dict[str, Any], now: datetime) -> Iterator[Walk]:
    """A walk of these people (None: signed out), where all happens at one moment."""
    make = BaseForm.__init__
    with MonkeyPatch.context() as patch, time_machine.travel(now, tick=False):
        walk = Walk({who: signed_in_now(one) if one else Client() for who, one in people.items()})

        def noted(form: BaseForm, *args: Any, **options: Any) -> None:
            make(form, *args, **options)
            walk.forms.append(form)

        def reading(method: str) -> Any:
            known = getattr(MultiValueDict, method)

            def noting(asked: QueryDict, key: str, *args: Any) -> Any:
                walk.read.add(key)
                return known(asked, key, *args)

            return noting

        patch.setattr(BaseForm, "__init__", noted)
        for method in ("__getitem__", "get", "getlist"):
            patch.setattr(QueryDict, method, reading(method), raising=False)
        with connection.execute_wrapper(walk.note):
            yield walk


def posted(client: Client, path: str, sent: Sent) -> HttpResponseBase:
    """What a browser posts: in parts where there is a file, which takes a hundred times as long."""
    if any(isinstance(one, File) for one in sent.values()):
        return client.post(path, sent)
    return client.post(path, urlencode(sent, doseq=True), "application/x-www-form-urlencoded")


def page_of(answer: HttpResponseBase) -> str:
    """The text of an answer, or where it leads."""
    if answer.status_code == 302:
        return answer["Location"]
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    return content.decode("utf-8", "backslashreplace")


# What somebody types where an answer is asked for.
TYPED = {"date": "2026-11-20", "email": "nyast@example.org", "number": "1"}


def attempts(form: Form, fields: dict[str, Field], also: Sent) -> Iterator[Sent]:
    """What a browser could send: each asked for answered; then with one answer changed."""
    first: Sent = {key: list(given) for key, given in form.values.items()}
    for key, kind in form.kinds.items():
        if key in fields and fields[key].required and not any(first.get(key, [])):
            offered = [value for value in form.offered.get(key, []) if value]
            first[key] = offered[:1] or [TYPED.get(kind, "Något nytt")]
    first |= also
    yield first
    for key, kind in form.kinds.items():
        if key in also or kind == "hidden":
            continue
        if kind in ("text", "textarea"):
            yield {**first, key: ["Något nytt"]}
        for value in form.offered.get(key, [])[:3]:
            if [value] != first.get(key):
                yield {**first, key: [value]}
