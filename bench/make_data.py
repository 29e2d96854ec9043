"""Made-up initiatives in bulk, for measuring and for trying how the pages bear many rows.

Written straight to the tables, since a hundred thousand calls of the services would take very long;
what is written is what the services would have written, and every row is marked as made up. Run it
on a database that is thrown away:

    SAMHANDLING_DATA_DIR=<an empty directory> python bench/make_data.py 10000
"""

import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling.config.settings")
    django.setup()

from django.db import transaction
from django.utils import timezone

from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import SystemAuthor, write_event
from samhandling.apps.initiatives.models import (
    ExpectedResult,
    Funding,
    Initiative,
    InitiativeActor,
    InitiativeCause,
    InitiativeLevel,
    Status,
    StatusEvent,
)
from samhandling.apps.organisations.models import Actor, CollaborationBody, Organisation
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.models import Record, RecordKind, SearchEntry
from samhandling.apps.records.services import register
from samhandling.apps.records.stemming import stems
from samhandling.apps.situation.models import Cause
from samhandling.core.partial_date import PartialDate, Precision, parse_swedish
from samhandling.demo.removal import DEMO

BENCH = SystemAuthor("system-bench", "Mätningen")
SLUG = "matning"
PIECE = 2_000
YEAR = 2020

_DOING = (
    "Gemensam utbildning om", "Nätverksträff om", "Kartläggning av", "Samordnad information om",
    "Pilotprojekt för", "Handledning i", "Lokal överenskommelse om", "Erfarenhetsutbyte om",
    "Metodstöd för", "Uppsökande arbete med", "Digital mötesplats för", "Mentorskap inom",
)  # fmt: skip
_ABOUT = (
    "språkträning på arbetsplatser", "bostäder för stora familjer", "föräldrastöd på fler språk",
    "samverkan med föreningslivet", "hälsosamtal för nyanlända", "tidig kartläggning av yrken",
    "praktik i offentlig sektor", "samhällsorientering på distans", "ungas övergång till studier",
    "validering av utländska betyg", "psykisk hälsa och bemötande", "kollektivtrafik till kurser",
    "körkort och rörlighet", "feriejobb för unga", "tolkanvändning i vården",
)  # fmt: skip
_WHERE = (
    "i norra länsdelen", "i södra länsdelen", "i hela länet", "i tre kommuner", "på landsbygden",
    "i länets största kommun", "tillsammans med folkhögskolorna", "med regionens vårdcentraler",
)  # fmt: skip
_NEXT = (
    "Boka nästa möte med arbetsgruppen.",
    "Skriva ansökan tillsammans med samordningsförbundet.",
    "Sprida materialet till alla kommuner.",
)
_STATUSES = (
    (Status.ONGOING, 34), (Status.DONE, 20), (Status.PLANNED, 14), (Status.UNKNOWN, 12),
    (Status.POSTPONED, 8), (Status.PARTLY_DONE, 5), (Status.PAUSED, 3), (Status.PROPOSED, 4),
)  # fmt: skip
_INSTRUMENTS = ("§37-medel", "Europeiska socialfonden", "Projektmedel", "Statsbidrag")


@dataclass(frozen=True)
class Surroundings:
    """What the initiatives hang on."""

    agreement: Agreement
    areas: Sequence[FocusArea]
    networks: Sequence[CollaborationBody]
    levels: Sequence[CollaborationLevel]
    owners: Sequence[Organisation]
    causes: Sequence[Cause]


def surroundings(agreement: Agreement | None = None) -> Surroundings:
    """What an agreement has; without one, a made-up agreement with all of it."""
    if agreement is None:
        agreement = Agreement.objects.filter(slug=SLUG).first() or _make_agreement()
    return Surroundings(
        agreement=agreement,
        areas=list(agreement.focus_areas.all()),
        networks=list(CollaborationBody.objects.live().filter(kind="NETWORK")),
        levels=list(agreement.levels.all()),
        owners=list(Organisation.objects.live()),
        causes=list(Cause.objects.all()),
    )


