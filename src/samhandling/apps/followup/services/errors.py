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


class NotToBeTold(ValueError):
    """An initiative of another agreement, or a draft, was to be told of in a follow-up."""

    def __init__(self) -> None:
        super().__init__(
            _("Bara insatser som är delade och hör till överenskommelsen kan redovisas.")
        )
