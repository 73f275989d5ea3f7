"""Production settings, all by environment variables (docs/operators.md)."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from botocore.config import Config

from config.settings import oidc
from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, page_stores
from config.settings.env import Environment, database_url

env = Environment()
SECRET_KEY = env.text("KODEKS_SECRET_KEY", "a secret of 50 random characters or more", least=50)
VAR = Path(env.text("KODEKS_DATA", "the folder of what Kodeks keeps on this machine", "/var/lib/kodeks"))
if not VAR.is_absolute():
    env.problems.append("KODEKS_DATA is no whole path: the folder of what Kodeks keeps on this machine")
_database = env.url("KODEKS_DATABASE_URL", "the PostgreSQL database", ("postgres", "postgresql"))
_search = env.url(
    "KODEKS_SEARCH_URL",
    "the Elasticsearch server; or file:///var/lib/kodeks/index for an index on this machine",
    ("http", "https", "file"),
)
_public = env.url(
    "KODEKS_PUBLIC_URL", "address of the public site, e.g. https://kodeks.example", ("http", "https")
)
_office = env.url(
    "KODEKS_OFFICE_URL", "address of the office, e.g. https://office.kodeks.example", ("http", "https")
)
_files = env.text("KODEKS_FILES", "a folder for files on this machine, in place of a bucket", "")
# What a bucket needs is missing only where there is no folder.
_none = "" if _files else None
_bucket = env.text("KODEKS_S3_BUCKET", "the bucket for files, or KODEKS_FILES for a folder", _none)
_smtp = env.url(
    "KODEKS_SMTP_URL",
    "the mail server, e.g. smtp+tls://user:password@host:587",
    ("smtp", "smtp+tls", "smtps"),
)
DEFAULT_FROM_EMAIL = env.text("KODEKS_MAIL_FROM", "the sender of mails")
KODEKS_LEAVE_URL = env.url(
    "KODEKS_LEAVE_URL", "where the button that leaves the public site goes", ("http", "https"), ""
)
KODEKS_CONTACT_NAME, KODEKS_CONTACT_MAIL, KODEKS_CONTACT_PHONE = (
    env.text(f"KODEKS_CONTACT_{part}", f"{what} whom people of the office ask for help", "")
    for part, what in (
        ("NAME", "the name of those"),
        ("MAIL", "the mail address of those"),
        ("PHONE", "the phone of those"),
    )
)
KODEKS_MATERIALS_LICENCE = env.text("KODEKS_MATERIALS_LICENCE", "the licence of materials", "CC BY 4.0")
KODEKS_MATERIALS_LICENCE_URL = env.url(
    "KODEKS_MATERIALS_LICENCE_URL",
    "the page of that licence",
    ("http", "https"),
    "https://creativecommons.org/licenses/by/4.0/",
)
KODEKS_DATA_PUBLISHER = env.text("KODEKS_DATA_PUBLISHER", "who publishes the data for programs", "Kodeks")
KODEKS_DATA_MAIL = env.text("KODEKS_DATA_MAIL", "where harvesters of the library write to", "")
KODEKS_DATA_LICENCE = env.text("KODEKS_DATA_LICENCE", "the licence of the public data", "CC BY 4.0")
KODEKS_DATA_LICENCE_URL = env.url(
    "KODEKS_DATA_LICENCE_URL",
    "the text of that licence",
    ("http", "https"),
    "https://creativecommons.org/licenses/by/4.0/",
)
KODEKS_SEAL_KEY = env.text("KODEKS_SEAL_KEY", "the key that seals approval records (PKCS#12)", "")
KODEKS_SEAL_PASSWORD_FILE = env.text("KODEKS_SEAL_PASSWORD_FILE", "the file with its password", "")
KODEKS_SEAL_STAMPS = env.url(
    "KODEKS_SEAL_STAMPS", "a time stamp authority for these seals (RFC 3161)", ("http", "https"), ""
)
_proxies = env.text("KODEKS_PROXIES", "how many proxies of your own stand in front of Kodeks", "1")
if not (_proxies.isascii() and _proxies.isdigit() and len(_proxies) < 3):
    env.problems.append("KODEKS_PROXIES is no number: how many proxies of your own stand in front of Kodeks")
KODEKS_CLAMAV = env.text("KODEKS_CLAMAV", "the virus scanner: tcp://host:port or the path of its socket", "")
if KODEKS_CLAMAV and not re.fullmatch(r"tcp://.+:\d{1,5}|(unix:)?/.+", KODEKS_CLAMAV):
    env.problems.append(
        "KODEKS_CLAMAV is neither tcp://host:port nor the path of a socket: the virus scanner"
    )
KODEKS_BACKUP = env.text("KODEKS_BACKUP", "the folder of the nightly backup", "")
KODEKS_BACKUP_KEY = env.text("KODEKS_BACKUP_KEY", "the public key of age that encrypts backups", "")
_hour = env.text("KODEKS_BACKUP_HOUR", "the hour of the nightly backup", "2")
if not (_hour.isascii() and _hour.isdigit() and int(_hour) < 24):
    env.problems.append("KODEKS_BACKUP_HOUR is no hour from 0 to 23: when the nightly backup is made")
KODEKS_METRICS_ADDRESS = env.text(
    "KODEKS_METRICS_ADDRESS", "the inner address of measurements for Prometheus, e.g. 127.0.0.1:9100", ""
)
if KODEKS_METRICS_ADDRESS and not re.fullmatch(r"[^/\s]*:[0-9]{1,5}", KODEKS_METRICS_ADDRESS):
    env.problems.append("KODEKS_METRICS_ADDRESS is no address with a port, as 127.0.0.1:9100")
_s3 = {
    "bucket_name": _bucket,
    "endpoint_url": env.url("KODEKS_S3_ENDPOINT", "the address of the bucket", ("http", "https"), "") or None,
    "access_key": env.text("KODEKS_S3_ACCESS_KEY", "the key to the bucket", _none),
    "secret_key": env.text("KODEKS_S3_SECRET_KEY", "the secret of that key", _none),
    "region_name": env.text("KODEKS_S3_REGION", "the region of the bucket", "eu-central-1"),
    "default_acl": None,
    "querystring_auth": True,
    "file_overwrite": False,
    # A page must not wait for a store that is switched off: gunicorn would end its process.
    "client_config": Config(
        connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2}
    ),
}
KODEKS_PAGES = Path(env.text("KODEKS_PAGES", "a folder for copies of public pages", "") or VAR / "pages")
CACHES = page_stores(KODEKS_PAGES)
_index = env.text("KODEKS_SEARCH_INDEX", "the name of the search index in Elasticsearch", "kodeks")
_spare = env.text("KODEKS_SEARCH_SPARE", "a folder for an index while Elasticsearch is away", "")
_replicas = env.text("KODEKS_SEARCH_REPLICAS", "how many copies of each part of the search index", "0")
if not (_replicas.isascii() and _replicas.isdigit() and len(_replicas) < 3):
    env.problems.append(
        "KODEKS_SEARCH_REPLICAS is no number: how many copies of each part of the search index"
    )
if _public and urlsplit(_public).netloc == urlsplit(_office).netloc:
    env.problems.append(
        "KODEKS_PUBLIC_URL and KODEKS_OFFICE_URL must be two hosts: the public one knows nobody"
    )
SOCIALACCOUNT_PROVIDERS = oidc.providers(env)
env.check()

KODEKS_PROXIES, KODEKS_BACKUP_HOUR = int(_proxies), int(_hour)
PUBLIC_BASE_URL, OFFICE_BASE_URL = _public.rstrip("/"), _office.rstrip("/")
WAGTAILADMIN_BASE_URL = OFFICE_BASE_URL
PUBLIC_HOSTS = [urlsplit(_public).netloc]
KODEKS_HOST = os.environ.get("KODEKS_HOST", "")
ALLOWED_HOSTS = [str(urlsplit(_public).hostname)]
if KODEKS_HOST != "public":
    # The office draws pages of the public site too, as previews.
    ALLOWED_HOSTS.append(str(urlsplit(_office).hostname))
CSRF_TRUSTED_ORIGINS = [OFFICE_BASE_URL]
DATABASES = {"default": database_url(_database)}
if KODEKS_HOST:
    # gunicorn ends no thread that waits for ever.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c statement_timeout=30s")
_cluster: dict[str, object] = {
    "engine": "elasticsearch",
    "url": _search.split(",") if "," in _search else _search,
    "index": _index,
    "replicas": int(_replicas),
    # A folder that the worker and the site both reach: then search goes on, embedded, while Elasticsearch is
    # away.
    "spare": _spare,
}
_is_here = _search.startswith("file://")
KODEKS_SEARCH = {"engine": "tantivy", "path": urlsplit(_search).path} if _is_here else _cluster
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": _files}}
    if _files
    else {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
_mail = urlsplit(_smtp)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
if OFFICE_BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = False  # the proxy in front does that
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
if KODEKS_METRICS_ADDRESS:
    MIDDLEWARE.insert(1, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")
    PROMETHEUS_LATENCY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
