"""Addresses for signing in and out."""

from django.contrib.auth import views as auth
from django.urls import path

app_name = "account"
urlpatterns = [
    path(
        "konto/logga-in/",
        auth.LoginView.as_view(
            template_name="workspace/account/login.html", redirect_authenticated_user=True
        ),
        name="login",
    ),
    path("konto/logga-ut/", auth.LogoutView.as_view(), name="logout"),
]
