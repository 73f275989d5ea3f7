"""For pytest: like the demonstration, in a folder of its own, with quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT
from config.settings.sqlite import sqlite

if os.environ.get("KODEKS_TEST_VAR"):
    VAR = Path(os.environ["KODEKS_TEST_VAR"])
else:
    VAR = Path(tempfile.mkdtemp(prefix="kodeks-test-"))
    atexit.register(shutil.rmtree, VAR, ignore_errors=True)
SECRET_KEY = "tests-only"  # noqa: S105
KODEKS_DEMO = True
PUBLIC_HOSTS = ["public.test", "public.test:8000"]
PUBLIC_BASE_URL = "http://public.test"
OFFICE_BASE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": sqlite(VAR / "kodeks.sqlite3") | {"ENGINE": "tests.database", "TEST": {"NAME": ":memory:"}}
}
if os.environ.get("KODEKS_TEST_DATABASE_URL"):
    from config.settings.env import database_url

    DATABASES = {"default": database_url(os.environ["KODEKS_TEST_DATABASE_URL"])}
    # What pytest makes beside it is a copy of one that has all tables, where there is one (tests.services on-postgres).
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("KODEKS_TEST_DATABASE_TEMPLATE")}
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "mail.backends.KeptBackend"
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "ENQUEUE_ON_COMMIT": False,
        "QUEUES": [],
    }
}
KODEKS_SEARCH = {"engine": "tantivy", "path": VAR / "index"}
# Not of this run: half a minute of work that each run and the site it starts can share.
KODEKS_TABLES = ROOT / "var" / "tables"
