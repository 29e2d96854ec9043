"""How forms look: every field through our own component, every widget with our class."""

from typing import Any

from django.forms.renderers import DjangoTemplates

_BARE = {"hidden", "checkbox", "radio", "file", "submit"}


class FormRenderer(DjangoTemplates):
    """Django's renderer with our field component; set as FORM_RENDERER.

    Gives text inputs, selects and text areas ``class="input"`` beside what the widget asks for.
    """

    form_template_name = "_components/form_fields.html"
    field_template_name = "_components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if widget := context.get("widget"):
            _dress(widget)
        return super().render(template_name, context, request=request)


def _dress(widget: dict[str, Any]) -> None:
    """Adds the class to a widget's context, or to each of its parts."""
    if parts := widget.get("subwidgets"):
        for part in parts:
            _dress(part)
        return
    is_choice_group = "optgroups" in widget and not widget["template_name"].endswith("select.html")
    if widget.get("type") in _BARE or is_choice_group:
        return
    attrs = widget["attrs"]
    attrs["class"] = f"input {attrs['class']}" if attrs.get("class") else "input"
