"""Whatever somebody writes stands as text, on every page and in every file (assurance.md, row 6).

Each sign that means something to HTML, XML, Markdown, Typst, a template or a terminal is written
into the fields people write in, and is read back as the letters it was.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.services import (
    create_lesson,
    create_network_report,
    create_recommendation,
    tell_initiative,
)
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services.written_fields import TEXTS
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.services import create_report, write_section
from samhandling.apps.situation.models import Need
from samhandling.render.entry import render
from tests.factories import County, make_county, make_initiative, make_need, make_round

pytestmark = pytest.mark.django_db

CORPUS = {
    "script": "<script>alert('k1')</script>",
    "image": "<img src=x onerror=alert('k2')>",
    "drawing": '"><svg/onload=alert(3)>k3',
    "link": "[klicka](javascript:alert(4)) <a href=javascript:alert(4)>k4</a>",
    "data link": "[k5](data:text/html;base64,PHNjcmlwdD4=)",
    "end of CDATA": "k6 ]]> <![CDATA[ --> <!--",
    "entities": "k7 &lt;b&gt; &amp; &#60; &nbsp;",
    "typst code": "#eval(\"1+1\") #import k8: x #read('passwd')",
    "typst signs": "k9 $ x^2 $ @k9 <k9> `k9` ~ = k9",
    "backslashes": "k10 C:\\nytt\\u{41}\\",
    "direction": "k11 \u202eetxeT\u202c slut",
    "controls": "k12\x01\x08\x1b[31m\x7f slut",
    "raw blocks": "k13 ```{=openxml} <w:p/> ``` {=html} <b>k13</b> :::",
    "template": "k14 {{7*7}} {% now %} ${7*7} %(x)s {0}",
}
# The signs that no file can hold are left out of it; all others stay.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data"}


def letters(text: str) -> str:
    """The text without what a line break may add or take, and what no file can hold."""
    return re.sub(r"[\s\u00ad\u200b]+", "", UNWRITABLE.sub("", text))


@dataclass
class Page(HTMLParser):
    """What a browser would find in a page: its text, its elements and where it leads."""

    texts: list[str] = field(default_factory=list)
    dangers: list[str] = field(default_factory=list)
    silent: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.silent += tag in {"script", "style"}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.dangers.append(self.get_starttag_text() or tag)
        if tag in {"iframe", "object", "embed", "base"} or given.get("src") == "x":
            self.dangers.append(self.get_starttag_text() or tag)
        for name, value in given.items():
            if name.startswith("on"):
                self.dangers.append(f"{tag} {name}")
            # Control signs are dropped by browsers before they read the scheme.
            if name in ADDRESSES and re.match(
                r"(javascript|vbscript|data:text)", re.sub(r"[\x00-\x20]", "", value).lower()
            ):
                self.dangers.append(f"{tag} {name}={value}")
        # A form shows what was written in the value of its fields.
        self.texts.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def read(content: str) -> Page:
    page = Page()
    page.feed(content)
    page.close()
    return page


@dataclass
class Hostile:
    """A county in which every name and text is hostile."""

    county: County
    report: Report
    initiatives: dict[str, Initiative]
    needs: dict[str, Need]


def planted() -> Hostile:
    county = make_county()
    agreement, area = county.agreement, county.area
    round_ = make_round(agreement)
    told = create_network_report(
        round=round_,
        body=county.network,
        by=DEMO_LOADER,
        statements=[("ASSESSMENT", text, None) for text in CORPUS.values()],
    )
    initiatives, needs = {}, {}
    for order, (name, text) in enumerate(CORPUS.items(), 1):
        needs[name] = make_need(
            agreement, text, focus_area=area, owner=county.organisation, description=text
        )
        initiatives[name] = make_initiative(
            agreement,
            text,
            status="ONGOING",
            focus_area=area,
            network=county.network,
            owner=county.organisation,
            **dict.fromkeys(TEXTS, text),
        )
        tell_initiative(
            round=round_,
            initiative=initiatives[name],
            by=DEMO_LOADER,
            network_report=told,
            told=text,
        )
        lesson = create_lesson(
            round=round_,
            number=order,
            title=text,
            by=DEMO_LOADER,
            points=[("PLUS", text), ("MINUS", text), ("ARGUMENT", text)],
            good_example=text,
        )
        create_recommendation(round=round_, text=text, by=DEMO_LOADER, lesson=lesson)
    report = create_report(
        round=round_, outline="follow_up", title=CORPUS["script"], by=DEMO_LOADER
    )
    for key in ("assignment", "method", "scope", "carried-out", "lessons"):
        text = "\n\n".join(CORPUS.values())
        write_section(report=report, key=key, text=text, is_done=True, by=DEMO_LOADER)
    return Hostile(county, report, initiatives, needs)


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hostile]:
    """Planted once for all the tests here, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield planted()
        connection.set_rollback(True)


