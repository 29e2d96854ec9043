"""Those who invite, and the way from an invitation to its link."""

from dataclasses import dataclass

import pytest

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.organisations.models import CollaborationBody, Organisation
from samhandling.apps.people.links import make_token
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import invite
from tests.factories import make_agreement, make_body, make_organisation, make_user


@dataclass
class Place:
    """A small county with those who run it."""

    leader: User
    admin: User
    convener: User
    reader: User
    network: CollaborationBody
    other_network: CollaborationBody
    town: Organisation
    region: Organisation
    agreement: Agreement

    def invites(self, email: str = "nya@example.org", **more: object) -> Invitation:
        """The leader invites somebody new, to nothing but her organisation unless told."""
        told = {
            "name": "Nya Namn", "organisation": self.town, "function": "strateg",
            "by": self.leader, "email": email,
        } | more  # fmt: skip
        return invite(**told)  # type: ignore[arg-type]


def link(invitation: Invitation) -> str:
    """The address in the mail."""
    return f"/inbjudan/{make_token(invitation)}/"


@pytest.fixture
def place(db: None) -> Place:
    region = make_organisation("Regionen", sector="REGION")
    network = make_body("Nätverket")
    return Place(
        leader=make_user(role="PROCESS_LEADER", name="Karin Lind"),
        admin=make_user(role="ADMINISTRATOR", name="Ada Min"),
        convener=make_user(organisation=region, body=network, name="Samira Holm"),
        reader=make_user(name="Lena Ek"),
        network=network,
        other_network=make_body("Ett annat"),
        town=make_organisation("Staden"),
        region=region,
        agreement=make_agreement(),
    )
