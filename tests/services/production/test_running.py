"""An installation as it runs: check, backup, measurements, log, and what is lost when a process dies."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from config.running import logs
from tests.support.services import proxy
from tests.support.services.processes import free_port, temporary_folder
from tests.support.services.production import ROOT, Production, make_certificate

CANARY = "Kanarinka"
TIMEOUT = 60

FILL = """
from django.conf import settings
from django.core.management import call_command
from mail.delivery import send
call_command("add_operator", "operator@test.example", name="Kanarinka", country="mk", institution="mk-it",
             password="a long password of words")
call_command("backup", settings.KODEKS_BACKUP)
from django.core.mail import EmailMessage
from people.models import User
from audit.models import Entry
from mail.models import Message
from mail.delivery import deliver_message, new_message_id
row = Message.objects.create(to="kanarinka@test.example", subject="Kanarinka", text="Kanarinka", html="",
                             language="en", template="asked", message_id=new_message_id())
deliver_message.enqueue(row.pk)
"""


@pytest.fixture(scope="module")
def filled(kodeks: Production) -> Production:
    """With an operator, a backup, and a mail that the worker sends."""
    kodeks.manage("shell", "-c", FILL)
    return kodeks


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


def children(pid: int) -> set[int]:
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def test_from_the_answers_to_a_page_a_mail_a_backup_and_nothing_wrong(filled: Production) -> None:
    client = filled.client()
    page = client.get(f"{filled.public_url}/en/", timeout=TIMEOUT)
    assert page.status_code == 200 and "Strict-Transport-Security" in page.headers
    assert 'name="password"' in client.get(f"{filled.office_url}/en/sign-in/", timeout=TIMEOUT).text
    assert any(CANARY in str(mail.message["subject"]) for mail in filled.mailbox.wait_for(1, timeout=120))
    # The worker takes another where the tests run at the hour of the nightly backup.
    first, *_ = sorted(Path(filled.env["KODEKS_BACKUP"]).glob("kodeks-*"))
    assert (first / "bagit.txt").is_file()
    filled.env["SSL_CERT_FILE"] = str(filled.certificate)
    assert wait_for(lambda: "search: ok" in filled.status())
    assert client.get(f"{filled.office_url}/statusz", timeout=TIMEOUT).status_code == 404
    said = filled.run("kodeks", "check")
    assert "Everything works." in said and "take the guards away" not in said, said
    # Each process looks anew after some seconds.
    assert wait_for(lambda: client.get(f"{filled.office_url}/readyz", timeout=TIMEOUT).text == "ready\n")


def test_measurements_are_on_the_inner_address_alone(filled: Production) -> None:
    client = filled.client()
    client.get(f"{filled.office_url}/en/search/?q={CANARY}", timeout=TIMEOUT)
    client.get(f"{filled.public_url}/en/{CANARY}/", timeout=TIMEOUT)
    client.request(CANARY.upper(), f"{filled.inner_url}/en/", headers={"Host": "localhost"}, timeout=TIMEOUT)
    text = requests.get(f"{filled.metrics_url}/metrics", timeout=TIMEOUT).text
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    for need in ("database", "storage", "search", "worker", "trail", "backup"):
        assert values[f'kodeks_up{{need="{need}"}}'] == "1.0"
    for queue in ("tasks", "mails", "index"):
        assert float(values[f'kodeks_waiting{{queue="{queue}"}}']) >= 0
    for name in ("trail_head_age_seconds", "backup_age_seconds", "disk_free_ratio"):
        assert float(values[f"kodeks_{name}"]) > 0
    assert float(values["kodeks_workers"]) >= 1
    assert 'view="account_login"' in text and "_latency_seconds_by_view_method_bucket" in text
    assert CANARY.lower() not in text.lower() and "127.0.0.1" not in text
    # What the board and the alerts ask for is there.
    for file in ("grafana/kodeks.json", "prometheus/alerts.yml"):
        asked = set(re.findall(r"\b(?:kodeks|django_http)_[a-z_]+", (ROOT / "deploy" / file).read_text()))
        assert asked and [name for name in asked if name not in text] == [], file

    assert requests.get(f"{filled.metrics_url}/en/", timeout=TIMEOUT).status_code == 404
    host = {"Host": filled.env["KODEKS_METRICS_ADDRESS"], "X-Forwarded-Port": filled.metrics_url[-5:]}
    for address in (filled.public_url, filled.office_url, filled.inner_url):
        answer = client.get(
            f"{address}/metrics", timeout=TIMEOUT, headers=host if address.startswith("http:") else {}
        )
        assert "kodeks_up" not in answer.text
    # The proxy asks whether a process answers by the name that it has for this machine.
    assert (
        requests.get(f"{filled.inner_url}/healthz", headers={"Host": "web:8000"}, timeout=TIMEOUT).text
        == "ok\n"
    )


def test_one_process_dies_and_none_is_missed(filled: Production) -> None:
    """Of the web and of the worker: another one goes on."""
    client = filled.client()
    web = next(server for server in filled.servers if server.name == "site")
    before = children(web.process.pid)
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    for _ in range(10):
        assert client.get(f"{filled.office_url}/en/sign-in/", timeout=TIMEOUT).status_code == 200
    assert wait_for(lambda: len(children(web.process.pid)) == 2) and children(web.process.pid) != before

    first = next(server for server in filled.servers if server.name == "worker")
    second = filled.start_worker("worker-2")

    def workers() -> float:
        lines = requests.get(f"{filled.metrics_url}/metrics", timeout=TIMEOUT).text.splitlines()
        return float(next(line for line in lines if line.startswith("kodeks_workers ")).rpartition(" ")[2])

    assert wait_for(lambda: workers() == 2), second.output()
    first.kill()
    assert wait_for(lambda: workers() == 1) and second.process.poll() is None
    filled.manage(
        "shell", "-c", FILL[FILL.index("from mail.models") :].replace('subject="', 'subject="again ')
    )
    assert wait_for(lambda: any("again" in str(one.message["subject"]) for one in filled.mailbox.mails))
    assert wait_for(lambda: "worker: ok" in filled.status())


@pytest.fixture
def nginx(filled: Production) -> Iterator[tuple[int, Path]]:
    port, folder = free_port(), temporary_folder("certificate")
    certificate, key = make_certificate(folder)
    server = proxy.start_nginx(filled.run("kodeks", "proxy", "nginx"), port, free_port(), certificate, key)
    yield port, certificate
    server.stop()


def test_nginx_stands_in_front_as_well(filled: Production, nginx: tuple[int, Path]) -> None:
    port, certificate = nginx
    client = filled.client()
    client.verify = str(certificate)
    assert client.get(f"https://localhost:{port}/en/", timeout=TIMEOUT).status_code == 200
    office = client.get(f"https://127.0.0.1:{port}/en/sign-in/", timeout=TIMEOUT)
    assert office.status_code == 200 and office.cookies and all(one.secure for one in office.cookies)
    asked = client.get(f"https://127.0.0.1:{port}/readyz", timeout=TIMEOUT)
    assert "X-Proxies" not in asked.headers and "kodeks" not in asked.headers.get("Server", "")


def slow_body(port: int, host: str) -> ssl.SSLSocket:
    """A form of which a few bytes are sent, and the connection."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    # Caddy has its certificate by the name, which an address is not.
    name = None if host == "127.0.0.1" else host
    connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname=name)
    lines = (
        "POST /en/sign-in/ HTTP/1.1",
        f"Host: {host}:{port}",
        # As from the page itself: else it is refused before its body is read.
        f"Origin: https://{host}:{port}",
        f"Cookie: __Host-csrftoken={'a' * 32}",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 200",
    )
    connection.sendall("\r\n".join((*lines, "", "login=")).encode())
    return connection


