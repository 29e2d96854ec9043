"""What files a report becomes, known without loading what makes them."""

from typing import Final

FORMATS: Final = ("html", "docx", "odt", "pdf")
MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
WAIT: Final = 60.0
"""Seconds one rendering waits for another in the same process."""
