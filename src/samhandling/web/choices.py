"""Choices among things that are stored. What names nothing is told so, however it is written.

A number beyond 64 bits names nothing, and SQLite cannot even be asked for it.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class OneStored(forms.ModelChoiceField):
    """One stored thing."""

    def to_python(self, value: Any) -> Any:
        """The thing, or None. Raises ValidationError for what is not offered."""
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            ) from None


class SomeStored(forms.ModelMultipleChoiceField):
    """Any number of stored things."""

    def clean(self, value: Any) -> Any:
        """The things. Raises ValidationError for what is not offered."""
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(
                self.error_messages["invalid_pk_value"],
                code="invalid_pk_value",
                params={"pk": value},
            ) from None
