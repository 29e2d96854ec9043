"""Delete is withdrawal: a service destroys nothing but rows that tie, and the log says which."""

import ast

from tests.architecture.source import PACKAGE, python_files, short, tree

# Module and what is deleted there, each with the reason.
ALLOWED = {
    ("followup/services/lessons.py", "lesson.points.all()"): "rewritten; the event has both texts",
    ("followup/services/lessons.py", "lesson.evidence_links.all()"): "ties; the event names them",
    ("followup/services/telling.py", "own"): "rewritten; the event has both texts",
    ("followup/services/telling.py", "held"): "a tie; the event names it",
    (
        "followup/services/telling.py",
        "rows.exclude(level__in=told)",
    ): "ties; the event names them",
    ("followup/services/telling.py", "rows.exclude(need__in=raised)"): "likewise",
    ("initiatives/services/lists.py", "initiative.actors.all()"): "ties; the event names them",
    ("initiatives/services/lists.py", "initiative.levels.all()"): "ties; the event names them",
    ("initiatives/services/lists.py", "initiative.languages.all()"): "codes; the event has them",
    ("initiatives/services/lists.py", "basis"): "how a field is known; the event has the ground",
    (
        "initiatives/services/lists.py",
        "initiative.need_links.filter(need=need)",
    ): "a tie; the event names it",
    (
        "accounts/services.py",
        "Authenticator.objects.filter(user=user)",
    ): "means of signing in that were lost",
    ("accounts/services.py", "Session.objects.filter(session_key__in=hers)"): "her own sign-ins",
    (
        "accounts/services.py",
        "UserSession.objects.filter(user=user).exclude(session_key=but)",
    ): "what was noted of them",
    ("discussion/services/attachments.py", "attachment.file"): "bytes whose row was not saved",
    (
        "notices/services.py",
        "Follow.objects.filter(person_id=by.person_id, record=record)",
    ): "one's own choice of what to be told of",
    ("organisations/services/roles.py", "grant"): "a role that never came into force",
    ("organisations/services/endings.py", "seat"): "a seat that never came into force",
    ("organisations/services/endings.py", "affiliation"): "work that never began",
    ("organisations/services/endings.py", "substitution"): "a time that never began",
    ("people/services/changing.py", "contact"): "a contact who never began",
    ("people/services/undoing.py", "departure"): "undone; the event says so",
    (
        "people/services/changing.py",
        "Departure.objects.filter(person=user.person)",
    ): "what could be undone; the event says that the sign-in was opened without it",
    ("people/services/accepting.py", "Departure.objects.filter(person=user.person)"): "likewise",
    ("people/services/accepting.py", "Departure.objects.filter(person=person)"): "likewise",
    ("people/services/merging.py", "Departure.objects.filter(person=keep)"): "as much of the rest",
    ("people/services/merging.py", "Departure.objects.filter(person=other)"): "likewise",
    ("privacy/destroying.py", "tie.all()"): "what a disposal decision covers",
    ("privacy/destroying.py", "NameVariant.objects.filter(record=record)"): "likewise",
    ("privacy/destroying.py", "Citation.objects.filter(record=record)"): "likewise",
    ("privacy/destroying.py", "attachment.file"): "likewise: the bytes of a file",
    (
        "privacy/retention.py",
        "batch",
    ): "what a rule of retention ends; the event has rule and number",
    ("people/services/merging.py", "gone"): "the account of the address that is given up",
    (
        "people/services/merging.py",
        "SocialAccount.objects.filter(user=kept)",
    ): "ways in of the address that is given up",
    (
        "people/services/merging.py",
        "Authenticator.objects.filter(user=kept)",
    ): "ways in of the address that is given up",
    ("people/services/ways_in.py", "links"): "ways in of the address that is given up",
    ("people/services/merging.py", "row"): "what both had; the event names the merging",
    (
        "people/services/merging.py",
        "Substitution.objects.filter(person__in=rows.values(), substitute__in=rows.values())",
    ): "somebody cannot stand in for herself",
    (
        "privacy/services.py",
        "apps.get_model(label)._default_manager.filter(**{f'{way}__in': about.people})",
    ): "means of signing in and own choices of a person who is forgotten",
}


def test_services_delete_nothing_but_what_is_listed() -> None:
    found: set[tuple[str, str]] = set()
    for path in python_files(PACKAGE / "apps"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in ("delete", "_raw_delete"):
                found.add((short(path).partition("apps/")[2], ast.unparse(called.value)))
    assert found == set(ALLOWED)
