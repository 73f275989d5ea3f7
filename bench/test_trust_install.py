"""The commands of docs/operators.md on a bare Debian: how many, how long, and what `kodeks check` says at the end.

They are read from the page and run as they stand, in a root that debootstrap made, without systemd: a script in
its place starts what the units start. Needs root and debootstrap (`deploy/check-bare-root` keeps the bare root).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.running import init
from tests.support.services.processes import temporary_folder

ROOT = Path(__file__).resolve().parents[1]
BARE = Path(os.environ.get("KODEKS_CACHE", Path.home() / ".cache/kodeks")) / "bare-root.tar"
NETWORK = ("/etc/resolv.conf", "/etc/pip.conf", "/etc/apt/sources.list.d/debian.sources")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
GIVEN = {
    "KODEKS_PUBLIC_URL": "https://kodeks.example",
    "KODEKS_OFFICE_URL": "https://office.kodeks.example",
    "KODEKS_MAIL_FROM": "Kodeks <kodeks@kodeks.example>",
}
SYSTEMCTL = r"""#!/bin/bash
case "$*" in
  "enable --now kodeks-public kodeks-web kodeks-work")
    for unit in kodeks-public kodeks-web kodeks-work; do
      ( set -a; . /etc/kodeks/kodeks.env; set +a; cd /srv/kodeks
        exec runuser -u kodeks -- $(sed -n s/^ExecStart=//p /etc/systemd/system/$unit.service) ) >/var/log/$unit.log 2>&1 &
    done ;;
  "reload caddy")
    (printf '{\n local_certs\n}\n'; cat /etc/caddy/Caddyfile) >/tmp/Caddyfile
    caddy run --config /tmp/Caddyfile --adapter caddyfile >/var/log/caddy.log 2>&1 & ;;
esac
"""
MAIL = r"""
import socketserver
class Server(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line[:4] == b"QUIT" else b"250 ok\r\n")
socketserver.ThreadingTCPServer(("127.0.0.1", 25), Server).serve_forever()
"""


def commands() -> list[str]:
    """The block of commands of the page."""
    text = (ROOT / "docs" / "operators.md").read_text()
    block = text.partition("## Install it")[2].partition("```\n")[2].partition("```")[0]
    return [re.sub(r"\s+#.*", "", line) for line in block.splitlines()]


def answers() -> str:
    skipped = [one for one in init.variables() if not one.name.startswith("KODEKS_S3_")]
    return "".join(f"{GIVEN.get(one.name, '')}\n" for one in skipped)


@pytest.fixture
def bare() -> Iterator[Path]:
    if os.geteuid() != 0 or not BARE.exists():
        pytest.skip("Run deploy/check-bare-root as root first.")
    root = temporary_folder("install")
    subprocess.run(["tar", "-C", root, "-xf", BARE], check=True)
    own = [str(path) for path in Path("/usr/local/share/ca-certificates").glob("*.crt")]
    for name in (*NETWORK, *own):
        if Path(name).exists():
            (root / name[1:]).parent.mkdir(parents=True, exist_ok=True)
            (root / name[1:]).unlink(missing_ok=True)
            shutil.copy(name, root / name[1:])
    if (root / "etc/apt/sources.list.d/debian.sources").exists():
        (root / "etc/apt/sources.list").write_text("")
    for name, text in (
        ("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n"),
        ("usr/local/sbin/systemctl", SYSTEMCTL),
    ):
        (root / name).write_text(text)
        (root / name).chmod(0o755)
    (root / "etc/hosts").write_text("127.0.0.1 localhost kodeks.example office.kodeks.example\n")
    (root / "mail.py").write_text(MAIL)
    (root / "answers").write_text(answers())
    (root / "password").write_text("a long password of words\n")
    (root / "dev/shm").mkdir(mode=0o1777, exist_ok=True)
    (root / "dev/shm").chmod(0o1777)
    yield root
    shutil.rmtree(root, ignore_errors=True)


def script(lines: list[str]) -> str:
    """The commands with what a person types, each with the seconds that it took."""
    text = "set -e\nexport HOME=/root DEBIAN_FRONTEND=noninteractive KODEKS_WITHOUT_OFFICE=1\ncd /\n"
    for line in lines:
        if line.startswith("kodeks init"):
            line += " </answers >/dev/null"
        if "add_operator" in line:
            line += " </password"
        if line == "kodeks check":
            line = "for i in $(seq 60); do kodeks check && break; sleep 2; done"
        text += f'begin=$(date +%s)\n{line}\necho "TOOK $(( $(date +%s) - begin )) {line.split(" #")[0][:60]!r}"\n'
    return text


def test_from_a_bare_debian_to_an_installation(bare: Path) -> None:
    lines = commands()
    number = sum(line.count("&&") + 1 for line in lines)
    assert number <= 15
    chroot = ["chroot", str(bare), "/usr/bin/env", f"PATH={PATH}"]
    subprocess.run([*chroot, "update-ca-certificates"], check=True, capture_output=True)
    clone = next(line for line in lines if line.startswith("git clone"))
    first, rest = lines[: lines.index(clone)], lines[lines.index(clone) + 1 :]
    begin = time.monotonic()
    # With the network of this machine: packages and the checkout.
    (bare / "first.sh").write_text(script([*first, rest[0]]))
    (bare / "srv/kodeks").mkdir(parents=True)
    subprocess.run(f"git archive HEAD | tar -x -C {bare}/srv/kodeks", shell=True, cwd=ROOT, check=True)
    out = run([*chroot, "bash", "/first.sh"])
    # In a network of its own, where the ports are free: nothing of an installation asks elsewhere.
    start = "pg_ctlcluster 15 main start\npython3 /mail.py &\n"
    (bare / "rest.sh").write_text(start + script(rest[1:]) + "tail -n 3 /var/log/kodeks-*.log\n")
    inside = f'ip link set lo up; mount -t proc proc {bare}/proc; exec "$@"'
    out += run(
        [
            "unshare",
            "-n",
            "-m",
            "-p",
            "-f",
            "--kill-child",
            "bash",
            "-c",
            inside,
            "bash",
            *chroot,
            "bash",
            "/rest.sh",
        ]
    )
    minutes = (time.monotonic() - begin) / 60
    print(*re.findall(r"TOOK .*", out), sep="\n")
    print(f"{number} commands, {minutes:.1f} minutes")
    assert "Everything works." in out, out[-5000:]
    assert minutes <= 20


def run(command: list[str]) -> str:
    """With what this machine says of its network, and nothing that it says of Kodeks or Python."""
    own = ("KODEKS_", "DJANGO_", "PYTHON", "PYTEST", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=2400,
        env=env,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    return done.stdout
