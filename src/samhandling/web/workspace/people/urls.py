"""Addresses of people, of invitations and of what lacks somebody."""

from django.urls import path

from samhandling.web.workspace.people import (
    answer_views,
    invite_views,
    lacking_views,
    list_views,
    merge_views,
    person_views,
    return_views,
    ways_in_views,
)

app_name = "people"
urlpatterns = [
    path("inbjudan/svara/", answer_views.answer, name="answer"),
    path("inbjudan/<str:token>/", answer_views.open_link, name="open_link"),
    path("personer/", list_views.people, name="list"),
    path("personer/bjud-in/", invite_views.invite, name="invite"),
    path("personer/inbjudan/<str:key>/igen/", invite_views.resend, name="resend"),
    path("personer/inbjudan/<str:key>/ta-tillbaka/", invite_views.withdraw, name="withdraw"),
    path("natverk/<str:uid>/bjud-in/", invite_views.invite_to_body, name="invite_to_body"),
    path("natverk/<str:uid>/ta-over/", lacking_views.take_over_body, name="take_over_body"),
    path("natverk/<str:uid>/utse/", lacking_views.appoint, name="appoint"),
    path("insatser/<str:uid>/kontakt/", lacking_views.contact, name="contact"),
    path(
        "insatser/<str:uid>/kontakt/ta-over/",
        lacking_views.take_over_contact,
        name="take_over_contact",
    ),
    path("saknar-ansvarig/", lacking_views.lacking, name="lacking"),
    path("personer/<str:key>/", person_views.person, name="person"),
    path("personer/<str:key>/namn/", person_views.rename, name="rename"),
    path("personer/<str:key>/adress/", ways_in_views.change, name="change_ways_in"),
    path("personer/<str:key>/roll/", person_views.give_role, name="give_role"),
    path("personer/<str:key>/roll/<int:pk>/avsluta/", person_views.end_role, name="end_role"),
    path("personer/<str:key>/plats/", person_views.give_seat, name="give_seat"),
    path("personer/<str:key>/plats/<int:pk>/avsluta/", person_views.end_seat, name="end_seat"),
    path(
        "personer/<str:key>/organisation/",
        person_views.change_organisation,
        name="change_organisation",
    ),
    path("personer/<str:key>/ersattare/", person_views.substitute, name="substitute"),
    path(
        "personer/<str:key>/ersattare/<int:pk>/avsluta/",
        person_views.end_substitution,
        name="end_substitution",
    ),
    path("personer/<str:key>/avsluta/", person_views.leave, name="leave"),
    path("personer/<str:key>/stang/", person_views.close_sign_in, name="close_sign_in"),
    path("personer/<str:key>/oppna/", return_views.open_sign_in, name="open_sign_in"),
    path("personer/<str:key>/angra/", return_views.undo_leaving, name="undo_leaving"),
    path("personer/<str:key>/sla-ihop/", merge_views.merge, name="merge"),
]
