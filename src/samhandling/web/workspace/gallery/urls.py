"""Address of the gallery; included only in debug."""

from django.urls import path

from samhandling.web.workspace.gallery import views

app_name = "gallery"
urlpatterns = [path("galleri/", views.index, name="index")]
