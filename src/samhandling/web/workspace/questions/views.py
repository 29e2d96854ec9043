"""The open questions, each with the records it concerns."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.records.models import OpenQuestion, Record


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with those of its subjects that the reader may see."""

    question: OpenQuestion
    subjects: list[Record]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every open question, by kind; one that concerns nothing but hidden drafts is left out."""
    asked = _asked(request.user)  # type: ignore[arg-type]
    kinds = [
        (kind, [row for row in asked if row.question.kind == kind]) for kind in OpenQuestion.Kind
    ]
    return render(
        request,
        "workspace/questions/list.html",
        {"groups": [(kind, rows) for kind, rows in kinds if rows], "total": len(asked)},
    )


def _asked(by: Author) -> list[Asked]:
    """Queries: 4, however many questions."""
    questions = OpenQuestion.objects.live().with_record().prefetch_related("subjects")
    subjects = {record.pk: record for row in questions for record in row.subjects.all()}
    seen = {record.pk for record in visible_records(subjects.values(), by)}
    shown = []
    for question in questions:
        about = list(question.subjects.all())
        visible = [record for record in about if record.pk in seen]
        if visible or not about:
            shown.append(Asked(question, visible))
    return shown
