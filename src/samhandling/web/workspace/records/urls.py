"""The address that every record has."""

from django.urls import path

from samhandling.web.workspace.records import views

app_name = "records"
urlpatterns = [path("post/<str:uid>/", views.show, name="show")]
