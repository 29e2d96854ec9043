"""The plain pages that the product's are measured against, written as Django's manual does."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from bench.floor.models import Item


@login_required
def items(request: HttpRequest) -> HttpResponse:
    """25 rows. Three SELECTs beside those of the session and the user: count, rows, levels."""
    rows = Item.objects.select_related("area", "owner").prefetch_related("levels")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "items.html", {"page": page})


class Echo:
    """A file that hands each line back (Django's manual, "Streaming large CSV files")."""

    def write(self, line: str) -> str:
        return line


@login_required
def items_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All rows as CSV, streamed."""
    rows = Item.objects.select_related("area", "owner").prefetch_related("levels")
    writer = csv.writer(Echo(), delimiter=";")

    def lines() -> Iterator[str]:
        yield writer.writerow(["Namn", "Område", "Nivåer", "Status", "Ägare", "När", "Nästa steg"])
        for item in rows.iterator(chunk_size=2000):
            yield writer.writerow(
                [
                    item.title,
                    item.area.name,
                    ", ".join(level.name for level in item.levels.all()),
                    item.get_status_display(),
                    item.owner.name,
                    item.starts or "",
                    item.next_step,
                ]
            )

    return StreamingHttpResponse(lines(), content_type="text/csv")
