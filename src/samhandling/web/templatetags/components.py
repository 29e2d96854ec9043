"""Everything pages are made of, in one ``{% load components %}``."""

from django import template

from samhandling.web.templatetags import (
    areas,
    dates,
    figures,
    footnotes,
    frames,
    icons,
    knowledge,
    languages,
    levels,
    navigation,
    people,
    statuses,
    tables,
    terms,
)

register = template.Library()

for _part in (
    areas, dates, figures, footnotes, frames, icons, knowledge, languages, levels, navigation,
    people, statuses, tables, terms,
):  # fmt: skip
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
