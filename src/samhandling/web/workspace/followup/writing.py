"""Writing lessons, recommendations and answers, and starting a new round."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling.apps.followup import services
from samhandling.apps.followup.models import FollowUpRound, Lesson, Recommendation
from samhandling.apps.followup.selectors import rounds_of
from samhandling.apps.followup.services import ForeignToRound, RoundExists, RoundWithdrawn, TooEarly
from samhandling.apps.organisations.permissions import check
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.links import anchor_of
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.followup.lesson_forms import EditLessonForm, LessonForm
from samhandling.web.workspace.followup.recommendation_forms import (
    EditRecommendationForm,
    RecommendationForm,
    ResponseForm,
)
from samhandling.web.workspace.followup.record_picking import SEARCH, RecordPicking


def _round(request: HttpRequest, agreement: str, year: int) -> FollowUpRound:
    found = get_object_or_404(rounds_of(agreement_or_404(request, agreement)), year=year)
    _check_may_write(request, found)
    return found


def _check_may_write(request: HttpRequest, round: FollowUpRound) -> None:
    check(
        request.user,  # type: ignore[arg-type]
        Operation.EDIT_LESSON,
        agreement_id=round.agreement_id,
    )


def _address(round: FollowUpRound, anchor: str = "") -> str:
    page = reverse("followup:round", args=[round.agreement.slug, round.year])
    return f"{page}#{anchor}" if anchor else page


def _written(
    request: HttpRequest,
    form: Any,
    round: FollowUpRound,
    action: Callable[[], Any],
    *,
    heading: str,
    done: str,
    note: str = "",
    held: Lesson | Recommendation | None = None,
) -> HttpResponse:
    """Saves a valid form and leads to what was written; else shows the form as it was typed."""
    if request.method == "POST":
        if SEARCH in request.POST and isinstance(form, RecordPicking):
            form.look_again()
        elif form.is_valid():
            thing = save(form, action, told=(ForeignToRound,))
            if thing is not None:
                messages.success(request, done)
                return redirect(_address(round, anchor_of(getattr(thing, "recommendation", thing))))
    return render(
        request,
        "workspace/followup/form.html",
        {
            "form": form,
            "round": round,
            "heading": heading,
            "note": note,
            "held": held,
            "back": _address(round),
            "search_button": SEARCH if isinstance(form, RecordPicking) else "",
        },
    )


@require_POST
def start_round(request: HttpRequest, agreement: str) -> HttpResponse:
    """Opens the next year's follow-up."""
    chosen = agreement_or_404(request, agreement)
    by = signed_in(request)
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=chosen.pk)
    posted = request.POST.get("year", "")
    # The year that the button showed: pressed twice, it does not start the year after too.
    year = int(posted) if posted.isdecimal() and len(posted) == 4 else 0
    if not year:
        return redirect("followup:index", agreement=chosen.slug)
    started = act(
        request,
        lambda: services.start_round(agreement=chosen, year=year, today=clock.today(), by=by),
        _("Uppföljningen %(year)s är startad. Nätverken kan börja berätta.") % {"year": year},
        told=(RoundExists, RoundWithdrawn, TooEarly),
    )
    if not started:
        return redirect("followup:index", agreement=chosen.slug)
    return redirect("followup:round", agreement=chosen.slug, year=year)


def new_lesson(request: HttpRequest, agreement: str, year: int) -> HttpResponse:
    """A form for a new lesson of a round, numbered after the last."""
    round = _round(request, agreement, year)
    form = LessonForm(request.POST or None, by=request.user)  # type: ignore[arg-type]

    def write() -> Lesson:
        last = Lesson.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
        return services.create_lesson(
            round=round,
            number=last + 1,
            title=form.cleaned_data["title"],
            points=form.points(),
            evidence=form.records(),
            good_example=form.cleaned_data["good_example"],
            good_example_in=form.cleaned_data["good_example_in"],
            by=request.user,  # type: ignore[arg-type]
        )

    return _written(
        request, form, round, write, heading=_("Ny lärdom"), done=_("Lärdomen är sparad.")
    )


