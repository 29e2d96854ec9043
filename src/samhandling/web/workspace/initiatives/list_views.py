"""The list of initiatives as a page and as files."""

import sys
import tempfile
from collections.abc import Iterator, Sequence

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.initiatives.listing import pks_between
from samhandling.apps.initiatives.permissions import could_create
from samhandling.apps.organisations.permissions import check
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.rate_limits import rate_limited
from samhandling.web.signed_in import signed_in
from samhandling.web.spreadsheets import csv_response, write_xlsx, xlsx_response
from samhandling.web.workspace.initiatives import filters
from samhandling.web.workspace.initiatives.columns import (
    Column,
    chosen_columns,
    export_cells,
    export_head,
    rows_for,
)
from samhandling.web.workspace.initiatives.list_page import ListPage

EXPORT_PIECE = 500  # rows read at a time: memory stays flat however long the list is


@require_safe
def list_initiatives(request: HttpRequest, agreement: str) -> HttpResponse:
    """The initiatives that the address asks for, 25 at a time."""
    found = agreement_or_404(request, agreement)
    by = signed_in(request)
    return render(
        request,
        "workspace/initiatives/list.html",
        {
            "agreement": found,
            "listing": ListPage(request.GET, found, by),
            "may_create": could_create(by),
        },
    )


@require_safe
@rate_limited("export")
def export_csv(request: HttpRequest, agreement: str) -> StreamingHttpResponse:
    """All pages of what the address asks for, with its columns, as CSV."""
    found = agreement_or_404(request, agreement)
    columns = chosen_columns(request.GET)
    rows = _exported(_order(request, found), columns)
    return csv_response(_file_name(found), export_head(columns), rows)


@require_safe
@rate_limited("export")
def export_xlsx(request: HttpRequest, agreement: str) -> FileResponse:
    """All pages of what the address asks for, with its columns, as a workbook."""
    found = agreement_or_404(request, agreement)
    columns = chosen_columns(request.GET)
    rows = _exported(_order(request, found), columns)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response when it is sent
    write_xlsx(file, _("Insatser"), export_head(columns), rows)
    file.seek(0)
    return xlsx_response(_file_name(found), file)


def _order(request: HttpRequest, agreement: Agreement) -> Sequence[int]:
    """Primary keys of what is exported, in order: a few bytes a row, read before the first line
    is sent, so that a refusal or a failing database is an error page and not half a file."""
    by = signed_in(request)
    check(by, Operation.EXPORT, agreement_id=agreement.pk)
    reading = filters.read(request.GET, agreement, by)
    order = filters.read_order(request.GET)
    return pks_between(agreement, reading.criteria, by, order, 0, sys.maxsize)


def _exported(pks: Sequence[int], columns: Sequence[Column]) -> Iterator[list[str]]:
    language = get_language() or ""
    for start in range(0, len(pks), EXPORT_PIECE):
        rows = rows_for(pks[start : start + EXPORT_PIECE], columns)
        # The file is sent after the middleware has put the language back.
        with override(language):
            cells = [export_cells(row, columns, language) for row in rows]
        yield from cells


def _file_name(agreement: Agreement) -> str:
    return f"insatser-{slugify(agreement.slug)}-{clock.today().isoformat()}"
