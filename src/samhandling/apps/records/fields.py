"""A partial date kept as four plain columns, so that the database can sort and filter by it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from samhandling.core.partial_date import PartialDate, Precision

PARTS = ("earliest", "latest", "precision", "wording")


class PartialDateField:
    """Declares `x_earliest`, `x_latest`, `x_precision`, `x_wording` and the attribute `x`.

    `x` reads and writes `PartialDate | None`; None means that the date is unknown. Either end may
    be open (None), and the wording keeps the source's own words ("efter vårterminen 2020").
    The four columns are ordinary fields, so migrations, filters and ordering see nothing special.
    """

    if TYPE_CHECKING:
        # What a model's attribute is to a reader; at run time it is the property made below.
        def __get__(self, instance: Any, owner: Any) -> PartialDate | None: ...

        def __set__(self, instance: Any, value: PartialDate | None) -> None: ...

    def __init__(self) -> None:
        self.fields = {
            "earliest": models.DateField(null=True, blank=True, db_index=True),
            "latest": models.DateField(null=True, blank=True),
            "precision": models.CharField(
                max_length=10, blank=True, choices=[(p.value, p.value) for p in Precision]
            ),
            "wording": models.CharField(_("ordalydelse"), max_length=200, blank=True),
        }

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        for part, field in self.fields.items():
            cls.add_to_class(f"{name}_{part}", field)

        def read(instance: Any) -> PartialDate | None:
            precision = getattr(instance, f"{name}_precision")
            if not precision:
                return None
            return PartialDate(
                getattr(instance, f"{name}_earliest"),
                getattr(instance, f"{name}_latest"),
                Precision(precision),
                getattr(instance, f"{name}_wording"),
            )

        def write(instance: Any, value: PartialDate | None) -> None:
            for part, column in columns_of(name, value).items():
                setattr(instance, part, column)

        # A real property: Django then accepts `Model(x=PartialDate(...))` as well.
        setattr(cls, name, property(read, write))


def columns_of(name: str, value: PartialDate | None) -> dict[str, Any]:
    """The four column values of partial date `name`; all empty for None."""
    if value is None:
        return {f"{name}_{p}": (None if p in ("earliest", "latest") else "") for p in PARTS}
    return {
        f"{name}_earliest": value.earliest,
        f"{name}_latest": value.latest,
        f"{name}_precision": value.precision.value,
        f"{name}_wording": value.wording,
    }


def earliest_first(name: str) -> list[OrderBy]:
    """Ordering by the earliest possible day, the unknown last."""
    return [F(f"{name}_earliest").asc(nulls_last=True), F(f"{name}_latest").asc(nulls_last=True)]
