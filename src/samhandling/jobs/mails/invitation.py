"""Somebody is asked to take part. The link is made when the mail is, and kept nowhere."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.people.links import make_token
from samhandling.apps.people.selectors.invitations import inviter_of, open_invitations
from samhandling.jobs.mail import Mail, NotWanted, full_address


def build(ids: dict[str, str | int], language: str) -> Mail:
    """The mail of one round of an invitation.

    Raises NotWanted when it was answered, taken back, sent anew, is too old, is to something that
    is over, or has nobody left who may invite. It quotes nothing that the inviter wrote: nobody
    sends their own words to a stranger through us.
    """
    invitation = open_invitations().filter(key=ids["invitation"], round=ids["round"]).first()
    if invitation is None or invitation.is_for_a_past_time or inviter_of(invitation) is None:
        raise NotWanted
    context = {
        "invitation": invitation,
        "inviter": " ".join(invitation.invited_by.name.split()),
        "body": invitation.body.title if invitation.body else "",
        "last_day": invitation.valid_until,
        "until": invitation.expires_at,
        "address": full_address(reverse("people:open_link", args=[make_token(invitation)])),
    }
    return Mail(
        subject=_("Inbjudan till Samhandling"),
        text=render_to_string("emails/invitation.txt", context),
    )
