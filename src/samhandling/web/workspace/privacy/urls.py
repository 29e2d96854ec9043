"""Addresses for what is held about a person."""

from django.urls import path

from samhandling.web.workspace.privacy import disposal_views, retention_views, views

app_name = "privacy"
urlpatterns = [
    path("bevarande/", retention_views.retention, name="retention"),
    path("gallring/", disposal_views.disposals, name="disposals"),
    path("gallring/nytt-beslut/", disposal_views.register, name="register_decision"),
    path("gallring/<int:pk>/", disposal_views.decision, name="decision"),
    path("konto/mina-uppgifter/", views.mine, name="mine"),
    path("konto/mina-uppgifter/fil/", views.my_file, name="my_file"),
    path("personer/<str:key>/uppgifter/", views.extract, name="extract"),
    path("personer/<str:key>/uppgifter/fil/", views.file_of_person, name="file"),
    path("personer/<str:key>/omnamnd/", views.mentions, name="mentions"),
    path("personer/<str:key>/pseudonymisera/", views.forget, name="forget"),
]
