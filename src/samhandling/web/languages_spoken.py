"""Languages that initiatives are given in, by ISO 639 code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: Mapping[str, Promise] = {
    "sv": _("svenska"),
    "en": _("engelska"),
    "ar": _("arabiska"),
    "prs": _("dari"),
    "fa": _("persiska"),
    "ps": _("pashto"),
    "so": _("somaliska"),
    "sw": _("swahili"),
    "ti": _("tigrinja"),
    "am": _("amhariska"),
    "ku": _("kurdiska"),
    "ckb": _("sorani"),
    "kmr": _("kurmanji"),
    "tr": _("turkiska"),
    "uk": _("ukrainska"),
    "ru": _("ryska"),
    "pl": _("polska"),
    "bcs": _("bosniska, kroatiska, serbiska"),
    "th": _("thailändska"),
    "es": _("spanska"),
    "fr": _("franska"),
    "rn": _("kirundi"),
    "rw": _("kinyarwanda"),
    "fi": _("finska"),
    "rom": _("romska"),
    "swl": _("svenskt teckenspråk"),
}


def language_word(code: str) -> str:
    """What a language is called; a code that is not in the list stands for itself."""
    return str(LANGUAGES.get(code, code))
