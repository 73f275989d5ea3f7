"""``kodeks check`` names what is wrong, in words that say what to do."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from config.running import site_checks
from config.running.site_checks import CHECKS, Advice
from tests.support.services.processes import free_port, temporary_folder
from tests.support.services.production import make_certificate

pytestmark = pytest.mark.django_db


class Proxy(http.server.BaseHTTPRequestHandler):
    """Answers as a proxy that passes nothing on."""

    answers: dict[str, str] = {}
    metrics = b""

    def do_GET(self) -> None:
        self.send_response(200)
        body = self.metrics if self.path == "/metrics" else b"ready\n"
        for name, value in (self.answers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[int, Path]]:
    """A proxy with TLS, and the certificate that ends within a day."""
    certificate, key = make_certificate(temporary_folder("check"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Proxy)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, certificate
    server.shutdown()
    server.server_close()


def said(name: str) -> str:
    """What a check says, advice too."""
    return " ".join(one.text if isinstance(one, Advice) else one for one in CHECKS[name]())


def test_each_fault_is_named(
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    outside: tuple[int, Path],
) -> None:
    port, certificate = outside
    settings.DEBUG, settings.SECRET_KEY = True, "ab" * 30
    for part in ("DEBUG is on", "of the demonstration", "takes every name", "easy to guess", "is not https"):
        assert part in said("settings")

    file = tmp_path / "kodeks.env"
    file.touch(0o644)
    monkeypatch.setattr(site_checks, "ENVIRONMENT", file)
    assert f"chmod 600 {file}" in said("environment file")
    file.chmod(0o600)
    assert said("environment file") == ""

    assert "is a superuser" in said("database")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE ROLE kodeks_check; GRANT SELECT ON ALL TABLES IN SCHEMA public TO kodeks_check"
        )
        cursor.execute("SET LOCAL ROLE kodeks_check")
        assert said("database") == ""
        cursor.execute(
            "RESET ROLE; GRANT TRIGGER ON audit_entry TO kodeks_check; SET LOCAL ROLE kodeks_check"
        )
        assert "could take the guards away" in said("database")
        cursor.execute("RESET ROLE; DELETE FROM django_migrations WHERE app = 'audit'")
        assert "another release" in said("database")
    assert said("guards") == "" and said("clock") == "" and said("storage") == ""

    settings.KODEKS_BACKUP = str(tmp_path / "none")
    assert "None was made" in said("backup") and "is not there" in said("backup")
    settings.KODEKS_BACKUP = str(settings.VAR)
    assert "on the same disk" in said("backup")

    settings.OFFICE_BASE_URL = settings.PUBLIC_BASE_URL = f"https://localhost:{port}"
    settings.KODEKS_PROXIES = 1
    assert "Browsers refuse the certificate of localhost: self-signed certificate." in said("certificates")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert said("certificates") == ""
    monkeypatch.setattr(site_checks, "LEAST_SHARE", 1.0)
    assert "ends in 1 days. Renew it." in said("certificates")
    assert "X-Forwarded-For has no addresses" in said("proxy") and "X-Forwarded-Proto" in said("proxy")
    assert "leads the public site to the processes of the office" in said("proxy")
    Proxy.answers, Proxy.metrics = (
        {"X-Proxies": "1", "X-Serves": "public", "Strict-Transport-Security": "max-age=1"},
        b"kodeks_up 1",
    )
    assert (
        said("proxy")
        == "Everybody can read the measurements. The proxy must not lead to KODEKS_METRICS_ADDRESS."
    )
    Proxy.metrics = b""
    assert said("proxy") == ""

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    def refuse(*_: Any, **__: Any) -> str:
        raise OSError("the store does not answer")

    monkeypatch.setattr(default_storage, "save", refuse)
    with pytest.raises(CommandError, match=r"Not everything works: .*storage, .*mail, .*worker, trail"):
        call_command("check_site", stdout=(out := StringIO()))
    for line in ("storage:\n  It does not answer.", "mail:\n  The server does not answer.", "disk: ok"):
        assert line in out.getvalue()
    assert "worker:\n  None runs. Run: systemctl start kodeks-work" in out.getvalue()
