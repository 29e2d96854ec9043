"""Forms of the writing desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_TEXT = 50_000


class SectionForm(forms.Form):
    """The written text of one section."""

    text = forms.CharField(
        label=_("Din text"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Tom rad ger nytt stycke. *kursiv*, **fet**, - ger en punktlista. "
            "[^F-4] hänvisar till en fotnot och [[I-09]] till en insats eller annan post."
        ),
    )


class ReasonForm(forms.Form):
    """Why something is sent back or made anew."""

    reason = forms.CharField(
        label=_("Skäl"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv skälet, så att den som läser vet vad som gäller.")},
    )
