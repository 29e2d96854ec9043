"""The words of the workspace and what they mean here.

What an agreement itself defines lives in the agreement (``agreements.Definition``) and is shown
beside these; these are the words of the tool and of the field.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its explanation in a sentence or two, and where to read more (an anchor)."""

    key: str
    word: Promise
    text: Promise


_WORDS = (
    Word(
        "agreement",
        _("överenskommelse"),
        _("Vad länets parter har kommit överens om att göra tillsammans, för vem och hur länge."),
    ),
    Word(
        "party",
        _("part"),
        _("En organisation som har anslutit sig till en överenskommelse genom ett eget beslut."),
    ),
    Word(
        "focus_area",
        _("insatsområde"),
        _(
            "Ett av de områden som en överenskommelse delar in sitt arbete i. "
            "Varje område har en kort kod."
        ),
    ),
    Word(
        "initiative",
        _("insats"),
        _(
            "Något som görs, ska göras eller har gjorts inom en överenskommelse. "
            "En insats kan bestå av flera steg eller delinsatser."
        ),
    ),
    Word(
        "sub_initiative",
        _("delinsats"),
        _("En del av en insats som följs för sig, med eget läge och egen tid."),
    ),
    Word(
        "level",
        _("samverkansnivå"),
        _(
            "Hur nära parterna arbetar i en insats: erfarenhetsutbyte, kompetensutveckling eller "
            "gemensam insats. Ingen nivå är bättre än en annan; man väljer den som ger mervärde."
        ),
    ),
    Word(
        "experience_exchange",
        _("erfarenhetsutbyte"),
        _("Parterna berättar för varandra hur de arbetar och vad de har lärt sig."),
    ),
    Word(
        "competence_development",
        _("kompetensutveckling"),
        _("Parterna lär sig något nytt tillsammans, till exempel genom en utbildning."),
    ),
    Word(
        "joint_action",
        _("gemensam insats"),
        _("Flera parter genomför något tillsammans och ansvarar för det ihop."),
    ),
    Word(
        "network",
        _("nätverk"),
        _("En grupp där flera parter arbetar med ett insatsområde och redovisar vad som görs."),
    ),
    Word(
        "convener",
        _("sammankallande"),
        _("Den som kallar till ett nätverks möten och svarar för dess uppgifter."),
    ),
    Word(
        "coordinating_authority",
        _("samordnande myndighet"),
        _("Den myndighet som håller ihop ett nätverk eller ett insatsområde."),
    ),
    Word(
        "liaison",
        _("länkperson"),
        _("En person som sitter i två grupper och för frågor mellan dem."),
    ),
    Word(
        "commitment",
        _("åtagande"),
        _("Något som en eller flera parter har lovat att göra."),
    ),
    Word(
        "need",
        _("behov"),
        _("Något som behöver bli bättre, för en målgrupp eller för dem som samverkar."),
    ),
    Word(
        "challenge",
        _("utmaning"),
        _("Något som gör det svårt att genomföra insatser eller att samverka."),
    ),
    Word(
        "coverage_gap",
        _("lucka"),
        _("En fråga som ingår i överenskommelsen men som inget nätverk ansvarar för."),
    ),
    Word(
        "follow_up",
        _("uppföljning"),
        _(
            "En genomgång, oftast en gång om året, av vad som har gjorts och vad man har lärt sig. "
            "Den leder till en rapport till rådet."
        ),
    ),
    Word(
        "added_value",
        _("mervärde"),
        _(
            "Vad samverkan gav utöver det som parterna hade åstadkommit var för sig. "
            "”Inget” är ett giltigt svar."
        ),
    ),
    Word(
        "lesson",
        _("lärdom"),
        _("En slutsats av uppföljningen om vad som fungerar och vad som inte gör det."),
    ),
    Word(
        "recommendation",
        _("rekommendation"),
        _("Ett förslag till rådet som bygger på en lärdom. Rådet kan svara ja, delvis eller nej."),
    ),
    Word(
        "frozen",
        _("fryst utgåva"),
        _(
            "En rapport som inte längre kan ändras. Text, tal och filer är sparade med en "
            "kontrollsumma, och en rättelse blir en ny utgåva."
        ),
    ),
    Word(
        "made_up",
        _("exempeldata"),
        _("Påhittade uppgifter som visar hur verktyget fungerar. De är alltid märkta."),
    ),
    Word(
        "unknown",
        _("okänt"),
        _(
            "Ingen har sagt hur det är. Okänt är ett giltigt svar och betyder varken noll eller "
            "nej."
        ),
    ),
    Word(
        "inferred",
        _("härlett"),
        _(
            "Uppgiften står inte i källan utan är en slutsats. Grunden för den visas när du "
            "trycker på märket."
        ),
    ),
    Word(
        "open_question",
        _("öppen fråga"),
        _("Något som källorna lämnar oklart. Frågan visas tills någon har svarat på den."),
    ),
    Word(
        "section_37",
        _("§ 37-medel"),
        _(
            "Statsbidrag som länsstyrelsen fördelar till insatser för nyanlända och samverkan "
            "mellan kommuner och andra."
        ),
    ),
    Word(
        "esf",
        _("ESF"),
        _("Europeiska socialfonden, som ger pengar till projekt för arbete och kompetens."),
    ),
    Word(
        "case_number",
        _("diarienummer"),
        _("Numret som en myndighet har gett ett ärende i sitt diarium."),
    ),
    Word(
        "secrecy_mark",
        _("sekretessmarkering"),
        _(
            "En anteckning om att något kan vara hemligt, med bestämmelse, dag och myndighet. "
            "Den är en varning och inte ett beslut: frågan prövas varje gång någon ber om något."
        ),
    ),
    Word(
        "data_controller",
        _("personuppgiftsansvarig"),
        _(
            "Den nämnd, styrelse eller myndighet som bestämmer varför och hur personuppgifter "
            "används, och som svarar för att det sker rätt."
        ),
    ),
    Word("sfi", _("SFI"), _("Svenska för invandrare, grundläggande utbildning i svenska.")),
    Word(
        "so",
        _("SO"),
        _("Samhällsorientering: kurs om det svenska samhället för nyanlända, på deras språk."),
    ),
    Word(
        "rus",
        _("regional utvecklingsstrategi (RUS)"),
        _("Länets samlade strategi för utveckling, som regionen ansvarar för."),
    ),
)

WORDS: dict[str, Word] = {word.key: word for word in _WORDS}


def in_order(words: Iterable[Word]) -> list[Word]:
    """Sorted as a Swedish reader expects: å, ä, ö last, signs passed over."""
    return sorted(words, key=lambda word: _sort_key(str(word.word)))


def _sort_key(text: str) -> str:
    return text.casefold().translate(_SWEDISH).strip("§ ")


_SWEDISH = str.maketrans("åäö", "{|}")


def explain(key: str) -> Word:
    """The word with this key. Raises ``KeyError`` for a key that is not in the list."""
    return WORDS[key]
