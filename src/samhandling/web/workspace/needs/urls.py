"""Addresses of needs."""

from django.urls import path

from samhandling.web.workspace.needs import sharing_views, views, writing_views

app_name = "needs"
urlpatterns = [
    path("<slug:agreement>/behov/", views.list_needs, name="list"),
    path("<slug:agreement>/behov/nytt/", writing_views.create, name="create"),
    path("behov/<str:uid>/", views.detail, name="detail"),
    path("behov/<str:uid>/andra/", writing_views.edit, name="edit"),
    path("behov/<str:uid>/dela/", sharing_views.share, name="share"),
    path("behov/<str:uid>/ta-tillbaka/", sharing_views.take_back, name="take_back"),
    path("behov/<str:uid>/beslut/", sharing_views.decide, name="decide"),
    path("behov/<str:uid>/dra-tillbaka/", writing_views.withdraw, name="withdraw"),
]
