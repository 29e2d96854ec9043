"""What a form says of an answer that cannot be taken, in plain Swedish (klarspråk).

Django's own Swedish speaks of fields, values and available alternatives. These words take their
place for every form of the site; a field that knows better says so in its `error_messages`.
"""

from typing import Any

from django import forms
from django.core import validators
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NOT_LISTED = _("Välj ett av alternativen i listan.")
_NOT_ALL_LISTED = _("Välj bland alternativen i listan.")

MESSAGES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fyll i det här.")},
    forms.ChoiceField: {"invalid_choice": _NOT_LISTED},
    forms.ModelChoiceField: {"invalid_choice": _NOT_LISTED},
    forms.MultipleChoiceField: {
        "invalid_choice": _NOT_ALL_LISTED,
        "invalid_list": _NOT_ALL_LISTED,
    },
    forms.ModelMultipleChoiceField: {
        "invalid_choice": _NOT_ALL_LISTED,
        "invalid_list": _NOT_ALL_LISTED,
        "invalid_pk_value": _NOT_ALL_LISTED,
    },
    forms.IntegerField: {"invalid": _("Skriv ett heltal, till exempel 12.")},
    forms.DecimalField: {"invalid": _("Skriv ett tal, till exempel 12,5.")},
    forms.DateField: {"invalid": _("Skriv ett datum, till exempel 2020-11-30.")},
}

VALIDATORS: dict[type, Promise] = {
    validators.MaxLengthValidator: _(
        "Skriv högst %(limit_value)d tecken. Nu är det %(show_value)d."
    ),
    validators.MinLengthValidator: _(
        "Skriv minst %(limit_value)d tecken. Nu är det %(show_value)d."
    ),
    validators.MaxValueValidator: _("Skriv ett tal som är högst %(limit_value)s."),
    validators.MinValueValidator: _("Skriv ett tal som är minst %(limit_value)s."),
    validators.ProhibitNullCharactersValidator: _(
        "Texten innehåller ett tecken som inte kan sparas. Skriv om den."
    ),
}

DIGITS: dict[str, Any] = {
    "max_digits": _("Skriv talet med högst %(max)s siffror."),
    "max_decimal_places": _("Skriv talet med högst %(max)s decimaler."),
    "max_whole_digits": _("Skriv talet med högst %(max)s siffror före decimaltecknet."),
}


def speak_plainly() -> None:
    """Puts our words in the place of Django's; done once, before any form is declared."""
    for field, words in MESSAGES.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    for validator, word in VALIDATORS.items():
        validator.message = word  # type: ignore[attr-defined]
    validators.DecimalValidator.messages = {**validators.DecimalValidator.messages, **DIGITS}
