"""What Kodeks is made of: puts licences into the list of packages that uv writes from the lock file.

    make sbom

`build/sbom.json` is a CycloneDX list of every package that runs in production, with the hashes of its files
and its licence; `build/licences.md` says the same for people. Ends with 1 where a licence is not known or
not accepted.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote

EDITOR = Path(__file__).parents[1] / "documents/pages/desk/editor/package-lock.json"
ACCEPTED = frozenset(
    {
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LicenseRef-BSD",
        "LicenseRef-Public-Domain",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
    }
)
"""Licences that fit the EUPL-1.2. ``LicenseRef-BSD``: the package does not say which one it has."""
NAMES = {
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "LicenseRef-BSD",
    "bsd license": "LicenseRef-BSD",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "public domain": "LicenseRef-Public-Domain",
} | {name.lower(): name for name in ACCEPTED}
LOOKED_UP = {
    "colorama": "BSD-3-Clause",  # for Windows alone, so not installed elsewhere: its LICENSE.txt
    "protobuf": "BSD-3-Clause",  # its metadata names "3-Clause BSD License": its LICENSE
    "python-stdnum": "LGPL-2.1-or-later",  # its metadata says "LGPL" alone; its COPYING says which
    "pyrage": "MIT",  # its metadata has none: https://github.com/woodruffw/pyrage/blob/main/LICENSE
}
"""By package, what a person read in its licence file."""


def licence_of(package: Distribution) -> str:
    """The licence as an SPDX expression; empty where the package names none that is known."""
    metadata: Any = package.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [line.split(" :: ") for line in metadata.get_all("Classifier") or ()]
    named = [parts[-1] for parts in classifiers if parts[0] == "License" and len(parts) > 1]
    for name in ((metadata.get("License") or "").strip(), *named):
        if found := _spdx(name):
            return found
    return ""


def _spdx(name: str) -> str:
    """Of "MIT OR Apache-2.0" each part must be known."""
    parts = [NAMES.get(part.strip().lower(), "") for part in name.split(" OR ")]
    return " OR ".join(parts) if all(parts) else ""


def accepted(expression: str) -> bool:
    """Whether one of the alternatives is accepted, with all that it joins."""
    plain = expression.replace("(", " ").replace(")", " ")
    return any(all(part.strip() in ACCEPTED for part in one.split(" AND ")) for one in plain.split(" OR "))


def with_licences(components: Iterable[dict[str, Any]]) -> list[str]:
    """Puts the licence into each component; gives the packages of which none is known or accepted."""
    problems = []
    for component in components:
        name = component["name"]
        try:
            found = LOOKED_UP.get(name) or licence_of(distribution(name))
        except PackageNotFoundError:
            found = LOOKED_UP.get(name, "")
        if not found:
            problems.append(f"{name} {component['version']}: no licence is known")
        elif not accepted(found):
            problems.append(f"{name} {component['version']}: {found} is not accepted")
        component["licenses"] = [{"expression": found}] if found else []
    return problems


def editor_components(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """The packages of JavaScript that are built into the desk's editor, by its lock file."""
    found = []
    for path, package in sorted(lock["packages"].items()):
        if not path or package.get("dev"):
            continue
        name, version = path.rpartition("node_modules/")[2], package["version"]
        algorithm, _, digest = package["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        found.append(
            {
                "type": "library",
                "bom-ref": f"{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:npm/{quote(name, safe='/')}@{version}",
                "hashes": [{"alg": f"SHA-{algorithm.removeprefix('sha')}", "content": content}],
                "licenses": [{"expression": package["license"]}],
            }
        )
    return found


def report(components: Iterable[dict[str, Any]]) -> str:
    """A table for people."""
    lines = ["# Licences of the packages that Kodeks runs with", "", "| package | version | licence |"]
    lines.append("|---|---|---|")
    for one in sorted(components, key=lambda component: (component["name"], component["version"])):
        licence = one["licenses"][0]["expression"] if one["licenses"] else "not known"
        lines.append(f"| {one['name']} | {one['version']} | {licence} |")
    return "\n".join([*lines, ""])


def main(path: Path) -> int:
    bom = json.loads(path.read_text("utf-8"))
    python = [one for one in bom["components"] if not one["purl"].startswith("pkg:npm/")]
    problems = with_licences(python)
    editor = editor_components(json.loads(EDITOR.read_text("utf-8")))
    problems += [
        f"{one['name']}: {licence} is not accepted"
        for one in editor
        if not accepted(licence := one["licenses"][0]["expression"])
    ]
    components = bom["components"] = [*python, *editor]
    path.write_text(json.dumps(bom, indent=1) + "\n", "utf-8")
    path.with_name("licences.md").write_text(report(components), "utf-8")
    for line in problems:
        print(line, file=sys.stderr)
    print(f"{path}: {len(components)} packages, {len(problems)} with a licence to look up")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
