"""What may go wrong when people come, change and leave. Each text says what to do."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class AlreadyInvited(ValueError):
    """There is an open invitation to the same."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Det finns redan en inbjudan till den adressen. Skicka den igen, eller ta tillbaka "
                "den först om något i den ska vara annorlunda."
            )
        )


class LastDayPassed(ValueError):
    """The role and the seat that somebody is asked to have are over already."""

    def __init__(self) -> None:
        super().__init__(_("Sista dagen har redan varit. Välj i dag eller en senare dag."))


class PastTime(ValueError):
    """An invitation that is not answered is to something whose last day has passed."""

    def __init__(self, last_day: date) -> None:
        super().__init__(
            _(
                "Det som inbjudan gäller tog slut %s. Ta tillbaka den och bjud in på nytt, med en "
                "annan sista dag."
            )
            % date_format(last_day, "j F Y")
        )


class NothingToEnd(ValueError):
    """A last day was given, and neither a role nor a seat."""

    def __init__(self) -> None:
        super().__init__(_("Välj en roll eller en plats, eller ta bort sista dagen."))


class InvitationOver(ValueError):
    """The invitation is unknown, used, withdrawn or too old; nobody is told which."""

    def __init__(self) -> None:
        super().__init__(_("Inbjudan gäller inte längre."))


class SignInFirst(PermissionError):
    """The address has an account: its owner has to sign in to accept."""

    def __init__(self) -> None:
        super().__init__(_("Logga in för att ta emot inbjudan."))


class OtherAddress(PermissionError):
    """Somebody else is signed in than the one who is invited."""

    def __init__(self) -> None:
        super().__init__(_("Inbjudan gäller en annan adress än den du är inloggad med."))


class AlreadyThere(ValueError):
    """The person works there already, as just that."""

    def __init__(self) -> None:
        super().__init__(_("Personen har redan den funktionen i den organisationen."))


class DayTaken(ValueError):
    """A period that is already written begins on that day or later."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("Det finns redan en uppgift som gäller från %s. Välj en senare dag.")
            % date_format(day, "j F Y")
        )


class BeforeComing(ValueError):
    """The last day that was given is before the person came."""

    def __init__(self, came: date) -> None:
        super().__init__(
            _("Personen finns här sedan %s. Välj den dagen eller en senare dag.")
            % date_format(came, "j F Y")
        )


class OwnAccount(ValueError):
    """Somebody wanted to shut their own sign-in."""

    def __init__(self) -> None:
        super().__init__(_("Du kan inte stänga din egen inloggning. Be någon annan att göra det."))


class SamePerson(ValueError):
    """A person was to substitute for, or be merged with, themselves."""

    def __init__(self) -> None:
        super().__init__(_("Välj två olika personer."))


class AlreadySubstitutes(ValueError):
    """The same two people have a period that overlaps."""

    def __init__(self) -> None:
        super().__init__(_("Personen är redan ersättare under en del av den tiden."))


class NothingToStandInFor(ValueError):
    """A substitute would get nothing: the person has no role and no seat in that time."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Personen har ingen roll och ingen plats då, så en ersättare skulle inte få något. "
                "Välj en annan tid, eller ge personen en roll eller en plats först."
            )
        )


class HasLeft(ValueError):
    """The person has left or cannot sign in."""

    def __init__(self) -> None:
        super().__init__(_("Personen har slutat eller kan inte logga in. Välj någon annan."))


class NothingToUndo(ValueError):
    """The person has not left, or it was too long ago for what ended to be known."""

    def __init__(self) -> None:
        super().__init__(_("Det finns inget avslut att ångra. Läs in sidan igen."))


class NotLacking(ValueError):
    """Somebody else has taken over already."""

    def __init__(self) -> None:
        super().__init__(_("Någon har redan tagit över. Läs in sidan igen."))


class ChangedMeanwhile(ValueError):
    """Somebody else changed the name after the form was opened."""

    def __init__(self, now: str) -> None:
        super().__init__(
            _("Någon annan har ändrat namnet till ”%s”. Öppna sidan igen om ditt ska gälla.") % now
        )


class OwnAddress(ValueError):
    """Somebody wanted to change their own address without proving the new one: a slip would shut
    them out."""

    def __init__(self) -> None:
        super().__init__(_("Du byter din egen adress under Mitt konto."))


class AddressChangedMeanwhile(ValueError):
    """Somebody else changed the address after the form was opened."""

    def __init__(self, now: str) -> None:
        super().__init__(
            _("Någon annan har bytt adressen till %s. Öppna sidan igen om din ska gälla.") % now
        )


class NothingChanged(ValueError):
    """The form says what is so already."""

    def __init__(self) -> None:
        super().__init__(_("Adressen är redan den. Skriv en annan."))


class CannotBeMerged(ValueError):
    """One of the two people is merged already, or forgotten, or is the one who asks."""

    def __init__(self) -> None:
        super().__init__(
            _("De här två går inte att slå ihop. Du kan inte slå ihop dig själv med någon.")
        )
