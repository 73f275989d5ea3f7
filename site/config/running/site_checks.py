"""What may be wrong with an installation, each in words, with what to do: for ``kodeks check``."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.running import folders, needs
from config.running.status import sign_check
from files.clamav import answers
from workflows.record import sealing

ENVIRONMENT = Path(os.environ.get("KODEKS_ENVIRONMENT", "/etc/kodeks/kodeks.env"))
LEAST_DAYS, LEAST_SHARE = 14, 0.2
"""A certificate that ends sooner was not renewed in time; so was a short one with less of its time left."""
LEAST_FREE = 0.1
MOST_SECONDS = 30
"""So far two clocks may be apart; a code of the second factor holds for 30 seconds."""


@dataclass(frozen=True)
class Advice:
    """What is not wrong, and would be better otherwise."""

    text: str


Finding = str | Advice
Check = Callable[[], Iterator[Finding]]


def _settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield "DEBUG is on: errors show code and settings to readers. Use config.settings.production."
    if settings.KODEKS_DEMO:
        yield "These are the settings of the demonstration. Use config.settings.production."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS takes every name. Use config.settings.production."
    if len(set(settings.SECRET_KEY)) < 16:
        yield "KODEKS_SECRET_KEY is easy to guess. Let kodeks init make a new one: everybody signs in again."
    for name in ("PUBLIC_BASE_URL", "OFFICE_BASE_URL"):
        if not getattr(settings, name).startswith("https://"):
            yield f"{getattr(settings, name)} is not https: passwords travel in clear."


def _environment_file() -> Iterator[Finding]:
    if ENVIRONMENT.exists() and ENVIRONMENT.stat().st_mode & 0o027:
        yield f"Others may read or change {ENVIRONMENT}. Run: chmod 600 {ENVIRONMENT}"


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, has_schema_privilege('public', 'CREATE'), current_user, "
            "EXISTS (SELECT 1 FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'TRIGGER')) FROM pg_roles WHERE rolname = current_user"
        )
        is_super, may_create, role, may_trigger = cursor.fetchone()
    host, options = connection.settings_dict["HOST"], connection.settings_dict["OPTIONS"]
    is_here = host.startswith("/") or host in ("", "localhost", "127.0.0.1", "::1")
    if not is_here and options.get("sslmode") != "verify-full":
        yield Advice("Add ?sslmode=verify-full to KODEKS_DATABASE_URL: else a stranger can listen in.")
    if is_super:
        yield f"The role {role} is a superuser of PostgreSQL. `kodeks database` makes one that is not."
    elif may_create or may_trigger:
        yield Advice(f"The role {role} could take the guards away. `kodeks database` makes one that can't.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Its tables are those of another release. Run deploy/prepare."


def _guards() -> Iterator[Finding]:
    try:
        call_command("check", databases=["default"])
    except SystemCheckError as problem:
        yield str(problem)


def _clock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        yield from _apart("the database's", cursor.fetchone()[0])
    client = getattr(default_storage, "connection", None)
    if client is not None:
        answer = client.meta.client.head_bucket(Bucket=default_storage.bucket_name)  # type: ignore[attr-defined]
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
        if date:
            yield from _apart("the storage's", parsedate_to_datetime(date))


def _apart(whose: str, other: datetime) -> Iterator[Finding]:
    seconds = abs((datetime.now(UTC) - other).total_seconds())
    if seconds > MOST_SECONDS:
        yield (
            f"This machine's clock and {whose} are {seconds:.0f} seconds apart: codes of apps and dates will "
            "be wrong. Run an NTP client: apt-get install systemd-timesyncd"
        )


def _storage() -> Iterator[Finding]:
    content = uuid.uuid4().bytes
    name = default_storage.save(f"uploads/check-{uuid.uuid4()}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                yield "A file that was stored reads otherwise. Check the bucket: KODEKS_S3_BUCKET."
    finally:
        default_storage.delete(name)


def _scanner() -> Iterator[Finding]:
    if not settings.KODEKS_CLAMAV:
        yield Advice("Uploads are not scanned for viruses. Install clamav-daemon, and set KODEKS_CLAMAV.")
    elif not answers(settings.KODEKS_CLAMAV):
        yield "It does not answer, so nobody can upload a file. Start clamd, or check KODEKS_CLAMAV."


def _mail() -> Iterator[Finding]:
    with closing(get_connection()) as server:
        server.open()
    if urlsplit(settings.OFFICE_BASE_URL).hostname not in ("localhost", "127.0.0.1"):
        is_open = not (getattr(server, "use_tls", True) or getattr(server, "use_ssl", True))
        if is_open and getattr(server, "host", "") not in ("localhost", "127.0.0.1"):
            yield "Mails go to another machine in clear. Use smtp+tls:// or smtps:// in KODEKS_SMTP_URL."


def _disk() -> Iterator[Finding]:
    yield from folders.problems()
    used = shutil.disk_usage(next(one for one in (settings.VAR, *settings.VAR.parents) if one.exists()))
    if used.free < LEAST_FREE * used.total:
        yield f"Only {used.free / used.total:.0%} of the disk is free. Make room."


def _backup() -> Iterator[Finding]:
    at, folder = needs.last_backup(), settings.KODEKS_BACKUP
    if at is None:
        yield "None was made. Run: kodeks backup FOLDER. Set KODEKS_BACKUP for one each night."
    elif datetime.now(UTC) - at > needs.OLDEST_BACKUP:
        yield f"The last is of {at:%Y-%m-%d}. See the log of the worker, and KODEKS_BACKUP."
    if folder and not Path(folder).is_dir():
        yield f"The folder {folder} is not there. Make it, and give it to the user of the worker."
    elif folder and settings.VAR.is_dir() and Path(folder).stat().st_dev == settings.VAR.stat().st_dev:
        yield Advice(f"{folder} is on the same disk as Kodeks. Mount another one, or copy backups away.")


def _seal() -> Iterator[Finding]:
    for text, is_soon in sealing.problems():
        yield Advice(text) if is_soon else text


def _certificates() -> Iterator[Finding]:
    for address in (settings.PUBLIC_BASE_URL, settings.OFFICE_BASE_URL):
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            continue
        place = (parts.hostname, parts.port or 443)
        context = ssl.create_default_context()
        try:
            with (
                socket.create_connection(place, timeout=10) as plain,
                context.wrap_socket(plain, server_hostname=parts.hostname) as server,
            ):
                certificate: Any = server.getpeercert()
        except ssl.SSLCertVerificationError as problem:
            yield f"Browsers refuse the certificate of {parts.hostname}: {problem.verify_message}."
            continue
        begin, end = (ssl.cert_time_to_seconds(certificate[name]) for name in ("notBefore", "notAfter"))
        days = (end - time.time()) / 86400
        if days < min(LEAST_DAYS, LEAST_SHARE * (end - begin) / 86400):
            yield f"The certificate of {parts.hostname} ends in {days:.0f} days. Renew it."


def _proxy() -> Iterator[Finding]:
    """Asks both hosts from outside, and looks what of the request came in, and where."""
    public, _ = _ask(settings.PUBLIC_BASE_URL, "/readyz")
    if public.status == 200 and public.getheader("X-Serves", "") != "public":
        yield (
            "The proxy leads the public site to the processes of the office. Run: systemctl enable --now "
            "kodeks-public, and put the file of kodeks proxy in place anew."
        )
    answer, _ = _ask(settings.OFFICE_BASE_URL, "/readyz")
    if answer.status == 400:
        yield "The proxy changes the Host header. Let it pass the name on (deploy/nginx, deploy/caddy)."
        return
    found, set_ = answer.getheader("X-Proxies", ""), str(settings.KODEKS_PROXIES)
    if found != set_:
        yield (
            f"X-Forwarded-For has {found or 'no'} addresses, and KODEKS_PROXIES is {set_}: readers seem "
            "to come from one network, or can make up their own. Set it to the number of your proxies."
        )
    if settings.OFFICE_BASE_URL.startswith("https://") and not answer.getheader("Strict-Transport-Security"):
        yield "The proxy does not say that it speaks TLS. Let it set X-Forwarded-Proto to https."
    if b"kodeks_up" in _ask(settings.OFFICE_BASE_URL, "/metrics")[1]:
        yield "Everybody can read the measurements. The proxy must not lead to KODEKS_METRICS_ADDRESS."


def _ask(base: str, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    """What the site answers to this check, with the bytes."""
    address = urlsplit(base)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    with closing(kind(address.netloc, timeout=10)) as outside:
        outside.request("GET", path, headers=sign_check())
        answer = outside.getresponse()
        return answer, answer.read()


def _need(name: str, hint: str) -> Check:
    need = next(one for one in needs.NEEDS if one.name == name)

    def check() -> Iterator[Finding]:
        if not need.works():
            yield hint

    return check


HINTS = {
    "database": "It does not answer. Check KODEKS_DATABASE_URL, and that PostgreSQL runs.",
    "storage": "It does not answer. Check KODEKS_S3_BUCKET, the endpoint and the keys.",
    "search": "It does not answer, or has no index. Check KODEKS_SEARCH_URL, then run deploy/prepare.",
    "mail": "The server does not answer. Check KODEKS_SMTP_URL.",
    "certificates": "Nothing answers. Start the proxy, and check the two addresses and their names in DNS.",
    "proxy": "Nothing answers. Start the proxy, kodeks-web and kodeks-public.",
}
CHECKS: dict[str, Check] = {
    "settings": _settings,
    "environment file": _environment_file,
    "database": _database,
    "guards": _guards,
    "clock": _clock,
    "storage": _storage,
    "search": _need("search", HINTS["search"]),
    "mail": _mail,
    "virus scanner": _scanner,
    "disk": _disk,
    "worker": _need("worker", "None runs. Run: systemctl start kodeks-work"),
    "trail": _need("trail", "Its last entry is missing or does not hold. Run kodeks verify_audit."),
    "backup": _backup,
    "certificates": _certificates,
    "seal": _seal,
    "proxy": _proxy,
}
OF_DATABASE = ("guards", "clock", "worker", "trail", "backup")
"""What can't be looked at while the database is away."""


def look() -> Iterator[tuple[str, list[Finding]]]:
    """Each check with what it found."""
    is_away = False
    for name, check in CHECKS.items():
        if is_away and name in OF_DATABASE:
            continue
        try:
            found = list(check())
        except Exception as problem:  # a service that is away says so in many ways
            found = [HINTS.get(name) or f"It can't be looked at: {type(problem).__name__}."]
            is_away = is_away or name == "database"
        yield name, found
