"""What day it is for those who look at the pages."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The demo's day (setting DEMO_DAY) or else the real day in Swedish time.

    Views read it here and hand it on; domain code takes a day and never asks for one. Audit and
    security always use the real clock.
    """
    return settings.DEMO_DAY or timezone.localdate()
