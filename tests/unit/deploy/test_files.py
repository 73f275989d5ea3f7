"""The files for an installation name what is there, and `kodeks init` writes settings that are complete."""

from __future__ import annotations

import io
import os
import re
import runpy
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from gunicorn.config import Config

from config.cli import COMMANDS, SITE_COMMANDS, main
from config.running import init
from tests.support.services import elasticsearch

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"


def test_units_and_services_start_programs_that_are_there() -> None:
    started = set()
    for unit in (DEPLOY / "systemd").iterdir():
        started |= set(re.findall(r"^ExecStart=/srv/kodeks/(\S+)", unit.read_text(), re.M))
    started |= set(re.findall(r"^    command: (\S+)", (DEPLOY / "compose.yaml").read_text(), re.M))
    assert started == {"deploy/serve", "deploy/work", "deploy/prepare"}
    # Each host has processes of its own.
    named = re.findall(r"deploy/serve (\w+)$", (DEPLOY / "compose.yaml").read_text(), re.M)
    for name, host in (("kodeks-web", "office"), ("kodeks-public", "public")):
        assert f"deploy/serve {host}\n" in (DEPLOY / "systemd" / f"{name}.service").read_text()
        assert host in named
    assert all(os.access(ROOT / program, os.X_OK) for program in started)


def test_compose_needs_what_init_writes() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    assert set(re.findall(r"\$\{(\w+)\}", text)) == {
        "DATABASE_PASSWORD",
        "KODEKS_PUBLIC_URL",
        "KODEKS_OFFICE_URL",
    }
    settings = {one.name for one in init.variables()} | {"KODEKS_OFFICE_UPSTREAM", "KODEKS_PUBLIC_UPSTREAM"}
    # Who has the tables is known to the database and to what brings it to this release.
    services = dict(re.findall(r"^  (\w+):\n((?:    .*\n)+)", text, re.M))
    assert {name for name, lines in services.items() if "owner.env" in lines} == {"database", "prepare"}
    assert set(re.findall(r"^\s+(KODEKS_\w+):", text, re.M)) <= settings
    assert re.findall(r"^  search(\d): ", text, re.M) == ["1", "2", "3"]
    assert re.findall(r"/elasticsearch:(\S+)$", text, re.M) == [elasticsearch.VERSION]
    # A volume over the release would hide the static files of the next one.
    assert [one for one in re.findall(r':(/[^"\]]+)"', text) if one.startswith("/srv/kodeks")] == []


def test_the_proxy_file_has_the_two_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["proxy", "caddy"]) == 1 and "is not set" in capsys.readouterr().err
    monkeypatch.setenv("KODEKS_PUBLIC_URL", "https://kodeks.example")
    monkeypatch.setenv("KODEKS_OFFICE_URL", "https://office.kodeks.example")
    for name, line in (
        ("caddy", "https://kodeks.example {"),
        ("nginx", "server_name kodeks.example office."),
    ):
        assert main(["proxy", name]) == 0
        out = capsys.readouterr().out
        assert line in out and "127.0.0.1:8000" in out and "127.0.0.1:8001" in out and "{$" not in out
    assert main(["proxy", "apache"]) == 2


def test_no_header_of_a_sender_says_where_the_site_lies() -> None:
    served, config = runpy.run_path(str(DEPLOY / "gunicorn.py")), Config()
    for name in ("forwarder_headers", "forwarded_allow_ips"):
        config.set(name, served[name])
    assert config.forwarder_headers == [] and config.header_map == "drop"
    assert "header_up -SCRIPT_NAME" in (DEPLOY / "caddy" / "Caddyfile").read_text()
    assert "underscores_in_headers off;" in (DEPLOY / "nginx" / "kodeks.conf").read_text()


ANSWERS = {
    "KODEKS_DATABASE_URL": "postgres://kodeks:p\"'w\\d$x`@localhost/kodeks",
    "KODEKS_FILES": "-",
    "KODEKS_SEARCH_URL": "http://localhost:9200",
    "KODEKS_PUBLIC_URL": "https://kodeks.example",
    "KODEKS_OFFICE_URL": "https://office.kodeks.example",
    "KODEKS_S3_BUCKET": "kodeks",
    "KODEKS_S3_ACCESS_KEY": "a",
    "KODEKS_S3_SECRET_KEY": "b",
    "KODEKS_SMTP_URL": "smtp+tls://u:p@mail.example:587",
    "KODEKS_MAIL_FROM": "Kodeks <kodeks@kodeks.example>",
}


def answer(answers: dict[str, str]) -> io.StringIO:
    return io.StringIO("".join(f"{answers.get(one.name, '')}\n" for one in init.variables()))


