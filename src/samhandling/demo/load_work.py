"""Needs, causes, places and initiatives with their money; the workshops that found the needs."""

from typing import Any

from samhandling.apps.agreements import services as agreements
from samhandling.apps.agreements.models import FocusArea
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative, InitiativeActor, Status
from samhandling.apps.organisations.models import BodyLifecycleEvent
from samhandling.apps.organisations.services import judge_mandate, record_lifecycle_event
from samhandling.apps.records import services as records
from samhandling.apps.records.models import Quantity
from samhandling.apps.situation import services as situation
from samhandling.apps.situation.models import Cause, Need, Place, Sharing
from samhandling.core.knowledge import Basis, Completeness
from samhandling.demo.facts import FactsProblem, Item
from samhandling.demo.loading import BASES, BY, LEVEL_IDS, YEAR, Loading, when

NEED_KINDS = {
    "resurs": Need.Kind.RESOURCES,
    "mandat": Need.Kind.MANDATE,
    "kontinuitet": Need.Kind.CONTINUITY,
    "strategikoppling": Need.Kind.STRATEGY,
    "beroende": Need.Kind.DEPENDENCY,
    "deltagande": Need.Kind.PARTICIPATION,
    "kompetens": Need.Kind.COMPETENCE,
    "täckningslucka": Need.Kind.COVERAGE_GAP,
    "information": Need.Kind.INFORMATION,
    "uppdrag": Need.Kind.ASSIGNMENT,
    "styrning": Need.Kind.STEERING,
    "behov": Need.Kind.NEED,
    "kunskap": Need.Kind.KNOWLEDGE,
    "begrepp": Need.Kind.CONCEPTS,
    "risk": Need.Kind.RISK,
}
STATUSES = {
    "genomford": Status.DONE,
    "pagaende": Status.ONGOING,
    "delvis": Status.PARTLY_DONE,
    "uppskjuten": Status.POSTPONED,
    "pausad_aterupptagen": Status.RESUMED,
    "ej_verkstalld": Status.NOT_CARRIED_OUT,
    "avslutad": Status.CLOSED,
    "foreslagen": Status.PROPOSED,
    "planerad": Status.PLANNED,
    "villkorad": Status.CONDITIONAL,
    "diskuteras": Status.UNDER_DISCUSSION,
    # These two are states of money; what became of the initiative itself is not told.
    "beviljad": Status.UNKNOWN,
    "ansokan_forbereds": Status.UNKNOWN,
}
FUNDING_STATES = {"beviljad": Funding.State.GRANTED, "söks": Funding.State.SOUGHT}
LANGUAGES = {"somaliska": "so", "swahili": "sw"}
# Items of the list that are something else than initiatives (product.md, Background).
OTHER_THINGS = frozenset({"I-30", "I-32", "I-35", "I-36", "I-52", "I-53"})


def load_needs(loading: Loading) -> None:
    """Needs and challenges, each of an actor, a focus area or a target group."""
    networks = {item.id: item for item in loading.facts["networks"]}
    for item in loading.facts["challenges"]:
        word = item["who"]
        subject = _subject(loading, word)
        sub_area = networks[word].get("sub_area") if word in networks else None
        area = networks[word].get("area") if word in networks else None
        focus_area: FocusArea | None = None
        named = sub_area or area
        if named is not None:
            focus_area = loading.area(named)
        elif isinstance(subject, FocusArea):
            focus_area = subject
        agreement = loading.agreement(loading.more["need_agreements"][item["source"]])
        made = situation.create_need(
            agreement=agreement,
            title=item["text"],
            source_key=item.id,
            sharing=Sharing.SHARED,
            kind=NEED_KINDS[item["type"]],
            subject=subject.record,
            focus_area=focus_area,
            owner=loading.actor(word) if word in networks else None,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, made))
    for body_key, need_key in loading.more["mandates_not_enough"].items():
        mandate = loading.body(body_key).mandates.get()
        judge_mandate(
            mandate=mandate,
            to_prioritise="NO",
            ground=loading.find(need_key).record,
            by=BY,
        )


