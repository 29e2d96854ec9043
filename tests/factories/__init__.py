"""A small made-up county for tests, made through the same doors as the real one.

Every factory fills in what the caller leaves out; names are numbered so that no two collide.
"""

from tests.factories.actors import (
    PASSWORD,
    make_body,
    make_category,
    make_organisation,
    make_person,
    make_user,
    sit_in,
)
from tests.factories.agreements import (
    make_agreement,
    make_focus_area,
    make_level,
)
from tests.factories.county import County, make_county
from tests.factories.initiatives import (
    make_cause,
    make_funding,
    make_initiative,
    make_need,
    make_place,
    make_round,
)
from tests.factories.many import make_copies

__all__ = [
    "PASSWORD",
    "County",
    "make_agreement",
    "make_body",
    "make_category",
    "make_cause",
    "make_copies",
    "make_county",
    "make_focus_area",
    "make_funding",
    "make_initiative",
    "make_level",
    "make_need",
    "make_organisation",
    "make_person",
    "make_place",
    "make_round",
    "make_user",
    "sit_in",
]
