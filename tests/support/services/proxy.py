"""Caddy and nginx in front of the site, by the files of `deploy`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.services.missing import Missing
from tests.support.services.processes import Server, answers, free_port, start_server, temporary_folder

APT = ("caddy", "nginx-light")
CADDY = """{
	admin off
	local_certs
	skip_install_trust
	auto_https disable_redirects
	grace_period 2s
	http_port PORT
"""
"""Among the options of the file of `deploy`: certificates of a local authority, for nobody can prove here that a name is theirs."""


def find() -> tuple[Path, Path]:
    """The programs `caddy` and `nginx`. Raises Missing."""
    caddy, nginx = shutil.which("caddy"), shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if caddy and nginx:
        return Path(caddy), Path(nginx)
    raise Missing("Caddy or nginx", "Install them (Debian: apt-get install caddy nginx-light).")


def start_caddy(file: str, port: int) -> tuple[Server, Path]:
    """Caddy by the file that `kodeks proxy caddy` printed, and the certificate of its local authority."""
    caddy, _ = find()
    folder = temporary_folder("caddy")
    (folder / "Caddyfile").write_text(file.replace("{\n", CADDY.replace("PORT", str(free_port())), 1))
    server = start_server(
        "caddy",
        [caddy, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
        ready=lambda: answers(port) and (folder / "caddy/pki/authorities/local/root.crt").exists(),
        folder=folder,
        timeout=30,
        env={"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)},
    )
    return server, folder / "caddy/pki/authorities/local/root.crt"


def start_nginx(file: str, port: int, plain_port: int, certificate: Path, key: Path) -> Server:
    """nginx by the file that `kodeks proxy nginx` printed, on other ports."""
    _, nginx = find()
    folder = temporary_folder("nginx")
    for given, own in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{plain_port};"),
        ("/etc/ssl/kodeks/fullchain.pem", str(certificate)),
        ("/etc/ssl/kodeks/privkey.pem", str(key)),
    ):
        assert given in file, given
        file = file.replace(given, own)
    file = "".join(line for line in file.splitlines(keepends=True) if "listen [::]" not in line)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\nhttp {{\n"
        + "".join(
            f"{one}_temp_path {folder}/{one};\n"
            for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + file
        + "}\n"
    )
    return start_server(
        "nginx",
        [nginx, "-c", folder / "nginx.conf", "-p", folder, "-e", "stderr"],
        ready=lambda: answers(port),
        folder=folder,
        timeout=30,
    )
