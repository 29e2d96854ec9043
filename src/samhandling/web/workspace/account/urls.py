"""Addresses for signing in and out, and for my account.

Names without a namespace are those that allauth itself looks up; its other views are not used.
"""

from allauth.account.views import account_inactive
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import RedirectView

from samhandling.web.workspace.account import address_views, sign_in, views

to_account = RedirectView.as_view(pattern_name="account:index")

own = [
    path("", views.index, name="index"),
    path("losenord/", views.password, name="password"),
    path("adress/", address_views.address, name="address"),
    path("adress/kod/", address_views.confirm, name="address_code"),
    path("andra-steget/", views.second_factor, name="second_factor"),
    path("logga-ut-overallt/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("logga-ut/", auth.LogoutView.as_view(), name="logout"),
    path(
        "bekrafta/kod/",
        views.ReauthenticateByCodeView.as_view(),
        name="reauthenticate_by_code",
    ),
]

allauth = [
    path("logga-in/", sign_in.LoginView.as_view(), name="account_login"),
    path("avstangt/", account_inactive, name="account_inactive"),
    path("kod/", sign_in.RequestCodeView.as_view(), name="account_request_login_code"),
    path("kod/ange/", sign_in.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("nyckel/", sign_in.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("tva-steg/", sign_in.SecondStepView.as_view(), name="mfa_authenticate"),
    path("bekrafta/", sign_in.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("bekrafta/app/", sign_in.MfaReauthenticateView.as_view(), name="mfa_reauthenticate"),
    path(
        "bekrafta/nyckel/",
        sign_in.PasskeyReauthenticateView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("steg/", to_account, name="mfa_index"),
    path("app/", sign_in.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("app/ta-bort/", sign_in.DeactivateAppView.as_view(), name="mfa_deactivate_totp"),
    path("reservkoder/", sign_in.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "reservkoder/nya/",
        sign_in.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("nycklar/", to_account, name="mfa_list_webauthn"),
    path("nycklar/ny/", sign_in.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "nycklar/<int:pk>/ta-bort/",
        sign_in.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("leverantor/<slug:provider_id>/", sign_in.at_provider, name="openid_connect_login"),
    path(
        "leverantor/<slug:provider_id>/svar/",
        openid_connect.callback,
        name="openid_connect_callback",
    ),
]

urlpatterns = [
    path("konto/", include((own, "account"))),
    path("konto/", include(allauth)),
]
