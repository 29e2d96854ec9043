"""The real settings, on a data directory that is thrown away, with quick password hashing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="samhandling-test-")
(Path(_data) / "static").mkdir()
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["SAMHANDLING_DATA_DIR"] = _data
os.environ["SAMHANDLING_DEMO_DAY"] = "2020-11-30"
os.environ["SAMHANDLING_SECRET_KEY"] = "only-for-tests"

from samhandling.config.settings import *  # noqa: E402, F403
from samhandling.config.settings import DATABASES, STORAGES  # noqa: E402

# A walk over all pages asks more often than a person does; tests of the limits set their own.
RATE_LIMITS: dict[str, str] = {}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names of static files stay as written: nothing is collected before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads then meet the same locks as in a real installation.
    DATABASES["default"]["TEST"] = {"NAME": Path(_data) / "test.sqlite3"}
