"""Words of disposal decisions."""

from django import template

from samhandling.apps.audit.models import DisposalDecision
from samhandling.apps.privacy.disposal import Covered
from samhandling.apps.privacy.disposal_lists import goes_with, kinds_of

register = template.Library()


@register.filter
def decision_kinds(decision: DisposalDecision) -> str:
    """What a decision is about, in words between commas."""
    return ", ".join(kinds_of(decision))


@register.filter
def goes_along(line: Covered) -> str:
    """What is destroyed with an initiative or a need, counted, in words between commas."""
    return ", ".join(goes_with(line))
