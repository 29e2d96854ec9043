"""The log as sentences: who, when, what, why. The one place that puts them into words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Event, KnownPerson, Revision, Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.withdrawals import edits_standing
from samhandling.apps.records.models import Record
from samhandling.apps.records.prepared import Prepared
from samhandling.web import links
from samhandling.web.history_disposals import tell_of_disposal
from samhandling.web.history_followup import YEARS, tell_of_followup
from samhandling.web.history_people import (
    KEPT_BY_KEY,
    OF_PEOPLE,
    days_of_seat,
    tell_of_contact,
    tell_of_person,
    with_days,
)
from samhandling.web.history_visibility import hidden_uids
from samhandling.web.history_words import HERE, THINGS, field_word, value_words
from samhandling.web.templatetags.languages import swedish

SHORT = 80  # longer texts are folded below the sentence
KEPT_BY_UID = frozenset({"needs", "raised_needs", "follows", "secrecy_looked"})


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One changed field: what it is called, and its words before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One event as a sentence. `changes` hold the texts that do not stand in it, being too long or
    the words of a comment; `names`: uids of the records that it names."""

    at: datetime
    sentence: SafeString
    why: str
    made_up: bool
    verb: str
    changes: list[ChangedText] = field(default_factory=list)
    names: frozenset[str] = frozenset()


def sentences(
    events: Iterable[Event],
    by: Author | None,
    *,
    here: str = "",
    link: bool = True,
    who: bool = True,
) -> list[Sentence]:
    """The events in words. Pass only events from `history_visibility.visible_events`.

    Args: here: uid of the record whose own page shows them, which is then only called what it is;
    link: false for plain text, such as an export; who: false to name nobody who did anything.
    Queries: 6, and 1 where comments were edited.
    """
    rows = list(events)
    edits = {row.pk for row in rows if row.verb == Verb.COMMENT_EDITED}
    # Withdrawing a comment is to stop telling its words, also those that it had before.
    silent = edits - edits_standing(edits)
    revisions: dict[int, list[Revision]] = {}
    for revision in _REVISIONS.of(*(row.pk for row in rows if row.pk not in silent)):
        revisions.setdefault(revision.event_id, []).append(revision)
    names = {known.key: known.name for known in _KNOWN.of(*{row.actor_key for row in rows})}
    uids = {uid for row in rows for uid in _named(row, revisions.get(row.pk, []))}
    records = {record.uid: record for record in _RECORDS.of(*uids)}
    hidden = hidden_uids(list(records.values()), by)
    concerned = {
        key
        for changed in revisions.values()
        for revision in changed
        if revision.field in KEPT_BY_KEY
        for key in f"{revision.before}; {revision.after}".split("; ")
        if key
    }
    people = {person.key: person for person in _PEOPLE.of(*(concerned | set(names)))}
    telling = _Telling(records, hidden, people, here, link)
    called = names if who else {}
    return [telling.tell(row, called, revisions.get(row.pk, [])) for row in rows]


def _named(event: Event, revisions: list[Revision]) -> Iterator[str]:
    """Uids of the records that an event's sentence names."""
    yield event.record_uid
    for revision in revisions:
        if revision.field in KEPT_BY_UID:
            yield from filter(None, f"{revision.before}; {revision.after}".split("; "))


_REVISIONS = Prepared(lambda pks: Revision.objects.filter(event__in=pks))
_KNOWN = Prepared(lambda keys: KnownPerson.objects.filter(key__in=keys), by_word=True)
_PEOPLE = Prepared(lambda keys: Person.objects.filter(key__in=keys), by_word=True)
_RECORDS = Prepared(lambda uids: Record.objects.filter(uid__in=uids), by_word=True)


