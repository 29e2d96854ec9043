"""Browsers of users who have just signed in, their second factors, and the codes of an app."""

import json
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from samhandling.apps.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in_now(user: User, client: Client | None = None, *, seconds_ago: float = 0) -> Client:
    """A browser where somebody showed who they are so many seconds ago, by password."""
    browser = client or Client()
    browser.force_login(user)
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago, "email": user.email}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser


def make_app(user: User) -> list[str]:
    """An authenticator app with `SECRET`, and recovery codes, which are returned."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def code_of_app(secret: str = SECRET) -> str:
    """What the app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def make_passkey(user: User) -> Authenticator:
    """A passkey. It signs nobody in: no device has its other half."""
    public = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    attested = AttestedCredentialData.create(Aaguid.NONE, b"key of the tests", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    known = AuthenticatorData.create(bytes(32), flags, 0, attested)
    client = {"type": "webauthn.create", "challenge": "AA", "origin": "https://samhandling.example"}
    credential = {
        "id": websafe_encode(b"key of the tests"),
        "rawId": websafe_encode(b"key of the tests"),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(client).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
        },
    }
    made: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Mobilen", "credential": credential},
    )
    return made
