"""The words of the log: what things, fields and values are called in its sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import RoleGrant
from samhandling.apps.initiatives.models import Funding, Initiative, InitiativeActor, Status
from samhandling.apps.records.choices import BASIS, COMPLETENESS
from samhandling.apps.records.models import Quantity, RecordKind
from samhandling.apps.situation.models import Need

# What a record is called inside a sentence; {title} is its name, perhaps as a link.
THINGS: Mapping[str, Promise] = {
    RecordKind.AGREEMENT: _("överenskommelsen {title}"),
    RecordKind.CLAUSE: _("avsnittet {title}"),
    RecordKind.GOAL: _("målet {title}"),
    RecordKind.FOCUS_AREA: _("insatsområdet {title}"),
    RecordKind.TARGET_GROUP: _("målgruppen {title}"),
    RecordKind.SCOPE_BOUNDARY: _("avgränsningen {title}"),
    RecordKind.DEFINITION: _("definitionen av {title}"),
    RecordKind.LEVEL: _("samverkansnivån {title}"),
    RecordKind.GOVERNANCE_LINK: _("ledet i styrkedjan {title}"),
    RecordKind.COMMITMENT: _("åtagandet {title}"),
    RecordKind.JOINT_ACTIVITY: _("aktiviteten {title}"),
    RecordKind.AREA_CRITERION: _("områdeskriteriet {title}"),
    RecordKind.PLAN: _("planen {title}"),
    RecordKind.STRUCTURE_PROPOSAL: _("förslaget {title}"),
    RecordKind.COVERAGE_GAP: _("luckan {title}"),
    RecordKind.ORGANISATION: _("organisationen {title}"),
    RecordKind.BODY: _("nätverket eller gruppen {title}"),
    RecordKind.ACTOR_CATEGORY: _("aktörskategorin {title}"),
    RecordKind.ACTOR_SET: _("gruppen av aktörer {title}"),
    RecordKind.LIFECYCLE_EVENT: _("händelsen {title}"),
    RecordKind.LIAISON_SEAT: _("länkpersonen {title}"),
    RecordKind.NEED: _("behovet {title}"),
    RecordKind.WORKSHOP_SERIES: _("workshopparna {title}"),
    RecordKind.INITIATIVE: _("insatsen {title}"),
    RecordKind.FUNDING: _("finansieringen {title}"),
    RecordKind.ROUND: _("uppföljningen {title}"),
    RecordKind.METHOD_NOTE: _("metoduppgiften {title}"),
    RecordKind.APPROACH_FINDING: _("iakttagelsen {title}"),
    RecordKind.LESSON: _("lärdomen {title}"),
    RecordKind.RECOMMENDATION: _("rekommendationen {title}"),
    RecordKind.REPORT: _("rapporten {title}"),
    RecordKind.FOOTNOTE: _("fotnoten {title}"),
    RecordKind.QUANTITY: _("mängden {title}"),
    RecordKind.MILESTONE: _("hållpunkten {title}"),
    RecordKind.OPEN_QUESTION: _("den öppna frågan {title}"),
}

# What a record is called on its own page, where its name stands above.
HERE: Mapping[str, Promise] = {
    RecordKind.AGREEMENT: _("överenskommelsen"),
    RecordKind.INITIATIVE: _("insatsen"),
    RecordKind.NEED: _("behovet"),
    RecordKind.BODY: _("nätverket eller gruppen"),
    RecordKind.ORGANISATION: _("organisationen"),
    RecordKind.ROUND: _("uppföljningen"),
    RecordKind.REPORT: _("rapporten"),
}

FIELDS: Mapping[str, Promise] = {
    "title": _("namn"),
    "affiliations": _("tjänst"),
    "seats": _("plats"),
    "title_en": _("namn på engelska"),
    "purpose": _("syfte"),
    "content": _("innehåll"),
    "summary": _("vad som hänt"),
    "result": _("resultat"),
    "next_step": _("nästa steg"),
    "target_group": _("målgrupp"),
    "beneficiary": _("vem det ytterst är till för"),
    "scope": _("omfattning"),
    "method": _("arbetssätt eller modell"),
    "dependency": _("beroende av andra"),
    "obstacle": _("hinder"),
    "positive_effect": _("oväntad god effekt"),
    "focus_area": _("insatsområde"),
    "network": _("nätverk"),
    "has_no_network": _("att inget nätverk ansvarar"),
    "order": _("ordning"),
    "owner": _("ägare"),
    "partners": _("medverkande"),
    "partners_state": _("hur känd listan över medverkande är"),
    "funding_state": _("hur känd finansieringen är"),
    "results_state": _("hur kända förväntade resultat är"),
    "when": _("tid"),
    "follows": _("vilken insats den följer på"),
    "is_conditional": _("om den är villkorad"),
    "would_happen_anyway": _("svar på om det hade hänt ändå"),
    "places": _("platser"),
    "languages": _("språk"),
    "levels": _("samverkansnivå"),
    "levels_basis": _("hur samverkansnivån är känd"),
    "basis": _("hur uppgiften är känd"),
    "ground": _("grund"),
    "needs": _("behov som möts"),
    "drivers": _("vad som drev fram den"),
    "causes": _("orsaker"),
    "postponed_to": _("ny tid"),
    "expected_results": _("förväntat resultat"),
    "text": _("förväntat resultat"),
    "indicator": _("indikator"),
    "baseline": _("utgångsläge"),
    "target": _("målvärde"),
    "actual": _("utfall"),
    "status": _("status"),
    "state": _("läge"),
    "kind": _("slag"),
    "subject": _("vem behovet gäller"),
    "description": _("beskrivning"),
    "funder": _("finansiär"),
    "recipient": _("mottagare"),
    "instrument": _("bidrag eller stöd"),
    "amount_sek": _("belopp i kronor"),
    "ends": _("när pengarna tar slut"),
    "shape": _("sätt att räkna"),
    "value": _("värde"),
    "reference": _("jämförelsevärde"),
    "told_for_year": _("år"),
    "merged_into": _("vad den är sammanslagen med"),
    "answer": _("svar"),
    "members": _("medlemmar"),
    "mandate": _("mandat"),
    "assessment": _("bedömning"),
    "number": _("nummer"),
    "comment": _("kommentar"),
    "wants_approval": _("om det som delas ska godkännas först"),
    "attachment": _("bilaga"),
    "agreement": _("överenskommelse"),
    "round": _("uppföljning"),
    "year": _("år"),
    "period": _("period"),
    "parent": _("del av"),
    "part_kind": _("hel insats, del eller steg"),
    "sharing": _("delning"),
    "shared_at": _("när den delades"),
    "submitted_at": _("när den skickades in"),
    "return_reason": _("skäl för återlämning"),
    "short_name": _("kort namn"),
    "focus_area_term": _("ordet för insatsområden"),
    "focus": _("inriktning"),
    "adopted": _("när den antogs"),
    "adopted_at": _("var den antogs"),
    "valid_from": _("gäller från"),
    "valid_until": _("gäller till"),
    "decided_by": _("beslutad av"),
    "ordered_by": _("på uppdrag av"),
    "coordinated_by": _("samordnas av"),
    "followed_up_by": _("följs upp av"),
    "prioritised_by": _("prioriteras av"),
    "parties_state": _("hur kända parterna är"),
    "signatures_state": _("hur kända underskrifterna är"),
    "goals_state": _("hur kända målen är"),
    "task_giver": _("uppdragsgivare"),
    "carried_out_by": _("genomförs av"),
    "outline": _("mall"),
    "subtitle": _("underrubrik"),
    "quantities": _("mängd"),
    "funding": _("finansiering"),
    "case_number": _("diarienummer"),
    "secrecy_mark": _("sekretessmarkering"),
    "secrecy_looked": _("sekretessmarkerade poster som är sedda"),
    "data_controller": _("personuppgiftsansvarig"),
    "officer_email": _("e-post till dataskyddsombudet"),
}

_YES_NO: Mapping[str, Promise | str] = {"YES": _("ja"), "NO": _("nej")}
_VALUES: Mapping[str, Mapping[str, Promise | str]] = {
    "status": dict(Status.choices),
    "partners_state": {code.value: label for code, label in COMPLETENESS.items()},
    "results_state": {code.value: label for code, label in COMPLETENESS.items()},
    "funding_state": {code.value: label for code, label in COMPLETENESS.items()}
    | dict(Funding.State.choices),
    "would_happen_anyway": dict(Initiative.Answer.choices),
    "is_conditional": _YES_NO,
    "has_no_network": _YES_NO,
    "wants_approval": _YES_NO,
    "basis": {code.value: label for code, label in BASIS.items()},
    "role": dict(InitiativeActor.Role.choices),
    "roles": dict(RoleGrant.Role.choices),
    "kind": dict(Need.Kind.choices),
    "shape": dict(Quantity.Shape.choices),
}


def field_word(name: str) -> str:
    """What a field is called in running text; a field nobody has named is called by its code."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def value_words(field: str, value: str) -> str:
    """A stored value in words: labels for codes (in lower case), everything else as written."""
    known = _VALUES.get(field, {})
    return str(known[value]).lower() if value in known else value
