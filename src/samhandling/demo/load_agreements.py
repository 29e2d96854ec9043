"""The two agreements with all they list, their plans, and proposals to change who does what."""

from samhandling.apps.agreements import services
from samhandling.apps.agreements.models import (
    Agreement,
    AgreementClause,
    AgreementLineage,
    AreaCriterion,
    CollaborationPlan,
    CoverageGapHandling,
    GovernanceLink,
    TargetGroup,
)
from samhandling.apps.organisations.services import propose_liaison
from samhandling.apps.records import services as records
from samhandling.apps.records.models import OpenQuestion
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import Reading
from samhandling.demo.facts import Item
from samhandling.demo.load_organisations import assignment_scope
from samhandling.demo.loading import BASES, BY, Loading, when

Clause = AgreementClause.Kind
STEPS = {
    "beslut": GovernanceLink.Step.DECIDE,
    "koordinering": GovernanceLink.Step.COORDINATE,
    "genomförande": GovernanceLink.Step.CARRY_OUT,
}
DIRECTIONS = {"under": AreaCriterion.Direction.BELOW, "over": AreaCriterion.Direction.ABOVE}
QUALIFIERS = {"geographic": TargetGroup.Qualifier.GEOGRAPHIC}
CLAUSES = {
    "rationale": Clause.RATIONALE,
    "risk_note": Clause.RISK_NOTE,
    "level_of_work": Clause.LEVEL_OF_WORK,
    "autonomy_rule": Clause.AUTONOMY,
    "adaptation_rule": Clause.ADAPTATION,
    "reporting": Clause.REPORTING,
}
# The agreement without date (seed000) carries these lists; the other one (seed004) the levels.
HTL, ROK = "A-HTL", "A-ROK"


def load_agreements(loading: Loading) -> None:
    """Both agreements, and everything that needs no initiative to stand."""
    for item in loading.facts["agreements"]:
        _load_agreement(loading, item)
    _load_headings(loading)
    _load_definitions(loading)
    for item in loading.facts["agreements"]:
        _load_contents(loading, item)
    _load_sub_areas(loading)
    _load_responsibilities(loading)
    _load_levels(loading)
    _load_lists(loading)
    _load_networks(loading)


def _load_agreement(loading: Loading, item: Item) -> None:
    key = item.id
    more = loading.more["agreements"][key]
    prioritising = [body for body in loading.facts["bodies"] if key in body.get("priorities", [])]
    ordered_by = item.get("ordered_by") or item.get("commissioned_by")
    coordinated_by, followed_up_by = item.get("coordinated_by"), item.get("followed_up_by")
    assert not item.get("parties_named"), "parties are not known"
    assert item.get("signed") is None
    made = services.create_agreement(
        name=item["name"],
        title_en=more["english"],
        source_key=key,
        slug=more["slug"],
        short_name=item["short"],
        focus_area_term=more["term"],
        purpose=item["purpose"],
        focus=item.get("focus", ""),
        adopted=when(item["adopted"]),
        adopted_at=item.get("adopted_at", ""),
        valid_from=when(item["valid_from"], Reading.START),
        valid_until=when(item["valid_to"], Reading.END),
        decided_by=loading.body(item["decided_by"]),
        ordered_by=loading.body(ordered_by),
        coordinated_by=loading.body(coordinated_by) if coordinated_by else None,
        followed_up_by=loading.find(followed_up_by) if followed_up_by else None,
        prioritised_by=loading.body(prioritising[0].id) if prioritising else None,
        parties_state=Completeness.UNKNOWN,
        signatures_state=Completeness.UNKNOWN,
        goals_state=more["goals_state"],
        by=BY,
    )
    loading.keep(key, made)
    loading.cite(item, made)
    goal = services.create_goal(
        agreement=made, wording=item["goal"], is_overall=True, order=1, by=BY
    )
    loading.cite(item, goal)
    if "purpose_basis" in item:
        loading.state(made, key, "purpose", BASES[item["purpose_basis"]])
    if "goal_basis" in item:
        ground = loading.ground(key, "goal")
        records.state_basis(goal.record, "title", BASES[item["goal_basis"]], ground)
    for relation in item["relation_to_other_strategies"]:
        short, words = relation["strategy"], relation["relation"]
        services.relate_to_strategy(
            agreement=made,
            document=loading.more["strategies"].get(short, short),
            kind=loading.more["strategy_kinds"][words],
            text=words,
            part=relation.get("part", ""),
            by=BY,
        )
    if "possible_extension" in item:
        services.note_succession(
            agreement=made,
            kind=AgreementLineage.Kind.EXTENDS,
            state=AgreementLineage.State.POSSIBLE,
            reason=item["possible_extension"],
            when=when(loading.more["succession_when"]),
            by=BY,
        )