# Sentences by verb, where nothing more is known than who and what.
_PLAIN: dict[str, Promise] = {
    Verb.CREATED: gettext_lazy("{who} skapade {what}."),
    Verb.CHANGED: gettext_lazy("{who} ändrade {what}."),
    Verb.SHARED: gettext_lazy("{who} delade {what} med alla parter."),
    Verb.STATUS_CHANGED: gettext_lazy("{who} ändrade status för {what}."),
    Verb.ADDED: gettext_lazy("{who} lade till uppgifter om {what}."),
    Verb.REMOVED: gettext_lazy("{who} tog bort uppgifter om {what}."),
    Verb.ANSWERED: gettext_lazy("{who} svarade på {what}."),
    Verb.WITHDRAWN: gettext_lazy("{who} drog tillbaka {what}."),
    Verb.RESTORED: gettext_lazy("{who} återställde {what}."),
    Verb.WROTE: gettext_lazy("{who} skrev i {what}."),
    Verb.MOVED_ON: gettext_lazy("{who} förde vidare {what}."),
    Verb.RETURNED: gettext_lazy("{who} återsände {what}."),
    Verb.FROZEN: gettext_lazy("{who} fryste {what}."),
    Verb.ENDED: gettext_lazy("{who} avslutade en roll för {what}."),
    Verb.DISPOSED: gettext_lazy("{who} gallrade {what}."),
    Verb.COMMENTED: gettext_lazy("{who} kommenterade {what}."),
    Verb.COMMENT_EDITED: gettext_lazy("{who} ändrade en kommentar om {what}."),
    Verb.COMMENT_WITHDRAWN: gettext_lazy("{who} drog tillbaka en kommentar om {what}."),
    Verb.COMMENT_RESTORED: gettext_lazy("{who} återställde en kommentar om {what}."),
    Verb.ATTACHED: gettext_lazy("{who} bifogade {after} till {what}."),
    Verb.ATTACHMENT_WITHDRAWN: gettext_lazy("{who} drog tillbaka bilagan {before} till {what}."),
    Verb.ATTACHMENT_RESTORED: gettext_lazy("{who} återställde bilagan {after} till {what}."),
    Verb.SUBMITTED: gettext_lazy("{who} skickade in {what} för godkännande."),
    Verb.TAKEN_BACK: gettext_lazy("{who} tog tillbaka {what} innan beslut."),
    Verb.APPROVED: gettext_lazy("{who} godkände {what}, som nu är delad med alla parter."),
}
# Told in the sentence however long.
_ALWAYS_SAID = frozenset({"secrecy_mark", "secrecy_looked"})
# What the changed text says is in the verb already.
_TOLD_BY_VERB = frozenset(
    {
        Verb.COMMENT_EDITED,
        Verb.ATTACHED,
        Verb.ATTACHMENT_WITHDRAWN,
        Verb.ATTACHMENT_RESTORED,
    }
)


