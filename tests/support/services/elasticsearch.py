"""A real Elasticsearch, from the distribution that its makers publish for integration tests on Maven Central.

It is the whole server without most modules, so what runs here runs on a full distribution too, but not the
other way round (docs/testing.md says what is left out).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.services.maven import Fetched, cache_folder
from tests.support.services.missing import Missing
from tests.support.services.processes import (
    Server,
    free_port,
    start_server,
    temporary_folder,
    unprivileged_user,
)

VERSION = "8.19.21"
NAME = f"elasticsearch-{VERSION}"
ARCHIVE = Fetched(
    name=f"Elasticsearch {VERSION}",
    coordinates=f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip",
    file=f"{NAME}.zip",
    size="107 MB",
    sha256="215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a",
)
APT = ("default-jre-headless", "maven")
BRIEF = (
    "-XX:TieredStopAtLevel=1",
    "-XX:-UseG1GC",
    "-XX:+UseSerialGC",
    "-XX:-AlwaysPreTouch",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
)
"""For a server that lives for minutes: what a second compiler, many collectors and the check of its makers' code
bring in weeks is only paid for here."""


def find() -> tuple[Path, Path]:
    """The archive and a Java home. Raises Missing."""
    java = find_java()
    return ARCHIVE.find(), java


def find_java() -> Path:
    """A Java home of version 17 or newer; 17 and 21, for which this version is made, first. Raises Missing."""
    candidates = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    candidates += sorted(Path("/usr/lib/jvm").glob("*"))
    if on_path := shutil.which("java"):
        candidates.append(Path(on_path).resolve().parent.parent)
    found = {
        home.resolve(): _java_version(home.resolve()) for home in candidates if (home / "bin/java").exists()
    }
    usable = {home: version for home, version in found.items() if version >= 17}
    if not usable:
        raise Missing(
            "A Java of version 17 or newer (for Elasticsearch and veraPDF)",
            "Install one (Debian: apt-get install default-jre-headless), or name its folder in ES_JAVA_HOME.",
        )
    return min(usable, key=lambda home: (usable[home] not in {17, 21}, usable[home]))


def _java_version(home: Path) -> int:
    release = home / "release"
    text = release.read_text() if release.exists() else ""
    match = re.search(r'JAVA_VERSION="(\d+)', text)
    return int(match.group(1)) if match else 0


def _unpacked() -> Path:
    """The distribution's folder, unpacked once and only read from then on."""
    # Root's own cache can't be entered by the user that runs the server.
    base = Path("/var/cache/kodeks") if os.geteuid() == 0 else cache_folder()
    home = base / NAME
    if not home.exists():
        base.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=base) as folder:
            with zipfile.ZipFile(ARCHIVE.path) as packed:
                packed.extractall(folder)
            for program in (Path(folder) / NAME / "bin").iterdir():
                program.chmod(0o755)
            with contextlib.suppress(OSError):  # another run was faster
                (Path(folder) / NAME).rename(home)
    return home


@dataclass
class Elasticsearch:
    """A running node. `again` starts it once more, on the same files."""

    server: Server
    port: int
    again: Callable[[], Server]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def restart(self) -> None:
        """Start a node that was killed, and wait until the cluster is green."""
        self.server = self.again()

    def stop(self) -> None:
        self.server.stop()


def start(*, lasting: bool = False) -> Elasticsearch:
    """Start one node and wait until it is green; `lasting`: set up as its makers do, to measure it.

    Raises Missing, or RuntimeError when it does not come up.
    """
    return _start({"discovery.type": "single-node"}, heap="512m", lasting=lasting)


def start_cluster(nodes: int = 3) -> list[Elasticsearch]:
    """Start several nodes as one cluster. Each takes 600 MB."""
    ports = [free_port() for _ in range(nodes)]
    shared = {
        "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in ports],
        "cluster.initial_master_nodes": [f"node-{number}" for number in range(nodes)],
    }
    cluster = f"kodeks-{ports[0]}"
    running: list[Elasticsearch] = []

    def start_one(number: int) -> Elasticsearch:
        own = {"cluster.name": cluster, "node.name": f"node-{number}", "transport.port": ports[number]}
        # Whoever comes first waits for a majority before it is green.
        return _start(shared | own, heap="384m")

    with ThreadPoolExecutor(nodes) as pool:
        starting = [pool.submit(start_one, number) for number in range(nodes)]
    try:
        running.extend(one.result() for one in starting)
    except BaseException:
        for one in starting:
            if one.exception() is None:
                one.result().stop()
        raise
    return running


def _start(own: dict[str, object], *, heap: str, lasting: bool = False) -> Elasticsearch:
    _, java = find()
    home = _unpacked()
    user = unprivileged_user()
    folder = temporary_folder("elasticsearch", user)
    port = free_port()
    configuration = folder / "config"
    shutil.copytree(home / "config", configuration)
    settings = {
        "cluster.name": "kodeks-tests",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "xpack.security.enabled": False,
        # A developer's full disk must not turn the indexes read-only in the middle of a test.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        **own,
    }
    (configuration / "elasticsearch.yml").write_text(json.dumps(settings))
    (configuration / "jvm.options.d").mkdir(exist_ok=True)
    options = [f"-Xms{heap}", f"-Xmx{heap}", *(() if lasting else BRIEF)]
    (configuration / "jvm.options.d/tests.options").write_text("\n".join(options) + "\n")
    (folder / "tmp").mkdir()
    if user is not None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid)

    def ready() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_cluster/health", timeout=5) as answer:
                return bool(json.load(answer)["status"] == "green")
        except (OSError, ValueError):
            return False

    env = {name: value for name, value in os.environ.items() if name not in {"JAVA_HOME", "ES_JAVA_OPTS"}}
    env |= {
        "HOME": str(folder),
        "ES_JAVA_HOME": str(java),
        "ES_PATH_CONF": str(configuration),
        "ES_TMPDIR": str(folder / "tmp"),
    }
    command = [home / "bin/elasticsearch"]

    def again() -> Server:
        name = "elasticsearch"
        return start_server(name, command, ready=ready, folder=folder, timeout=300, env=env, user=user)

    return Elasticsearch(again(), port, again)