@transaction.atomic
def make_initiatives(n: int, seed: int = 1, agreement: Agreement | None = None) -> Agreement:
    """Add `n` plausible initiatives, the same ones for the same seed, and return their agreement.

    About one in six is a part of the one before it, one in thirty a draft, one in five has money
    and four in ten a level; much is unknown, as in a real county.
    """
    found = surroundings(agreement)
    chance = random.Random(seed)
    made = 0
    while made < n:
        made += _make_piece(min(PIECE, n - made), made, chance, found)
    # The log tells that anything may have changed; the services of initiatives name each of them.
    write_event(by=BENCH, verb=Verb.CHANGED, record_uid="", record_kind=DEMO)
    return found.agreement


def _make_piece(n: int, made: int, chance: random.Random, found: Surroundings) -> int:
    records = Record.objects.bulk_create(
        [
            Record(kind=RecordKind.INITIATIVE, title=_title(chance), made_up=True)
            for _number in range(n)
        ]
    )
    SearchEntry.objects.bulk_create(
        [SearchEntry(record=record, stems=" ".join(stems(record.title))) for record in records]
    )
    initiatives: list[Initiative] = []
    whole: Initiative | None = None
    for number, record in enumerate(records, made + 1):
        parent = whole if whole is not None and chance.random() < 0.16 else None
        initiative = _initiative(record, number, parent, chance, found)
        if parent is None:
            whole = initiative
        initiatives.append(initiative)
    Initiative.objects.bulk_create(initiatives)
    _hang_on(initiatives, chance, found)
    _log(initiatives, found.agreement)
    return n


def _initiative(
    record: Record,
    order: int,
    parent: Initiative | None,
    chance: random.Random,
    found: Surroundings,
) -> Initiative:
    statuses, weights = zip(*_STATUSES, strict=True)
    is_draft = parent is None and chance.random() < 0.03
    return Initiative(
        record=record,
        agreement=found.agreement,
        focus_area=_perhaps(chance, 0.9, found.areas),
        network=_perhaps(chance, 0.85, found.networks),
        parent=parent,
        part_kind="STEP" if parent else "WHOLE",
        order=order,
        owner=_perhaps(chance, 0.7, found.owners),
        status=chance.choices(statuses, weights)[0],
        next_step=chance.choice(_NEXT) if chance.random() < 0.3 else "",
        sharing="DRAFT" if is_draft else "SHARED",
        shared_at=None if is_draft else timezone.now(),
        **columns_of("when", _when(chance)),
    )


def _hang_on(initiatives: Sequence[Initiative], chance: random.Random, found: Surroundings) -> None:
    InitiativeLevel.objects.bulk_create(
        [
            InitiativeLevel(
                initiative=initiative,
                level=level,
                basis="STATED" if chance.random() < 0.6 else "INFERRED",
            )
            for initiative in initiatives
            for level in found.levels
            if chance.random() < 0.16
        ]
    )
    InitiativeActor.objects.bulk_create(
        [
            InitiativeActor(initiative=initiative, actor=actor, order=order)
            for initiative in initiatives
            for order, actor in enumerate(chance.sample(found.owners, chance.randint(0, 3)))
        ]
    )
    ExpectedResult.objects.bulk_create(
        [
            ExpectedResult(
                initiative=initiative, text="Fler deltar.", indicator="Antal deltagare ett år."
            )
            for initiative in initiatives
            if chance.random() < 0.25
        ]
    )
    events = StatusEvent.objects.bulk_create(
        [
            StatusEvent(
                initiative=initiative,
                status=initiative.status,
                told_for_year=YEAR,
                **columns_of(
                    "postponed_to",
                    parse_swedish("2021") if initiative.status == Status.POSTPONED else None,
                ),
            )
            for initiative in initiatives
            if initiative.status != Status.UNKNOWN
        ]
    )
    InitiativeCause.objects.bulk_create(
        [
            InitiativeCause(
                initiative=event.initiative,
                cause=chance.choice(found.causes),
                kind="MADE_DEVIATE",
                event=event,
            )
            for event in events
            if event.status in (Status.POSTPONED, Status.PAUSED)
        ]
    )
    _fund([one for one in initiatives if chance.random() < 0.2], chance, found)


