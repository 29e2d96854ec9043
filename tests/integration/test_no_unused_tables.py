"""A table that nothing fills is a guess about the future (issue: no table stands unused)."""

import pytest
from django.apps import apps

pytestmark = pytest.mark.django_db

# Empty in the demo county on purpose, each with the reason.
FILLED_LATER = {
    "outbox.Message": "the demo sends no mail until somebody signs in with a code",
    "outbox.RoutineRun": "written by a worker",
    "agreements.Party": "the sources name no signatory; a party's own decision hangs on it",
    "initiatives.ExpectedResult": "no initiative of the source has one, which is its lesson 2",
    "followup.RecommendationResponse": "answers are written in the workspace",
    "discussion.Comment": "written by people in the workspace",
    "discussion.Attachment": "attached by people in the workspace",
    "discussion.ItemEvent": "written when a comment or a file is withdrawn",
    "notices.Follow": "people follow what they make or choose",
    "notices.Notice": "made when somebody says something to others",
    "notices.DigestChoice": "a choice of one's own; weekly without a row",
    "reporting.ReportStateChange": "written when a report moves on",
    "reporting.ReportSection": "written by people in the workspace",
    "reporting.FrozenEdition": "made when the council has received a report",
    "reporting.FrozenFile": "made when the council has received a report",
    "accounts.EarlierName": "nobody of the demo has been renamed",
    "accounts.Substitution": "nobody of the demo's people is away",
    "people.Departure": "nobody of the demo's people leaves",
    "people.Invitation": "written in the workspace",
    "audit.DisposalDecision": "written in the workspace, after a decision",
    "audit.Disposal": "what is left when something was destroyed",
    "audit.WordsOpened": "nobody of the demo has been renamed or forgotten, nothing destroyed",
    "audit.WordsClosed": "likewise",
    "people.Contact": "the sources name no contact; written in the workspace",
}


def test_the_demo_county_uses_every_table(demo_county_for_reading: None) -> None:
    empty = {
        model._meta.label
        for model in apps.get_models()
        if ".apps." in model._meta.app_config.name and not model._base_manager.exists()
    }
    assert empty == set(FILLED_LATER)
