"""`samhandling demo`: the made-up day in a real county, to look at and to try things in."""

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.cli.refusal import Refusal
from samhandling.demo.county_loader import load_county
from samhandling.demo.facts import FactsProblem
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS
from samhandling.demo.removal import BuiltUpon, NotLoaded, remove_county

NAMED = 5  # how many of people's own records the refusal names


@click.group(help=gettext_lazy("Demolänet: Uppsala län som det såg ut den 30 november 2020."))
def demo() -> None:
    pass


@demo.command(help=gettext_lazy("Hämta in demolänet. Kan köras igen; egna ändringar står kvar."))
def load() -> None:
    try:
        loaded = load_county()
    except FactsProblem as problem:
        raise Refusal(
            _("Demolänets filer stämmer inte: %(problem)s") % {"problem": problem}
        ) from problem
    if loaded.is_new:
        click.echo(
            ngettext(
                "Demolänet är inläst: %(number)d post.",
                "Demolänet är inläst: %(number)d poster.",
                loaded.records,
            )
            % {"number": loaded.records}
        )
    else:
        click.echo(_("Demolänet finns redan och står kvar som det är."))
    print_sign_ins()


@demo.command(help=gettext_lazy("Ta bort demolänet. Det som andra har skrivit rörs inte."))
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=gettext_lazy("Ta också bort det som har byggts på demolänet och inte kan stå utan det."),
)
def remove(everything: bool) -> None:
    try:
        removed = remove_county(everything=everything)
    except NotLoaded as error:
        raise Refusal(_("Demolänet är inte inläst.")) from error
    except BuiltUpon as error:
        raise Refusal(_refusal(error)) from error
    click.echo(
        ngettext(
            "Demolänet är borttaget: %(number)d post.",
            "Demolänet är borttaget: %(number)d poster.",
            removed.records,
        )
        % {"number": removed.records}
    )
    if removed.foreign:
        click.echo(
            ngettext(
                "Också borttaget: %(number)d post som byggde på det.",
                "Också borttagna: %(number)d poster som byggde på det.",
                removed.foreign,
            )
            % {"number": removed.foreign}
        )


def _refusal(built: BuiltUpon) -> str:
    """Why the county stays: what people have made of it, in lines."""
    lines = [_("Demolänet står kvar, för andra har arbetat i det:")]
    if built.records:
        more = len(built.records) - NAMED
        named = "; ".join(built.records[:NAMED])
        lines.append("  " + _("egna poster: %(names)s") % {"names": named})
        if more > 0:
            lines.append("  " + _("och %(number)d till") % {"number": more})
    if built.changes:
        number = built.changes
        text = ngettext("%(number)d ändring", "%(number)d ändringar", number)
        lines.append("  " + text % {"number": number})
    if built.people:
        lines.append("  " + _("personer: %(names)s") % {"names": ", ".join(built.people)})
    lines.append(_("Ta bort allt detta också med: samhandling demo remove --all"))
    return "\n".join(lines)


def print_sign_ins() -> None:
    """The demo's made-up people and the password they share."""
    click.echo(_("Logga in som någon av demons påhittade personer:"))
    for person in SIGN_INS:
        click.echo(f"    {person.email:<24} {person.name}, {person.what}")
    click.echo(_("Lösenordet är %(password)s för alla.") % {"password": DEMO_PASSWORD})
