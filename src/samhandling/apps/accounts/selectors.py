"""Reads of people and their sign-in."""

from samhandling.apps.accounts.models import User


def user_with_address(email: str) -> User | None:
    """The user who signs in with this address, in whatever case it is written. Queries: 1."""
    return User.objects.filter(email__iexact=email.strip()).select_related("person").first()
