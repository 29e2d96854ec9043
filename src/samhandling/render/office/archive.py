"""The parts of an office file, which is a zip archive, are changed one by one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping


def rezip(
    whole: bytes, change: Callable[[str, str], str], added: Mapping[str, str] | None = None
) -> bytes:
    """The archive with each XML part (name, text) passed through ``change``.

    ``added`` is what stands in it at last besides; it is read when every part has been changed.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            body = source.read(info)
            if info.filename.endswith((".xml", ".rels")):
                body = change(info.filename, body.decode()).encode()
            target.writestr(_timeless(info.filename, info.compress_type), body)
        for name, text in (added or {}).items():
            target.writestr(_timeless(name, zipfile.ZIP_DEFLATED), text)
    return out.getvalue()


def _timeless(name: str, compress_type: int) -> zipfile.ZipInfo:
    """A fixed time, so that the same report gives the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = compress_type
    return info
