"""The registers, the participation matrix, and the pages of a body and of another actor."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.actor import read_actor
from samhandling.apps.followup.network import read_network
from samhandling.apps.initiatives.participation import read_participation
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.organisations.permissions import may
from samhandling.apps.people.permissions import can_invite_to
from samhandling.apps.people.selectors.lacking import bodies_lacking
from samhandling.core.access import Operation
from samhandling.web.agreement_choice import (
    agreement_or_404,
    agreements_of,
    chosen_agreement,
    show_agreement,
)
from samhandling.web.workspace.actors import actor_page, network_page, registers
from samhandling.web.workspace.actors.filters import ACTOR_FILTERS, BODY_FILTERS, read


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The register of networks and groups."""
    reading = read(request.GET, BODY_FILTERS)
    page = registers.body_page(request.GET, reading)
    return render(request, "workspace/actors/bodies.html", {"page": page, "reading": reading})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The register of organisations, categories and described sets."""
    reading = read(request.GET, ACTOR_FILTERS)
    agreement = chosen_agreement(request)
    page = registers.actor_page(request.GET, reading, agreement, request.user)  # type: ignore[arg-type]
    return render(
        request,
        "workspace/actors/organisations.html",
        {"page": page, "reading": reading, "agreement": agreement},
    )


@require_safe
def participation(request: HttpRequest, agreement: str) -> HttpResponse:
    """Municipalities against the networks and initiatives of one agreement."""
    held = agreement_or_404(request, agreement)
    size = registers.PAGE_SIZE
    asked = request.GET.get("sida", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    first = max(number - 1, 0) * size
    matrix = read_participation(held, request.user, first, size)  # type: ignore[arg-type]
    page = Paginator(range(matrix.total), size).get_page(number)
    if page.number != number:
        return redirect(f"{request.path}?sida={page.number}")
    others = [row for row in agreements_of(request) if row.pk != held.pk]
    return render(
        request,
        "workspace/actors/participation.html",
        {"agreement": held, "others": others, "matrix": matrix, "page": page},
    )


@require_safe
def body(request: HttpRequest, uid: str) -> HttpResponse:
    """All that is known of one network or group."""
    found = CollaborationBody.objects.select_related(
        "record",
        "coordinating_authority__record",
        "reports_to__record",
        "assigned_by__record",
        "part_of__record",
        "successor__record",
    ).prefetch_related("led_by__record")
    body = get_object_or_404(found, record__uid=uid, record__withdrawn_at__isnull=True)
    if body.record.merged_into_id is not None:
        return redirect(reverse("records:show", args=[uid]))
    by: Author = request.user  # type: ignore[assignment]
    network = read_network(body, by)
    if len(network.assignments) == 1:
        show_agreement(request, network.assignments[0].agreement.slug)
    shown = network_page.context(network, by)
    shown["convener_lacks"] = bodies_lacking([body.pk]).get(body.pk)
    shown["may_appoint"] = may(by, Operation.MANAGE_PEOPLE, body_id=body.pk)
    shown["may_invite"] = not shown["is_over"] and can_invite_to(body, by)
    return render(request, "workspace/actors/body.html", shown)


@require_safe
def actor(request: HttpRequest, uid: str) -> HttpResponse:
    """All that is known of one organisation, category or described set."""
    found = Actor.objects.select_related("record").exclude(actor_kind=Actor.Kind.BODY)
    actor = get_object_or_404(found, record__uid=uid, record__withdrawn_at__isnull=True)
    if actor.record.merged_into_id is not None:
        return redirect(reverse("records:show", args=[uid]))
    by: Author = request.user  # type: ignore[assignment]
    shown = actor_page.context(read_actor(actor, by))
    if may(by, Operation.EDIT_CONTROLLER, owner_id=actor.pk):
        shown["controller_url"] = reverse("actors:controller", args=[uid])
    return render(request, "workspace/actors/actor.html", shown)
