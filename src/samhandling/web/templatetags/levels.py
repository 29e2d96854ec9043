"""The three cooperation levels: three shapes of equal weight.

Filled = the source says it; hollow = inferred. No level is better than another (seed004,
Avgränsning), so nothing ranks them.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samhandling.web.templatetags.icons import sprite
from samhandling.web.templatetags.knowledge import inferred, unknown
from samhandling.web.templatetags.languages import swedish

register = template.Library()

LEVELS: dict[str, Promise] = {
    "experience_exchange": _("Erfarenhetsutbyte"),
    "competence_development": _("Kompetensutveckling"),
    "joint_action": _("Gemensam insats"),
}
_LEVELS_INFERRED: dict[str, Promise] = {
    "experience_exchange": _("Erfarenhetsutbyte, härlett"),
    "competence_development": _("Kompetensutveckling, härlett"),
    "joint_action": _("Gemensam insats, härlett"),
}
_DECORATION = SafeString('aria-hidden="true"')
_PLACE = {key: place for place, key in enumerate(LEVELS, start=1)}


def shape(key: str, *, hollow: bool, named: bool, placed: bool = False) -> SafeString:
    """The svg of one level; ``named`` gives it an accessible name, else it is decoration."""
    classes = ["lvl"]
    if hollow:
        classes.append("inferred")
    if placed:
        classes.append(f"at-{_PLACE[key]}")
    names = _LEVELS_INFERRED if hollow else LEVELS
    role = format_html('role="img" aria-label="{}"', names[key]) if named else _DECORATION
    return format_html(
        '<svg class="{}" {}><use href="{}"/></svg>',
        " ".join(classes),
        role,
        sprite(f"l-{key}"),
    )


def _rows(items: Any) -> list[Any]:
    if items is None:
        return []
    found: Iterable[Any] = items.all() if hasattr(items, "all") else items
    return [item for item in found if item.basis != "UNKNOWN"]


@register.simple_tag
def levels(items: Any, of_network: bool = False) -> SafeString:
    """``{% levels initiative.initiative_levels %}``: shapes only, for tables.

    ``items`` (list, queryset or manager) have ``level.key`` and ``basis``. None is Okänt.
    ``of_network=True`` marks what is told of the network as a whole, not of the initiative. A level
    that only another county's agreement has is written out.
    """
    rows = _rows(items)
    if not rows:
        return unknown()
    known = sorted((r for r in rows if r.level.key in LEVELS), key=lambda r: _PLACE[r.level.key])
    shapes = format_html_join(
        "",
        "{}",
        (
            (shape(r.level.key, hollow=r.basis == "INFERRED", named=True, placed=True),)
            for r in known
        ),
    )
    others = format_html_join(
        "",
        '<span class="other">{}</span>',
        ((r.level,) for r in rows if r.level.key not in LEVELS),
    )
    told = ""
    if of_network:
        told = format_html('<span class="hidden-text">{}</span>', _("sagt om nätverket som helhet"))
    return format_html(
        '<span class="levels{}">{}{}{}</span>',
        " of-network" if of_network else "",
        shapes,
        others,
        told,
    )


@register.simple_tag
def level_shape(key: str, basis: str = "STATED") -> SafeString:
    """``{% level_shape "joint_action" "INFERRED" %}``: one shape, named for screen readers."""
    return shape(key, hollow=basis == "INFERRED", named=True)


@register.simple_tag
def level_head(level: Any) -> SafeString:
    """``{% level_head level %}``: shape and word, for the head of a column of that level."""
    mark = shape(level.key, hollow=False, named=False) if level.key in LEVELS else ""
    word = LEVELS.get(level.key) or level.title
    return format_html('{}<span class="word">{}</span>', mark, word)


@register.simple_tag
def level_names(items: Any) -> SafeString:
    """``{% level_names initiative.initiative_levels %}``: shape and word, one a line.

    An inferred one with a ``ground`` gets the mark that opens it. None is Okänt.
    """
    rows = _rows(items)
    if not rows:
        return unknown()
    return format_html(
        '<ul class="level-names">{}</ul>',
        format_html_join(
            "",
            "<li>{}{}</li>",
            ((_shape_of(row), _name_of(row)) for row in rows),
        ),
    )


def _shape_of(row: Any) -> SafeString | str:
    known = row.level.key in LEVELS
    return shape(row.level.key, hollow=row.basis == "INFERRED", named=False) if known else ""


def _name_of(row: Any) -> Any:
    is_inferred = row.basis == "INFERRED"
    ground = getattr(row, "ground", "")
    if row.level.key in LEVELS and is_inferred and not ground:
        return _LEVELS_INFERRED[row.level.key]
    name = LEVELS.get(row.level.key, row.level)
    return format_html("{} {}", name, inferred(swedish(ground))) if is_inferred and ground else name


@register.inclusion_tag("_components/level_legend.html")
def level_legend(of_network: bool = False) -> dict[str, Any]:
    """``{% level_legend %}``: what the shapes mean; stands above every table that uses them."""
    return {
        "levels": [(shape(key, hollow=False, named=False), word) for key, word in LEVELS.items()],
        "hollow": shape("experience_exchange", hollow=True, named=False),
        "of_network": of_network,
    }
