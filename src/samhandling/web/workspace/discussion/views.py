"""Reading and writing what is said about a record, and following it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Comment
from samhandling.apps.discussion.permissions import (
    can_comment,
    can_edit_comment,
    can_read_discussion,
    can_withdraw_comment,
    circle_now,
    is_own,
    may_moderate,
    visible_comments,
)
from samhandling.apps.discussion.selectors import comments_on, namesakes, people_near
from samhandling.apps.notices.selectors import follows
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.core.access import Operation
from samhandling.web import links
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.discussion.forms import (
    AlsoForm,
    EditCommentForm,
    ReasonForm,
    TellingForm,
)
from samhandling.web.workspace.discussion.talk import WITH_COMPONENT
from samhandling.web.workspace.records.places import place_of

PAGE_SIZE = 25
TOLD = (
    errors.CommentClosed,
    errors.CommentEmpty,
    errors.CommentTooLong,
    errors.MayNotSee,
    errors.SeveralCalledSo,
    errors.TooManyMentioned,
)


@get_or_post
def comments(request: HttpRequest, uid: str) -> HttpResponse:
    """All that has been said of a record, newest first, and the form to say more."""
    by = signed_in(request)
    record = record_or_404(uid, by)
    may_comment = can_comment(record, by)
    if request.method == "POST" and not may_comment:
        raise NotAllowed(Operation.COMMENT)
    form = None
    if may_comment:
        data = request.POST if request.method == "POST" else None
        near = people_near(record, by)
        called_so = namesakes(data.get("text", ""), record, by) if data else []
        form = TellingForm(data, [*near, *called_so])
        if request.method == "POST" and form.is_valid():
            made = save(
                form,
                lambda: services.add_comment(record=record, by=by, **form.cleaned_data),
                told=TOLD,
                field="text",
            )
            if made is not None:
                messages.success(request, _("Kommentaren är sparad."))
                return redirect(_back(request, record, made))
    total = visible_comments(record, by).count()
    pages = Paginator(range(total), PAGE_SIZE)
    page = pages.get_page(_page_number(request, record, by))
    start = max(0, page.start_index() - 1)
    said = comments_on(record, by, start, start + PAGE_SIZE)
    return render(
        request,
        "workspace/discussion/comments.html",
        {
            "record": record,
            "url": record_page(record, by),
            "form": form,
            "page": page,
            "comments": said,
            "follows": follows(by, record),
            # Asked of those alone who have said something here that they may want to change.
            "circle": circle_now(record) if any(is_own(one.author_key, by) for one in said) else "",
            "may_moderate": may_moderate(record, by),
        },
    )


@get_or_post
def edit(request: HttpRequest, uid: str, comment: int) -> HttpResponse:
    """Other words for one's own comment."""
    by = signed_in(request)
    said = comment_or_404(uid, comment, by)
    if not can_edit_comment(said, by):
        raise NotAllowed(Operation.COMMENT)
    data = request.POST if request.method == "POST" else None
    form = EditCommentForm(data, thing=said)
    # Where two had written, what was chosen of both stands in the form once it is read.
    is_read = form.is_valid()
    also = AlsoForm(data, _not_told(said, form["text"].value() or "", by))
    if is_read and also.is_valid():
        changed = save(
            form,
            lambda: services.edit_comment(
                comment=said, text=form.cleaned_data["text"], by=by, **also.cleaned_data
            ),
            told=TOLD,
            field="text",
        )
        if changed is not None:
            messages.success(request, _("Kommentaren är ändrad."))
            return redirect(comment_url(said))
    return _form_page(request, "edit", said, form, also)


@get_or_post
def withdraw(request: HttpRequest, uid: str, comment: int) -> HttpResponse:
    """Takes a comment back, with a reason."""
    by = signed_in(request)
    said = comment_or_404(uid, comment, by)
    if not can_withdraw_comment(said, by):
        raise NotAllowed(Operation.MODERATE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        save(
            form,
            lambda: services.withdraw_comment(comment=said, reason=reason, by=by),
            field="reason",
        )
        if not form.errors:
            messages.success(request, _("Kommentaren är tillbakadragen. Den kan återställas."))
            return redirect(comment_url(said))
    return _form_page(request, "withdraw", said, form)


@require_POST
def follow(request: HttpRequest, uid: str) -> HttpResponse:
    """Begins or stops following a record."""
    by = signed_in(request)
    record = record_or_404(uid, by)
    if request.POST.get("folj") == "ja":
        act(
            request,
            lambda: services.follow_record(record=record, by=by),
            _("Du följer posten och får veta när någon kommenterar."),
        )
    else:
        act(
            request,
            lambda: services.unfollow_record(record=record, by=by),
            _("Du följer inte posten längre."),
        )
    if request.POST.get("fran") == "aviseringar":
        return redirect("notices:choices")
    return redirect(record_page(record, by))


def record_or_404(uid: str, by: Author) -> Record:
    """The record, if `by` may read what is said of it."""
    record = get_object_or_404(Record, uid=uid)
    if not can_read_discussion(record, by):
        raise Http404
    return record


def comment_or_404(uid: str, pk: int, by: Author) -> Comment:
    """The comment of this record, if `by` may read it."""
    record = record_or_404(uid, by)
    found: Comment = get_object_or_404(visible_comments(record, by).select_related("record"), pk=pk)
    return found


def record_page(record: Record, by: Author) -> str:
    """Where the record is shown; what hangs on another page is named by its own anchor."""
    return place_of(record, by) or links.url_of(record)


def _back(request: HttpRequest, record: Record, said: Comment) -> str:
    """To the record's page when the comment was written there, otherwise to all comments."""
    page = place_of(record, signed_in(request))
    if request.POST.get("fran") == "posten" and page and record.kind in WITH_COMPONENT:
        return f"{page.partition('#')[0]}#{_anchor(said)}"
    return comment_url(said)


def comment_url(said: Comment) -> str:
    """Where a comment stands among all of its record."""
    address = reverse("discussion:comments", args=[said.record.uid])
    return f"{address}?kommentar={said.pk}#{_anchor(said)}"


def _anchor(said: Comment) -> str:
    return services.anchor_of(said)


def _page_number(request: HttpRequest, record: Record, by: Author) -> int:
    """The page asked for, or the one that shows the comment asked for."""
    wanted = request.GET.get("kommentar", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 15:
        newer = visible_comments(record, by).filter(pk__gt=int(wanted)).count()
        return newer // PAGE_SIZE + 1
    number = request.GET.get("sida", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1


def _not_told(said: Comment, text: str, by: User) -> list[Person]:
    """Those near the record, and those whom the words may mean, who were not told before."""
    told = set(said.mentioned.all())
    offered = [*people_near(said.record, by), *namesakes(text, said.record, by)]
    return [person for person in offered if person not in told]


def _form_page(
    request: HttpRequest,
    template: str,
    said: Comment,
    form: EditCommentForm | ReasonForm,
    also: AlsoForm | None = None,
) -> HttpResponse:
    shown = {
        "also": also,
        "record": said.record,
        "comment": said,
        "form": form,
        "url": record_page(said.record, signed_in(request)),
        "cancel_url": comment_url(said),
    }
    return render(request, f"workspace/discussion/{template}.html", shown)
