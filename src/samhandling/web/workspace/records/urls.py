"""The address that every record has, where it is registered, withdrawn and restored."""

from django.urls import path

from samhandling.web.workspace.records import registration_views, views, withdrawal_views

app_name = "records"
urlpatterns = [
    path("tillbakadraget/", withdrawal_views.withdrawn_list, name="withdrawn_list"),
    path("diarium/", registration_views.registered, name="registered"),
    path("post/<str:uid>/diarium/", registration_views.edit, name="registration"),
    path("post/<str:uid>/arende.xlsx", registration_views.case_file, name="case_file"),
    path("post/<str:uid>/", views.show, name="show"),
    path("post/<str:uid>/dra-tillbaka/", withdrawal_views.withdraw, name="withdraw"),
    path("post/<str:uid>/aterstall/", withdrawal_views.restore, name="restore"),
]
