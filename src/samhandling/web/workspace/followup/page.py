"""What the page of one follow-up round shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import (
    FollowUpRound,
    Lesson,
    MethodNote,
    Recommendation,
    RecommendationResponse,
)
from samhandling.apps.followup.selectors import (
    RoundContents,
    RoundSummary,
    contents_of,
    is_empty,
    told_alone,
    untold_of,
)
from samhandling.apps.followup.services import last_to_start
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.details import details_of
from samhandling.apps.records.models import Record
from samhandling.core.access import Operation
from samhandling.web.templatetags.figures import figure_link

PAGE_SIZE = 25
# The address's words for what has been answered to a recommendation.
UNANSWERED = "saknas"
ANSWERS: dict[str, tuple[str, Promise]] = {
    UNANSWERED: ("", gettext_lazy("Väntar på svar")),
    "antas": (RecommendationResponse.Answer.ACCEPTED, gettext_lazy("Antas")),
    "delvis": (RecommendationResponse.Answer.PARTLY, gettext_lazy("Antas delvis")),
    "avvisas": (RecommendationResponse.Answer.REJECTED, gettext_lazy("Avvisas")),
}


@dataclass(frozen=True, slots=True)
class LessonShown:
    """A lesson with what may be seen of its evidence, and its recommendations."""

    lesson: Lesson
    plus: list[str]
    minus: list[str]
    arguments: list[str]
    evidence: list[Record]
    recommendations: list[Recommendation]


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many recommendations have one answer, and the address that shows only those."""

    word: str
    label: Promise
    count: int
    url: str
    is_chosen: bool


def context(
    round: FollowUpRound, by: Author, *, only: str = "", number: str = ""
) -> dict[str, Any]:
    """All that the page shows. `only`: a word of ANSWERS, to show those recommendations alone;
    `number`: which page of the initiatives that nobody has told of.

    Queries: about 24, however many lessons, networks, recommendations and initiatives.
    """
    held = contents_of(round)
    chosen = only if only in ANSWERS else ""
    shown = [row for row in held.recommendations if not chosen or _answer(row) == chosen]
    ids = [round.pk, *(row.pk for row in [*held.notes, *held.findings, *held.lessons])]
    seen = _seen(held, by)
    return {
        "lead": _lead(held),
        "agreement": round.agreement,
        "round": round,
        "held": held,
        "notes": [(_label(note), note) for note in held.notes],
        "details": details_of([*ids, *(row.pk for row in held.recommendations)]),
        "lessons": _lessons(held, seen),
        "seen": seen,
        "recommendations": shown,
        "loose": [row for row in shown if row.lesson_id is None],
        "answers": _answers(held, chosen),
        "chosen": ANSWERS[chosen][1] if chosen else "",
        "may_withdraw": may(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id)
        and is_empty(round),
        "fill": _fill(round, by),
        "report": round.written_reports.live().first(),
        "may_tell": may(by, Operation.EDIT_FOLLOW_UP, agreement_id=round.agreement_id),
        "told_alone": list(
            told_alone(round).filter(initiative__in=visible_to(Initiative.objects.live(), by))
        ),
        "may_write": may(by, Operation.EDIT_LESSON, agreement_id=round.agreement_id),
        "unreported": Paginator(visible_to(untold_of(round), by), PAGE_SIZE).get_page(number),
        "reporting": {line.report.body_id for line in held.reports},
        "untold": [line for line in held.reports if not line.is_told],
    }


def _fill(round: FollowUpRound, by: Author) -> str:
    """Where what is known of the round is filled in, for those who may."""
    if not may(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id):
        return ""
    return reverse("followup:edit_round", args=[round.agreement.slug, round.year])


def _label(note: MethodNote) -> str:
    """The kind of a note; empty where its text says it already."""
    kind = capfirst(note.get_kind_display())
    return "" if note.title.startswith(kind) else kind


def _lead(held: RoundContents) -> SafeString:
    """ "6 nätverk har berättat. Det blev 4 lärdomar och 8 rekommendationer." """
    told, lessons, advice = len(held.told), len(held.lessons), len(held.recommendations)
    return format_html(
        _("{networks} har berättat. Hittills finns {lessons} och {recommendations}."),
        networks=figure_link(
            told, "#har-berattat", ngettext("%(n)s nätverk", "%(n)s nätverk", told) % {"n": told}
        ),
        lessons=figure_link(
            lessons,
            "#lardomar",
            ngettext("%(n)s lärdom", "%(n)s lärdomar", lessons) % {"n": lessons},
        ),
        recommendations=figure_link(
            advice,
            "#rekommendationer",
            ngettext("%(n)s rekommendation", "%(n)s rekommendationer", advice) % {"n": advice},
        ),
    )


def next_year(rounds: list[RoundSummary], today: date) -> int:
    """The year whose follow-up can be started next."""
    return max((row.round.year for row in rounds), default=today.year - 1) + 1


def next_to_start(agreement: Agreement, rounds: list[RoundSummary], today: date) -> dict[str, Any]:
    """What the list of rounds offers: a year to start, or a round of it that was withdrawn."""
    year = next_year(rounds, today)
    withdrawn = FollowUpRound.objects.filter(agreement=agreement, year=year).with_record().first()
    if withdrawn is not None or year > last_to_start(today):
        return {"next_year": None, "withdrawn": withdrawn}
    return {"next_year": year, "withdrawn": None}


def _seen(held: RoundContents, by: Author) -> set[int]:
    """What the reader may see of the evidence and of what recommendations come from."""
    tied = [link.record for lesson in held.lessons for link in lesson.evidence_links.all()]
    tied += [row.origin for row in held.recommendations if row.origin is not None]
    return {record.pk for record in visible_records(tied, by)}


def _lessons(held: RoundContents, seen: set[int]) -> list[LessonShown]:
    shown = []
    for lesson in held.lessons:
        points = list(lesson.points.all())
        evidence = [link.record for link in lesson.evidence_links.all()]
        shown.append(
            LessonShown(
                lesson,
                plus=[p.text for p in points if p.sign == "PLUS"],
                minus=[p.text for p in points if p.sign == "MINUS"],
                arguments=[p.text for p in points if p.sign == "ARGUMENT"],
                evidence=[record for record in evidence if record.pk in seen],
                recommendations=held.recommendations_of(lesson),
            )
        )
    return shown


def _answer(row: Recommendation) -> str:
    """The address's word for the latest answer."""
    responses = list(row.responses.all())
    latest = responses[-1].answer if responses else ""
    return next(word for word, (code, _label) in ANSWERS.items() if code == latest)


def _answers(held: RoundContents, chosen: str) -> list[AnswerCount]:
    words = [_answer(row) for row in held.recommendations]
    return [
        AnswerCount(
            word, label, words.count(word), f"?svar={word}#rekommendationer", word == chosen
        )
        for word, (_code, label) in ANSWERS.items()
        if word in words or word == chosen
    ]
