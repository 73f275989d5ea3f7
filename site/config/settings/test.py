"""For pytest: like the demonstration, in a folder of its own, with quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config import embedded
from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT, page_stores
from config.settings.env import database

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
KODEKS_DATA_MAIL = "data@public.test"
ALLOWED_HOSTS = ["*"]
# The database that always exists: each process of a run gets one of its own
# (tests/support/services/postgres.py).
KODEKS_POSTGRES = embedded.programs
DATABASES = {"default": database(ROOT / "var" / "test-postgres", "postgres") | {"CONN_MAX_AGE": 0}}
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "mail.backends.OutboxBackend"
TASKS = {
    "default": {
        "BACKEND": "tests.support.tasks.AtOnce",
        "ENQUEUE_ON_COMMIT": False,
        "QUEUES": [],
    }
}
KODEKS_PAPER_WAIT = 0.0
KODEKS_SEARCH = {"engine": "tantivy", "path": VAR / "index"}
# A test that changes a page reads it at once; those of saved pages name a folder.
KODEKS_PAGES = Path(os.environ["KODEKS_PAGES"]) if os.environ.get("KODEKS_PAGES") else None
CACHES = page_stores(KODEKS_PAGES)
KODEKS_PAGE_SECONDS = float(os.environ.get("KODEKS_PAGE_SECONDS", "15"))
