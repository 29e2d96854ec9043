"""`samhandling demo`: the made-up day in a real county, to look at and to try things in."""

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.demo.county_loader import load_county
from samhandling.demo.facts import FactsProblem
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS


@click.group(help=gettext_lazy("Demolänet: Uppsala län som det såg ut den 30 november 2020."))
def demo() -> None:
    pass


@demo.command(help=gettext_lazy("Hämta in demolänet. Kan köras igen; egna ändringar står kvar."))
def load() -> None:
    try:
        loaded = load_county()
    except FactsProblem as problem:
        click.echo(_("Demolänets filer stämmer inte: %(problem)s") % {"problem": problem}, err=True)
        raise SystemExit(1) from problem
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


def print_sign_ins() -> None:
    """Who to sign in as; every one of them is made up."""
    click.echo(_("Logga in som (påhittade personer, lösenord %s):") % DEMO_PASSWORD)
    for one in SIGN_INS:
        click.echo(f"  {one.email}  {one.name}, {one.what}")
