"""A county, and a way to register what is in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.records.models import Record
from samhandling.apps.registry.services import register_in_diary
from tests.factories import County, make_county

NO_MARK = {"provision": "", "marked_on": None, "authority": ""}
MARK = {
    "provision": "OSL 18 kap. 1 §",
    "marked_on": date(2020, 11, 3),
    "authority": "Länsstyrelsen i Exempellän",
}


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def register(today: date) -> Callable[..., Record]:
    """``register(initiative, "RS 2020-1")`` or ``register(initiative, marked=True)``."""

    def write(
        thing: Any, number: str = "", *, marked: bool = False, by: Any = DEMO_LOADER, **more: Any
    ) -> Record:
        values = {**(MARK if marked else NO_MARK), "case_number": number, "today": today, **more}
        record: Record = register_in_diary(record=thing.record, by=by, **values)
        return record

    return write


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """``as_person(county.alice)``: a browser where she is signed in."""

    def sign_in(user: User) -> Client:
        signed_in = Client()
        signed_in.force_login(user)
        return signed_in

    return sign_in
