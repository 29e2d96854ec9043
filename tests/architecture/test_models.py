"""What import-linter cannot see: keys between apps are strings, rules can hide in signals."""

import inspect

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from tests.architecture.source import imported, python_files, short, tree

LOWEST_FIRST = [
    "audit",
    "outbox",
    "records",
    "accounts",
    "notices",
    "organisations",
    "agreements",
    "situation",
    "initiatives",
    "followup",
    "reporting",
    "discussion",
    "people",
]
# Django's own apps lie below all of ours.
FLOOR = {"auth": -1, "contenttypes": -1, "sessions": -1} | {
    name: floor for floor, name in enumerate(LOWEST_FIRST)
}


def domain_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in LOWEST_FIRST]


def test_every_app_of_the_house_has_its_floor() -> None:
    ours = {config.label for config in apps.get_app_configs() if ".apps." in config.name}
    assert ours == set(LOWEST_FIRST)


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_keys_point_downwards_only(model: type[models.Model]) -> None:
    upwards = [
        f"{field.name} → {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and FLOOR[field.related_model._meta.app_label] > FLOOR[model._meta.app_label]
    ]
    assert upwards == []


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_no_key_points_at_anything_whatever(model: type[models.Model]) -> None:
    assert not [field for field in model._meta.private_fields if type(field) is GenericForeignKey]


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is(model: type[models.Model]) -> None:
    if model._meta.auto_created:
        pytest.fail("a hidden many-to-many table: name it as a model")
    written = inspect.getdoc(model) or ""
    assert written and not written.startswith(f"{model.__name__}("), "give it a docstring"


def test_no_rule_hides_in_save_or_in_a_signal() -> None:
    found = []
    for path in python_files("apps"):
        if imported(path) & {"django.dispatch", "django.db.models.signals"}:
            found.append(f"{short(path)}: signals")
        for node in tree(path).body:
            for part in getattr(node, "body", []):
                if getattr(part, "name", "") in {"save", "delete"} and hasattr(node, "bases"):
                    found.append(f"{short(path)}: {node.name}.{part.name}()")
    assert found == []
