"""The fonts the renderers' tests set with."""

from pathlib import Path

import font_source_sans_pro
import pytest


@pytest.fixture(scope="session")
def fonts_dir() -> Path:
    return Path(font_source_sans_pro.__file__).parent / "files"
