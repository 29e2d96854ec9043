"""What every page's template knows without its view saying so."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest

from samhandling.web import clock


def workspace(request: HttpRequest) -> dict[str, date | None]:
    """The page's day, and the demo's day for the banner (None in a real installation)."""
    return {"today": clock.today(), "demo_day": settings.DEMO_DAY}
