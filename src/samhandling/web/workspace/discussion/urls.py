"""Addresses of what is said about a record."""

from django.urls import path

from samhandling.web.workspace.discussion import file_views, restore_views, views

app_name = "discussion"
_ONE = "post/<str:uid>/"

urlpatterns = [
    path(f"{_ONE}kommentarer/", views.comments, name="comments"),
    path(f"{_ONE}kommentarer/<int:comment>/andra/", views.edit, name="edit"),
    path(f"{_ONE}kommentarer/<int:comment>/dra-tillbaka/", views.withdraw, name="withdraw"),
    path(f"{_ONE}kommentarer/<int:comment>/aterstall/", restore_views.comment, name="restore"),
    path(f"{_ONE}folj/", views.follow, name="follow"),
    path(f"{_ONE}bilagor/ny/", file_views.attach, name="attach"),
    path(f"{_ONE}bilagor/<str:file>/", file_views.download, name="file"),
    path(f"{_ONE}bilagor/<str:file>/dra-tillbaka/", file_views.withdraw, name="file_withdraw"),
    path(f"{_ONE}bilagor/<str:file>/aterstall/", restore_views.file, name="file_restore"),
]
