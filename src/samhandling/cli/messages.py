"""Message catalogues without gettext's system tools: collect, check and compile.

Swedish is written in the code (ADR 0007), so only English has a catalogue.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
import polib
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0\d.]*[sdf]|\{\w*\}|%[sd]")

Key = tuple[str | None, str]


def catalogue_path() -> Path:
    """The English catalogue."""
    return Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"


def texts_in_source() -> dict[Key, polib.POEntry]:
    """Every text marked for translation in Python code and templates, by (context, text).

    Occurrences name the file without a line, so that moving code does not change the catalogue.
    """
    found: dict[Key, polib.POEntry] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        name = path.relative_to(SOURCE).as_posix()
        for context, texts in _texts_in_file(path):
            key = (context, texts[0])
            entry = found.setdefault(
                key, polib.POEntry(msgctxt=context, msgid=texts[0], flags=_flags(texts))
            )
            if len(texts) > 1:
                entry.msgid_plural = texts[1]
                entry.msgstr_plural = {0: "", 1: ""}
            if (name, "") not in entry.occurrences:
                entry.occurrences.append((name, ""))
    return found


def _texts_in_file(path: Path) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    from babel.messages.extract import extract

    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "{%" not in code:
            return
        code = templatize(code, origin=path.name)
    for _line, texts, _comments, context in extract(
        "python", BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        parts = texts if isinstance(texts, tuple) else (texts,)
        if parts[0]:
            yield context, parts


def _flags(texts: tuple[str, ...]) -> list[str]:
    return ["python-format"] if any("%(" in text for text in texts) else []


def open_catalogue() -> polib.POFile:
    """The English catalogue as it lies on disk, or an empty one."""
    path = catalogue_path()
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "samhandling",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def _by_key(catalogue: polib.POFile) -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in catalogue}


def update_catalogue() -> tuple[int, int]:
    """Bring the catalogue in line with the source: (number of texts, number without translation).

    Translations are kept by text; a text that is gone from the source leaves the catalogue too.
    """
    wanted = texts_in_source()
    catalogue = open_catalogue()
    known = _by_key(catalogue)
    renewed = []
    for key in sorted(wanted, key=lambda key: (wanted[key].occurrences[0][0], key[1])):
        entry, old = wanted[key], known.get(key)
        if old is not None:
            entry.msgstr = old.msgstr
            entry.tcomment = old.tcomment
            if entry.msgid_plural and old.msgstr_plural:
                entry.msgstr_plural = old.msgstr_plural
        renewed.append(entry)
    catalogue[:] = renewed
    catalogue_path().parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(catalogue_path()))
    return len(renewed), sum(not entry.translated() for entry in renewed)


def problems() -> list[str]:
    """What is wrong with the catalogue; empty when every text has a usable translation."""
    known = _by_key(open_catalogue())
    wanted = texts_in_source()
    found = [f"not in the source any more: {key[1]!r}" for key in known if key not in wanted]
    for key, source in wanted.items():
        entry = known.get(key)
        where = source.occurrences[0][0]
        if entry is None or not entry.translated() or "fuzzy" in entry.flags:
            found.append(f"{where}: no translation of {key[1]!r}")
        elif not _same_placeholders(entry):
            found.append(f"{where}: other placeholders in the translation of {key[1]!r}")
    return found


def _same_placeholders(entry: polib.POEntry) -> bool:
    if not entry.msgid_plural:
        return sorted(_placeholders(entry.msgid)) == sorted(_placeholders(entry.msgstr))
    allowed = set(_placeholders(entry.msgid)) | set(_placeholders(entry.msgid_plural))
    return all(set(_placeholders(text)) <= allowed for text in entry.msgstr_plural.values())


def _placeholders(text: str) -> list[str]:
    return [match.group(0) for match in PLACEHOLDER.finditer(text)]


def compile_catalogues() -> None:
    """Write the .mo file beside the catalogue, when the catalogue is newer.

    Raises ImproperlyConfigured when there is no catalogue: an installation without its texts.
    """
    source = catalogue_path()
    target = source.with_suffix(".mo")
    if not source.exists():
        raise ImproperlyConfigured(
            _("Översättningen saknas i installationen: %(file)s") % {"file": source}
        )
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(target))


@click.group(help=gettext_lazy("Texternas översättning: för den som utvecklar."))
def messages() -> None:
    pass


@messages.command(help=gettext_lazy("Hämta nya texter ur koden till katalogen."))
def update() -> None:
    texts, missing = update_catalogue()
    compile_catalogues()
    click.echo(
        _("%(texts)d texter, %(missing)d utan översättning.") % {"texts": texts, "missing": missing}
    )


@messages.command(help=gettext_lazy("Kontrollera att alla texter är översatta."))
def check() -> None:
    found = problems()
    for line in found:
        click.echo(line)
    if found:
        raise SystemExit(1)
    click.echo(_("Alla texter är översatta."))


@messages.command(name="compile", help=gettext_lazy("Gör katalogerna körklara."))
def compile_() -> None:
    compile_catalogues()
