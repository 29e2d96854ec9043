"""Each filter of the apps' permissions, beside the question that it answers for many at once."""

import inspect
from collections.abc import Callable
from copy import copy
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from samhandling import apps
from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.situation import permissions as needs
from samhandling.apps.situation.models import Need

Thing = Initiative | Need
# Rules about the two kinds that may be drafts.
RULES: dict[ModuleType, type[Thing]] = {initiatives: Initiative, needs: Need}


def were_it(thing: Thing, sharing: str) -> Thing:
    """The same thing, live and shared so far."""
    asked = copy(thing)
    asked.record = copy(thing.record)
    asked.record.withdrawn_at = asked.record.merged_into_id = None
    asked.sharing = sharing
    return asked


Question = Callable[[ModuleType, Any, User | None], bool]
QUESTIONS: dict[str, Question] = {
    "visible_to": lambda rules, one, by: rules.can_read(one, by),
    "editable_by": lambda rules, one, by: rules.can_edit(one, by),
    "awaiting": lambda rules, one, by: rules.can_approve(one, by),
    "within_approval": lambda rules, one, by: rules.can_approve(were_it(one, "SUBMITTED"), by),
    "reached_as_draft_by": lambda rules, one, by: rules.can_read(were_it(one, "DRAFT"), by),
}
# Filters of records and events, each with a test of its own.
OTHER_FILTERS = {
    "discussion.readable_records",
    "discussion.visible_comments",
    "discussion.comments_within",
    "discussion.restorable",
    "initiatives.visible_records",
    "organisations.within_reach",  # what all of QUESTIONS are made of
    "organisations.records_within_limits",  # of which visible_records is made
    "organisations.events_within_limits",
}
# Questions without a filter: no page asks them of many things, so none can answer otherwise.
ASKED_OF_ONE = {
    "discussion.can_attach",
    "discussion.can_comment",
    "discussion.can_edit_comment",
    "discussion.can_withdraw_attachment",
    "discussion.can_withdraw_comment",
    "initiatives.can_name",
    "initiatives.can_register",
    "initiatives.can_share",
    "people.can_change_ways_in",
    "people.can_invite",
    "people.can_invite_to",
    "people.can_run_people",
    "registry.can_register",
    "reporting.can_write_in",
    "reporting.can_write_section",
    "situation.can_name",
    "situation.can_register",
    "situation.can_share",
}
# Those that stand beside a filter here or in the tests of OTHER_FILTERS.
COMPARED = {
    *(f"{app}.can_{what}" for app in ("initiatives", "situation") for what in ("approve", "edit")),
    *(f"{app}.can_{what}" for app in ("initiatives", "situation") for what in ("read", "restore")),
    "discussion.can_read_discussion",
    "discussion.can_restore_attachment",
    "discussion.can_restore_comment",
    "initiatives.can_see",
}


def public_rules() -> dict[str, str]:
    """Every function of the apps' rules about people, and what it returns."""
    found = {}
    for path in Path(apps.__path__[0]).glob("*/*.py"):
        app = path.parent.name
        if path.stem not in ("permissions", "visibility"):
            continue
        module = import_module(f"{apps.__name__}.{app}.{path.stem}")
        for key, one in inspect.getmembers(module, inspect.isfunction):
            if one.__module__ == module.__name__ and not key.startswith("_"):
                found[f"{app}.{key}"] = str(inspect.signature(one).return_annotation)
    return found
