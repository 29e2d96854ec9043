"""Case numbers and marks as plain values."""

from datetime import date

import pytest

from samhandling.core.registration import SecrecyMark, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("RS 2020-00123", "RS 2020-00123"),
        ("  RS   2020-00123\n", "RS 2020-00123"),
        ("RS\u00a02020\t-1", "RS 2020 -1"),
        ("RS\x00 1", "RS 1"),
        (" \n", ""),
    ],
)
def test_a_number_is_kept_on_one_line_without_stray_spaces(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_mark_tells_its_provision_day_and_authority() -> None:
    mark = SecrecyMark("OSL 18 kap. 1 §", date(2020, 11, 3), "Länsstyrelsen")
    assert str(mark) == "OSL 18 kap. 1 §, 2020-11-03, Länsstyrelsen"
