"""Sending invitations: those who run the people to anything, a convener to her own body."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.organisations.models import Affiliation, CollaborationBody, Membership
from samhandling.apps.organisations.services import Leaves, OwnRole, ScopeNotPossible
from samhandling.apps.people import services
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.permissions import (
    can_invite,
    can_invite_to,
    can_run_people,
    check_can_run_people,
)
from samhandling.apps.people.selectors.invitations import unanswered_invitations
from samhandling.apps.people.services.errors import (
    AlreadyInvited,
    InvitationOver,
    LastDayPassed,
    NothingToEnd,
    PastTime,
)
from samhandling.web.methods import get_or_post
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.people.invite_forms import (
    InvitedForm,
    InviteForm,
    MemberForm,
    bodies_offered,
)

_TOLD_AT: dict[type[Exception], str] = {
    AlreadyInvited: "email",
    LastDayPassed: "valid_until",
    Leaves: "valid_until",
    NothingToEnd: "valid_until",
    OwnRole: "email",
    ScopeNotPossible: "scope",
}


@get_or_post
def invite(request: HttpRequest) -> HttpResponseBase:
    """Invites somebody to anything; ?person= somebody who is known but has no account."""
    check_can_run_people(signed_in(request))
    return _invite(request)


@reauthentication_required
def _invite(request: HttpRequest) -> HttpResponse:
    by = signed_in(request)
    known = _known(request.GET.get("person", ""))
    form = InviteForm(
        request.POST if request.method == "POST" else None, by=by, initial=_initial(request, known)
    )
    if request.method == "POST" and form.is_valid():
        sent = _send(form, by, person=known)
        if sent is not None:
            return _done(request, sent, reverse("people:list") + "?lage=inbjudna")
    shown = {"form": form, "known": known, "cancel_url": reverse("people:list")}
    return render(request, "workspace/people/invite.html", shown)


@get_or_post
def invite_to_body(request: HttpRequest, uid: str) -> HttpResponse:
    """Invites a member to a network or group."""
    by = signed_in(request)
    body = get_object_or_404(bodies_offered(), record__uid=uid)
    if not can_invite_to(body, by):
        raise Http404
    form = MemberForm(request.POST if request.method == "POST" else None)
    here = reverse("people:invite_to_body", args=[uid])
    if request.method == "POST" and form.is_valid():
        sent = _send(form, by, body=body, seat=Membership.Role.MEMBER.value)
        if sent is not None:
            return _done(request, sent, here)
    waiting = unanswered_invitations().filter(body=body).order_by("-invited_at")
    shown = {
        "form": form,
        "body": body,
        "waiting": [row for row in waiting if can_invite(row, by)],
        "back": here,
    }
    return render(request, "workspace/people/invite_to_body.html", shown)


@require_POST
def resend(request: HttpRequest, key: str) -> HttpResponse:
    """Sends an invitation anew, in one's own name."""
    by = signed_in(request)
    invitation = _mine_or_404(key, by)
    act(
        request,
        lambda: services.resend_invitation(
            invitation=invitation, by=by, language=get_language() or "sv"
        ),
        _("Inbjudan är skickad igen. Den gamla länken gäller inte längre."),
        told=(InvitationOver, OwnRole, PastTime),
    )
    return _back(invitation, by)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Takes an invitation back."""
    by = signed_in(request)
    invitation = _mine_or_404(key, by)
    act(
        request,
        lambda: services.withdraw_invitation(invitation=invitation, by=by),
        _("Inbjudan är återtagen. Länken gäller inte längre."),
        told=(InvitationOver,),
    )
    return _back(invitation, by)


def _send(form: InvitedForm, by: User, **more: Any) -> Invitation | None:
    return save(
        form,
        lambda: services.invite(
            **{**form.cleaned_data, **more}, by=by, language=get_language() or "sv"
        ),
        told=tuple(_TOLD_AT),
        told_at=_TOLD_AT,
    )


def _done(request: HttpRequest, sent: Invitation, url: str) -> HttpResponse:
    messages.success(
        request,
        _("Inbjudan till %(email)s är på väg. Den gäller i fjorton dagar.") % {"email": sent.email},
    )
    return redirect(url)


def _mine_or_404(key: str, by: User) -> Invitation:
    found = Invitation.objects.select_related("body__record").filter(key=key).first()
    if found is None or not can_invite(found, by):
        raise Http404
    return found


def _back(invitation: Invitation, by: User) -> HttpResponse:
    if can_run_people(by):
        return redirect(reverse("people:list") + "?lage=inbjudna")
    assert invitation.body is not None
    return redirect("people:invite_to_body", invitation.body.uid)


def _known(key: str) -> Person | None:
    """Somebody who is known but cannot sign in. Http404 for anybody else."""
    if not key:
        return None
    people = Person.objects.filter(
        user__isnull=True, merged_into__isnull=True, pseudonymised_at__isnull=True
    )
    found: Person = get_object_or_404(people, key=key)
    return found


def _initial(request: HttpRequest, known: Person | None) -> dict[str, Any]:
    offered: dict[str, Any] = {}
    if uid := request.GET.get("organisation"):
        offered["organisation"] = uid
    if uid := request.GET.get("natverk"):
        body = CollaborationBody.objects.filter(record__uid=uid).first()
        offered |= {"body": body, "seat": Membership.Role.CONVENER.value}
    if known is not None:
        works = Affiliation.objects.filter(person=known, valid_until=None)
        first = works.select_related("organisation__record").first()
        offered |= {
            "name": known.name,
            "email": known.work_email,
            "organisation": first.organisation if first else None,
            "function": first.function if first else "",
        }
    return offered
