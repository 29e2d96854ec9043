"""What an initiative is to lead to, and what is counted of it."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.initiatives.models import ExpectedResult, Initiative
from samhandling.apps.initiatives.permissions import check_can_edit
from samhandling.apps.initiatives.services.errors import ForeignToAgreement, TitleMissing
from samhandling.apps.initiatives.services.written_fields import (
    log,
    log_added,
    no_longer_empty,
    told,
)
from samhandling.apps.records import services as records
from samhandling.apps.records.impossible import check_numbers
from samhandling.apps.records.models import Quantity

RESULT_FIELDS = ("text", "indicator", "baseline", "target", "actual")


@transaction.atomic
def add_expected_result(
    *,
    initiative: Initiative,
    text: str,
    by: Author,
    indicator: str = "",
    baseline: str = "",
    target: str = "",
    actual: str = "",
) -> ExpectedResult:
    """Say what the initiative is to lead to, and how it will show."""
    check_can_edit(initiative, by)
    if not text.strip():
        raise TitleMissing
    result = ExpectedResult.objects.create(
        initiative=initiative,
        text=text.strip(),
        indicator=indicator,
        baseline=baseline,
        target=target,
        actual=actual,
    )
    no_longer_empty(initiative, "results_state")
    log_added(initiative, "expected_results", result.text, by)
    return result


@transaction.atomic
def update_expected_result(*, result: ExpectedResult, by: Author, **fields: str) -> ExpectedResult:
    """Change an expected result, or write down what came of it. Fields: RESULT_FIELDS."""
    initiative = result.initiative
    check_can_edit(initiative, by)
    records.lock_record(initiative.record)
    if "text" in fields and not fields["text"].strip():
        raise TitleMissing
    changes: Changes = {}
    for name in RESULT_FIELDS:
        if name in fields and getattr(result, name) != fields[name]:
            changes[name] = (getattr(result, name), fields[name])
            setattr(result, name, fields[name])
    if changes:
        result.save(update_fields=list(changes))
        log(initiative, Verb.CHANGED, by, changes)
    return result


@transaction.atomic
def withdraw_expected_result(*, result: ExpectedResult, reason: str, by: Author) -> None:
    """Take an expected result out of pages and reports. Raises ReasonMissing."""
    initiative = result.initiative
    check_can_edit(initiative, by)
    if not reason.strip():
        raise records.ReasonMissing(_("Skriv varför resultatet dras tillbaka."))
    result.withdrawn_at, result.withdrawn_reason = timezone.now(), reason
    result.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(initiative, Verb.REMOVED, by, {"expected_results": (result.text, "")}, reason)


@transaction.atomic
def restore_expected_result(*, result: ExpectedResult, by: Author) -> None:
    """Take back the withdrawal of an expected result. Safe to repeat."""
    check_can_edit(result.initiative, by)
    if result.withdrawn_at is None:
        return
    result.withdrawn_at, result.withdrawn_reason = None, ""
    result.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    no_longer_empty(result.initiative, "results_state")
    log_added(result.initiative, "expected_results", result.text, by)


@transaction.atomic
def add_quantity(
    *,
    initiative: Initiative,
    measure: str,
    value: Decimal | int,
    by: Author,
    shape: str = Quantity.Shape.COUNT,
    reference: Decimal | int | None = None,
    told_for_year: int | None = None,
    key: str = "",
) -> Quantity:
    """Count something of an initiative; a shape other than COUNT needs its `reference`.

    Raises TitleMissing, Impossible, NotAllowed.
    """
    check_can_edit(initiative, by)
    if not measure.strip():
        raise TitleMissing
    return records.add_quantity(
        about=initiative.record,
        measure=measure.strip(),
        value=value,
        by=by,
        shape=shape,
        reference=reference,
        told_for_year=told_for_year,
        key=key,
        scope_uid=initiative.agreement.uid,
    )


@transaction.atomic
def update_quantity(
    *,
    initiative: Initiative,
    quantity: Quantity,
    measure: str,
    value: Decimal | int,
    by: Author,
    shape: str = Quantity.Shape.COUNT,
    reference: Decimal | int | None = None,
    told_for_year: int | None = None,
) -> Quantity:
    """Correct a counted thing. Raises TitleMissing, Impossible, NotAllowed; ForeignToAgreement
    when it is not the initiative's."""
    check_can_edit(initiative, by)
    if quantity.about_id != initiative.pk:
        raise ForeignToAgreement
    if not measure.strip():
        raise TitleMissing
    check_numbers(shape, value, reference)
    records.lock_record(quantity.record)
    changes: Changes = {}
    values = {
        "shape": shape,
        "value": value,
        "reference": reference,
        "told_for_year": told_for_year,
    }
    for name, new in values.items():
        old = getattr(quantity, name)
        if old != new:
            changes[name] = (told(old), told(new))
            setattr(quantity, name, new)
    changes |= records.rename_record(record=quantity.record, title=measure.strip())
    if changes:
        quantity.save()
        write_event(
            by=by,
            verb=Verb.CHANGED,
            record_uid=quantity.uid,
            record_kind=quantity.record_kind,
            scope_uid=initiative.agreement.uid,
            changes=changes,
        )
    return quantity


@transaction.atomic
def withdraw_quantity(
    *, initiative: Initiative, quantity: Quantity, reason: str, by: Author
) -> None:
    """Take a counted thing out of pages and reports. Raises ReasonMissing."""
    check_can_edit(initiative, by)
    if quantity.about_id != initiative.pk:
        raise ForeignToAgreement
    records.withdraw_record(
        record=quantity.record, reason=reason, by=by, scope_uid=initiative.agreement.uid
    )


@transaction.atomic
def restore_quantity(*, quantity: Quantity, by: Author) -> None:
    """Take back the withdrawal of a counted thing. Safe to repeat."""
    initiative = Initiative.objects.select_related("record", "parent", "agreement__record").get(
        pk=quantity.about_id
    )
    check_can_edit(initiative, by)
    records.restore_record(record=quantity.record, by=by, scope_uid=initiative.agreement.uid)
