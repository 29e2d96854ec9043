"""The secret in an invitation's link.

It is a signature of the invitation's key and round with the installation's own key, so that nothing
that opens a link lies in the database, in a backup or in the outbox; the mail is made when it is
sent, and made the same again when the mail server was away. A new round makes earlier links
worthless.
"""

from django.core import signing

from samhandling.apps.people.models import Invitation

_SIGNER = signing.Signer(salt="samhandling.people.invitation")
LONGEST = 200


def make_token(invitation: Invitation) -> str:
    """The secret of the invitation's present link."""
    return _SIGNER.sign(f"{invitation.key}.{invitation.round}").replace(":", ".")


def read_token(token: str) -> tuple[str, int] | None:
    """The key and round that a token was made for; None when it is not one of ours."""
    said, _dot, signature = token.rpartition(".")
    if len(token) > LONGEST:
        return None
    try:
        key, _dot, round_ = _SIGNER.unsign(f"{said}:{signature}").rpartition(".")
    except signing.BadSignature:
        return None
    return key, int(round_)
