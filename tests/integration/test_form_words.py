"""What forms say of answers that cannot be taken: our plain words, not the framework's."""

import pytest
from django import forms
from django.test import Client

from samhandling.apps.organisations.models import Actor
from tests.factories import make_county


class Sample(forms.Form):
    """One field of each kind, as a page would declare them."""

    must = forms.CharField()
    short = forms.CharField(max_length=5, required=False)
    one = forms.ChoiceField(choices=[("a", "A")], required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
    actor = forms.ModelChoiceField(queryset=Actor.objects.none(), required=False)
    actors = forms.ModelMultipleChoiceField(queryset=Actor.objects.none(), required=False)
    number = forms.IntegerField(required=False, min_value=0)
    amount = forms.DecimalField(required=False, max_digits=3)


@pytest.mark.django_db
def test_each_fault_is_told_in_plain_swedish() -> None:
    form = Sample(
        {
            "must": "",
            "short": "sju tecken",
            "one": "x",
            "several": ["x"],
            "actor": "x",
            "actors": ["x"],
            "number": "-1",
            "amount": "12345",
        }
    )
    assert {name: list(faults) for name, faults in form.errors.items()} == {
        "must": ["Fyll i det här."],
        "short": ["Skriv högst 5 tecken. Nu är det 10."],
        "one": ["Välj ett av alternativen i listan."],
        "several": ["Välj bland alternativen i listan."],
        "actor": ["Välj ett av alternativen i listan."],
        "actors": ["Välj bland alternativen i listan."],
        "number": ["Skriv ett tal som är minst 0."],
        "amount": ["Skriv talet med högst 3 siffror."],
    }


@pytest.mark.django_db
def test_pages_say_it_too(client: Client) -> None:
    county = make_county()
    client.force_login(county.alice)
    page = client.post(
        f"/{county.agreement.slug}/insatser/ny/", {"title": "x" * 201, "owner": "finnsinte"}
    ).content.decode()
    assert "Skriv högst 200 tecken. Nu är det 201." in page
    assert "Välj ett av alternativen i listan." in page
    client.logout()
    page = client.post("/konto/logga-in/", {"username": "", "password": ""}).content.decode()
    assert page.count("Fyll i det här.") >= 2
