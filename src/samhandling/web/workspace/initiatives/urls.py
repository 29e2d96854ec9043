"""Addresses of initiatives: the list here, one initiative beside it."""

from samhandling.web.workspace.initiatives import list_urls, one_urls

app_name = "initiatives"
urlpatterns = [*list_urls.urlpatterns, *one_urls.urlpatterns]
