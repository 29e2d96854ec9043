"""Notices in templates of the workspace and of mails."""

from django import template

from samhandling.apps.discussion.news import Line
from samhandling.web.notice_words import sentence_of

register = template.Library()


@register.filter
def notice_sentence(line: Line) -> str:
    """``{{ line|notice_sentence }}``: what a notice that is told says, as plain text."""
    return sentence_of(line)
