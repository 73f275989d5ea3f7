"""Kodeks as an operator runs it: Caddy, gunicorn and the worker by the files of `deploy`, on PostgreSQL,
Elasticsearch, S3-compatible storage and SMTP.

Both hosts are served over TLS from one port, told apart by name as in the settings: `localhost` is the public
site, `127.0.0.1` the office.
"""

from __future__ import annotations

import datetime
import io
import ipaddress
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import embedded
from config.running import init
from tests.support.services import proxy
from tests.support.services.processes import Server, free_port, start_server, temporary_folder
from tests.support.services.smtp import Mailbox
from tests.support.services.storage import Storage

ROOT = Path(__file__).resolve().parents[3]


SITE_ROLE = "kodeks_site"


def answers(
    *, port: int, inner: int, metrics: int, database_url: str, search_url: str, storage: Storage, smtp_url: str,
    folder: Path,
) -> dict[str, str]:  # fmt: skip
    """What an operator answers to `kodeks init`."""
    return {
        "KODEKS_DATABASE_URL": database_url,
        "KODEKS_SEARCH_URL": search_url,
        "KODEKS_PUBLIC_URL": f"https://localhost:{port}",
        "KODEKS_OFFICE_URL": f"https://127.0.0.1:{port}",
        "KODEKS_FILES": "-",
        "KODEKS_S3_BUCKET": storage.bucket,
        "KODEKS_S3_ENDPOINT": storage.endpoint,
        "KODEKS_S3_ACCESS_KEY": storage.access_key,
        "KODEKS_S3_SECRET_KEY": storage.secret_key,
        "KODEKS_S3_REGION": storage.region,
        "KODEKS_SMTP_URL": smtp_url,
        "KODEKS_MAIL_FROM": "Kodeks <kodeks@kodeks.test>",
        "KODEKS_DATA": str(folder),
        "KODEKS_BACKUP": str(folder / "backups"),
        "KODEKS_METRICS_ADDRESS": f"127.0.0.1:{metrics}",
    }


def environment(path: Path, given: dict[str, str], inner: int, public: int) -> dict[str, str]:
    """The variables of a unit: those of the file that `kodeks init` writes by asking, on top of this process's
    own."""
    lines = "".join(f"{given.get(one.name, '')}\n" for one in init.variables())
    out = io.StringIO()
    assert init.init([str(path)], io.StringIO(lines), out, out) == 0, out.getvalue()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KODEKS_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PATH": f"{embedded.programs()}:{os.environ['PATH']}",  # pg_dump, as new as the server
        "KODEKS_ENVIRONMENT": str(path),
        "KODEKS_OWNER": str(path.with_name("owner.env")),
        "KODEKS_SEARCH_INDEX": f"kodeks-{secrets.token_hex(4)}",
        "KODEKS_BIND": f"127.0.0.1:{inner}",
        "KODEKS_PUBLIC_BIND": f"127.0.0.1:{public}",
        "KODEKS_WORKERS": "2",
        "KODEKS_PUBLIC_WORKERS": "1",
        "KODEKS_THREADS": "4",
        **init.read(path),
    }


def unit(name: str) -> list[str]:
    """The program that a unit of systemd starts, in this checkout."""
    text = (ROOT / "deploy" / "systemd" / f"{name}.service").read_text()
    settings = dict(re.findall(r"^(\w+)=(.*)$", text, re.M))
    assert (
        settings["EnvironmentFile"] == "/etc/kodeks/kodeks.env"
        and settings["WorkingDirectory"] == "/srv/kodeks"
    )
    return settings["ExecStart"].replace("/srv/kodeks", str(ROOT)).split()


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
    storage: Storage
    mailbox: Mailbox
    folder: Path
    servers: list[Server] = field(default_factory=list, repr=False)

    @property
    def public_url(self) -> str:
        return self.env["KODEKS_PUBLIC_URL"]

    @property
    def office_url(self) -> str:
        return self.env["KODEKS_OFFICE_URL"]

    @property
    def metrics_url(self) -> str:
        return f"http://{self.env['KODEKS_METRICS_ADDRESS']}"

    @property
    def inner_url(self) -> str:
        """Of the office, past the proxy."""
        return f"http://{self.env['KODEKS_BIND']}"

    def status(self) -> str:
        """What `/statusz` says to whoever asks on the machine."""
        headers = {"Host": urlsplit(self.office_url).netloc}
        return requests.get(f"{self.inner_url}/statusz", headers=headers, timeout=30).text

    def run(self, *command: str, timeout: float = 300) -> str:
        """Run a program of `deploy` and give what it printed. Raises AssertionError where it fails."""
        done = subprocess.run(
            [str(ROOT / "deploy" / command[0]), *command[1:]],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{command} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout

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
        """What the unit kodeks-web starts, ready to answer."""
        return self._start_web("site", "kodeks-web", self.env["KODEKS_BIND"])

    def start_public(self) -> Server:
        """What the unit kodeks-public starts, ready to answer."""
        return self._start_web("public", "kodeks-public", self.env["KODEKS_PUBLIC_BIND"])

    def _start_web(self, name: str, of_unit: str, address: str) -> Server:
        def ready() -> bool:
            try:
                return requests.get(f"http://{address}/healthz", timeout=5).status_code == 200
            except requests.RequestException:
                return False

        return self._start(name, unit(of_unit), ready, 120)

    def start_worker(self, name: str = "worker") -> Server:
        """What the unit kodeks-work starts; by another name a second one."""
        return self._start(name, unit("kodeks-work"), lambda: True, 10)

    def _start(self, name: str, command: Sequence[str], ready: Callable[[], bool], timeout: float) -> Server:
        server = start_server(
            name, command, ready=ready, folder=self.folder, timeout=timeout, env=self.env, cwd=ROOT
        )
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
    """From the answers to `kodeks init` to a site over TLS: the programs of the units, behind Caddy. `own`:
    variables that are other than here; `migrated`: the database has its tables.

    Raises AssertionError when a command fails, RuntimeError when a server does not come up.
    """
    port, inner, public, metrics = free_port(), free_port(), free_port(), free_port()
    folder = temporary_folder("production")
    (folder / "backups").mkdir()
    at = urlsplit(database_url)
    site = at._replace(netloc=f"{SITE_ROLE}:{secrets.token_hex(8)}@{at.netloc.rpartition('@')[2]}")
    given = answers(
        port=port,
        inner=inner,
        metrics=metrics,
        database_url=site.geturl(),
        search_url=search_url,
        storage=storage,
        smtp_url=mailbox.url,
        folder=folder,
    )
    env = environment(folder / "kodeks.env", given, inner, public) | dict(own or {})
    production = Production(port, env, folder, storage, mailbox, folder)
    production.run("kodeks", "database", "--server", database_url)
    with ThreadPoolExecutor(2) as both:
        steps = [lambda: production.manage("collectstatic", "--no-input", "-v0")]
        steps += [] if migrated else [lambda: production.run("prepare")]
        list(both.map(lambda step: step(), steps))
    caddy, production.certificate = proxy.start_caddy(production.run("kodeks", "proxy", "caddy"), port)
    production.servers.append(caddy)
    try:
        production.start_site()
        production.start_public()
        production.start_worker()
    except BaseException:
        production.stop()
        raise
    return production
