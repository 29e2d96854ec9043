"""A number typed the Swedish way: "1 250 000,50"."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format


class NumberField(forms.DecimalField):
    """Reads spaces between thousands and a comma or a point before the decimals."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_digits", 14)
        options.setdefault("decimal_places", 2)
        options.setdefault(
            "widget", forms.TextInput(attrs={"class": "short", "inputmode": "decimal"})
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The number; None for an empty field. Raises ValidationError."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace("−", "-")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """The number without idle decimals, in the reader's language; what was typed as typed."""
        if isinstance(value, Decimal):
            return number_format(value.normalize() if value % 1 else int(value))
        return value