class _Telling:
    """Puts one event into words, with the names that were looked up for all of them."""

    def __init__(
        self,
        records: dict[str, Record],
        hidden: set[str],
        people: dict[str, Person],
        here: str,
        link: bool,
    ) -> None:
        self.records = records
        self.hidden = hidden
        self.made_up = {key for key, person in people.items() if person.made_up}
        self.people = {key: person.name for key, person in people.items()}
        self.here = here
        self.link = link

    def tell(self, event: Event, names: dict[str, str], revisions: list[Revision]) -> Sentence:
        """The sentence of one event."""
        who = names.get(event.actor_key) or _("Någon")
        record = self.records.get(event.record_uid)
        changes = [
            ChangedText(
                row.field, self._value(row.field, row.before), self._value(row.field, row.after)
            )
            for row in revisions
        ]
        if record is None and event.record_uid:
            # Nobody can tell any more who might read what is gone, so its words are not shown.
            changes = []
        what = self._thing(event, record)
        is_herself = any(
            row.field == "person" and row.after == event.actor_key for row in revisions
        )
        return Sentence(
            at=event.at,
            sentence=self._sentence(event, who, what, changes, is_herself),
            why=event.reason if record or not event.record_uid else "",
            made_up=event.actor_key in self.made_up or bool(record and record.made_up),
            verb=event.verb,
            names=frozenset(_named(event, revisions)),
            changes=[
                ChangedText(field_word(row.label).capitalize(), row.before, row.after)
                for row in changes
                if row.label != "told"
                and (event.verb == Verb.COMMENT_EDITED or _stands_below(row, changes))
                and event.verb != Verb.STATUS_CHANGED
                and not (len(changes) == 1 and row.label in _ALWAYS_SAID)
            ],
        )

    def _thing(self, event: Event, record: Record | None) -> SafeString:
        if event.record_kind == "USER":
            return format_html("{}", _("en användare"))
        if event.record_kind == "DEMO":
            return format_html("{}", _("demolänet"))
        if record is None:
            return format_html("{}", _("något som inte finns kvar"))
        if record.uid in self.hidden:
            return format_html("{}", _("ett utkast"))
        pattern = str(THINGS.get(record.kind, gettext_lazy("posten {title}")))
        if record.uid == self.here and record.kind in HERE:
            return format_html("{}", str(HERE[record.kind]))
        name = links.name_of(record).rstrip(".")
        if self.link and name == record.title.rstrip("."):
            name = swedish(name)
        title = format_html("”{}”", name)
        if self.link and record.withdrawn_at is None:
            title = format_html('”<a href="{}">{}</a>”', links.url_of(record), name)
        return format_html(pattern, title=title)

    def _value(self, name: str, value: str) -> str:
        if name in KEPT_BY_KEY:
            return _listed([self.people.get(key) or _("någon") for key in value.split("; ") if key])
        if name not in KEPT_BY_UID:
            return value_words(name, value)
        return "; ".join(self._name(uid) for uid in value.split("; ") if uid)

    def _name(self, uid: str) -> str:
        record = self.records.get(uid)
        if record is None or uid in self.hidden:
            return _("ett utkast")
        return links.name_of(record)

    def _sentence(
        self,
        event: Event,
        who: str,
        what: SafeString,
        changes: list[ChangedText],
        is_herself: bool,
    ) -> SafeString:
        words: dict[str, object] = {"who": who, "what": what}
        by_field = {change.label: change for change in changes}
        if event.record_kind in OF_PEOPLE or "person" in by_field:
            return format_html(tell_of_person(event, by_field, words, is_herself), **words)
        if (of_disposal := tell_of_disposal(event, by_field, words)) is not None:
            return format_html(of_disposal, **words)
        if (of_year := tell_of_followup(event.record_kind, by_field, words)) is not None:
            return format_html(of_year, **words)
        if "contact" in by_field:
            return format_html(tell_of_contact(by_field["contact"], words), **words)
        if "seats" in by_field:  # of nobody by name, or from before the log knew whose
            seat = by_field["seats"]
            words |= {"field": field_word("seats"), "before": seat.before, "after": seat.after}
            told = _one_change_pattern(event.verb, seat)
            return format_html(with_days(told, days_of_seat(by_field)), **words)
        if event.verb == Verb.RETURNED:
            return format_html(str(_PLAIN[Verb.RETURNED]), **words)
        if event.verb == Verb.STATUS_CHANGED and changes:
            return format_html(_status_pattern(changes, words), **words)
        if event.record_uid == "" and changes:
            words["after"] = changes[0].after
            return format_html(_("{who} lade till {after} i länets gemensamma lista."), **words)
        if "told" in by_field:
            words["people"] = by_field["told"].after
            return format_html(_told_pattern("comment" in by_field), **words)
        if event.verb in _TOLD_BY_VERB:
            words |= {"before": changes[0].before, "after": changes[0].after} if changes else {}
            return format_html(str(_PLAIN[event.verb]), **words)
        if len(changes) == 1 and (_fits(changes[0]) or changes[0].label in _ALWAYS_SAID):
            change = changes[0]
            words |= {
                "field": field_word(change.label),
                "before": change.before,
                "after": change.after,
            }
            return format_html(_one_change_pattern(event.verb, change), **words)
        if changes:
            words["fields"] = _listed([field_word(row.label) for row in changes])
            return format_html(_("{who} ändrade {fields} för {what}."), **words)
        return format_html(str(_PLAIN.get(event.verb, _PLAIN[Verb.CHANGED])), **words)


