"""Blocks that frame other markup: a part of a page, a fact, and what shows only when filled."""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samhandling.web.popovers import new_id
from samhandling.web.templatetags.knowledge import unknown

register = template.Library()


class FrameNode(template.Node):
    """A block tag with a first value, options, and a body that is rendered before the frame."""

    def __init__(
        self,
        name: str,
        values: list[FilterExpression],
        options: dict[str, FilterExpression],
        nodelist: NodeList,
    ) -> None:
        self.name = name
        self.values = values
        self.options = options
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        body = self.nodelist.render(context)
        values = [value.resolve(context) for value in self.values]
        options = {key: value.resolve(context) for key, value in self.options.items()}
        return _FRAMES[self.name](body, *values, **options)


def _parse(parser: Parser, token: Token) -> FrameNode:
    name, *bits = token.split_contents()
    values: list[FilterExpression] = []
    options: dict[str, FilterExpression] = {}
    for bit in bits:
        pair = token_kwargs([bit], parser)
        if pair:
            options.update(pair)
        else:
            values.append(parser.compile_filter(bit))
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return FrameNode(name, values, options, nodelist)


def _part(
    body: SafeString,
    heading: Any,
    note: Any = "",
    id: str = "",
    wide: bool = False,
) -> SafeString:
    anchor = id or slugify(str(heading)) or new_id("del")
    return format_html(
        '<section class="{}" id="{}" aria-labelledby="h-{}"><div class="part-head">'
        '<h2 id="h-{}">{}</h2>{}</div><div class="part-body">{}</div></section>',
        "part wide" if wide else "part",
        anchor,
        anchor,
        anchor,
        heading,
        format_html("<p>{}</p>", note) if note else "",
        body,
    )


def _fact(body: SafeString, label: Any, fill: str = "", span: bool = False) -> SafeString:
    return format_html(
        "<div{}><dt>{}</dt><dd>{}</dd></div>",
        SafeString(' class="span"') if span else "",
        label,
        body if body.strip() else unknown(fill, what=label),
    )


def _filled(body: SafeString, frame: str) -> SafeString:
    if not body.strip():
        return SafeString("")
    return format_html(_AROUND[frame], body, _("Brödsmulor"))


_AROUND = {
    "crumbs": '<nav class="crumbs" aria-label="{1}"><ol>{0}</ol></nav>',
    "kicker": '<p class="kicker">{0}</p>',
    "lead": '<p class="lead">{0}</p>',
    "actions": '<div class="actions no-print">{0}</div>',
}
_FRAMES: dict[str, Callable[..., SafeString]] = {"part": _part, "fact": _fact, "filled": _filled}

for _name in _FRAMES:
    register.tag(_name, _parse)
