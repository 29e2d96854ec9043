"""Every address is walked (assurance.md, rows 1, 2 and 5): who gets in, and what changes nothing.

A new address is found by itself; one whose parameters are not known fails.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.records.models import Record
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, Fillings, all_addresses

pytestmark = pytest.mark.django_db

# Addresses that need nobody signed in, each with the reason.
OPEN = {
    "account_login": "where one signs in",
    "account_request_login_code": "where one asks for a code to sign in with",
    "account_confirm_login_code": "where the code is given; sends those who asked for none away",
    "account_inactive": "tells somebody whose account is closed",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "leads to an authority's own sign-in",
    "openid_connect_callback": "where one comes back from there",
    "account:logout": "ends a session that may be over already",
    "set_language": "a reader of the sign-in page may want English",
    "people:answer": "who is invited has no account yet",
    "people:open_link": "who is invited has no account yet",
    "about:accessibility": "the law wants it open (DOS-lagen)",
    "about:records": "whoever is asked to sign in may want to know what becomes of the data",
    "about:glossary": "words, not records",
    "about:personal_data": "whom it is about has a right to know, with an account or without",
    "health:alive": "monitoring has no account; the answer holds codes and no records",
    "health:ready": "as above",
}
NO_PROVIDER = "the tests' installation has no identity provider"
# What even the process leader is refused for the initiative that the walk tries it on.
NOT_FOR_LEADERS = {
    "initiatives:share": "its owner shares a draft, nobody else",
    "openid_connect_login": NO_PROVIDER,
    "openid_connect_callback": NO_PROVIDER,
    "initiatives:take_back": "its owner takes back what is submitted, nobody else",
    "initiatives:decide": "there is nothing to decide on what is shared",
    "needs:decide": "there is nothing to decide on what is shared",
    "people:change_ways_in": "an administrator changes what opens an account, nobody else",
}
ADDRESSES = all_addresses()


@pytest.fixture(autouse=True)
def attempts_forgotten(db: None) -> None:
    """One test's attempts to sign in do not count against the next's, however fast they come."""
    cache.clear()


@pytest.fixture(scope="module")
def fillings(demo_county_for_reading: None) -> Iterator[Fillings]:
    yield Fillings()


def client_of(email: str, *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict, raise_request_exception=True)
    return signed_in_now(User.objects.get(email=email), client)


def count_of_changes() -> tuple[int, int]:
    return Event.objects.count(), Record.objects.count()


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_who_is_signed_out_is_sent_to_sign_in(fillings: Fillings, address: Address) -> None:
    answer = Client().get(fillings.path(address))
    if address.name in OPEN:
        refused = NOT_FOR_LEADERS.get(address.name) == NO_PROVIDER
        assert answer.status_code in ({404} if refused else {200, 302, 405})
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(settings.LOGIN_URL)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_the_process_leader_is_let_in_and_reading_changes_nothing(
    fillings: Fillings, address: Address
) -> None:
    before = count_of_changes()
    answer = client_of("karin@example.org").get(fillings.path(address))
    assert answer.status_code in ({404} if address.name in NOT_FOR_LEADERS else {200, 302, 405})
    assert count_of_changes() == before


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_a_reader_changes_nothing(
    fillings: Fillings, pages_without_words: None, address: Address
) -> None:
    reader = client_of("lena@example.org")
    path = fillings.path(address)
    before = count_of_changes()
    assert reader.get(path).status_code in {200, 302, 403, 404, 405}
    assert reader.post(path, {"title": "x", "text": "x"}).status_code in {200, 302, 403, 404, 405}
    assert count_of_changes() == before


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_a_form_without_its_token_is_refused(fillings: Fillings, address: Address) -> None:
    path = fillings.path(address)
    client = client_of("karin@example.org", strict=True)
    # Health is answered before sessions and tokens are read, and changes nothing for anybody.
    refused = 405 if address.name.startswith("health:") else 403
    for unsafe in (client.post, client.delete):
        assert unsafe(path).status_code == refused


@pytest.mark.one_database
@pytest.mark.parametrize(
    "address",
    [address for address in ADDRESSES if "uid" in address.parameters],
    ids=lambda address: address.name,
)
def test_a_guessed_address_finds_nothing(fillings: Fillings, address: Address) -> None:
    answer = client_of("karin@example.org").get(fillings.path(address, uid="zzzzzzzzzzzz"))
    assert answer.status_code in {404, 405}
