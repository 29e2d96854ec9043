"""Which addresses ask who one is again is what permission_table.py says, of all addresses."""

from collections.abc import Iterator

import pytest

from samhandling.apps.accounts.models import User
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, Fillings, all_addresses
from tests.spec.permission_table import ASKS_AGAIN

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LONG_AGO = 5 * 60 + 1
# All but the question itself.
ADDRESSES = [one for one in all_addresses() if "reauthenticate" not in one.name]


@pytest.fixture(scope="module")
def fillings(demo_county_for_reading: None) -> Iterator[Fillings]:
    yield Fillings()


GET_ALONE = {
    "history:xlsx", "history:json_lines", "privacy:file", "privacy:my_file",
    "mfa_view_recovery_codes",
}  # fmt: skip
POST_ALONE = {"people:open_sign_in", "people:undo_leaving"}
# Who is asked, where the process leader finds nothing.
ADMINISTRATORS = {"people:change_ways_in"}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_what_asks_again_is_what_the_table_says(
    fillings: Fillings, pages_without_words: None, address: Address
) -> None:
    """By reading and by posting alike; and never whoever has just signed in."""
    name = "anna" if address.name in ADMINISTRATORS else "karin"
    asked = User.objects.get(email=f"{name}@example.org")
    path, is_listed = fillings.path(address), address.name in ASKS_AGAIN.split()

    def asks(method: str, seconds_ago: float) -> bool:
        answer = getattr(signed_in_now(asked, seconds_ago=seconds_ago), method)(path)
        return answer.status_code == 302 and answer["Location"].startswith("/konto/bekrafta/")

    assert asks("get", LONG_AGO) is (is_listed and address.name not in POST_ALONE)
    assert asks("post", LONG_AGO) is (is_listed and address.name not in GET_ALONE)
    if is_listed:
        assert not asks("get", LONG_AGO - 60)
        assert not asks("post", LONG_AGO - 60)
