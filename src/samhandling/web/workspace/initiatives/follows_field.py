"""Which earlier initiative one goes on from: written by name, or as the address of its page."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import can_read, visible_to
from samhandling.web.links import name_of

_ADDRESS = re.compile(r"/insatser/([^/?#\s]+)")
LONGEST_ADDRESS = 2_000


class FollowsField(forms.CharField):
    """An initiative of the same agreement that the person may read. Clean: it, or None."""

    now: Initiative | None = None
    offered: QuerySet[Initiative] = Initiative.objects.none()

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Följer på"))
        options.setdefault(
            "help_text",
            _(
                "Om den fortsätter en tidigare insats: skriv namnet som det står, eller klistra in "
                "adressen till dess sida."
            ),
        )
        super().__init__(required=False, max_length=LONGEST_ADDRESS, **options)

    def offer(self, initiative: Initiative, by: User) -> bool:
        """Takes up what may be chosen; false when what stands there is not shown to `by`."""
        self.now = initiative.follows
        rows = Initiative.objects.live().with_record().filter(agreement=initiative.agreement_id)
        self.offered = visible_to(rows, by).exclude(pk=initiative.pk)
        return self.now is None or can_read(self.now, by)

    def prepare_value(self, value: Any) -> Any:
        """The name of an initiative, or what was sent."""
        return name_of(value) if isinstance(value, Initiative) else value

    def clean(self, value: Any) -> Any:
        """The initiative that is meant. Raises ValidationError for none, or for several."""
        text = super().clean(value)
        if not text:
            return None
        if self.now is not None and text == name_of(self.now):
            return self.now
        address = _ADDRESS.search(text)
        asked = Q(record__title=text) | Q(record__title_en=text)
        found = self.offered.filter(Q(record__uid=address[1]) if address else asked)[:2]
        if not found:
            raise ValidationError(
                _(
                    "Hittar ingen annan insats som heter så i överenskommelsen. Skriv namnet som "
                    "det står, eller klistra in adressen till insatsens sida."
                )
            )
        if len(found) > 1:
            raise ValidationError(
                _("Flera insatser heter så. Klistra in adressen till den insats du menar.")
            )
        return found[0]
