"""The Nu Html Checker, from npm, in var/vnu: fetched when it is not there."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from tests.support.services.elasticsearch import find_java
from tests.support.services.missing import Missing

VERSION = "26.9.27"
FOLDER = Path(__file__).parents[1] / "var" / "vnu"
JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find() -> Path:
    """Raises Missing."""
    npm = shutil.which("npm")
    if not JAR.exists() and npm:
        FOLDER.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", ".", "--no-save", "--ignore-scripts", f"vnu-jar@{VERSION}"]
        subprocess.run(install, cwd=FOLDER, check=False, capture_output=True, timeout=300)
    if not JAR.exists():
        raise Missing("the Nu Html Checker", "Install npm (Debian: apt-get install npm); it is fetched then.")
    return JAR


def errors_in(folder: Path) -> Counter[str]:
    """What the checker finds wrong in the HTML files of a folder: each message with its file, and how often.
    Its advice is left out: the role of a list without marks is "unnecessary" to it, and needed by Safari."""
    command = [
        find_java() / "bin/java",
        "-jar",
        find(),
        "--format",
        "json",
        "--stdout",
        "--skip-non-html",
        folder,
    ]
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, timeout=550, check=False
    )
    found: Counter[str] = Counter()
    for one in json.loads(done.stdout)["messages"]:
        if one["type"] == "error":
            name = Path(one.get("url", "")).name
            found[f"{name}: {one['message']} …{one.get('extract', '')[:120]!r}"] += 1
    return found
