"""What can be wrong with something that was to be written. ``str(error)`` is a Swedish sentence."""

from django.utils.translation import gettext as _


class ForeignToRound(ValueError):
    """A lesson of another round was tied to a recommendation."""

    def __init__(self) -> None:
        super().__init__(_("Lärdomen hör till en annan uppföljning."))


class RoundExists(ValueError):
    """The agreement already has a follow-up of that year."""

    def __init__(self, year: int) -> None:
        super().__init__(_("Uppföljningen %(year)s finns redan.") % {"year": year})


class RoundWithdrawn(ValueError):
    """The agreement's follow-up of that year was withdrawn; there is one round a year."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "Uppföljningen %(year)s är tillbakadragen. "
                "Återställ den i stället för att starta en ny."
            )
            % {"year": year}
        )


class TooEarly(ValueError):
    """A follow-up of a year that lies too far ahead was to be started."""

    def __init__(self, year: int, last: int) -> None:
        super().__init__(
            _(
                "Uppföljningen %(year)s kan inte startas än. "
                "Nu går det att starta till och med %(last)s."
            )
            % {"year": year, "last": last}
        )


class RoundNotEmpty(ValueError):
    """A round in which something is told, learned or written was to be withdrawn."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _("Uppföljningen %(year)s har fått innehåll och kan inte dras tillbaka.")
            % {"year": year}
        )


class NotToBeTold(ValueError):
    """An initiative of another agreement, or a draft, was to be told of in a follow-up."""

    def __init__(self) -> None:
        super().__init__(
            _("Bara insatser som är delade och hör till överenskommelsen kan redovisas.")
        )