def _subject(loading: Loading, word: str) -> Any:
    if word in loading.more["other_subjects"]:
        return loading.find(loading.more["other_subjects"][word])
    return loading.things[word] if word in loading.things else loading.actor(word)


def load_causes_and_places(loading: Loading) -> tuple[dict[str, Cause], dict[str, Place]]:
    """The county's words for causes, and the places of the initiatives."""
    causes = {
        key: situation.create_cause(key=key, name=name, order=order, by=BY)
        for order, (key, name) in enumerate(loading.more["causes"].items(), 1)
    }
    places: dict[str, Place] = {}
    for name, item in loading.more["places"].items():
        within = item.get("within")
        places[name] = situation.create_place(
            name=name, kind=item["kind"], within=places[within] if within else None, by=BY
        )
    return causes, places


class Work:
    """Loads the initiatives of the list, one after the other."""

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.causes, self.places = load_causes_and_places(loading)
        self.networks = {item.id: item for item in loading.facts["networks"]}
        self.items = {
            item.id: item for item in loading.facts["initiatives"] if item.id not in OTHER_THINGS
        }

    def load(self) -> None:
        """Every initiative with its parts, then money, which may serve several of them."""
        for key, item in self.items.items():
            made = self._create(key, item)
            self.loading.cite(item, made)
            self._tell_status(made, key, item)
        for key, item in self.items.items():
            self._check_links(key, item)
            if isinstance(item.get("funding"), Item):
                self._fund(key, item["funding"])
        for key, item in self.items.items():
            if "same_as" in item and item.get("also_reported_by") is None:
                records.merge_record(
                    record=self.loading.find(key).record,
                    into=self.loading.find(item["same_as"]).record,
                    basis=Basis.INFERRED,
                    ground=self.loading.ground(key, "merged_into"),
                    by=BY,
                )

    def _create(self, key: str, item: Item) -> Initiative:
        loading = self.loading
        parent = loading.find(item["parent"]) if "parent" in item else None
        network = item.get("network")
        owner, follows = item.get("owner"), item.get("follows")
        next_step = item.get("next_step", "")
        dates = item.get("dates")
        fields: dict[str, Any] = {
            "focus_area": self._focus_area(key, item, parent),
            "network": loading.body(network) if network else None,
            "has_no_network": "network" in item and network is None,
            "owner": loading.actor(owner) if owner else None,
            "partners": self._partners(key, item),
            "partners_state": Completeness.PARTIAL if item.get("partners") else "UNKNOWN",
            "funding_state": Completeness.PARTIAL if item.get("funding") else "UNKNOWN",
            "levels": self._levels(item),
            "when": None if isinstance(dates, Item) else when(dates),
            "follows": loading.find(follows) if follows else None,
            "purpose": item.get("purpose", ""),
            "content": item.get("content", ""),
            "summary": item.get("note", ""),
            "result": item.get("result", ""),
            "next_step": "" if next_step in self.items else next_step,
            "target_group": item.get("target_group", ""),
            "beneficiary": item.get("beneficiary", ""),
            "scope": item.get("scope", ""),
            "method": item.get("model", ""),
            "dependency": item.get("dependency", ""),
            "obstacle": item.get("obstacle", ""),
            "positive_effect": item.get("positive_effect", ""),
            "is_conditional": item.get("conditional"),
            "places": self._places(item),
            "languages": [LANGUAGES[word] for word in item.get("languages", [])],
            "needs": self._needs(item),
            "bases": self._bases(key, item),
        }
        if parent is not None:
            is_step = parent.record.source_key in loading.more["steps_of"]
            fields["part_kind"] = "STEP" if is_step else "PART"
            fields["parent"] = parent
            if not network:
                fields["network"] = parent.network
        made = services.create_initiative(
            agreement=loading.agreement("A-ROK"),
            title=item["title_sv"],
            title_en=item["gloss_en"],
            source_key=key,
            sharing=Sharing.SHARED,
            by=BY,
            **fields,
        )
        return loading.keep(key, made)

    def _focus_area(self, key: str, item: Item, parent: Initiative | None) -> FocusArea | None:
        """The sub-area that the initiative's network tells of, otherwise the area as stated."""
        if "area" not in item:
            return parent.focus_area if parent else None
        stated = self.loading.area(item["area"])
        network = item.get("network")
        sub_area = self.networks[network].get("sub_area") if network else None
        named = self.loading.more["initiative_sub_areas"].get(key) or sub_area
        if named is None:
            return stated
        found = self.loading.area(named)
        return found if found.parent_id == stated.pk else stated

    def _partners(self, key: str, item: Item) -> list[tuple[Any, str]]:
        role = InitiativeActor.Role
        rows: list[tuple[Any, str]]
        rows = [(self.loading.actor(word), role.PARTNER) for word in item.get("partners", [])]
        rows += [
            (self.loading.actor(word), role.PARTICIPANT) for word in item.get("participants", [])
        ]
        if "commissioned_by" in item:
            rows.append((self.loading.actor(item["commissioned_by"]), role.COMMISSIONER))
        if "cross_network" in item:
            rows.append((self.loading.actor(item["cross_network"]), role.COOPERATING_NETWORK))
        for word, code in self.loading.more["further_roles"].get(key, []):
            rows.append((self.loading.actor(word), role(code)))
        return rows

    def _levels(self, item: Item) -> list[tuple[Any, str]]:
        told = item.get("level")
        if not told:
            return []
        basis = BASES[item["level_basis"]]
        return [(self.loading.find(LEVEL_IDS[word]), basis) for word in told]

    def _places(self, item: Item) -> list[Place]:
        told = item.get("geography", [])
        names = self.loading.more["geography"]
        found: dict[str, Place] = {}
        for word in [told] if isinstance(told, str) else told:
            for name in names[word]:
                found[name] = self.places[name]
        if item.get("place") and not found:
            raise FactsProblem(f"{item.id}: place utan plats")
        return list(found.values())

    def _needs(self, item: Item) -> list[tuple[Need, bool, str]]:
        rows: list[tuple[Need, bool, str]] = []
        if "theme" in item:
            rows.append((self.loading.find(item["theme"]), True, Basis.STATED))
        if "need" in item:
            rows.append((self.loading.find(item["need"]), False, Basis.STATED))
        return rows

    def _bases(self, key: str, item: Item) -> dict[str, tuple[str, str]]:
        bases: dict[str, tuple[str, str]] = {}
        if item.get("level") and BASES[item["level_basis"]] is Basis.INFERRED:
            bases["levels"] = (Basis.INFERRED, self.loading.ground(key, "levels"))
        if "owner_basis" in item:
            bases["owner"] = (BASES[item["owner_basis"]], self.loading.ground(key, "owner"))
        if "status_basis" in item:
            bases["status"] = (BASES[item["status_basis"]], self.loading.ground(key, "status"))
        return bases

    def _tell_status(self, made: Initiative, key: str, item: Item) -> None:
        told = item["status_2020"]
        dates = item.get("dates")
        status = Status.UNKNOWN if told is None else STATUSES[told]
        deviation = self._deviation(key, item)
        if told == "pausad_aterupptagen":
            services.record_status(
                initiative=made,
                status=Status.PAUSED,
                told_for_year=YEAR,
                when=when(dates["paused"]),
                causes=deviation,
                by=BY,
            )
            services.record_status(
                initiative=made,
                status=status,
                told_for_year=YEAR,
                when=when(dates["resumed"]),
                by=BY,
            )
        else:
            inferred = item.get("status_inferred")
            services.record_status(
                initiative=made,
                status=status,
                told_for_year=YEAR,
                basis=Basis.UNKNOWN if status is Status.UNKNOWN else Basis.STATED,
                inferred_status=STATUSES[inferred] if inferred else "",
                postponed_to=when(item.get("postponed_to")),
                causes=deviation,
                by=BY,
            )
        if key in self.loading.more["drivers"]:
            assert item.get("cause", "covid-19") == "covid-19"
            services.record_driver(initiative=made, cause=self.causes["covid-19"], by=BY)

    def _deviation(self, key: str, item: Item) -> list[tuple[Cause, str, str]]:
        """Why it was moved, paused or stopped, in the county's words and in the source's."""
        if "postponement_cause" in item:
            return [(self.causes[item["postponement_cause"]], "", Basis.STATED)]
        known = self.loading.more["deviations"].get(key)
        if known is None:
            return []
        if known["basis"] == Basis.INFERRED:
            made = self.loading.find(key)
            ground = self.loading.ground(key, "causes")
            records.state_basis(made.record, "causes", Basis.INFERRED, ground)
        text = item.get("cause") or known.get("text", "")
        return [(self.causes[known["cause"]], text, known["basis"])]

    def _check_links(self, key: str, item: Item) -> None:
        """What the facts say from both ends must say the same."""
        made = self.loading.find(key)
        parts = set(made.parts.values_list("record__source_key", flat=True))
        if "children" in item and set(item["children"]) != parts:
            raise FactsProblem(f"{key}: delarna stämmer inte")
        if "steps" in item and item["steps"] != len(parts):
            raise FactsProblem(f"{key}: antalet steg stämmer inte")
        if "also_reported_by" in item:
            twin = self.items[item["same_as"]]
            if (twin["same_as"], twin["network"]) != (key, item["also_reported_by"]):
                raise FactsProblem(f"{key}: samma insats står inte på båda hållen")
        dates = item.get("dates")
        if isinstance(dates, Item) and "first_steering_meeting" in dates:
            groups = made.actors.filter(role=InitiativeActor.Role.STEERING_GROUP)
            group = self.loading.body(groups.get().actor.record.source_key)
            if group.first_meeting != when(dates["first_steering_meeting"]):
                raise FactsProblem(f"{key}: styrgruppens första möte stämmer inte")
        if item.get("next_step") in self.items:
            follower = self.loading.find(item["next_step"])
            if follower.follows != made:
                raise FactsProblem(f"{key}: nästa steg följer inte på den")

    def _fund(self, key: str, money: Item) -> None:
        known = self.loading.more["funding"].get(key)
        if known is None:  # the same money, told of under another initiative
            others = self.loading.more["funding"]
            if not any(other.get("with") == key for _key, other in others.items()):
                raise FactsProblem(f"{key}: finansieringen saknar namn")
            assert (money["source"], money["status"], money["amount"]) == (
                self.items[self.items[key]["same_as"]]["funding"]["source"],
                "beviljad",
                None,
            )
            return
        source = money["source"]
        is_actor = source in self.loading.things
        funder = source if is_actor else money.get("granted_by")
        recipient = money.get("granted_to") or known.get("recipient")
        shared_with = known.get("with")
        instrument = money.get("instrument", "") if is_actor else source
        if shared_with and not instrument:
            instrument = self.items[shared_with]["funding"].get("instrument", "")
        state = FUNDING_STATES[money["status"]]
        is_prepared = self.items[key]["status_2020"] == "ansokan_forbereds"
        made = services.add_funding(
            initiatives=[self.loading.find(one) for one in (key, shared_with) if one is not None],
            title=known["title"],
            funder=self.loading.actor(funder) if funder else None,
            recipient=self.loading.actor(recipient) if recipient else None,
            instrument=instrument,
            amount_sek=money["amount"],
            state=Funding.State.PREPARED if is_prepared else state,
            told_for_year=YEAR,
            by=BY,
        )
        if is_prepared:
            services.record_funding_state(funding=made, state=state, told_for_year=YEAR, by=BY)
        self.loading.cite(self.items[key], made)
        if "granted_by_basis" in money:
            ground = self.loading.ground(key, "funding.funder")
            records.state_basis(made.record, "funder", BASES[money["granted_by_basis"]], ground)


