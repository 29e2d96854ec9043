"""Letting somebody back in: with what ended when she left, or with the sign-in alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samhandling.apps.accounts.models import Person
from samhandling.apps.people import services
from samhandling.web.saving import act
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.people.found import changes_what_one_may, user_or_404
from samhandling.web.workspace.people.person_views import TOLD


@require_POST
@changes_what_one_may
def undo_leaving(request: HttpRequest, one: Person) -> HttpResponse:
    """Gives back what ended when the person left."""
    by = signed_in(request)
    undone: list[services.Undone] = []
    was_shut_out = hasattr(one, "user") and not one.user.is_active
    act(
        request,
        lambda: undone.append(services.undo_leaving(person=one, by=by)),
        told=TOLD,
    )
    for done in undone:
        tell = messages.warning if done.hindered or done.held else messages.success
        told = [_told(done)]
        if was_shut_out:
            # Whoever is shut out loses the password.
            told.append(_("Personen kan logga in igen, med en kod till sin e-post."))
        tell(request, " ".join(told))
    return redirect("people:person", one.key)


def _told(done: services.Undone) -> str:
    """What came back and what did not, in one breath."""
    if not done.hindered and not done.held:
        return _("Avslutet är ångrat. Det som upphörde gäller igen.")
    said = [_("Avslutet är ångrat.")]
    if done.given_back:
        said = [_("Avslutet är ångrat. Det som upphörde gäller igen, men inte allt.")]
    if number := done.hindered:
        said.append(
            ngettext(
                "%(number)d roll eller plats kom inte tillbaka, för något annat har kommit i dess "
                "ställe. Ge den på nytt om den behövs.",
                "%(number)d roller och platser kom inte tillbaka, för något annat har kommit i "
                "deras ställe. Ge dem på nytt om de behövs.",
                number,
            )
            % {"number": number}
        )
    if number := done.held:
        said.append(
            ngettext(
                "%(number)d tid som ersättare tar ändå slut när den andra personen slutar.",
                "%(number)d tider som ersättare tar ändå slut när de andra personerna slutar.",
                number,
            )
            % {"number": number}
        )
    return " ".join(said)


@require_POST
@changes_what_one_may
def open_sign_in(request: HttpRequest, one: Person) -> HttpResponse:
    """Lets somebody sign in again."""
    by = signed_in(request)
    user = user_or_404(one)
    act(
        request,
        lambda: services.open_sign_in(user=user, by=by),
        _("Personen kan logga in igen, med en kod till sin e-post."),
        told=TOLD,
    )
    return redirect("people:person", one.key)
