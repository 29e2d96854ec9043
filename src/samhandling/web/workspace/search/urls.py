"""Address of the search."""

from django.urls import path

from samhandling.web.workspace.search import views

app_name = "search"
urlpatterns = [path("sok/", views.results, name="results")]
