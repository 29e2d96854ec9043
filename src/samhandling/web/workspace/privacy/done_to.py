"""What others have done with a person, as the log tells it and with why, for the file about her."""

from html import unescape

from django.db.models import Q
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Event, Revision
from samhandling.apps.audit.services import Author
from samhandling.apps.privacy.holdings import About
from samhandling.apps.privacy.selectors import Section
from samhandling.web.history_people import KEPT_BY_KEY
from samhandling.web.history_sentences import sentences


def done_to(person: Person, by: Author) -> Section | None:
    """The events of others that carry her key, or that of an account merged into hers, as the
    file's section; None without any. Who did it is not told: that is about somebody else.

    All of it, for it is hers (ADR 0013): pass only a person whose file `by` may have. A draft that
    `by` may not see is not named. Queries: about 12.
    """
    keys = [one.key for one in About.of(person).people]
    carries = Q(pk__in=[])
    for key in keys:
        carries |= Q(before__contains=key) | Q(after__contains=key)
    named = Revision.objects.filter(carries, field__in=KEPT_BY_KEY)
    events = Event.objects.filter(pk__in=named.values("event")).exclude(actor_key__in=keys)
    rows = [
        [
            (_("När"), timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M")),
            (_("Vad"), unescape(strip_tags(line.sentence))),
            *([(_("Varför"), line.why)] if line.why else []),
        ]
        for line in sentences(
            events.select_related("why").order_by("pk"), by, link=False, who=False
        )
    ]
    if not rows:
        return None
    return Section(
        _("Det som har gjorts med personen"),
        _("Visar vad som ändrades för personen, när och varför. Vem som gjorde det står i loggen."),
        rows,
    )
