"""Collecting texts and checking their translation."""

import re
from pathlib import Path

import polib
import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from samhandling.cli import messages


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    code = tmp_path / "source"
    code.mkdir()
    (code / "views.py").write_text(
        'title = _("Insatser")\ncount = ngettext("%(n)d insats", "%(n)d insatser", n)\n'
    )
    (code / "page.html").write_text(
        "{% load i18n %}{% translate 'Behov' %}"
        "{% blocktranslate trimmed with n=n %}\n  Alla {{ n }} behov\n{% endblocktranslate %}"
    )
    monkeypatch.setattr(messages, "SOURCE", code)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return code


def translate(**texts: str) -> None:
    catalogue = messages.open_catalogue()
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)d initiative", 1: "%(n)d initiatives"}
        else:
            entry.msgstr = texts.get(entry.msgid, entry.msgid)
    catalogue.save(str(messages.catalogue_path()))


def test_texts_are_collected_from_code_and_templates(source: Path) -> None:
    assert messages.update_catalogue() == (4, 4)
    assert {entry.msgid for entry in messages.open_catalogue()} == {
        "Insatser",
        "%(n)d insats",
        "Behov",
        "Alla %(n)s behov",
    }


def test_translations_survive_and_texts_that_are_gone_leave(source: Path) -> None:
    messages.update_catalogue()
    translate(Behov="Needs")
    (source / "views.py").unlink()
    assert messages.update_catalogue() == (2, 0)
    assert messages.open_catalogue().find("Behov").msgstr == "Needs"


def test_a_text_without_translation_is_a_problem(source: Path) -> None:
    messages.update_catalogue()
    translate()
    assert messages.problems() == []
    (source / "new.py").write_text('_("Ny text")')
    assert messages.problems() == ["new.py: no translation of 'Ny text'"]


def test_a_lost_placeholder_is_a_problem(source: Path) -> None:
    messages.update_catalogue()
    translate(**{"Alla %(n)s behov": "All needs"})
    assert messages.problems() == [
        "page.html: other placeholders in the translation of 'Alla %(n)s behov'"
    ]


def test_the_compiled_catalogue_holds_the_translations(source: Path) -> None:
    messages.update_catalogue()
    translate(Insatser="Initiatives")
    messages.compile_catalogues()
    compiled = polib.mofile(str(messages.catalogue_path().with_suffix(".mo")))
    assert compiled.find("Insatser").msgstr == "Initiatives"


def test_an_installation_without_its_catalogue_says_so(source: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(str(messages.catalogue_path()))):
        messages.compile_catalogues()
