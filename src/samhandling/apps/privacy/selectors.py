"""Everything that is held about a person, as one answer (registerutdrag)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.visibility import hide_unseen
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.permissions import check_can_run_people
from samhandling.apps.privacy.field_words import FIELD_WORDS, PRECISION_WORDS
from samhandling.apps.privacy.holdings import HOLDINGS, About, is_secret, models_with_people
from samhandling.apps.privacy.wording import pattern_of, plain_part
from samhandling.apps.records.models import Record

# Who somebody is: replaced as a whole when a person is forgotten, not within a text.
IDENTITY = frozenset(
    {
        "accounts.Person",
        "accounts.EarlierName",
        "accounts.User",
        "audit.KnownPerson",
        "outbox.Message",
    }
)
# Frozen reports are public documents and keep their words; the search index holds stems alone.
_KEEP_THEIR_WORDS = frozenset(
    {"reporting.FrozenEdition", "reporting.FrozenFile", "records.SearchEntry"}
)


MINUTES = timedelta(minutes=10)  # that a file may be fetched after it was asked for


@dataclass(frozen=True, slots=True)
class Section:
    """One table's rows about the person: each row is (what, value) in the table's order."""

    title: str | Promise
    purpose: str | Promise
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A text outside the person's own rows where their name or address stands."""

    model: type[models.Model]
    pk: Any
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything about one person and when it was put together.

    `other_texts` counts the texts of others where the name or an address stands, at least: they may
    be drafts or comments that the person may not see, so the county looks at each before it gives
    them out (OSL 2009:400).
    """

    person: Person
    made_at: datetime
    sections: list[Section]
    other_texts: int


def may_fetch_extract(person: Person, by: User) -> bool:
    """May `by` fetch the file about a person? One's own always; another's within MINUTES of writing
    in the log why (`services.ask_for_extract`). Queries: 1."""
    if by.person_id == person.pk:
        return True
    asked = Event.objects.filter(
        verb=Verb.EXTRACTED,
        actor_key=by.person_key,
        at__gte=timezone.now() - MINUTES,
        revisions__field="person",
        revisions__after=person.key,
    )
    return asked.exists()


def extract_person(person: Person, by: Author) -> Extract:
    """Everything held about a person (GDPR, article 15). Queries: about 3 a table with people, and
    1 a table in which people write.

    One's own is always given; another's to those who look after people, whole: what she said of
    drafts too, for it is made for her (ADR 0013). A record that whoever asks may
    not see is not named. Raises NotAllowed.
    """
    if not (isinstance(by, User) and by.person_id == person.pk):
        check_can_run_people(by)
    about = About.of(person)
    sections = []
    own: set[tuple[type[models.Model], Any]] = set()
    for model in models_with_people():
        rows = list(model._default_manager.filter(about.within(model)).distinct().order_by("pk"))
        own.update((model, row.pk) for row in rows)
        for field in model._meta.concrete_fields:
            if field.related_model is Record:
                hide_unseen(rows, field.name, by)
        if rows:
            holding = HOLDINGS[model._meta.label]
            sections.append(Section(holding.title, holding.purpose, [_row(row) for row in rows]))
    others = {(place.model, place.pk) for place in places_with(about.in_texts)} - own
    return Extract(person, timezone.now(), sections, len(others))


def texts_of_others(person: Person) -> list[models.Model]:
    """The rows that are not the person's own and name them, whole, table by table.

    Queries: 1 a table with people, 1 a table in which people write and 1 a table found.
    """
    about = About.of(person)
    found: dict[type[models.Model], set[Any]] = {}
    for place in places_with(about.in_texts):
        found.setdefault(place.model, set()).add(place.pk)
    rows: list[models.Model] = []
    for model, keys in found.items():
        others = model._default_manager.filter(pk__in=keys)
        if model in set(models_with_people()):
            others = others.exclude(pk__in=model._default_manager.filter(about.within(model)))
        rows.extend(others.order_by("pk"))
    return rows


def places_with(words: list[str]) -> Iterator[Place]:
    """Texts of the county's own tables that hold one of the words. Queries: 1 a table with texts.

    Frozen editions and the rows that say who somebody is are left out.
    """
    if not words:
        return
    pattern, parts = pattern_of(words), [plain_part(word) for word in words]
    for model in apps.get_models():
        if not model.__module__.startswith("samhandling."):
            continue
        if model._meta.label in IDENTITY | _KEEP_THEIR_WORDS:
            continue
        names = [field.name for field in text_fields(model)]
        if not names:
            continue
        holds = Q()
        if all(parts):  # otherwise every text is read
            for name, part in product(names, parts):
                holds |= Q(**{f"{name}__icontains": part})
        found = model._default_manager.filter(holds).values_list("pk", *names)
        for pk, *texts in found.order_by("pk"):
            for name, text in zip(names, texts, strict=True):
                if text and pattern.search(text):
                    yield Place(model, pk, name, text)


def text_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a model in which people write."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and not field.name.endswith(("uid", "key", "kind", "slug", "sha256", "digest"))
        # Whose an invitation is: replaced as a whole.
        and not (model is Invitation and field.name == "email")
    ]


def _row(row: models.Model) -> list[tuple[str, str]]:
    told = []
    for field in [*row._meta.concrete_fields, *row._meta.many_to_many]:
        if (field.primary_key and not field.remote_field) or is_secret(field):
            continue
        label = str(FIELD_WORDS[field.name])
        value = _value(row, field)
        if value:
            told.append((label, value))
    return told


def _value(row: models.Model, field: Any) -> str:
    if field.many_to_many:
        return ", ".join(str(one) for one in getattr(row, field.name).all())
    if field.name.endswith("_precision"):
        code = getattr(row, field.name)
        return str(PRECISION_WORDS[code]) if code else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if getattr(row, field.attname) is None:
        return ""  # unknown, or a record that whoever asks may not see
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return ", ".join(value if all(isinstance(one, str) for one in value) else _kept(value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(value)


def _kept(rows: list[dict[str, Any]]) -> list[str]:
    """How many of each kind are kept; what they say is told in their own tables."""
    found = Counter(apps.get_model(row["model"])._meta.label for row in rows)
    return [f"{HOLDINGS[label].title}: {number}" for label, number in found.items()]
