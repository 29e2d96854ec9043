"""The demo county: Uppsala län as it stood on 30 November 2020, loaded through the services."""

from typing import Any


def __getattr__(name: str) -> Any:
    """`SIGN_INS` and `DEMO_PASSWORD`, read when asked for: models are not ready at import."""
    if name in ("SIGN_INS", "DEMO_PASSWORD"):
        from samhandling.demo import people

        return getattr(people, name)
    raise AttributeError(name)
