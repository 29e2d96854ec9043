"""Partly known times in the reader's language."""

from django.utils.translation import get_language

from samhandling.core.partial_date import PartialDate, describe, describe_en


def in_words(when: PartialDate | None) -> str:
    """Plain words; the source's Swedish words where only those are known. Empty for None."""
    if when is None:
        return ""
    return describe_en(when) if (get_language() or "").startswith("en") else describe(when)