def _stands_below(row: ChangedText, changes: list[ChangedText]) -> bool:
    """Is the change told below the sentence? What was told for a year is, however short."""
    if any(change.label == "told_for" for change in changes):
        return row.label not in YEARS
    return not _fits(row)


def _fits(change: ChangedText) -> bool:
    return len(change.before) <= SHORT and len(change.after) <= SHORT


def _told_pattern(has_new_words: bool) -> str:
    if has_new_words:
        return _("{who} ändrade en kommentar om {what}, och sa till {people}.")
    return _("{who} sa också till {people} om en kommentar om {what}.")


def _one_change_pattern(verb: str, change: ChangedText) -> str:
    if change.label == "order":
        return _("{who} flyttade {what} från plats {before} till plats {after}.")
    if verb == Verb.ADDED and change.label == "drivers":
        return _("{who} angav {after} som det som drev fram {what}.")
    if verb == Verb.ADDED and change.label == "needs":
        return _("{who} kopplade {what} till behovet ”{after}”.")
    if verb == Verb.REMOVED and change.label == "needs":
        return _("{who} tog bort kopplingen mellan {what} och behovet ”{before}”.")
    if change.label == "merged_into" and not change.before:
        return _("{who} angav att {what} är samma sak som ”{after}”.")
    if change.label == "secrecy_looked":
        return _("{who} har sett över det sekretessmarkerade i {what}: {after}.")
    if change.label == "secrecy_mark" and not change.before:
        return _("{who} sekretessmarkerade {what}: {after}.")
    if change.label == "has_no_network" and change.after:
        return _("{who} angav om något nätverk ansvarar för {what}.")
    if not change.before:
        return _("{who} fyllde i {field} för {what}: {after}.")
    if not change.after:
        return _("{who} tog bort {field} för {what}, tidigare {before}.")
    return _("{who} ändrade {field} för {what} från {before} till {after}.")


def _status_pattern(changes: list[ChangedText], words: dict[str, object]) -> str:
    """The pattern of a change of status; fills in its words."""
    by_field = {change.label: change for change in changes}
    main = by_field.get("status") or by_field.get("funding_state") or changes[0]
    words |= {"before": main.before or _("okänt"), "after": main.after or _("okänt")}
    if "told_for_year" in by_field:
        year = by_field["told_for_year"].after
        words["what"] = format_html(
            _("{what} i uppföljningen {year}"), what=words["what"], year=year
        )
    moved = by_field.get("postponed_to")
    words["date"], words["was"] = (moved.after, moved.before) if moved else ("", "")
    words["causes"] = by_field["causes"].after if "causes" in by_field else ""
    is_moved = words["was"] and words["was"] != words["date"]
    if words["before"] == words["after"] and is_moved and words["causes"]:
        return _(
            "{who} angav läget för {what}: fortsatt {after}, nu till {date} i stället för {was}, "
            "på grund av {causes}."
        )
    if words["before"] == words["after"] and is_moved:
        return _(
            "{who} angav läget för {what}: fortsatt {after}, nu till {date} i stället för {was}."
        )
    if words["before"] == words["after"] and words["date"] and words["causes"]:
        return _(
            "{who} angav läget för {what}: fortsatt {after}, till {date}, på grund av {causes}."
        )
    if words["before"] == words["after"] and words["date"]:
        return _("{who} angav läget för {what}: fortsatt {after}, till {date}.")
    if words["date"] and words["causes"]:
        return _(
            "{who} ändrade {what} från {before} till {after}, till {date}, på grund av {causes}."
        )
    if words["date"]:
        return _("{who} ändrade {what} från {before} till {after}, till {date}.")
    if words["causes"]:
        return _("{who} ändrade {what} från {before} till {after} på grund av {causes}.")
    if words["before"] == words["after"]:
        return _("{who} angav läget för {what}: fortsatt {after}.")
    return _("{who} ändrade {what} från {before} till {after}.")


def _listed(parts: list[str]) -> str:
    """Parts as running text: "a, b och c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s och %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
