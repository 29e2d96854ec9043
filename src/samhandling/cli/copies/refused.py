"""Why a copy is not made, not trusted or not put back. Nothing has then been changed."""

from samhandling.cli.refusal import Refusal


class CopyRefused(Refusal):
    """Base of them all; the text is a Swedish sentence for the person at the keyboard."""


class DamagedCopy(CopyRefused):
    """The file is no copy, or not all of the copy that was once made."""


class NewerCopy(CopyRefused):
    """Made by a version of the program that knows more than this one."""


class OtherDatabase(CopyRefused):
    """Made from SQLite and to be put back in PostgreSQL, or the other way round."""


class NothingToCopy(CopyRefused):
    """There is no database where the settings say, or nothing in it."""


class NoSuchFolder(CopyRefused):
    """The copy is to be written where there can be no folder."""


class AmongTheFiles(CopyRefused):
    """The copy is to be written among the files it copies, and would copy itself for ever."""


class NotEmpty(CopyRefused):
    """There is something already where the copy would be put back."""


class ProgramMissing(CopyRefused):
    """PostgreSQL's own programs for copies are not installed, or will not do it."""
