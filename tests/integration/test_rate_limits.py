"""What costs much can be asked for only so often, and nobody is locked out by another."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings
from structlog.testing import capture_logs

from samhandling.apps.reporting.models import Report
from tests.integration.test_every_address import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def twice_a_minute(settings: Settings) -> Iterator[None]:
    settings.RATE_LIMITS = dict.fromkeys(["search", "export", "report"], "2/m/user")
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/sok/?q=språk", "search:results"),
        ("/rok/insatser/insatser.xlsx", "initiatives:list_xlsx"),
        ("/rok/insatser/insatser.csv", "initiatives:list_csv"),
        ("/rapporter/{report}/fil.html", "reports:download"),
    ],
)
def test_the_third_within_a_minute_is_refused_for_that_person_alone(
    demo_county_for_reading: None, path: str, route: str
) -> None:
    report = Report.objects.get(round__year=2020, round__agreement__slug="rok")
    path = path.format(report=report.uid)
    karin = client_of("karin@example.org")
    assert [karin.get(path).status_code for _ in range(2)] == [200, 200]
    with capture_logs() as told:
        refused = karin.get(path)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert "Vänta en minut och försök igen." in refused.content.decode()
    assert [(line["event"], line["route"]) for line in told if line["event"] != "request"] == [
        ("too many requests", route)
    ]
    assert client_of("erik@example.org").get(path).status_code == 200
    assert karin.get("/fragor/").status_code == 200
