"""Stopping a file that is too big while it arrives, before it fills memory or disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_MARK = "_file_was_too_big"


class SizeLimit(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: skips a file larger than ATTACHMENT_MAX_BYTES.

    The form then finds no file; `was_too_big` says why.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.arrived = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the piece on until the limit has been passed. Raises SkipFile then."""
        self.arrived += len(raw_data)
        if self.arrived > settings.ATTACHMENT_MAX_BYTES:
            setattr(self.request, _MARK, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
        return None


def was_too_big(request: HttpRequest) -> bool:
    """Was a file of this request left out because of its size?"""
    return bool(request.POST is not None and getattr(request, _MARK, False))