def _load_headings(loading: Loading) -> None:
    agreement = loading.agreement(HTL)
    for order, heading in enumerate(loading.facts["agreement_structure"][0], 1):
        made = services.create_clause(
            agreement=agreement, kind=Clause.HEADING, text=heading, order=order, by=BY
        )
        records.cite(made.record, loading.sources["seed000"])
        loading.keep(f"heading-{order}", made)


def _heading(loading: Loading, agreement: Agreement, part: str) -> AgreementClause | None:
    """The heading that a passage stands under; only one agreement's headings are known."""
    if agreement != loading.agreement(HTL):
        return None
    heading = loading.find(f"heading-{loading.more['headings'][part]}")
    assert isinstance(heading, AgreementClause)
    return heading


def _load_definitions(loading: Loading) -> None:
    for order, item in enumerate(loading.facts["definitions"], 1):
        owner = loading.more["definition_agreements"].get(item.id, ROK)
        years = item.get("duration_years", [None, None])
        made = services.create_definition(
            agreement=loading.agreement(owner),
            term=item["term"],
            title_en=loading.english(item.id),
            text=item["text"],
            is_umbrella=item.get("umbrella", False),
            years_min=years[0],
            years_max=years[1],
            source_key=item.id,
            order=order,
            by=BY,
        )
        loading.keep(item.id, made)
        loading.cite(item, made)


def _load_contents(loading: Loading, item: Item) -> None:
    agreement, more = loading.agreement(item.id), loading.more
    for order, area in enumerate(item["focus_areas"], 1):
        known = more["focus_areas"][area.id]
        made = services.create_focus_area(
            agreement=agreement,
            name=area["name"],
            title_en=known["english"],
            code=known["code"],
            colour=known["colour"],
            note=area.get("note", ""),
            order=order,
            source_key=area.id,
            by=BY,
        )
        loading.keep(area.id, made)
        loading.cite(item, made)
    for order, group in enumerate(item["target_groups"], 1):
        definition = group.get("definition")
        target = services.create_target_group(
            agreement=agreement,
            name=group["name"],
            title_en=more["target_groups_english"][group.id],
            is_primary=group.get("primary", False),
            qualifier=QUALIFIERS.get(group.get("qualifier"), TargetGroup.Qualifier.NONE),
            definition=loading.find(definition) if definition else None,
            included_by_definition=group.get("included_by_definition", False),
            order=order,
            source_key=group.id,
            by=BY,
        )
        loading.keep(group.id, target)
        loading.cite(item, target)
    for order, (name, kind) in enumerate(CLAUSES.items(), 1):
        if name in item:
            clause = services.create_clause(
                agreement=agreement,
                kind=kind,
                text=item[name],
                parent=_heading(loading, agreement, name),
                order=order,
                by=BY,
            )
            loading.cite(item, clause)
    for order, excluded in enumerate(item.get("excluded_scope", []), 1):
        boundary = services.create_scope_boundary(
            agreement=agreement,
            text=excluded["text"],
            is_excluded=True,
            proposal=excluded["proposal"],
            order=order,
            by=BY,
        )
        loading.cite(item, boundary)


def _load_sub_areas(loading: Loading) -> None:
    for order, (key, known) in enumerate(loading.more["sub_areas"].items(), 1):
        parent = loading.area(known["parent"])
        made = services.create_focus_area(
            agreement=parent.agreement,
            name=known["name"],
            title_en=known["english"],
            parent=parent,
            code=known["code"],
            colour=parent.colour,
            order=order,
            source_key=key,
            by=BY,
        )
        loading.keep(key, made)
        loading.keep(known["word"], made)
        records.cite(made.record, loading.sources["seed004"], "Genomförda insatser")
    for key, names in loading.more["name_variants"].items():
        thing = loading.find(key)
        for name, where_used in names:
            records.add_name_variant(thing.record, name, where_used)
        records.index_record(thing.record)


