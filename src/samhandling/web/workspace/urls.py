"""The workspace's addresses, one line an area. The areas keep their own in <area>/urls.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("samhandling.web.workspace.account.urls")),
]
