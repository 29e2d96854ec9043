"""The page for the second of two people who changed the same thing: both texts, and a choice."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samhandling.apps.records.models import Record
from samhandling.web import editing
from samhandling.web.editing import EditForm, Stale
from samhandling.web.links import name_of, url_of
from samhandling.web.word_diff import Piece, compare

TEMPLATE = "workspace/conflict.html"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an answer."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Conflict:
    """One answer that both gave differently. `own` is a box to put a third one together in."""

    name: str
    label: str
    stored: list[Piece]
    mine: list[Piece]
    saved_by: str
    saved_at: datetime | None
    options: list[Option]
    own: forms.BoundField | None
    fault: str


class Comparison:
    """What the page shows of a form that was stale."""

    def __init__(self, form: EditForm, names: Iterable[str]) -> None:
        self.form = form
        self.names = list(names)
        self.version = form.version_shown()
        self._own = self._boxes()

    @property
    def record(self) -> Record:
        return self.form.record

    @property
    def name(self) -> str:
        """What was edited, by name."""
        name = name_of(self.record)
        return f"{name}: {self.form.part}" if self.form.part else name

    @property
    def url(self) -> str:
        return url_of(self.record)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """The answers to choose between, in the order of the form. Queries: 2 each."""
        return [self._conflict(name) for name in self.names]

    @property
    def savers(self) -> str:
        """Who saved what stands there now."""
        return ", ".join(dict.fromkeys(one.saved_by for one in self.conflicts if one.saved_by))

    @property
    def has_faults(self) -> bool:
        return any(one.fault for one in self.conflicts)

    def carried(self) -> Iterator[tuple[str, str]]:
        """Everything else that was sent, to be sent again."""
        left_out = {"csrfmiddlewaretoken", editing.TO_SETTLE, editing.VERSION}
        own = (f"{editing.CHOICE}-", f"{editing.OWN}-")
        for key, values in self.form.data.lists():
            if key not in left_out and not key.startswith(own):
                for value in values:
                    yield key, value

    def _conflict(self, name: str) -> Conflict:
        form = self.form
        stored, mine = self._words(name, form.shown(name)), self._words(name, form.sent(name))
        last = form.last_change(name)
        chosen = form.data.get(f"{editing.CHOICE}-{name}", "")
        own = self._own[name] if name in self._own.fields else None
        told = [
            (editing.STORED, _("Behåll det som är sparat")),
            (editing.MINE, _("Använd det du skrev")),
        ]
        if own:
            told.append((editing.MERGED, _("Använd det som står i rutan här nedanför")))
        pieces = compare(stored, mine)
        return Conflict(
            name=name,
            label=str(form[name].label),
            stored=pieces[0],
            mine=pieces[1],
            saved_by=last[0] if last else "",
            saved_at=last[1] if last else None,
            options=[Option(value, label, value == chosen) for value, label in told],
            own=own,
            fault=form.undecided.get(name, ""),
        )

    def _words(self, name: str, texts: tuple[str, ...]) -> str:
        """An answer as a reader knows it: a choice by its label, several a line each."""
        field = self.form.fields[name]
        if hasattr(field.widget, "in_words"):
            return str(field.widget.in_words(texts))
        if not isinstance(field, forms.ChoiceField):
            return "\n".join(texts)
        labels = {str(value): str(label) for value, label in _flat(field.widget.choices)}
        if not texts and "" in labels:
            return labels[""]
        return "\n".join(labels.get(text, text) for text in texts)

    def _boxes(self) -> forms.Form:
        """A form with a box for each answer that can be put together of two."""
        form = self.form
        boxes = forms.Form(prefix=editing.OWN)
        for name in self.names:
            field = form.fields[name]
            if isinstance(field, forms.ChoiceField) and not _takes_many(field.widget):
                continue
            box = copy(field)
            box.required = False
            box.label, box.help_text = _("Ändra själv"), ""
            boxes.fields[name] = box
            # What was begun in the box stands there again; at first it is what was typed.
            begun = any(key.startswith(f"{editing.OWN}-{name}") for key in form.data)
            held = f"{editing.OWN}-{name}" if begun else name
            boxes.initial[name] = field.widget.value_from_datadict(form.data, form.files, held)
        return boxes


def _takes_many(widget: forms.Widget) -> bool:
    return bool(getattr(widget, "allow_multiple_selected", False))


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label


def conflict_page(request: HttpRequest, stale: Stale) -> HttpResponse:
    """Both texts beside each other, and what was typed in every other field carried along."""
    comparison = Comparison(stale.form, stale.names)
    return render(request, TEMPLATE, {"comparison": comparison}, status=409)
