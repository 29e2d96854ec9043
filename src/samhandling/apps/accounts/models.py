"""People, sign-in and roles. A person is not a user: many people in the records never sign in."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from samhandling.apps.records.models import Record


def new_person_key() -> str:
    """An opaque key that stays when the name is pseudonymised."""
    return str(uuid.uuid4())


class Person(models.Model):
    """A person in the county's work: name, work contact and nothing more (data minimisation)."""

    key = models.CharField(max_length=36, unique=True, default=new_person_key, editable=False)
    name = models.CharField(_("namn"), max_length=200)
    work_email = models.EmailField(_("e-post i arbetet"), blank=True)
    made_up = models.BooleanField(default=False)
    pseudonymised_at = models.DateTimeField(
        null=True, blank=True, help_text="When the name was replaced, for good (apps.privacy)."
    )
    left_on = models.DateField(
        _("sista dagen"), null=True, blank=True, help_text="Last day in the county's cooperation."
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="The one that this turned out to be; kept because the log knows its key.",
    )

    def __str__(self) -> str:
        return self.name


class EarlierName(models.Model):
    """What a person was called, or where they had their mail, before: it stands in texts still.

    Only so that it can be taken out of them when the person is forgotten; then this goes too.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="earlier_names")
    words = models.CharField(max_length=254, help_text="A name or an address.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "words"], name="one_row_per_person_and_earlier_name"
            )
        ]

    def __str__(self) -> str:
        return self.words


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address; capital letters do not matter."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in, with an e-mail address."""

    email = models.EmailField(_("e-postadress"), unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    language = models.CharField(
        max_length=5, default="sv", help_text="The one last chosen; mail is written in it."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_address_whatever_case")
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def person_key(self) -> str:
        return self.person.key

    @cached_property
    def person_keys(self) -> frozenset[str]:
        """Her key, and those of the people who were merged into her: what they wrote is hers.

        Queries: 1, once.
        """
        return frozenset({self.person.key, *self.person.merged.values_list("key", flat=True)})

    @property
    def display_name(self) -> str:
        return self.person.name

    def get_full_name(self) -> str:
        return self.person.name


class RoleGrant(models.Model):
    """A role of a person for a time, for the whole installation or within one record (roll).

    The scope is an agreement, a body or an organisation. Convener, deputy and member are not here:
    they come from seats in bodies; officer and contributor come from affiliations.
    """

    class Role(models.TextChoices):
        PROCESS_LEADER = "PROCESS_LEADER", _("processledare")
        COORDINATION_GROUP = "COORDINATION_GROUP", _("samordningsgruppen")
        COUNCIL_MEMBER = "COUNCIL_MEMBER", _("rådsledamot")
        READER = "READER", _("läsare")
        ADMINISTRATOR = "ADMINISTRATOR", _("administratör")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.CASCADE, related_name="role_grants"
    )
    valid_from = models.DateField(_("från och med"), null=True, blank=True)
    valid_until = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        constraints = [
            # One that has an end stays as it was: the same role may be given again later.
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(valid_until__isnull=True),
                name="one_open_grant_per_person_role_scope",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(scope__isnull=True, valid_until__isnull=True),
                name="one_open_grant_for_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="a_grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(role="ADMINISTRATOR") | Q(scope__isnull=True),
                name="an_administrator_is_for_the_whole",
            ),
        ]


class Substitution(models.Model):
    """That somebody has another's roles and seats for a time (vikariat). Both days count.

    It follows the other's roles as they are then; it is not handed on, and where somebody works is
    not part of it. Who substitutes acts, and stands in the log, as herself.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="substituted_by")
    substitute = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="substitutes_for")
    valid_from = models.DateField(_("från och med"))
    valid_until = models.DateField(_("till och med"))

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="a_substitution_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="nobody_substitutes_for_herself"
            ),
        ]
