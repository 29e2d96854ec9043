"""Two people save one expected result at the same time, 200 times over (assurance.md, row 11).

Each has a thread and a connection of their own. A seeded random order says who opens and saves
when; where both save next, they do it at once and the database decides. No text is lost in
silence: whoever overwrote another's text had been shown it.
"""

import random
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.http import QueryDict

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Revision
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.models import ExpectedResult
from samhandling.apps.initiatives.services import add_expected_result, update_expected_result
from samhandling.web.editing import CHOICE, MINE, STORED, TO_SETTLE, Stale
from samhandling.web.saving import save
from samhandling.web.workspace.initiatives.measure_forms import EditResultForm
from tests.factories.actors import make_user
from tests.factories.initiatives import make_initiative

ROUNDS = 200
WRITTEN = ("text", "indicator")


@dataclass
class Saver:
    """A person with a browser: what it was shown, what it sends, and what became of it."""

    user: User
    rng: random.Random
    shown: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    told: int = 0

    def open(self, pk: int, round: int) -> None:
        """Opens the form and writes something new in one of its answers, or in both."""
        form = EditResultForm(None, thing=result(pk))
        self.data = {name: "\n".join(form.shown(name)) for name in form.fields}
        self.data["version"] = form.version_shown()
        self._saw({name: self.data[name] for name in WRITTEN})
        for name in self.rng.sample(WRITTEN, self.rng.choice((1, 2))):
            self.data[name] = f"{name} {self.user.pk} {round} {self.rng.random()}"

    def save(self, pk: int) -> None:
        """Saves; when told of a conflict, chooses at random and saves again."""
        query = QueryDict(mutable=True)
        query.update(self.data)
        form = EditResultForm(query, thing=result(pk))
        assert form.is_valid(), form.errors
        before = dict(self.shown)
        try:
            self._save(form)
        except Stale as stale:
            self.told += 1
            current = {name: "\n".join(stale.form.shown(name)) for name in WRITTEN}
            self._saw(current)
            self.data = {**self.data, "version": stale.form.version_shown()}
            for name in WRITTEN:
                if name not in stale.names:
                    self.data[name] = "\n".join(stale.form.sent(name))
            self.data |= {f"{CHOICE}-{n}": self.rng.choice((MINE, STORED)) for n in stale.names}
            query = QueryDict(mutable=True)
            query.update(self.data)
            query.setlist(TO_SETTLE, stale.names)
            self.data = {}
            return self._again(pk, query)
        assert not form.errors
        written = {name: form.cleaned_data[name] for name in WRITTEN}
        self.acknowledged += [(n, text) for n, text in written.items() if text != before[n]]
        return None

    def _save(self, form: EditResultForm) -> None:
        save(
            form,
            lambda: update_expected_result(result=form.thing, by=self.user, **form.cleaned_data),
        )

    def _again(self, pk: int, query: QueryDict) -> None:
        form = EditResultForm(query, thing=result(pk))
        assert form.is_valid(), form.errors
        try:
            self._save(form)
        except Stale:  # told once more; this person gives up, with the text on the screen
            self.told += 1
            return
        self.acknowledged += [(name, form.cleaned_data[name]) for name in WRITTEN]

    def _saw(self, texts: dict[str, str]) -> None:
        self.shown = texts
        self.seen |= set(texts.items())


def result(pk: int) -> ExpectedResult:
    return ExpectedResult.objects.select_related("initiative__record").get(pk=pk)


def order_of(rng: random.Random) -> list[list[tuple[int, str]]]:
    """Steps of the two savers in some order; two saves side by side become one step of both."""
    steps = [(0, "open"), (0, "save"), (1, "open"), (1, "save")]
    while True:
        rng.shuffle(steps)
        if all(steps.index((who, "open")) < steps.index((who, "save")) for who in (0, 1)):
            break
    if {steps[2], steps[3]} == {(0, "save"), (1, "save")}:
        return [[steps[0]], [steps[1]], steps[2:]]
    return [[step] for step in steps]


@pytest.mark.django_db(transaction=True)
def test_no_text_is_lost_in_silence_in_two_hundred_interleavings() -> None:
    initiative = make_initiative()
    pk = add_expected_result(initiative=initiative, text="Fler i arbete", by=DEMO_LOADER).pk
    rng = random.Random(20201130)
    savers = [
        Saver(make_user(role="PROCESS_LEADER", name=name), random.Random(name))
        for name in ("Alice Ek", "Bob Ås")
    ]
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        threads = (first, second)
        for round in range(ROUNDS):
            for step in order_of(rng):
                going: list[Future[None]] = []
                for who, what in step:
                    arguments = (pk, round) if what == "open" else (pk,)
                    going.append(threads[who].submit(getattr(savers[who], what), *arguments))
                for one in going:
                    one.result()
        for thread in threads:
            thread.submit(lambda: connection.close()).result()

    now = result(pk)
    current = {(name, getattr(now, name)) for name in WRITTEN}
    changes = Revision.objects.filter(event__verb="CHANGED").select_related("event").order_by("pk")
    overwritten = {(row.field, row.before) for row in changes}
    lost = [
        text
        for saver in savers
        for text in saver.acknowledged
        if text not in current and text not in overwritten
    ]
    assert lost == []
    by_key = {saver.user.person_key: saver for saver in savers}
    unseen = [
        (row.field, row.before)
        for row in changes
        if (row.field, row.before) not in by_key[row.event.actor_key].seen
    ]
    assert unseen == []
    # The test would prove nothing if the two had never met.
    assert sum(saver.told for saver in savers) > ROUNDS // 4
    assert len(changes) > ROUNDS
