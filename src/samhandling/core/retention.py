"""How long things about people are held (bevarande), and what happens then (gallring): data.

Every table that holds something about a person is either under a rule that ends it or kept for a
reason; a test fails for one that is neither. What is public is never ended by a rule: that takes a
disposal decision (`apps.privacy.disposal`). The words are `apps.privacy.retention_words`.

Sources: the data protection regulation (EU) 2016/679, article 5.1 e (storage limitation) and 17.3;
arkivlagen (1990:782), sections 3 and 10; tryckfrihetsförordningen, chapter 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class CountedFrom(StrEnum):
    """The day from which the time is counted."""

    EXPIRY = "EXPIRY"  # the last day on which an invitation could be accepted
    ANSWER = "ANSWER"  # the day on which it was accepted or taken back
    LAST_SEEN = "LAST_SEEN"  # the last time a session was used
    PUT = "PUT"  # when a mail was put in the outbox
    READ = "READ"  # when a notice was read
    MADE = "MADE"  # when a notice was made
    LAST_DAY = "LAST_DAY"  # a person's last day (apps.privacy.gone)


class Then(StrEnum):
    """What happens when the time has passed."""

    REMOVED = "REMOVED"  # the row goes: it says nothing of the work
    NAMELESS = "NAMELESS"  # name and address go, what happened stays
    PSEUDONYMISED = "PSEUDONYMISED"  # the person gets a made-up name everywhere (ADR 0013)


class Kept(StrEnum):
    """Why something is under no rule of its own."""

    WORK = "WORK"  # says who answered for what and when: a public record
    WORDS = "WORDS"  # written in the work: a public record, ended by a disposal decision alone
    LOG = "LOG"  # the log cannot be changed (ADR 0010); its words go by decision


@dataclass(frozen=True, slots=True)
class Rule:
    """After so many whole days from a day, what happens to which tables ("app.Model")."""

    key: str
    tables: tuple[str, ...]
    days: int
    counted_from: CountedFrom
    then: Then
    source: str

    def last_day_due(self, today: date) -> date:
        """Whatever the time is counted from this day, or an earlier one, is due today."""
        return today - timedelta(days=self.days)


_GDPR: Final = "(EU) 2016/679, art. 5.1 e"

RULES: Final[Mapping[str, Rule]] = {
    rule.key: rule
    for rule in (
        # Long enough to be asked "I never got it" and to be sent anew.
        Rule(
            "unanswered-invitations",
            ("people.Invitation",),
            30,
            CountedFrom.EXPIRY,
            Then.NAMELESS,
            _GDPR,
        ),
        # Whoever said yes is a person of her own from then on; who was taken back is nobody here.
        Rule(
            "answered-invitations",
            ("people.Invitation",),
            30,
            CountedFrom.ANSWER,
            Then.NAMELESS,
            _GDPR,
        ),
        # Addresses of the net: a week is enough to look into a sign-in that was not one's own.
        Rule(
            "sessions",
            ("usersessions.UserSession", "sessions.Session"),
            7,
            CountedFrom.LAST_SEEN,
            Then.REMOVED,
            _GDPR,
        ),
        # The days are settings.OUTBOX_DAYS; these are the usual ones.
        Rule("mail", ("outbox.Message",), 14, CountedFrom.PUT, Then.NAMELESS, _GDPR),
        Rule("read-notices", ("notices.Notice",), 180, CountedFrom.READ, Then.REMOVED, _GDPR),
        Rule("old-notices", ("notices.Notice",), 730, CountedFrom.MADE, Then.REMOVED, _GDPR),
        # Somebody who comes back within a quarter finds what she had.
        Rule(
            "ways-in",
            ("mfa.Authenticator", "socialaccount.SocialAccount"),
            90,
            CountedFrom.LAST_DAY,
            Then.REMOVED,
            _GDPR,
        ),
        Rule(
            "own-choices",
            ("notices.Follow", "notices.DigestChoice"),
            90,
            CountedFrom.LAST_DAY,
            Then.REMOVED,
            _GDPR,
        ),
        # As long as the ways in are there to come back by.
        Rule("departures", ("people.Departure",), 90, CountedFrom.LAST_DAY, Then.REMOVED, _GDPR),
        # Two rounds of follow-up: those who read the report may have to ask who did it.
        Rule(
            "people-who-left",
            (
                "accounts.Person",
                "accounts.EarlierName",
                "accounts.User",
                "audit.KnownPerson",
                "account.EmailAddress",
            ),
            730,
            CountedFrom.LAST_DAY,
            Then.PSEUDONYMISED,
            f"{_GDPR}; 17.3",
        ),
    )
}

KEPT: Final[Mapping[str, Kept]] = {
    "accounts.RoleGrant": Kept.WORK,
    "accounts.Substitution": Kept.WORK,
    "organisations.Affiliation": Kept.WORK,
    "organisations.Membership": Kept.WORK,
    "people.Contact": Kept.WORK,
    "reporting.ReportSection": Kept.WORDS,
    "reporting.ReportStateChange": Kept.WORK,
    "discussion.Comment": Kept.WORDS,
    "discussion.Attachment": Kept.WORDS,
    "audit.Event": Kept.LOG,
    "audit.DisposalDecision": Kept.WORK,
    "audit.Disposal": Kept.WORK,
}
"""Tables that no rule ends, and why. Whose they are is told by a made-up name after a while."""


def rules_for(table: str) -> tuple[Rule, ...]:
    """The rules that end rows of a table ("app.Model"), in the order of RULES."""
    return tuple(rule for rule in RULES.values() if table in rule.tables)


QUIET_DAYS: Final = 90
"""Who has had no role, seat or employment for so many days has left, though nobody said so."""

DESTROYED: Final = "[gallrad]"
"""What stands where a destroyed text stood. The database takes it only beside a disposal."""
