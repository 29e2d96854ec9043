"""What every test can ask for."""

from datetime import date

import pytest

from samhandling.cli.messages import compile_catalogues


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker process reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.fixture
def today() -> date:
    """The demo's day, which all tests share."""
    return date(2020, 11, 30)
