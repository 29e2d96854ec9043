"""Returning or approving what somebody has submitted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.discussion.selectors import attachments_on
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Sharing
from samhandling.apps.situation.sharing import submitter_key
from samhandling.core.access import Operation
from samhandling.web.as_seen import ChangedSince, as_seen
from samhandling.web.saving import save

APPROVE, RETURN = "godkann", "tillbaka"


class DecisionForm(forms.Form):
    """What has to be changed, for whoever returns it. The button says which of the two it is."""

    reason = forms.CharField(
        label=gettext_lazy("Vad behöver ändras?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Behövs bara när du lämnar tillbaka. Ägaren ser det du skriver."),
    )


def decided(
    request: HttpRequest,
    form: DecisionForm,
    *,
    record: Record,
    approve: Callable[[], Any],
    give_back: Callable[[str], Any],
) -> bool:
    """Does what the button says about the record as it was read, and tells how it went.

    False while the form has errors.
    """
    if not form.is_valid():
        return False
    choice = request.POST.get("beslut")
    if choice == APPROVE and form.cleaned_data["reason"]:
        # What somebody has written is not thrown away: it is for the owner, who would not get it.
        form.add_error(
            "reason",
            _("Du har skrivit vad som behöver ändras. Lämna tillbaka, eller ta bort det du skrev."),
        )
        done = ""
    elif choice == APPROVE:
        save(form, lambda: as_seen(request, record, approve))
        done = _("Godkänt. Alla parter ser det nu.")
    elif choice == RETURN:
        save(
            form,
            lambda: as_seen(request, record, lambda: give_back(form.cleaned_data["reason"])),
            field="reason",
            told_at={ChangedSince: NON_FIELD_ERRORS},
        )
        done = _("Tillbakalämnat. Ägaren har fått veta varför.")
    else:
        form.add_error(None, _("Välj om du godkänner eller lämnar tillbaka."))
    if form.errors:
        return False
    messages.success(request, done)
    return True


def what_is_decided(record: Record) -> dict[str, Any]:
    """What the page shows beside the text itself: the files, and who submitted. Queries: ≤ 5."""
    key = submitter_key(record)
    person = Person.objects.filter(key=key).first() if key else None
    return {"files": attachments_on(record), "submitted_by": person.name if person else ""}


def offer_sharing(form: forms.Form, agreement: Agreement, by: User) -> None:
    """Offers to share something new at once only to who may: otherwise it begins as a draft."""
    if agreement.wants_approval and not may(
        by, Operation.APPROVE_SHARING, agreement_id=agreement.pk
    ):
        field = form.fields["sharing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(Sharing.DRAFT, _("Utkast: bara de egna ser det"))]
        field.help_text = _("Skicka in utkastet för godkännande när det är klart att delas.")
