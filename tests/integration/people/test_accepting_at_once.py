"""Two browsers that say yes to one invitation at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import accept_invitation, invite
from samhandling.apps.people.services.errors import InvitationOver, SignInFirst
from tests.factories import make_organisation, make_user

TIMES = 10


def says_yes(key: str, together: Barrier) -> str:
    """What came of it, in a thread with a connection of its own."""
    try:
        invitation = Invitation.objects.select_related("person", "organisation").get(key=key)
        together.wait(timeout=10)
        accept_invitation(invitation=invitation, by=None)
    except (InvitationOver, SignInFirst):
        return "over"
    finally:
        connection.close()
    return "welcome"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_at_once_one_is_let_in_and_one_account_is_made() -> None:
    leader = make_user(role="PROCESS_LEADER")
    town = make_organisation()
    before = User.objects.count(), Person.objects.count()
    together = Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        for number in range(TIMES):
            sent = invite(
                email=f"nya{number}@example.org",
                name=f"Åsa {number}",
                organisation=town,
                function="strateg",
                role="READER",
                by=leader,
            )
            asked = [threads.submit(says_yes, sent.key, together) for _browser in range(2)]
            assert sorted(one.result() for one in asked) == ["over", "welcome"]
            user = User.objects.get(email=f"nya{number}@example.org")
            assert user.person.name == f"Åsa {number}"
            assert RoleGrant.objects.filter(person=user.person, role="READER").count() == 1
            assert user.person.affiliations.count() == 1
    assert User.objects.count() == before[0] + TIMES
    assert Person.objects.count() == before[1] + TIMES
