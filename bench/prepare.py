"""Add made-up initiatives and people to a database, and say what to measure in it, as JSON.

    SAMHANDLING_DATA_DIR=<a copy> python -m bench.prepare 10000

Beside the rows it changes one of the demo county's initiatives a few times through the services,
so that its page has a history worth the name.
"""

import json
import os
import sys
from collections import Counter

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling.config.settings")
    django.setup()

from django.db.models import Count

from bench.make_data import BENCH, make_initiatives
from bench.make_people import CONVENER, make_people
from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import update_initiative
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.stemming import stems
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS

CHANGES = 10


def main(number: int) -> None:
    agreement = make_initiatives(number)
    make_people(agreement, DEMO_PASSWORD)
    rare, common = _rare_and_common()
    initiative = _with_history()
    print(
        json.dumps(
            {
                "slug": agreement.slug,
                "initiative": initiative.uid,
                "events": Event.objects.filter(record_uid=initiative.uid).count(),
                "rare": rare,
                "common": common,
                "email": SIGN_INS[0].email,
                "convener": CONVENER,
                "administrator": next(one.email for one in SIGN_INS if one.role == "ADMINISTRATOR"),
                "users": User.objects.count(),
                "password": DEMO_PASSWORD,
            }
        )
    )


def _rare_and_common() -> tuple[str, str]:
    """A word that is found in one record, and the word that is found in most."""
    word_of: dict[str, str] = {}
    times: Counter[str] = Counter()
    for title in Record.objects.live().values_list("title", flat=True):
        found = {stem: word for word in title.split() if word.isalpha() for stem in stems(word)}
        word_of |= found
        times.update(found.keys())
    ordered = [stem for stem, _times in times.most_common() if len(stem) > 3]
    return word_of[ordered[-1]], word_of[ordered[0]]


def _with_history() -> Initiative:
    """The initiative that most is told of, with a few changes more."""
    uids = (
        Event.objects.filter(record_kind=RecordKind.INITIATIVE, record_uid__in=_shared_uids())
        .values("record_uid")
        .annotate(n=Count("pk"))
        .order_by("-n", "record_uid")
    )
    found = Initiative.objects.with_record().get(record__uid=uids[0]["record_uid"])
    for number in range(CHANGES):
        update_initiative(initiative=found, next_step=f"Boka möte {number + 1}.", by=BENCH)
    return found


def _shared_uids() -> list[str]:
    rows = Initiative.objects.live().filter(sharing="SHARED", record__source_key__isnull=False)
    return list(rows.values_list("record__uid", flat=True))


if __name__ == "__main__":
    main(int(sys.argv[1]))
