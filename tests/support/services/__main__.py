"""`python -m tests.support.services`: what the tests can run against here, and, where we may, install what is
missing.

Debian packages are installed only as root; Elasticsearch and veraPDF go into a cache folder of the user's.
Nothing that is there already is changed. The exit code is 1 only with CI=true and something missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from tests.support.services import chromium, clamav, elasticsearch, office, oidc, poppler, proxy, verapdf
from tests.support.services.missing import Missing, in_ci


def find_gettext() -> str:
    """msgfmt, with which `make lint` checks the catalogues."""
    if program := shutil.which("msgfmt"):
        return program
    raise Missing("gettext", "Install it (Debian: apt-get install gettext).")


SERVICES: dict[str, tuple[Callable[[], object], tuple[str, ...]]] = {
    "Chromium": (chromium.find, chromium.APT),
    "LibreOffice": (office.find, office.APT[:1]),
    "Python for it": (office.find_bridge, office.APT[1:]),
    "pdftotext": (poppler.find, poppler.APT),
    "ClamAV": (clamav.find, clamav.APT),
    "Node.js": (oidc.find_node, oidc.APT),
    "gettext": (find_gettext, ("gettext",)),
    "Caddy, nginx": (proxy.find, proxy.APT),
    "Java": (elasticsearch.find_java, elasticsearch.APT[:1]),
}
FETCHED = (elasticsearch.ARCHIVE, verapdf.JAR)


def missing(find: Callable[[], object]) -> Missing | None:
    try:
        find()
    except Missing as reason:
        return reason
    return None


def install(packages: list[str]) -> None:
    """Install Debian packages. A failure is printed; the list afterwards says what is still missing."""
    apt = shutil.which("apt-get")
    if not packages or apt is None or os.geteuid() != 0:
        return
    print("Installing " + ", ".join(packages), flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        [apt, "update", "-q"],
        [apt, "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            print(done.stdout[-1500:] + done.stderr[-1500:], flush=True)


def prepare() -> int:
    """Install what is missing, print what is there. 1 when a run in CI would lack something."""
    if shutil.which(chromium.LIGHT) is None:
        # Alone: where there is no such package (Ubuntu) nothing of the list would be installed.
        install([chromium.LIGHT])
    wanted = [package for find, packages in SERVICES.values() if missing(find) for package in packages]
    to_fetch = [one for one in FETCHED if not one.path.exists()]
    if to_fetch and shutil.which("mvn") is None:
        wanted.append("maven")
    install(wanted)
    try:
        for one in to_fetch:
            print(f"Fetching {one.name} ({one.size}, once)", flush=True)
            one.download()
        if missing(oidc.find) and not missing(oidc.find_node):
            print("Installing oidc-provider (npm ci, once)", flush=True)
            oidc.install()
    except Missing as reason:
        print(reason, flush=True)
    reports = {name: missing(find) for name, (find, _) in SERVICES.items()}
    reports |= {"Elasticsearch": missing(elasticsearch.find), "veraPDF": missing(verapdf.find)}
    reports |= {"oidc-provider": missing(oidc.find)}
    for name, report in reports.items():
        print(f"  {name:14} {'found' if report is None else report}", flush=True)
    lost = [name for name, report in reports.items() if report is not None]
    if lost:
        print("Tests that need these " + ("will fail (CI)." if in_ci() else "are skipped."), flush=True)
    return 1 if lost and in_ci() else 0


if __name__ == "__main__":
    sys.exit(prepare())
