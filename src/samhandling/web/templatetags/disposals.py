"""Words of disposal decisions."""

from django import template

from samhandling.apps.audit.models import DisposalDecision
from samhandling.apps.privacy.disposal_lists import kinds_of

register = template.Library()


@register.filter
def decision_kinds(decision: DisposalDecision) -> str:
    """What a decision is about, in words between commas."""
    return ", ".join(kinds_of(decision))
