"""The discussion component of a record's page, and comments as text."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, linebreaks, urlize
from django.utils.safestring import SafeString

from samhandling.apps.discussion.mentions import pattern_for
from samhandling.apps.discussion.selectors import Said
from samhandling.apps.records.models import Record, Recorded
from samhandling.web import links
from samhandling.web.workspace.discussion.talk import talk_of

register = template.Library()


@register.inclusion_tag("_components/discussion.html", takes_context=True)
def discussion(context: template.Context, thing: Record | Recorded) -> dict[str, Any]:
    """``{% discussion initiative %}`` on a record's own page: comments, files, follow."""
    request = context["request"]
    return {
        "talk": talk_of(links.record_of(thing), request.user),
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "user": request.user,
    }


@register.filter
def said(comment: Said) -> SafeString:
    """``{{ comment|said }}``: paragraphs, addresses as links, the people mentioned set out."""
    pieces: list[str] = []
    for number, piece in enumerate(pattern_for(comment.names).split(comment.text)):
        # Every other piece is a name that the pattern caught.
        if number % 2:
            pieces.append(format_html('<span class="mention">@{}</span>', piece))
        else:
            pieces.append(urlize(conditional_escape(piece), nofollow=True))
    return SafeString(linebreaks(SafeString("".join(pieces)), autoescape=False))
