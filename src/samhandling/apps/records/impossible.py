"""What cannot be, whoever says it: numbers and times that contradict each other.

Only what is surely impossible is refused; a time that is partly known is read as kindly as it can
be. What is merely unlikely is taken as it is told.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from samhandling.apps.records.models import Quantity
from samhandling.core.partial_date import PartialDate, in_year

Number = Decimal | int


class Impossible(ValueError):
    """Something was said that cannot be. ``str(error)`` is a Swedish sentence that says what to do;
    ``field`` is the argument it is about, which forms call by the same name."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def check_not_negative(field: str, number: Number | None) -> None:
    """Raises Impossible for a number below 0."""
    if number is not None and number < 0:
        raise Impossible(field, _("Skriv ett tal som är minst 0."))


def check_numbers(shape: str, value: Number, reference: Number | None) -> None:
    """Raises Impossible for a negative count, a part larger than the whole, a range backwards."""
    check_not_negative("value", value)
    check_not_negative("reference", reference)
    if reference is None:
        return
    if shape == Quantity.Shape.SHARE and value > reference:
        raise Impossible(
            "reference", _("Det kan inte vara fler än alla. Ändra något av de två talen.")
        )
    if shape == Quantity.Shape.RANGE and value < reference:
        raise Impossible(
            "reference", _("Det nedre värdet är större än det övre. Byt plats på dem.")
        )


def check_has_come(when: PartialDate | None, today: date | None, sentence: str = "") -> None:
    """Raises Impossible for a time that surely lies ahead. None of either: nothing is known."""
    if when is not None and when.earliest is not None and today and when.earliest > today:
        raise Impossible("when", sentence or _("Tiden har inte kommit än. Skriv en tid som varit."))


def check_told(when: PartialDate | None, year: int | None) -> None:
    """Raises Impossible for something that came about after the year whose follow-up tells it."""
    if when is not None and year is not None and in_year(year).is_surely_before(when):
        raise Impossible(
            "when",
            _("Tiden ligger efter %(year)s, som ändringen hör till. Ändra tiden eller året.")
            % {"year": year},
        )


def check_new_time(new: PartialDate | None, when: PartialDate | None, year: int) -> None:
    """Raises Impossible for a new time that lies before what was postponed was so.

    Where nobody knows when it was, the new time cannot lie before the year that tells of it.
    """
    if new is None or not new.is_surely_before(when or in_year(year)):
        return
    if when is not None:
        sentence = _("Den nya tiden ligger före den tid då det blev så. Ändra någon av tiderna.")
    else:
        sentence = _(
            "Den nya tiden ligger före %(year)s, som ändringen hör till. Ändra tiden eller året."
        ) % {"year": year}
    raise Impossible("postponed_to", sentence)
