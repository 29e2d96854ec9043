"""Addresses of the list of initiatives."""

from django.urls import path

from samhandling.web.workspace.initiatives import list_views as views

urlpatterns = [
    path("<slug:agreement>/insatser/", views.list_initiatives, name="list"),
    path("<slug:agreement>/insatser/insatser.csv", views.export_csv, name="list_csv"),
    path("<slug:agreement>/insatser/insatser.xlsx", views.export_xlsx, name="list_xlsx"),
]