def load_closing(loading: Loading) -> None:
    """I-30 and what the network itself says of it: one event of the body."""
    item = next(one for one in loading.facts["initiatives"] if one.id == "I-30")
    network = next(one for one in loading.facts["networks"] if one.id == item["network"])
    assert item["status_2020"] == "avslutad"
    assert item["dates"] == f"efter {network['closed_after']}"
    told = dict.fromkeys([*item["partners"], *network["closed_decided_with"]])
    reason = f"{network['closed_reason']} ({item['cause']})"
    made = record_lifecycle_event(
        body=loading.body(network.id),
        kind=BodyLifecycleEvent.Kind.CLOSED,
        title=item["title_sv"],
        title_en=item["gloss_en"],
        source_key=item.id,
        when=when(item["dates"]),
        reason=network["closed_reason"] if item["cause"] in reason else reason,
        carried_out_by=loading.actor(item["owner"]),
        decided_with=[loading.actor(word) for word in told],
        alternative=network["alternative"],
        left_behind=loading.find(network["legacy_proposal"]).record,
        by=BY,
    )
    agreements.link_to_focus_area(
        record=made.record,
        focus_area=loading.area(item["area"]),
        body=loading.body(network.id),
        by=BY,
    )
    loading.cite(item, loading.keep(item.id, made))


