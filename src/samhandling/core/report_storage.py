"""A report as text to keep: nothing is lost and everything is ordered.

The SHA-256 of a frozen edition can so be computed again years later.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final

from samhandling.core.report_model import (
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Chart,
    ChartKind,
    Column,
    Drawn,
    Emph,
    Fact,
    Facts,
    Figure,
    FigureRef,
    Footnote,
    FootnoteRef,
    Heading,
    InferredMark,
    LevelMark,
    LineBreak,
    Link,
    ListItem,
    MatrixRow,
    Meta,
    NumberedList,
    PageBreak,
    Paragraph,
    RecordRef,
    Report,
    ReportModelError,
    Row,
    Series,
    Shape,
    Strong,
    Table,
    Text,
    Unknown,
    Written,
)

FORMAT: Final = "samhandling-report"
VERSION: Final = 1

_TYPES: Final[dict[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        Written,
        Drawn,
        Text,
        Emph,
        Strong,
        Link,
        RecordRef,
        FigureRef,
        Footnote,
        FootnoteRef,
        Unknown,
        InferredMark,
        LevelMark,
        LineBreak,
        Heading,
        Paragraph,
        ListItem,
        BulletList,
        NumberedList,
        Column,
        Cell,
        Row,
        Table,
        Series,
        MatrixRow,
        Chart,
        Figure,
        Callout,
        Fact,
        Facts,
        PageBreak,
        Meta,
        Report,
    )
}
_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in _TYPES.values()}
_ADDED_LATER: Final[dict[str, dict[str, Any]]] = {"Meta": {"as_of": ""}}
"""Fields that reports stored before them lack. Left out when empty, so that the stored form and the
digest of such a report are the same when it has been read back."""
_ENUM_FIELDS: Final[dict[tuple[str, str], type[StrEnum]]] = {
    ("LevelMark", "shape"): Shape,
    ("Chart", "kind"): ChartKind,
    ("Callout", "kind"): CalloutKind,
}


def to_json(report: Report) -> str:
    """The report as JSON text: sorted keys, no spaces, so that equal reports give equal bytes."""
    whole = {"format": FORMAT, "version": VERSION, "report": _encode(report)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Report:
    """The report that ``to_json`` wrote. Raises ``ReportModelError`` for anything else."""
    try:
        whole = json.loads(text)
    except ValueError as fault:
        raise ReportModelError(f"not JSON: {fault}") from fault
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ReportModelError("not a stored report")
    if whole.get("version") != VERSION:
        raise ReportModelError(f"stored report of version {whole.get('version')!r}")
    report = _decode(whole.get("report"))
    if not isinstance(report, Report):
        raise ReportModelError("the stored report holds no report")
    return report


def digest(report: Report) -> str:
    """SHA-256 of the stored form, in hexadecimal."""
    return hashlib.sha256(to_json(report).encode()).hexdigest()


def _encode(value: Any) -> Any:
    names = _FIELDS.get(type(value))
    if names is not None:
        kind = type(value).__name__
        coded = {name: _encode(getattr(value, name)) for name in names}
        for name, empty in _ADDED_LATER.get(kind, {}).items():
            if coded[name] == empty:
                del coded[name]
        return {"is": kind, **coded}
    if isinstance(value, tuple):
        return [_encode(one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise ReportModelError(f"a report cannot hold {type(value).__name__}")


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(one) for one in value)
    if not isinstance(value, dict):
        return value
    name = value.get("is")
    kind = _TYPES.get(name) if isinstance(name, str) else None
    if kind is None or not isinstance(name, str):
        raise ReportModelError(f"unknown part {name!r}")
    given = dict(_ADDED_LATER.get(name, {}))
    given |= {key: _decode(one) for key, one in value.items() if key != "is"}
    if set(given) != set(_FIELDS[kind]):
        raise ReportModelError(f"{name} has the wrong fields")
    try:
        for (owner, field), enum in _ENUM_FIELDS.items():
            if owner == name:
                given[field] = enum(given[field])
        return kind(**given)
    except (TypeError, AttributeError, ValueError) as fault:
        raise ReportModelError(f"{name}: {fault}") from fault
