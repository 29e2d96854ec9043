"""Forms over something that exists, so that two people never overwrite each other unseen.

What a form showed is its version: a hidden field holds a digest of each answer as it was shown.
When the form is saved, what is stored is read again under a lock and compared, answer by answer
(ADR 0012). What only one of two people changed is kept from both; what both changed raises `Stale`,
and the second is shown both texts (samhandling.web.conflicts).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Event, KnownPerson
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import lock_record

VERSION = "version"
DIGEST_SIGNS = 12  # 48 bits: two texts of one answer never meet by chance
# Fields of the page that shows both texts, beside the form's own.
TO_SETTLE = "avgor"  # names of the answers to choose between
CHOICE = "val"  # val-<name>: one of the three below
OWN = "egen"  # egen-<name>: a text put together by hand
STORED, MINE, MERGED = "sparat", "mitt", "eget"


class Stale(Exception):
    """Somebody else saved other answers to the same questions after the form was opened.

    `form` holds what was typed over what is stored now; `names` are the answers to choose between.
    """

    def __init__(self, form: "EditForm", names: list[str]) -> None:
        self.form = form
        self.names = names
        super().__init__(", ".join(names))


class EditForm(forms.Form):
    """Base of every form that changes what is stored; `samhandling.web.saving.save` checks it.

    A subclass says in `stored` what the form shows first. `together` lists answers that only make
    sense side by side: when one of them was changed by somebody else, all are compared. `told_as`
    names an answer as the log of changes does, where the log has another word. Such forms have no
    prefix.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    told_as: ClassVar[dict[str, tuple[str, ...]]] = {}
    data: QueryDict  # of a bound form
    _made_with: tuple[tuple[Any, ...], dict[str, Any]]

    def __new__(cls, *args: Any, **options: Any) -> Self:
        """Remembers what the form is made with, to make it again when what is stored changed."""
        form = super().__new__(cls)
        form._made_with = args[1:], options
        return form

    def __init__(self, *args: Any, thing: Any, **options: Any) -> None:
        self.thing = thing
        options["initial"] = self.stored()
        super().__init__(*args, **options)
        self.initial[VERSION] = self.version_shown
        self.undecided: dict[str, str] = {}

    # What a subclass says of itself.

    def stored(self) -> dict[str, Any]:
        """What is stored in `thing` now, by the names of the form's fields."""
        raise NotImplementedError

    @property
    def part(self) -> str:
        """Which part of the record the form is about, where it is not about all of it."""
        return ""

    @property
    def record(self) -> Record:
        """The record that is locked while the form is saved, and that the log tells of."""
        record: Record = self.thing.record
        return record

    def reread(self) -> None:
        """Fetches `thing` anew, in place. Called under the lock."""
        self.thing.refresh_from_db()

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        """Who changed an answer last, and when; None when the log does not tell. Queries: 2."""
        told = set(self.told_as.get(name, (name,)))
        for event in Event.objects.filter(record_uid=self.record.uid)[:100]:
            if told & set(event.field_names):
                names = KnownPerson.objects.filter(key=event.actor_key)
                return names.values_list("name", flat=True).first() or "", event.at
        return None

    # Versions.

    def version_shown(self) -> str:
        """The version of what the form shows first: a digest of each answer."""
        return " ".join(f"{name}={_digest(self.shown(name))}" for name in self._compared())

    def shown(self, name: str) -> tuple[str, ...]:
        """What a browser would send of an answer that nobody touched."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return plain(field.widget, field.widget.format_value(value))

    def sent(self, name: str) -> tuple[str, ...]:
        """What was sent."""
        field = self.fields[name]
        given = field.widget.value_from_datadict(self.data, self.files, name)
        return plain(field.widget, given)

    def catch_up(self) -> None:
        """Takes in what others have saved since the form was opened. Call in the transaction that
        saves; afterwards the form may have errors, and `thing` is as it is stored.

        Raises Stale where both changed the same answer. A form without a version (a page left open
        since before there were any) is compared as if everything in it had been changed.
        """
        lock_record(self.record)
        self.reread()
        args, options = self._made_with
        fresh = type(self)(self.data, *args, **options)
        fresh.undecided = self.undecided
        opened = dict(
            part.split("=", 1) for part in self.data.get(VERSION, "").split() if "=" in part
        )
        to_settle, is_behind = set(self.undecided), False
        for group in self._groups():
            if all(opened.get(name) == _digest(fresh.shown(name)) for name in group):
                continue
            is_behind = True
            differing = [name for name in group if fresh.sent(name) != fresh.shown(name)]
            if all(opened.get(name) == _digest(fresh.sent(name)) for name in group):
                fresh.answer(differing)
            else:
                to_settle.update(differing)
        if to_settle:
            raise Stale(fresh, [name for name in self._compared() if name in to_settle])
        if is_behind:
            fresh.full_clean()
            self.__dict__ = fresh.__dict__

    def answer(self, names: Iterable[str]) -> None:
        """Puts what is stored in the place of what was sent."""
        for name in names:
            field = self.fields[name]
            value = field.prepare_value(self.get_initial_for_field(field, name))
            self._send(name, sent_as(field.widget, name, value))

    def full_clean(self) -> None:
        """Settles first what was chosen where two had written."""
        if self.is_bound:
            self._settle()
        super().full_clean()
        if self.is_bound:
            self.cleaned_data.pop(VERSION, None)

    def _compared(self) -> list[str]:
        return [name for name in self.fields if name != VERSION]

    def _groups(self) -> list[tuple[str, ...]]:
        grouped = {name for names in self.together for name in names}
        alone = [(name,) for name in self._compared() if name not in grouped]
        return [*alone, *self.together]

    def _settle(self) -> None:
        """Carries out the choices of the page that showed both texts, once."""
        asked = self.data.getlist(TO_SETTLE) if isinstance(self.data, QueryDict) else []
        self.undecided = {}
        for name in asked:
            if name not in self._compared():
                continue
            chosen = self.data.get(f"{CHOICE}-{name}")
            own = self._of(f"{OWN}-{name}")
            if chosen not in (STORED, MINE, MERGED) or (chosen == MERGED and not own):
                self.undecided[name] = _("Välj vad som ska gälla.")
            elif chosen != MERGED and own and self._own(name) != self.sent(name):
                self.undecided[name] = _(
                    "Du har ändrat i rutan men valt något annat. Välj vad som ska gälla."
                )
            elif chosen == STORED:
                self.answer([name])
            elif chosen == MERGED:
                cut = len(f"{OWN}-")
                self._send(name, {key[cut:]: values for key, values in own.items()})
        if asked and not self.undecided:
            data = self.data.copy()
            data.setlist(TO_SETTLE, [])
            self.data = data

    def _own(self, name: str) -> tuple[str, ...]:
        """What stands in the box for an answer of one's own."""
        widget = self.fields[name].widget
        given = widget.value_from_datadict(self.data, self.files, f"{OWN}-{name}")
        return plain(widget, given)

    def _of(self, html_name: str) -> dict[str, list[str]]:
        """Everything sent under a name, or under names that begin with it and a hyphen."""
        return {
            key: values
            for key, values in self.data.lists()
            if key == html_name or key.startswith(f"{html_name}-")
        }

    def _send(self, name: str, values: Mapping[str, list[str]]) -> None:
        data = self.data.copy()
        for key in self._of(name):
            del data[key]
        for key, given in values.items():
            data.setlist(key, given)
        self.data = data


def plain(widget: forms.Widget, value: Any) -> tuple[str, ...]:
    """An answer as texts that can be compared, whether it was stored or sent; () when empty."""
    values = value if isinstance(value, list | tuple) else [value]
    texts = [_text(one) for one in values]
    if getattr(widget, "allow_multiple_selected", False):
        texts.sort()
    return tuple(text for text in texts if text)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(_text(part) for part in value)
    # A browser sends line breaks its own way.
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def sent_as(widget: forms.Widget, html_name: str, value: Any) -> dict[str, list[str]]:
    """What a browser sends for a value that it was shown, by name."""
    if hasattr(widget, "sent_as"):
        parts: dict[str, list[str]] = widget.sent_as(html_name, value)
        return parts
    shown = widget.format_value(value)
    values = shown if isinstance(shown, list | tuple) else [shown]
    return {html_name: [str(one) for one in values if one is not None]}


def _digest(texts: tuple[str, ...]) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:DIGEST_SIGNS]
