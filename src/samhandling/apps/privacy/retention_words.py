"""The rules of `core.retention` in plain Swedish, for the pages that tell them."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samhandling.core.retention import CountedFrom, Kept, Rule, Then

TITLES: Mapping[str, Promise] = {
    "unanswered-invitations": _("Inbjudningar som inte besvarades"),
    "answered-invitations": _("Inbjudningar som besvarades eller togs tillbaka"),
    "sessions": _("Inloggningar som har upphört"),
    "mail": _("Post som har skickats eller inte gick att skicka"),
    "read-notices": _("Aviseringar som är lästa"),
    "old-notices": _("Aviseringar, också olästa"),
    "ways-in": _("Andra steg och kopplingar till organisationens inloggning"),
    "own-choices": _("Det personen följer och val av sammandrag"),
    "departures": _("Det som behövs för att ångra ett avslut"),
    "people-who-left": _("Personer som har slutat"),
}
WHY: Mapping[str, Promise] = {
    "unanswered-invitations": _("Den som inte svarade är inte med. Att någon bjöds in står kvar."),
    "answered-invitations": _(
        "Den som tackade ja finns som person. Att någon bjöds in, av vem och till vad, står kvar."
    ),
    "sessions": _("En vecka räcker för att reda ut en inloggning som inte var ens egen."),
    "mail": _("Adressen behövs bara medan posten kan behöva skickas igen."),
    "read-notices": _("En läst avisering är gjord. Det den handlade om står i historiken."),
    "old-notices": _("Efter två år är den inte längre en nyhet. Historiken finns kvar."),
    "ways-in": _("Kontot är stängt. Den som kommer tillbaka inom tre månader har kvar dem."),
    "own-choices": _("De är till för personen själv och säger inget om arbetet."),
    "departures": _("Den som kommer tillbaka inom tre månader kan få tillbaka det hon hade."),
    "people-who-left": _(
        "Under två uppföljningar kan någon behöva fråga vem det var. Sedan räcker det att "
        "historiken går att läsa. Den som inte har haft någon roll, plats eller tjänst på 90 dagar "
        "räknas som en som har slutat."
    ),
}
COUNTED_FROM: Mapping[CountedFrom, Promise] = {
    CountedFrom.EXPIRY: _("sista dagen att svara"),
    CountedFrom.ANSWER: _("dagen för svaret eller då den togs tillbaka"),
    CountedFrom.LAST_SEEN: _("den senaste användningen"),
    CountedFrom.PUT: _("dagen då posten skrevs"),
    CountedFrom.READ: _("dagen då aviseringen lästes"),
    CountedFrom.MADE: _("dagen då aviseringen kom"),
    CountedFrom.LAST_DAY: _(
        "personens sista dag (eller dagen då den skrevs in, om det var senare). Utan sista dag "
        "räknas dagen då inloggningen stängdes"
    ),
}
THEN: Mapping[Then, Promise] = {
    Then.REMOVED: _("Tas bort"),
    Then.NAMELESS: _("Namn och adress tas bort"),
    Then.PSEUDONYMISED: _("Personen får ett påhittat namn"),
}
KEPT_BECAUSE: Mapping[Kept, Promise] = {
    Kept.WORK: _(
        "Bevaras: visar vem som ansvarade för vad. Namnet byts ut när personen pseudonymiseras."
    ),
    Kept.WORDS: _("Bevaras: allmän handling, som bara gallras efter ett gallringsbeslut."),
    Kept.LOG: _("Bevaras: loggen går inte att ändra. Orden i den gallras bara efter beslut."),
}


def days_of(rule: Rule) -> int:
    """How many days a rule waits, as this installation has it (settings.OUTBOX_DAYS)."""
    return settings.OUTBOX_DAYS if rule.key == "mail" else rule.days


def period_words(days: int) -> str:
    """A number of days as people say it: whole years, or days."""
    if days and days % 365 == 0:
        years = days // 365
        return ngettext("%(number)d år", "%(number)d år", years) % {"number": years}
    return ngettext("%(number)d dag", "%(number)d dagar", days) % {"number": days}
