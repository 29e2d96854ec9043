"""Loading the demo county, in one transaction, once."""

from dataclasses import dataclass

from django.db import transaction

from samhandling.apps.records.models import Record, Source
from samhandling.demo.load_agreements import (
    load_agreements,
    load_plans,
    load_proposals,
    load_scope_boundaries,
)
from samhandling.demo.load_followup import (
    load_annotations,
    load_lessons,
    load_method,
    load_report,
    load_reports,
    load_round,
)
from samhandling.demo.load_organisations import load_bodies, load_organisations
from samhandling.demo.load_work import (
    Work,
    load_closing,
    load_needs,
    load_quantities,
    load_workshops,
)
from samhandling.demo.loading import Loading
from samhandling.demo.people import ensure_people

MARK = "A-ROK"  # the record whose presence says that the county is loaded


@dataclass(frozen=True)
class Loaded:
    """What a loading did."""

    is_new: bool
    records: int
    people: int


def is_loaded() -> bool:
    """Is the demo county in the database? Queries: 1."""
    return Record.objects.filter(source_key=MARK).exists()


@transaction.atomic
def load_county() -> Loaded:
    """Load the demo county and its people; a county that is there already is left as it is.

    Raises FactsProblem when the county's files do not fit together; nothing is then changed.
    """
    before = Record.objects.count()
    is_new = not is_loaded()
    if is_new:
        _load()
    return Loaded(is_new, Record.objects.count() - before, len(ensure_people()))


def _load() -> None:
    loading = Loading()
    _load_sources(loading)
    load_organisations(loading)
    load_bodies(loading)
    load_agreements(loading)
    load_needs(loading)
    Work(loading).load()
    load_plans(loading)
    load_proposals(loading)
    load_closing(loading)
    load_workshops(loading)
    round = load_round(loading)
    load_scope_boundaries(loading)
    load_reports(loading, round)
    load_method(loading, round)
    load_lessons(loading, round)
    load_annotations(loading, round)
    load_quantities(loading)
    load_report(loading, round)
    loading.finish()


def _load_sources(loading: Loading) -> None:
    language = loading.facts["meta"]["language"]
    for key, item in loading.more["sources"].items():
        loading.sources[key] = Source.objects.get_or_create(
            key=key,
            defaults={
                "title": item["title"],
                "is_external": item.get("external", False),
                "language": language,
            },
        )[0]
