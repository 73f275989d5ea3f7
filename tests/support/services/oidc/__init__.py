"""An identity provider of OpenID Connect: the package oidc-provider of the npm registry, pinned by its lock
file."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.services.maven import cache_folder
from tests.support.services.missing import Missing
from tests.support.services.processes import Server, answers, free_port, start_server, temporary_folder

APT = ("nodejs", "npm")
HERE = Path(__file__).parent
SECRET = "a secret of the tests"
Account = Mapping[str, Any]


def find_node() -> tuple[Path, Path]:
    """node and npm. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("Node.js with npm", "Install them (Debian: apt-get install nodejs npm).")
    return Path(node), Path(npm)


def folder() -> Path:
    """Where the locked packages are installed; another lock file has another folder."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    return cache_folder() / f"oidc-provider-{lock}"


def find() -> Path:
    """The folder with the installed packages. Raises Missing."""
    find_node()
    if not (folder() / "done").exists():
        raise Missing("oidc-provider", "Run `python -m tests.support.services` (it runs npm ci).")
    return folder()


def install() -> None:
    """Installs what the lock file names, and runs none of its scripts. Raises Missing."""
    _node, npm = find_node()
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, target / name)
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=target, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise Missing("oidc-provider", f"npm ci failed:\n{(done.stdout + done.stderr)[-1500:]}")
    (target / "done").touch()


def make_key(name: str) -> dict[str, str]:
    """A key to sign with, as a JWK with its private part."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private, public = key.private_numbers(), key.public_key().public_numbers()

    def written(number: int) -> str:
        data = number.to_bytes((number.bit_length() + 7) // 8, "big")
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    numbers = {
        "n": public.n, "e": public.e, "d": private.d, "p": private.p, "q": private.q,
        "dp": private.dmp1, "dq": private.dmq1, "qi": private.iqmp,
    }  # fmt: skip
    return {"kty": "RSA", "kid": name, "use": "sig", "alg": "RS256"} | {
        part: written(number) for part, number in numbers.items()
    }


@dataclass
class Identities:
    """A running provider. ``rotate`` starts it anew with other keys at the same address."""

    port: int
    accounts: Mapping[str, Account]
    keys: list[dict[str, str]]
    redirect: str
    after: str
    server: Server | None = field(default=None, repr=False)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        home, at = find(), temporary_folder("oidc")
        shutil.copy(HERE / "provider.mjs", home / "provider.mjs")
        env = {
            **os.environ,
            "OIDC_PORT": str(self.port),
            "OIDC_ACCOUNTS": json.dumps(self.accounts),
            "OIDC_JWKS": json.dumps({"keys": self.keys}),
            "OIDC_REDIRECT": self.redirect,
            "OIDC_AFTER": self.after,
        }
        self.server = start_server(
            "oidc",
            [find_node()[0], home / "provider.mjs"],
            ready=lambda: answers(self.port),
            folder=at,
            timeout=60,
            env=env,
            cwd=home,
        )

    def rotate(self, keys: Sequence[dict[str, str]]) -> None:
        self.stop()
        self.keys = list(keys)
        self.start()

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()


def start(accounts: Mapping[str, Account], redirect: str, after: str) -> Identities:
    """Starts a provider that knows ``accounts`` by their subject. Raises Missing."""
    made = Identities(free_port(), accounts, [make_key("first")], redirect, after)
    made.start()
    return made