def _fund(initiatives: Sequence[Initiative], chance: random.Random, found: Surroundings) -> None:
    records = Record.objects.bulk_create(
        [
            Record(kind=RecordKind.FUNDING, title=chance.choice(_INSTRUMENTS), made_up=True)
            for _initiative in initiatives
        ]
    )
    funding = Funding.objects.bulk_create(
        [
            Funding(
                record=record,
                instrument=record.title,
                funder=chance.choice(found.owners),
                state=chance.choice(["GRANTED", "SOUGHT", "IN_USE"]),
                amount_sek=chance.choice([None, None, 150_000, 480_000]),
            )
            for record in records
        ]
    )
    through = Funding.initiatives.through
    through.objects.bulk_create(
        [
            through(funding_id=money.pk, initiative_id=initiative.pk)
            for money, initiative in zip(funding, initiatives, strict=True)
        ]
    )


def _log(initiatives: Sequence[Initiative], agreement: Agreement) -> None:
    Event.objects.bulk_create(
        [
            Event(
                actor_key=BENCH.person_key,
                verb=Verb.CREATED,
                record_uid=initiative.record.uid,
                record_kind=RecordKind.INITIATIVE,
                scope_uid=agreement.uid,
            )
            for initiative in initiatives
        ]
    )


def _title(chance: random.Random) -> str:
    return f"{chance.choice(_DOING)} {chance.choice(_ABOUT)} {chance.choice(_WHERE)}"


def _when(chance: random.Random) -> PartialDate | None:
    kind = chance.random()
    if kind < 0.4:
        return None
    if kind < 0.7:
        return parse_swedish(str(chance.randint(2019, 2021)))
    if kind < 0.85:
        return parse_swedish(f"{chance.choice(['våren', 'hösten'])} {chance.randint(2019, 2021)}")
    day = date(chance.randint(2019, 2021), chance.randint(1, 12), chance.randint(1, 28))
    return PartialDate(day, day, Precision.DAY)


def _perhaps(chance: random.Random, probability: float, choices: Sequence[Any]) -> Any:
    return chance.choice(choices) if choices and chance.random() < probability else None


def _make_agreement() -> Agreement:
    """An agreement with everything that initiatives hang on, all of it made up."""
    agreement = _made(
        Agreement,
        "Påhittad överenskommelse för mätning",
        slug=SLUG,
        short_name="Mätning",
        focus_area_term="insatsområde",
    )
    names = ("Boende", "Arbete", "Hälsa", "Språk", "Familj", "Fritid")
    for order, name in enumerate(names, 1):
        _made(
            FocusArea, name, agreement=agreement, code=name[:2].upper(), colour=order, order=order
        )
    levels = ("experience_exchange", "competence_development", "joint_action")
    for order, key in enumerate(levels, 1):
        _made(
            CollaborationLevel,
            key,
            agreement=agreement,
            key=key,
            label=f"nivå {order}",
            order=order,
        )
    for number in range(1, 13):
        _made(
            CollaborationBody,
            f"Påhittat nätverk {number}",
            actor_kind=Actor.Kind.BODY,
            kind="NETWORK",
            short_name=f"Nät {number}",
        )
        for kind in ("kommun", "myndighet"):
            _made(
                Organisation,
                f"Påhittad {kind} {number}",
                actor_kind=Actor.Kind.ORGANISATION,
                sector="MUNICIPALITY" if kind == "kommun" else "STATE",
            )
    for number in range(1, 7):
        Cause.objects.get_or_create(key=f"matorsak-{number}", defaults={"name": f"Orsak {number}"})
    return agreement


def _made(model: Any, title: str, **fields: Any) -> Any:
    return register(model, title=title, by=BENCH, made_up=True, **fields)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{wanted} påhittade insatser i {make_initiatives(wanted).slug}")
