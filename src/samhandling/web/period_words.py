"""From when and until when something holds, as a sentence to stand after another.

Each takes a first day that is still to come and a last day, None where nothing is to be said, and
gives "" when both are None.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def when_a_role_holds(first: date | None, last: date | None) -> str:
    """``Rollen gäller från och med 1 mars 2027.``"""
    if first and last:
        said = _("Rollen gäller från och med {valid_from} till och med {valid_until}.")
    elif first:
        said = _("Rollen gäller från och med {valid_from}.")
    else:
        said = _("Rollen gäller till och med {valid_until}.")
    return _filled(said, first, last)


def when_a_seat_holds(first: date | None, last: date | None) -> str:
    """``Platsen gäller till och med 31 mars 2027.``"""
    if first and last:
        said = _("Platsen gäller från och med {valid_from} till och med {valid_until}.")
    elif first:
        said = _("Platsen gäller från och med {valid_from}.")
    else:
        said = _("Platsen gäller till och med {valid_until}.")
    return _filled(said, first, last)


def when_a_substitution_holds(first: date | None, last: date | None) -> str:
    """``Det gäller från och med 1 mars 2027 till och med 31 mars 2027.``"""
    if first:
        said = _("Det gäller från och med {valid_from} till och med {valid_until}.")
    else:
        said = _("Det gäller till och med {valid_until}.")
    return _filled(said, first, last)


def when_a_substitution_ends(last: date | None) -> str:
    """``Sista dagen är 31 mars 2027.``"""
    return _filled(_("Sista dagen är {valid_until}."), None, last)


def _filled(said: str, first: date | None, last: date | None) -> str:
    if not first and not last:
        return ""
    return said.format(
        valid_from=date_format(first, "j F Y") if first else "",
        valid_until=date_format(last, "j F Y") if last else "",
    )
