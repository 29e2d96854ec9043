"""The same county and people as the initiatives' tests."""

from tests.integration.initiatives.conftest import as_person, county, draft, shared

__all__ = ["as_person", "county", "draft", "shared"]
