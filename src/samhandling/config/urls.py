"""All addresses. The workspace's own stand with their areas in samhandling.web.workspace."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

# Too many requests, of django-allauth's views too.
handler429 = "samhandling.web.rate_limits.too_many"

urlpatterns = [
    path("sprak/", login_not_required(set_language), name="set_language"),
    path("", include("samhandling.web.operations.urls")),
    path("", include("samhandling.web.workspace.urls")),
]
handler500 = "samhandling.web.operations.failures.failed"
