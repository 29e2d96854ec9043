"""On a page in English, what stays in Swedish is marked as Swedish for those who listen."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.records.models import Record
from samhandling.web.links import url_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Who does something is named as the log knows them; a name has no language.
NAMES = ("Exempelinläsningen",)
UNHEARD = {"title", "script", "style"}  # a document's title holds no markup


class Unmarked(HTMLParser):
    """Texts with å, ä or ö that a screen reader would read aloud in English."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None, bool]] = []
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            is_unheard = tag in UNHEARD or given.get("aria-hidden") == "true"
            self.open.append((tag, given.get("lang"), is_unheard))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        language = next((lang for _tag, lang, _ in reversed(self.open) if lang), "")
        if language == "sv" or any(is_unheard for *_, is_unheard in self.open):
            return
        if set("åäöÅÄÖ") & set(data):
            self.found.append(" ".join(data.split()))


def test_swedish_words_on_english_pages_are_marked_as_swedish(
    demo_county_for_reading: None, client: Client
) -> None:
    client.force_login(User.objects.get(email="karin@example.org"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    keys = ("I-01", "I-09", "I-28", "I-02", "N-FLYKT", "N-FIA", "B-CHI")
    found = Record.objects.live()
    records = [*found.filter(source_key__in=keys), found.get(kind="REPORT")]
    assert len(records) == len(keys) + 1
    pages = [reverse("overview:index", args=["rok"]), reverse("agreements:detail", args=["rok"])]
    pages += [url_of(record) for record in records]
    english = {title for title in found.values_list("title_en", flat=True) if title}
    for address in pages:
        page = client.get(address).content.decode()
        assert '<html lang="en' in page
        unmarked = [
            text
            for text in Unmarked(page).found
            if text not in english and not text.startswith(NAMES)
        ]
        assert unmarked == [], address
