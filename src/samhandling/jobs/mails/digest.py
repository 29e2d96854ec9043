"""The digest: one line for each thing that is new, with the address that leads to it."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from samhandling.apps.accounts.models import User
from samhandling.apps.discussion.news import Line, lines
from samhandling.apps.notices.models import Notice
from samhandling.jobs.mail import Mail, NotWanted, full_address

MOST = 40  # further news are counted, and read in the workspace


def build(ids: dict[str, str | int], language: str) -> Mail:
    """The mail for one person. Raises NotWanted when all has been read or may not be seen.

    Args: ids: person: key of the person; after, until: the time told of (ISO), after may be "".
    """
    user = User.objects.filter(person_id=ids["person"], is_active=True).first()
    if user is None:
        raise NotWanted
    news = Notice.objects.filter(
        person_id=user.person_id,
        read_at__isnull=True,
        made_at__lte=datetime.fromisoformat(str(ids["until"])),
    )
    if ids["after"]:
        news = news.filter(made_at__gt=datetime.fromisoformat(str(ids["after"])))
    rows = news.select_related("record").order_by("-made_at", "-pk")
    told = [line for line in lines(rows, user) if line.is_told]
    if not told:
        raise NotWanted
    context = {
        "name": user.display_name,
        "news": [(_sentence(line), full_address(_path(line))) for line in told[:MOST]],
        "more": max(0, len(told) - MOST),
        "all_url": full_address(reverse("notices:list")),
        "choice_url": full_address(reverse("notices:choices")),
    }
    subject = ngettext(
        "%(n)d sak är ny för dig i Samhandling",
        "%(n)d saker är nya för dig i Samhandling",
        len(told),
    ) % {"n": len(told)}
    return Mail(subject, render_to_string("emails/digest.txt", context).strip() + "\n")


def _sentence(line: Line) -> str:
    """One line of plain text, whatever line breaks a name holds."""
    return " ".join(render_to_string("emails/digest_line.txt", {"line": line}).split())


def _path(line: Line) -> str:
    if line.is_of_me or line.record is None:
        return f"{reverse('account:index')}#roller"
    if line.comment is None:
        return reverse("records:show", args=[line.record.uid])
    address = reverse("discussion:comments", args=[line.record.uid])
    return f"{address}?kommentar={line.comment}#kommentar-{line.comment}"