def is_open(connection: ssl.SSLSocket) -> bool:
    """Whether it takes another byte, and nobody has answered."""
    connection.sendall(b"a")
    connection.settimeout(0.05)
    try:
        return bool(connection.recv(1)) and False
    except TimeoutError:
        return True


def test_slow_bodies_hold_nobody_up(filled: Production, nginx: tuple[int, Path]) -> None:
    """Eight forms on each host, of which a byte comes in a second: pages of both are answered meanwhile."""
    for port, certificate in ((filled.port, filled.certificate), nginx):
        client = filled.client()
        client.verify = str(certificate)
        pages = [f"https://localhost:{port}/en/", f"https://127.0.0.1:{port}/en/sign-in/"]
        assert [client.get(page, timeout=TIMEOUT).status_code for page in pages] == [200, 200]
        slow = [slow_body(port, host) for host in ("127.0.0.1", "localhost") for _ in range(8)]
        try:
            for _ in range(3):
                time.sleep(1)
                assert all(is_open(one) for one in slow[:8])
            began = time.monotonic()
            for page in pages:
                assert client.get(page, timeout=TIMEOUT).status_code == 200
            print(f"answered beside slow bodies in {time.monotonic() - began:.2f} s")
            assert all(is_open(one) for one in slow[:8])
        finally:
            for one in slow:
                one.close()


def test_each_host_has_processes_of_its_own(filled: Production) -> None:
    public = f"http://{filled.env['KODEKS_PUBLIC_BIND']}/en/sign-in/"
    for host, status in (("127.0.0.1", 400), ("localhost", 404)):
        headers = {"Host": f"{host}:{filled.port}", "X-Forwarded-Proto": "https"}
        assert requests.get(public, headers=headers, timeout=TIMEOUT).status_code == status


def test_the_log_is_json_of_listed_keys_without_a_word_of_anybody(filled: Production) -> None:
    client = filled.client()
    client.get(f"{filled.office_url}/en/search/?q={CANARY}", headers={"User-Agent": CANARY}, timeout=TIMEOUT)
    lines = [
        line
        for server in filled.servers
        if server.name != "caddy"
        for line in server.log.read_text().splitlines()
    ]
    found = [json.loads(line) for line in lines]
    assert found and all(set(line) <= set(logs.KEYS) for line in found)
    assert {"gunicorn.error", "kodeks.request"} <= {line["logger"] for line in found}
    text = "\n".join(lines).lower()
    assert CANARY.lower() not in text and "127.0.0.1" not in text and "test.example" not in text
