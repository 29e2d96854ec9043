"""Addresses of initiatives: the list here, one initiative beside it."""

from samhandling.web.workspace.initiatives import list_urls

app_name = "initiatives"
urlpatterns = [*list_urls.urlpatterns]
