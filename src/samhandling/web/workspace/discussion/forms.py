"""The forms of comments and attachments."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.discussion.models import Comment
from samhandling.apps.discussion.services import MAX_COMMENT
from samhandling.apps.people.selectors.naming import described
from samhandling.core.file_types import ALLOWED
from samhandling.web.choices import SomeStored
from samhandling.web.editing import EditForm


class CommentForm(forms.Form):
    """What somebody wants to say, and whom to tell beside those named with @."""

    text = forms.CharField(
        label=_("Ny kommentar"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv @ och hela namnet på den som särskilt ska få veta."),
        error_messages={"required": _("Skriv något i kommentaren.")},
    )


class PeopleToTell(SomeStored):
    """People by name, where they work and as what: two may have one name."""

    queryset: Any

    def offer(self, people: Iterable[Person]) -> None:
        """Offers these people, by name."""
        self.labels = described(one.pk for one in people)
        self.queryset = Person.objects.filter(pk__in=self.labels).order_by("name", "pk")

    def label_from_instance(self, person: Any) -> str:
        """As `offer` described her."""
        return self.labels[person.pk]


class PeopleForm(forms.Form):
    """People to choose among; without the list when there are none."""

    mentioned = PeopleToTell(
        label=_("Ska särskilt få veta"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Personer nära posten. Någon annan får veta om du skriver @ och namnet."),
    )

    def __init__(self, data: Any, people: Iterable[Person]) -> None:
        super().__init__(data)
        near = list(people)
        field = self.fields["mentioned"]
        assert isinstance(field, PeopleToTell)
        field.offer(near)
        if not near:
            del self.fields["mentioned"]


class TellingForm(PeopleForm, CommentForm):
    """The comment with a list of people near the record."""


class AlsoForm(PeopleForm):
    """Beside a comment that is changed: whom to tell who was not told of it before."""

    def __init__(self, data: Any, people: Iterable[Person]) -> None:
        super().__init__(data, people)
        if "mentioned" in self.fields:
            self.fields["mentioned"].label = _("Ska också få veta")
            self.fields["mentioned"].help_text = _(
                "Personer nära posten som inte redan har fått veta."
            )


class EditCommentForm(EditForm):
    """Other words for a comment; the same person may have it open twice."""

    told_as: ClassVar[dict[str, tuple[str, ...]]] = {"text": ("comment",)}
    thing: Comment

    text = forms.CharField(
        label=_("Kommentar"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Den tidigare texten står kvar i historiken. "
            "Skriv @ och hela namnet på den som också ska få veta."
        ),
        error_messages={"required": _("Skriv något i kommentaren.")},
    )

    def stored(self) -> dict[str, Any]:
        """The words as they stand."""
        return {"text": self.thing.text}


class ReasonForm(forms.Form):
    """Why a comment or a file is taken back."""

    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Läses av alla som får läsa kommentaren, också om den återställs."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv varför.")},
    )


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Fil"),
        max_length=1000,
        allow_empty_file=True,
        error_messages={
            "required": _("Välj en fil."),
            "max_length": _("Filens namn är för långt. Ge den ett kortare namn."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        endings = [f".{ending}" for kind in ALLOWED for ending in kind.endings]
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)
        self.fields["file"].help_text = _(
            "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text eller CSV. "
            "Högst %(size)d MB. Alla som ser posten kan hämta filen."
        ) % {"size": settings.ATTACHMENT_MAX_BYTES // 1_000_000}
