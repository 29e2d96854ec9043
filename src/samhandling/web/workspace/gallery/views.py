"""The gallery: every component in its states, made of the same tags and includes as the pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samhandling.web.workspace.gallery.sample_form import faulty_form
from samhandling.web.workspace.gallery.samples import SAMPLES


def index(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return render(request, "workspace/gallery/index.html", {**SAMPLES, "form": faulty_form()})
