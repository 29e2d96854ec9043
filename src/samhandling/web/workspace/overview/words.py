"""The overview's sentences. Numbers in them are links to their rows."""

from collections.abc import Callable
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.agreements.models import Agreement, CoverageGap
from samhandling.apps.followup.overview import Overview
from samhandling.apps.followup.overview.dates import Dated, Happening
from samhandling.apps.followup.overview.lacking import Lack
from samhandling.apps.initiatives import listing
from samhandling.web.links import name_of
from samhandling.web.templatetags.dates import in_words
from samhandling.web.templatetags.figures import figure_link
from samhandling.web.workspace.initiatives.filters import list_url

LACKS = {
    listing.OWNER: (gettext_lazy("Ägare"), "agare"),
    listing.INDICATOR: (gettext_lazy("Indikator för resultatet"), "indikator"),
    listing.FUNDING: (gettext_lazy("Finansiering"), "finansiering"),
    listing.NETWORK: (gettext_lazy("Ansvarigt nätverk"), "natverk"),
    listing.LEVEL: (gettext_lazy("Samverkansnivå"), "niva"),
    listing.STATUS: (gettext_lazy("Status"), "status"),
}


def wholes(number: int, url: str) -> SafeString:
    """ "43 insatser" as a link."""
    text = ngettext("%(n)s insats", "%(n)s insatser", number) % {"n": number}
    return figure_link(number, url, text)


def lead(agreement: Agreement, overview: Overview) -> list[SafeString]:
    """What the page says in two or three sentences."""
    networks, areas = overview.frame.counted_networks, overview.frame.main_areas
    parts = {
        "networks": figure_link(
            len(networks),
            "#natverken",
            ngettext("%(n)s nätverk", "%(n)s nätverk", len(networks)) % {"n": len(networks)},
        ),
        "initiatives": wholes(overview.totals.wholes, list_url(agreement, delar="hela")),
        "areas": figure_link(
            len(areas),
            "#omraden",
            ngettext("%(n)s område", "%(n)s områden", len(areas)) % {"n": len(areas)},
        ),
        "end": in_words(agreement.valid_until) if agreement.valid_until else "",
    }
    if not overview.totals.wholes:
        said = [format_html(_("Här finns {areas}, men inga insatser är inskrivna än."), **parts)]
    elif networks and parts["end"]:
        said = [
            format_html(
                _("{networks} arbetar med {initiatives} i {areas} till och med {end}."), **parts
            )
        ]
    elif networks:
        said = [format_html(_("{networks} arbetar med {initiatives} i {areas}."), **parts)]
    else:
        said = [format_html(_("Överenskommelsen har {initiatives} i {areas}."), **parts)]
    if overview.register.total:
        said.append(_moved(agreement, overview))
    said += [gap_sentence(line.gap, link=True) for line in overview.gaps.gaps[:2]]
    return said


def _moved(agreement: Agreement, overview: Overview) -> SafeString:
    register = overview.register
    moved = figure_link(
        register.total,
        list_url(agreement, avviker="ja"),
        ngettext("%(n)s insats eller delinsats", "%(n)s insatser och delinsatser", register.total)
        % {"n": register.total},
    )
    top = next((line for line in register.by_cause if line.cause), None)
    if top is None or top.cause is None:
        return format_html(_("{moved} har flyttats, pausats eller stoppats."), moved=moved)
    return format_html(
        _(
            "{moved} har flyttats, pausats eller stoppats; "
            "den vanligaste orsaken är {cause} ({number})."
        ),
        moved=moved,
        cause=lower_first(top.cause.name),
        number=figure_link(top.count, list_url(agreement, avviker="ja", orsak=top.cause.key)),
    )


def unknown_levels(agreement: Agreement, overview: Overview) -> SafeString:
    """ "43 av 60 insatser och delinsatser har okänd nivå." """
    totals = overview.totals
    return format_html(
        _("{unknown} av {all} insatser och delinsatser har okänd nivå."),
        unknown=figure_link(totals.without_level, list_url(agreement, niva="okant")),
        all=figure_link(totals.total, list_url(agreement)),
    )


def gap_sentence(gap: CoverageGap, *, link: bool = False) -> SafeString:
    """ "Hälsa saknar ansvarigt nätverk sedan 2019." """
    area = format_html("{}", name_of(gap.focus_area))
    if link:
        area = format_html('<a href="#p-{}">{}</a>', gap.uid, name_of(gap.focus_area))
    if gap.since is None:
        return format_html(_("{area} saknar ansvarigt nätverk; sedan när är okänt."), area=area)
    return format_html(
        _("{area} saknar ansvarigt nätverk sedan {since}."), area=area, since=in_words(gap.since)
    )


def month_of(agreement: Agreement, today: date) -> str:
    """ "Månad 23 av 36"; empty where the period is not known or the day lies outside it."""
    start, end = agreement.valid_from, agreement.valid_until
    if not (start and end and start.earliest and end.latest):
        return ""
    if not start.earliest <= today <= end.latest:
        return ""
    return _("Månad %(n)s av %(all)s") % {
        "n": _months(start.earliest, today),
        "all": _months(start.earliest, end.latest),
    }


def _months(first: date, last: date) -> int:
    """Calendar months from the first day's to the last day's, both counted."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def happening(line: Dated, mark: Callable[[str], str] = str) -> str:
    """What a dated line says, without its date.

    Args: mark: what Swedish words go through, such as the filter `swedish`.
    """
    name = name_of(line.record)
    if name == line.record.title:
        name = mark(name)
    match line.what:
        case Happening.ADOPTED:
            return _("Antagen")
        case Happening.STARTS:
            return _("Börjar gälla")
        case Happening.ENDS:
            return _("Upphör")
        case Happening.PLAN_ADOPTED:
            return format_html(_("Antas: %(plan)s") % {"plan": "{}"}, name)
        case Happening.MILESTONE:
            return mark(capfirst(line.text))
        case Happening.MONEY_ENDS:
            return format_html(_("Pengarna tar slut: %(what)s") % {"what": "{}"}, name)
    return name


def since(lack: Lack) -> str:
    """Since when something has been missing: known, told for a year, or written in on a day."""
    if lack.since is not None:
        return in_words(lack.since)
    if lack.told_year is not None:
        return _("uppföljningen %(year)s") % {"year": lack.told_year}
    if lack.entered_on is not None:
        return _("%(day)s, då den skrevs in") % {"day": lack.entered_on.isoformat()}
    return ""


def lower_first(name: str) -> str:
    """A name inside a sentence: "Covid-19" → "covid-19"; "ESF" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
