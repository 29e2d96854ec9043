"""The kinds of hits as headings, in the order in which they help most."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.records.models import RecordKind

KINDS: Mapping[str, Promise] = {
    RecordKind.INITIATIVE: _("Insatser"),
    RecordKind.NEED: _("Behov och utmaningar"),
    RecordKind.BODY: _("Nätverk och grupper"),
    RecordKind.ORGANISATION: _("Organisationer"),
    RecordKind.ACTOR_CATEGORY: _("Kategorier av aktörer"),
    RecordKind.ACTOR_SET: _("Grupper av aktörer"),
    RecordKind.AGREEMENT: _("Överenskommelser"),
    RecordKind.FOCUS_AREA: _("Insatsområden"),
    RecordKind.GOAL: _("Mål"),
    RecordKind.CLAUSE: _("Avsnitt i överenskommelser"),
    RecordKind.DEFINITION: _("Definitioner"),
    RecordKind.TARGET_GROUP: _("Målgrupper"),
    RecordKind.SCOPE_BOUNDARY: _("Avgränsningar"),
    RecordKind.LEVEL: _("Samverkansnivåer"),
    RecordKind.COMMITMENT: _("Åtaganden"),
    RecordKind.JOINT_ACTIVITY: _("Gemensamma aktiviteter"),
    RecordKind.AREA_CRITERION: _("Områdeskriterier"),
    RecordKind.GOVERNANCE_LINK: _("Led i styrkedjan"),
    RecordKind.PLAN: _("Planer"),
    RecordKind.STRUCTURE_PROPOSAL: _("Strukturförslag"),
    RecordKind.COVERAGE_GAP: _("Täckningsluckor"),
    RecordKind.LIFECYCLE_EVENT: _("Händelser för nätverk"),
    RecordKind.LIAISON_SEAT: _("Länkpersoner"),
    RecordKind.WORKSHOP_SERIES: _("Behovsworkshoppar"),
    RecordKind.FUNDING: _("Finansiering"),
    RecordKind.REPORT: _("Rapporter"),
    RecordKind.ROUND: _("Uppföljningar"),
    RecordKind.LESSON: _("Lärdomar"),
    RecordKind.RECOMMENDATION: _("Rekommendationer"),
    RecordKind.APPROACH_FINDING: _("Iakttagelser om arbetssätt"),
    RecordKind.METHOD_NOTE: _("Metoduppgifter"),
    RecordKind.MILESTONE: _("Hållpunkter"),
    RecordKind.QUANTITY: _("Mängder"),
    RecordKind.FOOTNOTE: _("Fotnoter"),
    RecordKind.OPEN_QUESTION: _("Öppna frågor"),
}
