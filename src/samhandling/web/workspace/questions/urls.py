"""The address of the open questions."""

from django.urls import path

from samhandling.web.workspace.questions import views

app_name = "questions"
urlpatterns = [path("fragor/", views.listing, name="list")]
