"""What every test can ask for."""

from datetime import date

import pytest


@pytest.fixture
def today() -> date:
    """The demo's day, which all tests share."""
    return date(2020, 11, 30)
