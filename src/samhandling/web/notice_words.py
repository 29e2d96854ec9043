"""A notice as a sentence of plain text: the one place that puts notices into words.

The page of news and the digest by mail say the same, through the filter of `templatetags/news.py`.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samhandling.apps.discussion.news import Line, OfMe, OfSeat
from samhandling.apps.notices.models import Notice
from samhandling.apps.records.models import Record
from samhandling.web.links import name_of
from samhandling.web.period_words import (
    when_a_role_holds,
    when_a_seat_holds,
    when_a_substitution_ends,
    when_a_substitution_holds,
)


def sentence_of(line: Line) -> str:
    """What happened, and when it holds, of a notice that `is_told`."""
    who = line.who
    if line.of_me is not None:
        told = _of_role(line, line.of_me) or _of_substitution(line, line.of_me)
        return told or _of_leaving(line, line.of_me)
    if line.seat is not None:
        return _of_seat(who, line.seat, line.record)
    assert line.record is not None
    return _of_record(line.kind, who, name_of(line.record))


def _of_role(line: Line, of_me: OfMe) -> str:
    words = {"who": line.who, "role": of_me.role}
    if of_me.scope is not None:
        words["name"] = name_of(of_me.scope)
    match line.kind, of_me.scope is not None:
        case Notice.Kind.ROLE_GIVEN, True:
            said = _("%(who)s gav dig rollen %(role)s för ”%(name)s”.")
        case Notice.Kind.ROLE_GIVEN, False:
            said = _("%(who)s gav dig rollen %(role)s.")
        case Notice.Kind.ROLE_ENDED, True:
            said = _("%(who)s avslutade rollen %(role)s för dig, som gällde ”%(name)s”.")
        case Notice.Kind.ROLE_ENDED, False:
            said = _("%(who)s avslutade rollen %(role)s för dig.")
        case _:
            return ""
    return _joined(said % words, when_a_role_holds(of_me.first_day, of_me.last_day))


def _of_substitution(line: Line, of_me: OfMe) -> str:
    words = {"who": line.who, "person": of_me.person, "substitute": of_me.substitute}
    match line.kind, of_me.is_me:
        case Notice.Kind.SUBSTITUTION, True:
            said = _("%(who)s lät %(substitute)s ersätta dig under en tid.")
        case Notice.Kind.SUBSTITUTION, False:
            said = _("%(who)s lät dig ersätta %(person)s under en tid.")
        case Notice.Kind.SUBSTITUTION_ENDED, True:
            said = _("%(who)s avslutade tiden då %(substitute)s ersätter dig.")
        case Notice.Kind.SUBSTITUTION_ENDED, False:
            said = _("%(who)s avslutade tiden då du ersätter %(person)s.")
        case _:
            return ""
    if line.kind == Notice.Kind.SUBSTITUTION_ENDED:
        return _joined(said % words, when_a_substitution_ends(of_me.last_day))
    return _joined(said % words, when_a_substitution_holds(of_me.first_day, of_me.last_day))


def _of_leaving(line: Line, of_me: OfMe) -> str:
    """To the one who leaves, and to those whose substitution hangs on her."""
    day = date_format(of_me.last_day, "j F Y") if of_me.last_day else ""
    words = {"who": line.who, "person": of_me.person, "day": day}
    leaves = line.kind == Notice.Kind.LEAVING
    if of_me.is_me and leaves:
        return _("%(who)s skrev att din sista dag är %(day)s.") % words
    if of_me.is_me:
        return _("%(who)s ångrade att du slutar.") % words
    if leaves:
        said = _(
            "%(who)s skrev att %(person)s slutar, sista dag %(day)s. "
            "Då slutar också tiden som ersättare."
        )
    elif day:
        said = _(
            "%(who)s skrev att %(person)s slutar senare, sista dag %(day)s. "
            "Då gäller tiden som ersättare igen."
        )
    else:
        said = _("%(who)s ångrade att %(person)s slutar. Då gäller också tiden som ersättare igen.")
    return said % words


def _of_seat(who: str, seat: OfSeat, record: Record | None) -> str:
    words = {"who": who, "seat": seat.role, "name": name_of(record) if record else ""}
    match seat.has_ended, record is not None:
        case True, True:
            said = _("%(who)s avslutade din plats som %(seat)s i ”%(name)s”.")
        case True, False:
            said = _("%(who)s avslutade din plats som %(seat)s.")
        case False, True:
            said = _("%(who)s gav dig platsen som %(seat)s i ”%(name)s”.")
        case _:
            said = _("%(who)s gav dig en plats som %(seat)s.")
    return _joined(said % words, when_a_seat_holds(seat.first_day, seat.last_day))


def _of_record(kind: str, who: str, name: str) -> str:
    match kind:
        case Notice.Kind.MENTIONED:
            said = _("%(who)s nämnde dig i en kommentar om ”%(name)s”.")
        case Notice.Kind.COMMENTED:
            said = _("%(who)s kommenterade ”%(name)s”.")
        case Notice.Kind.SUBMITTED:
            said = _("%(who)s skickade in ”%(name)s” för godkännande.")
        case Notice.Kind.RETURNED:
            said = _("%(who)s lämnade tillbaka ”%(name)s”.")
        case Notice.Kind.APPROVED:
            said = _("%(who)s godkände ”%(name)s”, som nu är delad med alla parter.")
        case _:
            said = _("%(who)s ändrade vem som ansvarar för ”%(name)s”.")
    return said % {"who": who, "name": name}


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
