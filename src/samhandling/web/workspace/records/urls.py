"""The address that every record has, and where it is withdrawn and restored."""

from django.urls import path

from samhandling.web.workspace.records import views, withdrawal_views

app_name = "records"
urlpatterns = [
    path("tillbakadraget/", withdrawal_views.withdrawn_list, name="withdrawn_list"),
    path("post/<str:uid>/", views.show, name="show"),
    path("post/<str:uid>/dra-tillbaka/", withdrawal_views.withdraw, name="withdraw"),
    path("post/<str:uid>/aterstall/", withdrawal_views.restore, name="restore"),
]
