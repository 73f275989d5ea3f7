"""One machine: an embedded PostgreSQL and search engine, files on disk, mails in the outbox page."""

import os

from config import embedded
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR
from config.settings.env import database

(VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
KODEKS_DEMO = True
SECRET_KEY = "demonstration-only-and-known-to-everyone"  # noqa: S105
KODEKS_PUBLIC_PORT = int(os.environ.get("KODEKS_PUBLIC_PORT", "8000"))
KODEKS_OFFICE_PORT = int(os.environ.get("KODEKS_OFFICE_PORT", "8001"))
NAMES = ("localhost", "127.0.0.1", "[::1]")
PUBLIC_HOSTS = [f"{name}:{KODEKS_PUBLIC_PORT}" for name in NAMES]
OFFICE_HOSTS = [f"{name}:{KODEKS_OFFICE_PORT}" for name in NAMES]
PUBLIC_BASE_URL = f"http://localhost:{KODEKS_PUBLIC_PORT}"
OFFICE_BASE_URL = f"http://localhost:{KODEKS_OFFICE_PORT}"
WAGTAILADMIN_BASE_URL = OFFICE_BASE_URL
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
KODEKS_POSTGRES = embedded.programs
DATABASES = {"default": database(VAR / "postgres", "kodeks")}
EMAIL_BACKEND = "mail.backends.OutboxBackend"
# Straight from the rooms' folders: nothing to gather before the first page.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
KODEKS_CONTACT_NAME = "Kodeks"
KODEKS_DATA_MAIL = "data@demo.example"
KODEKS_CONTACT_MAIL = "help@demo.example"
KODEKS_CONTACT_PHONE = "+389 2 000 0000"
