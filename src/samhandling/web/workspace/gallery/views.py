"""The gallery: every component in its states, made of the same tags and includes as the pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samhandling.web.workspace.gallery.sample_form import faulty_form
from samhandling.web.workspace.gallery.samples import SAMPLES


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """All components on one page. It shows no record, so it needs no sign-in."""
    return render(request, "workspace/gallery/index.html", {**SAMPLES, "form": faulty_form()})