@pytest.fixture(scope="module")
def files(hostile: Hostile) -> dict[str, bytes]:
    model = assemble(hostile.report, made_at=datetime(2020, 11, 30, tzinfo=UTC)).report
    return {
        name: render(model, name, fonts_dir=settings.FONT_DIR) for name in ("html", "docx", "odt")
    } | {"pdf": render(model, "pdf", fonts_dir=settings.FONT_DIR)}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def missing(text: str, names: list[str] | None = None) -> list[str]:
    """Which of the corpus does not stand in the text as it was written."""
    found = letters(text)
    return [name for name in names or list(CORPUS) if letters(CORPUS[name]) not in found]


@pytest.mark.parametrize("name", ["script", "image", "drawing", "link"])
def test_the_reader_of_pages_sees_the_danger_when_it_is_no_text(name: str) -> None:
    page = read(f'<p title="{CORPUS[name]}">{CORPUS[name]}</p>')
    assert page.dangers
    assert missing("".join(page.texts), [name]) == [name]


def test_the_lists_of_the_workspace_show_it_as_text(hostile: Hostile) -> None:
    client = signed_in(hostile.county.alice)
    slug = hostile.county.agreement.slug
    report = hostile.report.uid
    addresses = [
        reverse("initiatives:list", args=[slug]),
        reverse("needs:list", args=[slug]),
        reverse("followup:round", args=[slug, 2020]),
        reverse("followup:network", args=[slug, 2020, hostile.county.network.uid]),
        reverse("actors:body", args=[hostile.county.network.uid]),
        reverse("actors:actor", args=[hostile.county.organisation.uid]),
        reverse("reports:read", args=[report]),
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = read(answer.content.decode())
        assert (address, page.dangers) == (address, [])
        assert (address, missing("".join(page.texts))) == (address, [])
    for address in (
        reverse("overview:index", args=[slug]),
        reverse("history:list"),
        reverse("reports:list", args=[slug]),
        reverse("search:results") + "?q=alert('k1')</title><script>",
    ):
        page = read(client.get(address).content.decode())
        assert (address, page.dangers) == (address, [])


@pytest.mark.parametrize("name", CORPUS)
def test_the_pages_of_one_thing_show_it_as_text(hostile: Hostile, name: str) -> None:
    client = signed_in(hostile.county.alice)
    initiative, need = hostile.initiatives[name], hostile.needs[name]
    for address in (
        reverse("initiatives:detail", args=[initiative.uid]),
        reverse("initiatives:edit", args=[initiative.uid]),
        reverse("needs:detail", args=[need.uid]),
        reverse("needs:edit", args=[need.uid]),
        reverse("history:record", args=[initiative.uid]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = read(answer.content.decode())
        assert (address, page.dangers) == (address, [])
        assert (address, missing("".join(page.texts), [name])) == (address, [])


def test_whoever_writes_a_section_gets_the_text_back(hostile: Hostile) -> None:
    client = signed_in(hostile.county.doris)
    address = reverse("reports:section", args=[hostile.report.uid, "method"])
    page = read(client.get(address).content.decode())
    assert page.dangers == []
    assert missing("".join(page.texts)) == []


def test_the_html_file_holds_no_element_of_it(files: dict[str, bytes]) -> None:
    page = read(files["html"].decode())
    assert page.dangers == []
    assert missing("".join(page.texts)) == []


@pytest.mark.parametrize("file_format", ["docx", "odt"])
def test_the_office_files_are_well_formed_and_lead_nowhere(
    files: dict[str, bytes], file_format: str
) -> None:
    texts: list[str] = []
    led: list[str] = []
    with zipfile.ZipFile(io.BytesIO(files[file_format])) as package:
        for part in package.namelist():
            if not part.endswith((".xml", ".rels")):
                continue
            for element in ElementTree.fromstring(package.read(part)).iter():
                if part in {"word/document.xml", "content.xml"}:
                    # A run of blanks is an element of its own in ODT.
                    texts += [element.text or "", element.tail or ""]
                for name, value in element.attrib.items():
                    if name == "TargetMode":
                        led.append(element.attrib["Target"])
                    if name.endswith("}href") and not value.startswith(("#", "Pictures/")):
                        led.append(value)
    assert led == []
    whole = "".join(texts)
    assert missing(whole) == []
    assert "49" not in re.findall(r"k14\s*(\S+)", whole)


def test_the_pdf_shows_it_as_text(files: dict[str, bytes]) -> None:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=files["pdf"], capture_output=True, check=True
    )
    # Text that is set from right to left comes out in the order it is seen.
    names = [name for name in CORPUS if name != "direction"]
    assert missing(done.stdout.decode(), names) == []
    assert b"/JavaScript" not in files["pdf"]
    assert b"/URI (javascript" not in files["pdf"]


def test_a_sign_that_no_database_can_hold_is_refused_not_failed(hostile: Hostile) -> None:
    client = signed_in(hostile.county.alice)
    before = hostile.initiatives["script"].content
    answer = client.post(
        reverse("initiatives:edit", args=[hostile.initiatives["script"].uid]),
        {"title": "a\0b", "content": "a\0b"},
    )
    assert answer.status_code == 200
    hostile.initiatives["script"].refresh_from_db()
    assert hostile.initiatives["script"].content == before
