"""The address of the list of initiatives, taken apart and put together anew."""

from dataclasses import dataclass

from django.utils.http import urlencode

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """The understood part of the list's address, and how to change it. Pages start from the first
    again whenever anything changes."""

    path: str
    pairs: Pairs

    def url(self) -> str:
        """The list as it is asked for, first page."""
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path

    def without(self, name: str, word: str | None = None) -> "Address":
        """With one value of a parameter taken away, or all of them."""
        kept = (p for p in self.pairs if not (p[0] == name and word in (None, p[1])))
        return Address(self.path, tuple(kept))

    def with_only(self, name: str, *words: str) -> "Address":
        """With these values of a parameter in place of those it has."""
        return Address(self.path, (*self.without(name).pairs, *((name, word) for word in words)))

    def words(self, name: str) -> list[str]:
        """The values of a parameter."""
        return [word for key, word in self.pairs if key == name]