def _load_responsibilities(loading: Loading) -> None:
    networks = {item.id: item for item in loading.facts["networks"]}
    for agreement in loading.facts["agreements"]:
        for area in agreement["focus_areas"]:
            for order, key in enumerate(area.get("responsible_network", []), 1):
                sub_area = networks[key].get("sub_area")
                services.give_area_responsibility(
                    focus_area=loading.area(area.id),
                    body=loading.body(key),
                    sub_area=loading.area(sub_area) if sub_area else None,
                    order=order,
                    by=BY,
                )


def _load_levels(loading: Loading) -> None:
    agreement = loading.agreement(ROK)
    for item in loading.facts["levels"]:
        if "name" not in item:
            made = services.create_clause(
                agreement=agreement,
                kind=Clause.LEVEL_RULE,
                text=item["text"],
                source_key=item.id,
                by=BY,
            )
        else:
            known = loading.more["levels"][item.id]
            made = services.create_level(  # type: ignore[assignment]
                agreement=agreement,
                key=known["key"],
                name=item["name"],
                title_en=known["english"],
                label=item["label"],
                order=item["order"],
                source_key=item.id,
                by=BY,
            )
        loading.keep(item.id, made)
        loading.cite(item, made)


def _load_lists(loading: Loading) -> None:
    agreement = loading.agreement(HTL)
    for order, item in enumerate(loading.facts["prerequisites"], 1):
        clause = services.create_clause(
            agreement=agreement,
            kind=Clause.PREREQUISITE,
            text=item["text"],
            parent=_heading(loading, agreement, "prerequisites"),
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, clause))
    for order, item in enumerate(loading.facts["joint_activities"], 1):
        activity = services.create_joint_activity(
            agreement=agreement, text=item["text"], order=order, source_key=item.id, by=BY
        )
        loading.cite(item, loading.keep(item.id, activity))
    for order, item in enumerate(loading.facts["commitments"], 1):
        commitment = services.create_commitment(
            agreement=agreement, text=item["text"], order=order, source_key=item.id, by=BY
        )
        loading.cite(item, loading.keep(item.id, commitment))
    for order, item in enumerate(loading.facts["area_criteria"], 1):
        if "indicator" in item:
            criterion = services.create_area_criterion(
                agreement=agreement,
                indicator=item["indicator"],
                direction=DIRECTIONS[item["direction"]],
                order=order,
                source_key=item.id,
                by=BY,
            )
            loading.cite(item, loading.keep(item.id, criterion))
        else:
            note = services.create_clause(
                agreement=agreement,
                kind=Clause.CRITERIA_NOTE,
                text=item["text"],
                parent=_heading(loading, agreement, item.id),
                order=order,
                source_key=item.id,
                by=BY,
            )
            loading.cite(item, loading.keep(item.id, note))
    for order, item in enumerate(loading.facts["governance_model"], 1):
        link = services.create_governance_link(
            agreement=agreement,
            text=item["text"],
            step=STEPS[item["step"]],
            body=loading.body(item["body"]),
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, link))


def _load_networks(loading: Loading) -> None:
    """How each network stands to the agreement; those counted must be the published number."""
    agreement = loading.agreement(ROK)
    counted = 0
    for order, item in enumerate(loading.facts["networks"], 1):
        counted += bool(item["one_of_seven"])
        services.assign_network(
            agreement=agreement,
            body=loading.body(item.id),
            is_counted=item["one_of_seven"],
            scope=assignment_scope(item),
            scope_note=item.get("scope_note", ""),
            position=item.get("position", ""),
            order=order,
            by=BY,
        )
    for item in loading.facts["agreements"]:
        if "action_plan" in item:
            assert item["action_plan"]["handed_to_networks"] == counted


def load_plans(loading: Loading) -> None:
    """Plans, last: one of them regulates an initiative."""
    annexes = {
        item["annex"]["plan"]: item["annex"]
        for item in loading.facts["agreements"]
        if "annex" in item
    }
    handed = [
        item["action_plan"]["plan"] for item in loading.facts["agreements"] if "action_plan" in item
    ]
    for item in loading.facts["plans"]:
        _load_plan(loading, item, annexes.get(item.id))
    assert all(key in loading.things for key in handed)
    for item in loading.facts["initiatives"]:
        if "regulated_by" in item:
            words = item["regulated_by"]
            plan = loading.find(item.id).record.regulated_by.get()
            assert plan.kind == CollaborationPlan.Kind.INTERNAL_AGREEMENT, words
    for item in loading.facts["networks"]:
        adopted = item.get("plan_adopted")
        if adopted is not None:
            plan = loading.find(adopted["plan"])
            assert isinstance(plan, CollaborationPlan)
            assert plan.adopted == when(adopted["date"]), item.id


