"""Addresses of the yearly follow-up."""

from django.urls import path

from samhandling.web.workspace.followup import round_views, telling_views, views, writing

app_name = "followup"
urlpatterns = [
    path("<slug:agreement>/uppfoljning/", views.index, name="index"),
    path("<slug:agreement>/uppfoljning/starta/", writing.start_round, name="start"),
    path("<slug:agreement>/uppfoljning/<int:year>/", views.round_page, name="round"),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/redigera/",
        round_views.edit_round,
        name="edit_round",
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/insatser/<str:uid>/",
        round_views.tell_initiative,
        name="tell_without_network",
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/natverk/<str:uid>/",
        views.network,
        name="network",
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/natverk/<str:uid>/beratta/",
        telling_views.tell,
        name="tell",
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/natverk/<str:uid>/insatser/<str:initiative>/",
        telling_views.tell_initiative,
        name="tell_initiative",
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/ny-lardom/", writing.new_lesson, name="new_lesson"
    ),
    path(
        "<slug:agreement>/uppfoljning/<int:year>/ny-rekommendation/",
        writing.new_recommendation,
        name="new_recommendation",
    ),
    path("lardomar/<str:uid>/redigera/", writing.edit_lesson, name="edit_lesson"),
    path(
        "rekommendationer/<str:uid>/redigera/",
        writing.edit_recommendation,
        name="edit_recommendation",
    ),
    path("rekommendationer/<str:uid>/svara/", writing.respond, name="respond"),
]
