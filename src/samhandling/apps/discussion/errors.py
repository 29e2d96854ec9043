"""What can be wrong with a comment or a file. ``str(error)`` is a Swedish sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samhandling.core.file_types import Fault


class CommentEmpty(ValueError):
    """A comment was to be saved without words."""

    def __init__(self) -> None:
        super().__init__(_("Skriv något i kommentaren."))


class CommentTooLong(ValueError):
    """A comment is longer than MAX_COMMENT."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("Kommentaren är för lång. Skriv högst %(limit)d tecken, eller bifoga en fil.")
            % {"limit": limit}
        )


class CommentClosed(ValueError):
    """A comment can no longer be changed by this person."""

    def __init__(self) -> None:
        super().__init__(_("Kommentaren går inte längre att ändra. Skriv en ny i stället."))


class MayNotSee(ValueError):
    """Somebody was mentioned who may not see the record."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("%(names)s kan inte se det här. Ta bort namnet, eller dela först.")
            % {"names": ", ".join(names)}
        )


class SeveralCalledSo(ValueError):
    """A name after an @ belongs to more than one person."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Det finns flera som heter %(name)s. Välj rätt person i listan.") % {"name": name}
        )


class TooManyMentioned(ValueError):
    """More people were mentioned than anybody can mean."""

    def __init__(self, limit: int) -> None:
        super().__init__(_("Nämn högst %(limit)d personer åt gången.") % {"limit": limit})


class TooManyFiles(ValueError):
    """A record holds as many files as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("Det finns redan %(limit)d bilagor här. Dra tillbaka någon som inte behövs.")
            % {"limit": limit}
        )


class NotWithdrawn(ValueError):
    """Something was to be restored that is not withdrawn: somebody was quicker."""

    def __init__(self) -> None:
        super().__init__(_("Det är redan återställt. Det behöver inte göras igen."))


class WithdrawnAnew(ValueError):
    """What was to be restored has been restored and withdrawn again since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Det har återställts och dragits tillbaka på nytt sedan du öppnade sidan. "
                "Läs det nya skälet innan du återställer."
            )
        )


class RecordWithdrawn(ValueError):
    """What was to be restored belongs to a record that is withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("Posten som det hör till är tillbakadragen. Återställ posten först."))


class FileGone(ValueError):
    """The bytes of a file are not where they were kept."""

    def __init__(self) -> None:
        super().__init__(_("Filen finns inte kvar och kan inte återställas."))


class FileTooBig(ValueError):
    """A file is larger than the setting allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("Filen är för stor. Den får vara högst %(limit)d MB. Dela upp den eller minska den.")
            % {"limit": limit // 1_000_000}
        )


class FileNotTaken(ValueError):
    """A file is not of a kind that is taken."""

    def __init__(self, fault: Fault, ending: str) -> None:
        self.fault = fault
        super().__init__(_sentence(fault) % {"ending": f".{ending}" if ending else ""})


def _sentence(fault: Fault) -> str:
    return {
        Fault.EMPTY: _("Filen är tom. Välj en annan."),
        Fault.UNKNOWN_ENDING: _(
            "Den sortens fil går inte att bifoga. Spara den som PDF, DOCX, XLSX, PPTX, ODT, ODS, "
            "ODP, PNG, JPEG, TXT eller CSV."
        ),
        Fault.CONTENT_DIFFERS: _(
            "Filen heter %(ending)s men innehåller något annat. "
            "Öppna den i det program den gjordes i och spara den på nytt."
        ),
        Fault.HAS_MACROS: _(
            "Filen innehåller makron. Spara den utan makron, eller som PDF, och försök igen."
        ),
        Fault.DAMAGED: _("Filen är skadad eller inte hel. Spara den på nytt och försök igen."),
        Fault.HIDES_ANOTHER: _(
            "Det ligger något mer i filen än det ska. Spara den på nytt, eller som PDF."
        ),
        Fault.NOT_UTF8: _(
            "Texten är inte sparad som UTF-8. Välj ”CSV UTF-8” eller ”UTF-8” när du sparar."
        ),
    }[fault]
