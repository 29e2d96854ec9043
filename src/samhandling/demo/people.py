"""The demo's few made-up people. They exist only to sign in with; nobody real is meant."""

from dataclasses import dataclass

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.accounts.services import create_user
from samhandling.apps.organisations.models import CollaborationBody, Membership, Organisation
from samhandling.apps.organisations.services import affiliate_person, grant_role, seat_person
from samhandling.demo.loading import BY

# Of the demo alone: `samhandling user create` asks for a password of one's own.
DEMO_PASSWORD = "exempel-lan-2020"  # nosec B105


@dataclass(frozen=True)
class SignIn:
    """A made-up person to sign in as. `what` is for printing, in Swedish."""

    email: str
    name: str
    what: str
    organisation: str = ""
    function: str = ""
    role: str = ""
    convenes: str = ""


SIGN_INS = [
    SignIn(
        "karin@example.org",
        "Karin Lind",
        "processledare på Länsstyrelsen",
        organisation="O-LST-UPP",
        function="processledare",
        role=RoleGrant.Role.PROCESS_LEADER,
    ),
    SignIn(
        "samira@example.org",
        "Samira Holm",
        "sammankallande för FIA, Region Uppsala",
        organisation="O-REGION",
        function="utvecklingsstrateg",
        convenes="N-FIA",
    ),
    SignIn(
        "erik@example.org",
        "Erik Sand",
        "handläggare i Uppsala kommun",
        organisation="O-KOM-UPP",
        function="handläggare",
    ),
    SignIn(
        "nils@example.org",
        "Nils Berg",
        "medverkande från Bris, som inte är part",
        organisation="O-BRIS",
        function="verksamhetsutvecklare",
    ),
    SignIn(
        "anna@example.org",
        "Anna Vik",
        "administratör",
        role=RoleGrant.Role.ADMINISTRATOR,
    ),
    SignIn("lena@example.org", "Lena Ek", "läsare", role=RoleGrant.Role.READER),
]


def ensure_people() -> list[Person]:
    """Make those of the demo's people who are not there yet. Safe to repeat."""
    made = []
    for one in SIGN_INS:
        if User.objects.filter(email__iexact=one.email).exists():
            continue
        person = create_user(
            email=one.email, name=one.name, password=DEMO_PASSWORD, made_up=True, by=BY
        ).person
        if one.role:
            grant_role(person=person, role=one.role, by=BY)
        if one.organisation:
            organisation = Organisation.objects.by_key(one.organisation)
            affiliate_person(person=person, organisation=organisation, function=one.function, by=BY)
        if one.convenes:
            seat_person(
                body=CollaborationBody.objects.by_key(one.convenes),
                person=person,
                role=Membership.Role.CONVENER,
                by=BY,
            )
        made.append(person)
    return made
