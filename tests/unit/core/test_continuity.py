"""Signs of continuity: seen facts give signs, unknown ones none, and nothing is a score."""

import pytest

from samhandling.core.continuity import HOLDING, NetworkFacts, Sign, signs_of


def test_a_network_nobody_knows_anything_of_shows_only_that_nobody_is_known():
    facts = NetworkFacts(has_convener=False, has_deputy=False)
    assert signs_of(facts) == [Sign.CONVENER_UNKNOWN, Sign.DEPUTY_UNKNOWN]


def test_a_network_with_everything_in_place_holds():
    facts = NetworkFacts(
        has_convener=True,
        has_deputy=True,
        mandate="YES",
        members=12,
        has_living_plan=True,
        has_operational_plan=True,
        initiatives=4,
    )
    assert set(signs_of(facts)) == HOLDING


@pytest.mark.parametrize(
    ("members", "is_small"), [(None, False), (0, False), (1, True), (6, True), (7, False)]
)
def test_six_members_are_few_and_an_unknown_number_is_no_sign(members: int | None, is_small: bool):
    facts = NetworkFacts(has_convener=True, has_deputy=True, members=members)
    assert (Sign.SMALL_MEMBERSHIP in signs_of(facts)) is is_small


@pytest.mark.parametrize(
    ("mandate", "sign"),
    [("YES", Sign.MANDATE_SUFFICES), ("PARTLY", Sign.MANDATE_LACKS), ("NO", Sign.MANDATE_LACKS)],
)
def test_the_mandate_speaks_for_or_against(mandate: str, sign: Sign):
    assert sign in signs_of(NetworkFacts(has_convener=True, has_deputy=True, mandate=mandate))


def test_an_unknown_mandate_speaks_neither_for_nor_against():
    signs = signs_of(NetworkFacts(has_convener=True, has_deputy=True))
    assert not {Sign.MANDATE_SUFFICES, Sign.MANDATE_LACKS} & set(signs)


def test_money_from_outside_and_a_review_are_frail():
    facts = NetworkFacts(
        has_convener=True, has_deputy=True, initiatives=10, with_money=3, is_under_review=True
    )
    assert {Sign.EXTERNAL_MONEY, Sign.UNDER_REVIEW} <= set(signs_of(facts)) - HOLDING
