"""All addresses. The workspace's own stand with their areas in samhandling.web.workspace."""

from django.urls import include, path

from samhandling.web.language import choose

# Too many requests, of django-allauth's views too.
handler429 = "samhandling.web.rate_limits.too_many"

urlpatterns = [
    path("sprak/", choose, name="set_language"),
    path("", include("samhandling.web.operations.urls")),
    path("", include("samhandling.web.workspace.urls")),
]
handler500 = "samhandling.web.operations.failures.failed"
