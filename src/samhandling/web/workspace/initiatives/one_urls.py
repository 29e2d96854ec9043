"""Addresses of one initiative and of what is written about it."""

from django.urls import path

from samhandling.web.workspace.initiatives import (
    link_views,
    measure_views,
    money_views,
    one_views,
    part_views,
    sharing_views,
)

_ONE = "insatser/<str:uid>/"

urlpatterns = [
    path("<slug:agreement>/insatser/ny/", one_views.create, name="create"),
    path(_ONE, one_views.detail, name="detail"),
    path(f"{_ONE}andra/", one_views.edit, name="edit"),
    path(f"{_ONE}dela/", sharing_views.share, name="share"),
    path(f"{_ONE}ta-tillbaka/", sharing_views.take_back, name="take_back"),
    path(f"{_ONE}beslut/", sharing_views.decide, name="decide"),
    path(f"{_ONE}dra-tillbaka/", one_views.withdraw, name="withdraw"),
    path(f"{_ONE}status/", part_views.status, name="status"),
    path(f"{_ONE}steg/", part_views.parts, name="parts"),
    path(f"{_ONE}flytta/", part_views.move, name="move"),
    path(f"{_ONE}medverkande/", link_views.partners, name="partners"),
    path(f"{_ONE}behov/", link_views.needs, name="needs"),
    path(f"{_ONE}finansiering/ny/", money_views.create, name="funding_create"),
    path(f"{_ONE}finansiering/<str:funding_uid>/", money_views.edit, name="funding_edit"),
    path(f"{_ONE}finansiering/<str:funding_uid>/lage/", money_views.state, name="funding_state"),
    path(f"{_ONE}mangder/ny/", measure_views.create_quantity, name="quantity_create"),
    path(f"{_ONE}mangder/<str:quantity_uid>/", measure_views.edit_quantity, name="quantity_edit"),
    path(
        f"{_ONE}mangder/<str:quantity_uid>/dra-tillbaka/",
        measure_views.withdraw_quantity,
        name="quantity_withdraw",
    ),
    path(f"{_ONE}resultat/nytt/", measure_views.create_result, name="result_create"),
    path(f"{_ONE}resultat/<int:pk>/", measure_views.edit_result, name="result_edit"),
    path(
        f"{_ONE}resultat/<int:pk>/dra-tillbaka/",
        measure_views.withdraw_result,
        name="result_withdraw",
    ),
    path(
        f"{_ONE}resultat/<int:pk>/aterstall/", measure_views.restore_result, name="result_restore"
    ),
]
