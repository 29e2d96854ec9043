"""What a browser does: reads a page, and a form from the page to send it back."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client


def text(answer: HttpResponse) -> str:
    """What stands on the page."""
    return answer.content.decode()


@dataclass
class Form:
    """A form of a page. `values` is what is sent when nobody touches it, by name."""

    method: str = "get"
    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)  # values to choose among

    def changed(self, **values: str | list[str]) -> dict[str, list[str]]:
        """What is sent when some fields are filled in anew."""
        anew = {k: v if isinstance(v, list) else [v] for k, v in values.items()}
        return {**self.values, **anew}


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.text = ""  # name of the text area that is open
        self.select = ""  # name of the select that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.form = Form(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input" and name:
            self._input(self.form, name, given)
        elif tag == "textarea":
            self.text = name
            self.form.kinds[name] = "textarea"
            self.form.values[name] = [""]
        elif tag == "select":
            self.select = name
            self.form.kinds[name] = "select"
            self.form.offered[name] = []
        elif tag == "option" and self.select:
            self.form.offered[self.select].append(given.get("value", ""))
            if "selected" in given or self.select not in self.form.values:
                self.form.values[self.select] = [given.get("value", "")]

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        form.kinds[name] = kind
        if kind in ("checkbox", "radio"):
            form.offered.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "button"):
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.text = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.text:
            held = self.form.values[self.text][0] + data
            # The line break that follows the tag is not part of the text; those sent are CRLF.
            self.form.values[self.text] = [held.removeprefix("\n")]


def forms_of(page: str) -> list[Form]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def self_posting(page: str) -> list[Form]:
    """Forms that post to the page's own address and have something to fill in."""
    return [
        form
        for form in forms_of(page)
        if form.method == "post"
        and not form.action
        and any(kind != "hidden" for kind in form.kinds.values())
    ]


def opened(client: Client, address: str) -> Form:
    """The form of an address, as the person finds it."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    forms = self_posting(page.content.decode())
    assert len(forms) == 1, (address, len(forms))
    return forms[0]


def version_at(client: Client, address: str) -> dict[str, str]:
    """The version that an edit form carries, to be sent with what a test fills in by hand."""
    return {"version": opened(client, address).values["version"][0]}


def confirm(client: Client, address: str, given: dict[str, str] | None = None) -> HttpResponse:
    """Opens a page that asks and answers it: sends what its form holds, and what is given."""
    page = client.get(address)
    if page.status_code != 200:
        return page
    [asked] = [
        form
        for form in forms_of(page.content.decode())
        if form.method == "post" and not form.action
    ]
    return client.post(address, {**asked.values, **(given or {})})