def edit_lesson(request: HttpRequest, uid: str) -> HttpResponse:
    """A form for a lesson."""
    lesson = get_object_or_404(
        Lesson.objects.live().select_related("record", "round__agreement__record"), record__uid=uid
    )
    _check_may_write(request, lesson.round)
    form = EditLessonForm(request.POST or None, by=request.user, lesson=lesson)  # type: ignore[arg-type]

    def write() -> Lesson:
        return services.change_lesson(
            lesson=lesson,
            title=form.cleaned_data["title"],
            points=form.points(),
            evidence=form.records(),
            good_example=form.cleaned_data["good_example"],
            good_example_in=form.cleaned_data["good_example_in"],
            by=request.user,  # type: ignore[arg-type]
        )

    heading = _("Lärdom %(number)s") % {"number": lesson.number}
    return _written(
        request,
        form,
        lesson.round,
        write,
        heading=heading,
        done=_("Lärdomen är sparad."),
        held=lesson,
    )


def new_recommendation(request: HttpRequest, agreement: str, year: int) -> HttpResponse:
    """A form for a new recommendation of a round."""
    round = _round(request, agreement, year)
    asked = request.GET.get("lardom", "")
    lesson = Lesson.objects.live().filter(round=round, record__uid=asked).first() if asked else None
    form = RecommendationForm(
        request.POST or None,
        round=round,
        by=request.user,  # type: ignore[arg-type]
        initial={"lesson": lesson.pk if lesson else None},
    )

    def write() -> Recommendation:
        data = form.cleaned_data
        last = Recommendation.objects.filter(round=round).aggregate(last=Max("order"))["last"] or 0
        return services.create_recommendation(
            round=round,
            text=data["text"],
            lesson=data["lesson"],
            number=data["lesson"].number if data["lesson"] else None,
            addressee=data["addressee"],
            applies_to=data["applies_to"],
            adopted_in=data["adopted_in"],
            origin=form.origin_record(),
            order=last + 1,
            by=request.user,  # type: ignore[arg-type]
        )

    return _written(
        request,
        form,
        round,
        write,
        heading=_("Ny rekommendation"),
        done=_("Rekommendationen är sparad."),
    )


def _recommendation(request: HttpRequest, uid: str) -> Recommendation:
    found = get_object_or_404(
        Recommendation.objects.live().select_related(
            "record", "origin", "round__agreement__record"
        ),
        record__uid=uid,
    )
    _check_may_write(request, found.round)
    return found


def edit_recommendation(request: HttpRequest, uid: str) -> HttpResponse:
    """A form for a recommendation."""
    held = _recommendation(request, uid)
    form = EditRecommendationForm(
        request.POST or None,
        by=request.user,  # type: ignore[arg-type]
        recommendation=held,
    )

    def write() -> Recommendation:
        data = form.cleaned_data
        return services.change_recommendation(
            recommendation=held,
            text=data["text"],
            lesson=data["lesson"],
            addressee=data["addressee"],
            applies_to=data["applies_to"],
            adopted_in=data["adopted_in"],
            origin=form.origin_record(),
            by=request.user,  # type: ignore[arg-type]
        )

    return _written(
        request,
        form,
        held.round,
        write,
        heading=_("Ändra rekommendationen"),
        done=_("Rekommendationen är sparad."),
        held=held,
    )


def respond(request: HttpRequest, uid: str) -> HttpResponse:
    """A form for an answer to a recommendation. Earlier answers stay."""
    held = _recommendation(request, uid)
    form = ResponseForm(request.POST or None)

    def write() -> Any:
        data = form.cleaned_data
        return services.respond_to_recommendation(
            recommendation=held,
            answer=data["answer"],
            reason=data["reason"],
            given_by=data["given_by"],
            when=data["when"],
            today=clock.today(),
            by=request.user,  # type: ignore[arg-type]
        )

    return _written(
        request,
        form,
        held.round,
        write,
        heading=_("Svara på rekommendationen"),
        note=held.title,
        done=_("Svaret är sparat."),
    )
