"""The shipped settings with what a test must have otherwise: plain names of static files, and a home of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from evenlode.web.environment import make_keys

_home = Path(tempfile.mkdtemp(prefix="evenlode-test-home-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
make_keys(_home)
for _name in [n for n in os.environ if n.startswith("EVENLODE_") and not n.startswith("EVENLODE_TEST")]:
    if _name not in {"EVENLODE_CI", "EVENLODE_PYTHON"}:
        del os.environ[_name]
os.environ["EVENLODE_HOME"] = str(_home)
os.environ["EVENLODE_HOSTS"] = "testserver,localhost,127.0.0.1"
if os.environ.get("EVENLODE_TEST_WEB_DATABASE"):
    os.environ["EVENLODE_DATABASE_URL"] = os.environ["EVENLODE_TEST_WEB_DATABASE"]

from evenlode.web.settings import *  # noqa: E402, F403

# What is thrown away need not wait for the disk; that the service does is tested in a process of its own.
if "init_command" in DATABASES["default"].get("OPTIONS", {}):  # noqa: F405
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
# A file in the home that is thrown away: each test process has one of its own.
DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_home / "test.sqlite3")  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Scrypt is slow on purpose; a test that is about passwords sets the shipped ones.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EVENLODE_WORKS = False  # a test does the work itself, when it wants it done