def load_workshops(loading: Loading) -> None:
    """I-52: the workshops before the agreement was put to work."""
    item = next(one for one in loading.facts["initiatives"] if one.id == "I-52")
    assert (item["area"], item["owner"], item["status_2020"]) == ("process", None, "genomford")
    themes = loading.more["workshop_themes"]
    made = situation.create_workshop_series(
        agreement=loading.agreement("A-ROK"),
        title=item["title_sv"],
        title_en=item["gloss_en"],
        source_key=item.id,
        when=when(item["dates"]),
        is_carried_out=True,
        participants=[loading.actor(word) for word in loading.more["workshop_participants"]],
        participants_state=Completeness.COMPLETE,
        themes=[(word, loading.area(themes[word])) for word in item["themes"]],
        result=item["result"],
        by=BY,
    )
    loading.cite(item, loading.keep(item.id, made))
    loading.state(made, item.id, "owner", BASES[item["owner_basis"]])


def load_quantities(loading: Loading) -> None:
    """What the documents count. A count of an initiative and its key are one row."""
    counted = {
        item.id: item["quantities"] for item in loading.facts["initiatives"] if "quantities" in item
    }
    for item in loading.facts["quantities"]:
        about = loading.more["quantity_subjects"].get(item["about"], item["about"])
        shape, value, reference = read_quantity(item["value"])
        of_year = about in counted or about == "I-14"
        known = loading.more["quantities"].get(item.id)
        made = records.add_quantity(
            about=loading.find(about).record,
            measure=item["unit"],
            shape=shape,
            value=value,
            reference=reference,
            told_for_year=YEAR if of_year else None,
            key=known["key"] if known else "",
            source_key=item.id,
            scope_uid=loading.agreement("A-ROK").uid if item["source"] == "seed004" else "",
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, made))
        if about in counted:
            numbers = {number for _key, number in counted[about].items()}
            if numbers != {value, reference} - {None}:
                raise FactsProblem(f"{item.id} och {about} säger olika tal")
    for key, known in loading.more["extra_quantities"].items():
        records.add_quantity(
            about=loading.find(key).record,
            measure=known["measure"],
            value=counted[key][known["key"]],
            told_for_year=YEAR,
            key=known["key"],
            scope_uid=loading.agreement("A-ROK").uid,
            by=BY,
        )


def read_quantity(value: object) -> tuple[str, int, int | None]:
    """Shape, value and reference of "6", "80→100", "5 av 8" or "2–3"."""
    text = str(value)
    if "→" in text:
        before, after = text.split("→")
        return Quantity.Shape.CHANGE, int(after), int(before)
    if " av " in text:
        some, every = text.split(" av ")
        return Quantity.Shape.SHARE, int(some), int(every)
    if "–" in text:
        low, high = text.split("–")
        return Quantity.Shape.RANGE, int(high), int(low)
    return Quantity.Shape.COUNT, int(text), None
