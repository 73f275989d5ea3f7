"""Kodeks as an operator runs it: gunicorn and the worker, on PostgreSQL, Elasticsearch, S3-compatible storage
and SMTP.

Both hosts are served over TLS from one port, told apart by name as in the settings: `localhost` is the public
site, `127.0.0.1` the office.
"""

from __future__ import annotations

import datetime
import ipaddress
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.services.processes import Server, free_port, start_server, temporary_folder
from tests.support.services.smtp import Mailbox
from tests.support.services.storage import Storage

ROOT = Path(__file__).resolve().parents[3]


def environment(
    *, port: int, database_url: str, search_url: str, storage: Storage, smtp_url: str, index: str
) -> dict[str, str]:
    """Every variable that the production settings read, on top of this process's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KODEKS_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "KODEKS_SECRET_KEY": secrets.token_urlsafe(48),
        "KODEKS_DATABASE_URL": database_url,
        "KODEKS_SEARCH_URL": search_url,
        "KODEKS_SEARCH_INDEX": index,
        "KODEKS_PUBLIC_URL": f"https://localhost:{port}",
        "KODEKS_OFFICE_URL": f"https://127.0.0.1:{port}",
        "KODEKS_S3_BUCKET": storage.bucket,
        "KODEKS_S3_ENDPOINT": storage.endpoint,
        "KODEKS_S3_ACCESS_KEY": storage.access_key,
        "KODEKS_S3_SECRET_KEY": storage.secret_key,
        "KODEKS_S3_REGION": storage.region,
        "KODEKS_SMTP_URL": smtp_url,
        "KODEKS_MAIL_FROM": "Kodeks <kodeks@kodeks.test>",
    }


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the two local names, valid for a day, and its key, as PEM files in `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kodeks tests")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.touch(mode=0o600)
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate_file, key_file


@dataclass
class Production:
    """A running Kodeks. `mailbox` gets its mails, `storage` its files."""

    port: int
    env: dict[str, str] = field(repr=False)
    certificate: Path
    key: Path = field(repr=False)
    storage: Storage
    mailbox: Mailbox
    servers: list[Server] = field(default_factory=list, repr=False)

    @property
    def public_url(self) -> str:
        return self.env["KODEKS_PUBLIC_URL"]

    @property
    def office_url(self) -> str:
        return self.env["KODEKS_OFFICE_URL"]

    def client(self) -> requests.Session:
        """An HTTP client that trusts the certificate. POSTs need a Referer and the CSRF token, as in a
        browser."""
        client = requests.Session()
        client.trust_env = False
        client.verify = str(self.certificate)
        return client

    def manage(self, *arguments: str, timeout: float = 300) -> str:
        """Run a management command with the production settings and give what it printed.

        Raises AssertionError, with the output, when it fails.
        """
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, (
            f"manage.py {' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )
        return done.stdout

    def start_site(self) -> Server:
        """Gunicorn, as deploy/serve starts it, ready to answer."""
        client = self.client()

        def ready() -> bool:
            try:
                return client.get(f"{self.office_url}/readyz", timeout=5).status_code == 200
            except requests.RequestException:
                return False

        gunicorn = Path(sys.executable).with_name("gunicorn")
        tls = [f"--certfile={self.certificate}", f"--keyfile={self.key}"]
        bound = {"KODEKS_BIND": f"127.0.0.1:{self.port}", "KODEKS_WORKERS": "2", "KODEKS_THREADS": "4"}
        command: list[str | Path] = [gunicorn, "--config=deploy/gunicorn.py", *tls, "config.wsgi"]
        return self._start("site", command, bound | self.env, ready, 120)

    def start_worker(self) -> Server:
        return self._start("worker", [sys.executable, ROOT / "manage.py", "work"], self.env, lambda: True, 10)

    def _start(
        self,
        name: str,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        ready: Callable[[], bool],
        timeout: float,
    ) -> Server:
        folder = self.certificate.parent
        server = start_server(name, command, ready=ready, folder=folder, timeout=timeout, env=env, cwd=ROOT)
        self.servers = [one for one in self.servers if one.name != name] + [server]
        return server

    def output(self) -> str:
        """The end of what the site and the worker printed, for the message of a failed test."""
        return "\n".join(f"--- {server.name}\n{server.output()}" for server in self.servers)

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()


def start(
    *,
    database_url: str,
    search_url: str,
    storage: Storage,
    mailbox: Mailbox,
    own: Mapping[str, str] | None = None,
    migrated: bool = False,
) -> Production:
    """Migrate, collect the static files, start two site workers and the background worker, wait for /readyz.
    `own`: variables that are other than here; `migrated`: the database has its tables.

    Raises AssertionError when a command fails, RuntimeError when a server does not come up.
    """
    port = free_port()
    certificate, key = make_certificate(temporary_folder("production"))
    env = environment(
        port=port,
        database_url=database_url,
        search_url=search_url,
        storage=storage,
        smtp_url=mailbox.url,
        index=f"kodeks-{secrets.token_hex(4)}",
    ) | dict(own or {})
    production = Production(port, env, certificate, key, storage, mailbox)
    with ThreadPoolExecutor(2) as both:
        commands = [("collectstatic", "--no-input", "-v", "0")]
        commands += [] if migrated else [("migrate", "--no-input", "-v", "0")]
        list(both.map(lambda command: production.manage(*command), commands))
    try:
        production.start_site()
        production.start_worker()
    except BaseException:
        production.stop()
        raise
    return production