def _load_plan(loading: Loading, item: Item, annex: Item | None) -> None:
    key = item.id
    kind = loading.more["plan_kinds"][key]
    owner, network, about = item.get("owner"), item.get("network"), item.get("about")
    area, agreement = item.get("area"), item.get("agreement")
    describes = annex["describes"] if annex else ""
    if annex:
        assert annex["kind"] == "bilaga"
    if "kind" in item:
        assert item["kind"] == "intern överenskommelse"
        for one in loading.facts["networks"]:
            if one.id == network:
                describes = one["internal_agreement"]
    made = services.create_plan(
        name=item["name"],
        kind=kind,
        source_key=key,
        agreement=loading.agreement(agreement) if agreement else None,
        owner=loading.actor(owner) if owner else None,
        network=loading.body(network) if network else None,
        focus_area=loading.area(area) if area else None,
        regulates=loading.find(about).record if about else None,
        adopted=when(item.get("adopted")),
        is_living=item.get("living_document"),
        content_available=annex["content_available"] if annex else None,
        describes=describes,
        note=item.get("note", ""),
        by=BY,
    )
    loading.keep(key, made)
    loading.cite(item, made)


def load_proposals(loading: Loading) -> None:
    """The gap in health, and the proposals made to close it."""
    by_id = {item.id: item for item in loading.facts["initiatives"]}
    _load_gap(loading, by_id["I-32"])
    _load_structure(loading, by_id["I-35"])
    _load_liaison(loading, by_id["I-36"])


def _load_gap(loading: Loading, item: Item) -> None:
    assert item["network"] is None
    assert item["status_2020"] == "delvis"
    dormant = next(body for body in loading.facts["bodies"] if "inactive_since" in body)
    health = loading.area("hälsa")
    assert health.parent == loading.area(item["area"])
    made = services.record_coverage_gap(
        focus_area=health,
        title=item["title_sv"],
        title_en=item["gloss_en"],
        source_key=item.id,
        since=when(dormant["inactive_since"], Reading.START),
        caused_by=loading.body(dormant.id),
        cause=dormant["gap"],
        note=item["note"],
        handled_by=[
            (loading.body(key), CoverageGapHandling.Extent.PARTLY) for key in item["handled_by"]
        ],
        by=BY,
    )
    assert dormant.id in item["cause"]
    loading.cite(item, loading.keep(item.id, made))


def _load_structure(loading: Loading, item: Item) -> None:
    assert (item["kind"], item["status_2020"]) == ("strukturförslag", "foreslagen")
    made = services.propose_structure(
        focus_area=loading.area(item["area"]),
        title=item["title_sv"],
        title_en=item["gloss_en"],
        source_key=item.id,
        proposed_by=loading.actor(item["owner"]),
        proposed_on=when(item["dates"]),
        roles=[(loading.body(key), text) for key, texts in item["roles"].items() for text in texts],
        by=BY,
    )
    loading.cite(item, loading.keep(item.id, made))


def _load_liaison(loading: Loading, item: Item) -> None:
    assert (item["kind"], item["status_2020"]) == ("rollförslag", "foreslagen")
    made = propose_liaison(
        title=item["title_sv"],
        title_en=item["gloss_en"],
        source_key=item.id,
        first_body=loading.body("B-HSVO"),
        second_body=loading.body("B-SAM"),
        proposed_by=loading.actor(item["owner"]),
        by=BY,
    )
    services.link_to_focus_area(record=made.record, focus_area=loading.area(item["area"]), by=BY)
    loading.cite(item, loading.keep(item.id, made))
    for order, words in enumerate(item["open_questions"], 1):
        question = records.add_open_question(
            question=words[:1].upper() + words[1:],
            kind=OpenQuestion.Kind.TO_SETTLE,
            subjects=[made.record],
            order=order,
            by=BY,
        )
        loading.cite(item, question)


def load_scope_boundaries(loading: Loading) -> None:
    """Boundaries, once the round that some of them limit is there."""
    for order, item in enumerate(loading.facts["scope_boundaries"], 1):
        known = loading.more["scope_concerns"][item.id]
        made = services.create_scope_boundary(
            agreement=loading.agreement(known["agreement"]),
            text=item["text"],
            concerns=loading.find(known["concerns"]).record,
            is_excluded=known.get("excluded", False),
            order=order + 10,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, made))
