"""The workspace's addresses, one line an area. The areas keep their own in <area>/urls.py."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("samhandling.web.workspace.account.urls")),
    # Before the others: what is done to an initiative's or a network's people has longer addresses.
    path("", include("samhandling.web.workspace.people.urls")),
    path("", include("samhandling.web.workspace.initiatives.urls")),
    path("", include("samhandling.web.workspace.search.urls")),
    path("", include("samhandling.web.workspace.history.urls")),
    path("", include("samhandling.web.workspace.needs.urls")),
    path("", include("samhandling.web.workspace.about.urls")),
    path("", include("samhandling.web.workspace.records.urls")),
    path("", include("samhandling.web.workspace.agreements.urls")),
    path("", include("samhandling.web.workspace.actors.urls")),
    path("", include("samhandling.web.workspace.questions.urls")),
    path("", include("samhandling.web.workspace.overview.urls")),
    path("", include("samhandling.web.workspace.followup.urls")),
    path("", include("samhandling.web.workspace.reports.urls")),
    path("", include("samhandling.web.workspace.discussion.urls")),
    path("", include("samhandling.web.workspace.notices.urls")),
    path("", include("samhandling.web.workspace.privacy.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("", include("samhandling.web.workspace.gallery.urls")))
