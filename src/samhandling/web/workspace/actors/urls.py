"""Addresses of networks and actors."""

from django.urls import path

from samhandling.web.workspace.actors import controller_views, views

app_name = "actors"
urlpatterns = [
    path("natverk-och-aktorer/", views.bodies, name="list"),
    path("natverk-och-aktorer/aktorer/", views.organisations, name="organisations"),
    path(
        "natverk-och-aktorer/deltagande/<slug:agreement>/",
        views.participation,
        name="participation",
    ),
    path("natverk/<str:uid>/", views.body, name="body"),
    path("aktorer/<str:uid>/personuppgifter/", controller_views.controller, name="controller"),
    path("aktorer/<str:uid>/", views.actor, name="actor"),
]
