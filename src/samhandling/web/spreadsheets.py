"""Tables as files for spreadsheet programs, safe to open whatever stands in them.

A cell that begins with = + - @ or a control sign would be run as a formula when the file is opened
(OWASP, "CSV Injection"). In CSV such a cell gets an apostrophe before it; in XLSX every cell is
typed as text.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse

BOM = "\ufeff"  # without it Excel reads UTF-8 as something else
_CSV_PIECE = 100
# Full-width signs are read as the plain ones by spreadsheet programs in East Asian settings.
_RUNS = re.compile(r"^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]")
# Not allowed in XML, and so neither in a workbook; NUL ends a CSV cell in some programs.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XLSX_CELL_LIMIT = 32_767  # signs in one cell, a limit of the format
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def neutral(text: str) -> str:
    """The text without control signs, and with an apostrophe before what would run as a formula."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if _RUNS.match(plain) else plain


class _Echo:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A table as CSV, a piece of lines at a time: UTF-8 with BOM, semicolons, CRLF."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield f"{BOM}{_line(writer, head)}".encode()
    piece: list[str] = []
    for row in rows:
        piece.append(_line(writer, row))
        if len(piece) == _CSV_PIECE:
            yield "".join(piece).encode()
            piece.clear()
    if piece:
        yield "".join(piece).encode()


def _line(writer: Any, cells: Sequence[str]) -> str:
    line: str = writer.writerow([neutral(cell) for cell in cells])
    return line


def csv_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """A download that is sent while it is read: the first line at once, memory flat."""
    response = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def write_xlsx(
    file: IO[bytes], sheet: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """A table as a workbook of one sheet, every cell as text; rows are written as they come.

    Raises OSError when the disk is full.
    """
    # Three MiB, which a process takes when somebody asks for a workbook.
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 48, text)
    page.set_column(1, len(head) - 1, 22, text)
    for place, label in enumerate(head):
        page.write_string(0, place, label, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            page.write_string(last, place, _cell(cell), text)
    page.autofilter(0, 0, last, len(head) - 1)
    try:
        book.close()
    except XlsxWriterException as fault:
        raise OSError(str(fault)) from fault


def _cell(text: str) -> str:
    plain = _CONTROL.sub("", text)
    return plain if len(plain) <= XLSX_CELL_LIMIT else f"{plain[: XLSX_CELL_LIMIT - 1]}…"


def xlsx_response(name: str, file: IO[bytes]) -> FileResponse:
    """A finished workbook as a download. `file` stands at its beginning and is closed when sent."""
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Type"] = XLSX_TYPE
    response["X-Content-Type-Options"] = "nosniff"
    return response
