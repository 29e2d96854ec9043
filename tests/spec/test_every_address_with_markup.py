"""With markup in every text column at once, every address shows it as text (assurance.md, row 6).

test_hostile_texts.py tries many kinds of signs in the fields people write in; here one kind is
tried wherever a text can be kept, and on every address there is.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.test import Client

from samhandling.apps.accounts.models import User
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, Fillings, all_addresses

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;#let x=1 $x$ {{ x }}"
# Never shown as they are: keys, addresses, and what the program writes itself.
NOT_WRITTEN_BY_PEOPLE = {
    "uid", "key", "slug", "source_key", "email", "work_email", "password", "outline",
    "code", "colour_key", "field", "stems", "words", "sha256", "url",
}  # fmt: skip


def written_fields(model: type[models.Model]) -> "list[models.Field[object, object]]":
    """The text columns of a model that hold what somebody wrote."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.URLField)
        and not field.choices
        and not field.unique
        and not field.name.endswith(("_key", "_uid", "_kind", "_precision"))
        and field.name not in NOT_WRITTEN_BY_PEOPLE
        and (field.max_length or 1000) >= len(HOSTILE)
    ]


@pytest.fixture(scope="module")
def fillings(demo_county_for_reading: None) -> Iterator[Fillings]:
    """The demo county with markup in every text, written past the services on purpose."""
    filled = Fillings()
    for model in apps.get_models():
        if ".apps." in model._meta.app_config.name and model._meta.app_label != "audit":
            for field in written_fields(model):
                worse = Left(Concat(Value(HOSTILE), F(field.name)), field.max_length or 5000)
                model._base_manager.exclude(**{field.name: ""}).update(**{field.name: worse})
    yield filled


def test_titles_and_texts_are_among_what_is_tried() -> None:
    tried = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in written_fields(model)
    }
    assert {"Record.title", "Person.name", "Lesson.text", "OpenQuestion.question"} & tried
    assert len(tried) > 40


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_no_page_lets_markup_through(fillings: Fillings, address: Address) -> None:
    client = Client()
    signed_in_now(User.objects.get(email="karin@example.org"), client)
    answer = client.get(fillings.path(address))
    page = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    if "html" in answer.get("Content-Type", ""):
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page
    if address.name == "initiatives:detail":
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page  # it was there to be let through
