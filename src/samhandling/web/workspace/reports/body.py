"""The report's web page inside the workspace's own."""

from django.utils.safestring import SafeString, mark_safe

from samhandling.core.report_model import (
    Report,
)
from samhandling.render.html import LinkFor, fragment


def body(model: Report, *, link_for: LinkFor | None = None) -> SafeString:
    """The report as HTML. It is safe because the renderer escapes every text it is given."""
    return mark_safe(fragment(model, link_for=link_for))
