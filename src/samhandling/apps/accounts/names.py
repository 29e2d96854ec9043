"""What a person may be called: anything that can be seen."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Control and format signs (they turn the direction of what follows, or cannot be seen), halves of
# signs, private and unassigned ones, and line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check_name(name: str) -> None:
    """Raises ValidationError for a name with a sign that nobody sees: two people would look alike,
    or a line would be read in another order than it is written."""
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        raise ValidationError(_("Namnet har tecken som inte syns. Skriv det för hand."))
