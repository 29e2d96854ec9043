"""The same county and people as for initiatives."""

from tests.integration.initiatives.conftest import as_person, county

__all__ = ["as_person", "county"]