def test_init_asks_for_every_setting_and_says_what_is_missing(tmp_path: Path) -> None:
    path, owner, out = tmp_path / "kodeks.env", tmp_path / "owner.env", io.StringIO()
    assert init.init([str(path), str(owner)], answer({}), out, io.StringIO()) == 1
    superuser = init.read(owner)
    assert f"postgres:{superuser['POSTGRES_PASSWORD']}@database/" in superuser["KODEKS_DATABASE_SERVER"]
    assert superuser["POSTGRES_PASSWORD"] not in path.read_text() and owner.stat().st_mode & 0o777 == 0o600
    assert "KODEKS_PUBLIC_URL is not set: address of the public site" in out.getvalue()
    # What one machine needs is suggested, with a new password; then no bucket is needed.
    values = init.read(path)
    assert values["KODEKS_SEARCH_URL"] == "file:///var/lib/kodeks/index"
    assert values["KODEKS_FILES"] == "/var/lib/kodeks/files"
    elsewhere = init.init(
        [str(tmp_path / "x")], answer({"KODEKS_DATA": "/mnt/kodeks"}), io.StringIO(), io.StringIO()
    )
    assert elsewhere == 1 and init.read(tmp_path / "x")["KODEKS_FILES"] == "/mnt/kodeks/files"
    assert f":{values['DATABASE_PASSWORD']}@localhost" in values["KODEKS_DATABASE_URL"]
    assert "KODEKS_S3_BUCKET [" not in out.getvalue() and "KODEKS_SEARCH_SPARE [" in out.getvalue()
    secret = values["KODEKS_SECRET_KEY"]
    assert init.init([str(path)], answer(ANSWERS), out, io.StringIO()) == 0
    assert path.stat().st_mode & 0o777 == 0o600
    values = init.read(path)
    answers = {name: value for name, value in ANSWERS.items() if value != "-"}
    assert values | answers == values and "KODEKS_FILES" not in values
    assert values["KODEKS_SECRET_KEY"] == secret
    # A shell reads the file as systemd does.
    shell = ["bash", "-c", f"set -a; . {path}; exec env -0"]
    read = subprocess.run(shell, env={}, capture_output=True, text=True, check=True).stdout.split("\0")
    assert {f"{name}={value}" for name, value in values.items()} <= set(read)
    # What stands in the file is offered again.
    assert init.init([str(path)], answer({}), out, io.StringIO()) == 0
    assert init.read(path) == values
    # No secret is shown, whether new or stored.
    for hidden in (secret, "w\\d", "u:p@", "[b]"):
        assert hidden not in out.getvalue(), hidden
    assert "KODEKS_SECRET_KEY [a new one]" in out.getvalue()
    assert "KODEKS_DATABASE_URL [as it is]" in out.getvalue()


def test_the_page_for_operators_names_every_setting() -> None:
    text = (ROOT / "docs" / "operators.md").read_text()
    assert [one.name for one in init.variables() if f"`{one.name}`" not in text] == []


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 2 and "kodeks init FILE" in capsys.readouterr().err


def test_a_required_answer_is_asked_for_once_more(tmp_path: Path) -> None:
    out, lines = io.StringIO(), answer(ANSWERS).getvalue()
    given = lines.replace(ANSWERS["KODEKS_PUBLIC_URL"], "\n" + ANSWERS["KODEKS_PUBLIC_URL"])
    assert init.init([str(tmp_path / "env")], io.StringIO(given), out, out) == 0
    assert out.getvalue().count("KODEKS_PUBLIC_URL [") == 2 and "can't start without it" in out.getvalue()
    assert init.read(tmp_path / "env")["KODEKS_OFFICE_URL"] == ANSWERS["KODEKS_OFFICE_URL"]


def test_other_commands_are_those_of_the_site() -> None:
    # Beside an installation, root runs them as its user.
    reads = ["runuser", "-u", "kodeks", "--", "test", "-x", str(ROOT / ".venv/bin/python")]
    is_beside = (
        os.geteuid() == 0
        and subprocess.run(["id", "kodeks"], capture_output=True, check=False).returncode == 0
    )
    if is_beside and subprocess.run(reads, capture_output=True, check=False).returncode:
        pytest.skip("The user kodeks of this machine can't read this checkout.")

    def kodeks(*command: str, settings: str = "test") -> str:
        environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"}
        run = [str(DEPLOY / "kodeks"), *command]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "usage: kodeks verify_audit" in kodeks("verify_audit", "--help")
    assert "Unknown command: 'verify_nothing'" in kodeks("verify_nothing")
    # A wrong setting is named, without a trace.
    assert kodeks("verify_audit", settings="production").startswith("kodeks verify_audit: Kodeks can't start")


def test_the_docs_name_commands_as_they_are_typed() -> None:
    there = {*COMMANDS, *SITE_COMMANDS, *get_commands()}
    of_a_checkout = {"demonstration.md", "recordings.md"}
    for page in (ROOT / "docs").glob("*.md"):
        text = page.read_text()
        named = set(re.findall(r"(?:`|^)kodeks ([a-z][\w-]+)", text, re.M))
        assert named <= there, (page.name, named - there)
        assert "manage.py" not in text or page.name in of_a_checkout, page.name
