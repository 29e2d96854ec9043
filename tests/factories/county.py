"""One county with two organisations that must not see each other's drafts."""

from dataclasses import dataclass

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.organisations.models import CollaborationBody, Organisation
from tests.factories.actors import make_body, make_organisation, make_user
from tests.factories.agreements import make_agreement, make_focus_area


@dataclass(frozen=True)
class County:
    """Alice owns, Bob sits in the network, Charlie works elsewhere, Doris leads the process."""

    agreement: Agreement
    area: FocusArea
    levels: list[CollaborationLevel]
    network: CollaborationBody
    organisation: Organisation
    other_organisation: Organisation
    alice: User
    bob: User
    charlie: User
    doris: User
    reader: User


def make_county(*, slug: str = "rok") -> County:
    """A county with one agreement, one area, one network, two organisations and five people."""
    agreement = make_agreement("Överenskommelse om integration", slug=slug)
    network = make_body("Nätverket för bosättning")
    organisation = make_organisation("Ängköpings kommun")
    other = make_organisation("Åvestads kommun")
    third = make_organisation("Länsstyrelsen i Exempellän", sector="STATE")
    return County(
        agreement=agreement,
        area=make_focus_area(agreement, "Bosättning och mottagande", code="BM"),
        levels=list(agreement.levels.all()),
        network=network,
        organisation=organisation,
        other_organisation=other,
        alice=make_user(organisation=organisation, name="Alice Ek"),
        bob=make_user(organisation=other, body=network, name="Bob Ås"),
        charlie=make_user(organisation=make_organisation("Östby kommun"), name="Charlie Öst"),
        doris=make_user(organisation=third, role="PROCESS_LEADER", name="Doris Lind"),
        reader=make_user(name="Rut Läsare"),
    )
