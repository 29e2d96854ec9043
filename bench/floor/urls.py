"""The plain project's addresses."""

from django.contrib.auth.views import LoginView
from django.urls import path

from bench.floor import views

urlpatterns = [
    path("accounts/login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("items/", views.items, name="items"),
    path("items/<int:pk>/", views.items, name="item"),
    path("items.csv", views.items_csv, name="items_csv"),
]
