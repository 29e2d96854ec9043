"""Addresses for what is held about a person."""

from django.urls import path

from samhandling.web.workspace.privacy import retention_views, views

app_name = "privacy"
urlpatterns = [
    path("bevarande/", retention_views.retention, name="retention"),
    path("konto/mina-uppgifter/", views.mine, name="mine"),
    path("konto/mina-uppgifter/fil/", views.my_file, name="my_file"),
    path("personer/<str:key>/uppgifter/", views.file_of_person, name="file"),
    path("personer/<str:key>/pseudonymisera/", views.forget, name="forget"),
]
