"""`samhandling coverage`: where every fact of the county lives, and whether it is there."""

from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.cli.refusal import Refusal
from samhandling.demo.county_loader import is_loaded
from samhandling.demo.coverage import Coverage, examine
from samhandling.demo.facts import FactsProblem, county_text, read_facts


@click.command(
    help=gettext_lazy(
        "Visa var i modellen varje uppgift i länets fakta finns. Utan fil läses demolänets egen. "
        "Är demolänet inläst jämförs uppgifterna också med databasen."
    )
)
@click.argument(
    "facts", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--quiet", is_flag=True, help=gettext_lazy("Skriv bara fel och summering."))
def coverage(facts: Path | None, quiet: bool) -> None:
    try:
        data = read_facts(facts.read_text("utf-8") if facts else county_text("facts.yaml"))
    except (FactsProblem, UnicodeDecodeError) as problem:
        raise Refusal(_("Filen går inte att läsa: %(problem)s") % {"problem": problem}) from problem
    loaded = is_loaded()
    found = examine(data, is_loaded=loaded)
    if not quiet:
        print_table(found)
    click.echo(
        _("%(items)d poster med id, %(facts)d uppgifter, %(rows)d olika nycklar.")
        % {"items": found.items, "facts": found.facts, "rows": len(found.rows)}
    )
    if loaded:
        click.echo(_("%(compared)d uppgifter jämförda med databasen.") % vars(found))
    else:
        click.echo(_("Demolänet är inte inläst, så inget jämfördes med databasen."))
    for line in found.problems:
        click.echo(line, err=True)
    if found.problems:
        number = len(found.problems)
        raise Refusal(
            ngettext(
                "%(number)d uppgift har ingen riktig plats.",
                "%(number)d uppgifter har ingen riktig plats.",
                number,
            )
            % {"number": number}
        )


def print_table(found: Coverage) -> None:
    """Section, key and place, in columns as wide as what stands in them."""
    heading = (_("avsnitt"), _("nyckel"), _("plats i modellen"))
    rows = [(section, key or "–", where) for section, key, where in found.rows]
    widths = [max(len(row[column]) for row in [heading, *rows]) for column in (0, 1)]
    for row in [heading, *rows]:
        click.echo(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}")
