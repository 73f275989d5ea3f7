"""``python -m tests.support.vulnerabilities build/sbom.json FILE.zip …``: known weaknesses of our packages.

Each zip is what OSV publishes of an ecosystem (https://osv.dev): one advisory a file, in its JSON. It is read
from the disk, so the check needs no network. Ends with 1 where an advisory names a version that is in use.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from packaging.version import InvalidVersion, Version

CONCERNS_US_NOT: dict[str, str] = {}
"""By number of an advisory, why it does not concern Kodeks; a person has read it."""
ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
Package = tuple[str, str]


def packages(bom: dict[str, Any]) -> dict[Package, str]:
    """The version of each package, by ecosystem and name."""
    found = {}
    for component in bom["components"]:
        kind, _, rest = component["purl"].removeprefix("pkg:").partition("/")
        name, _, version = rest.partition("?")[0].rpartition("@")
        found[_named(ECOSYSTEMS[kind], unquote(name))] = unquote(version)
    return found


def _named(ecosystem: str, name: str) -> Package:
    return ecosystem, re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "PyPI" else name


def weaknesses(in_use: dict[Package, str], advisories: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A line for each advisory that names a version in use."""
    for advisory in advisories:
        if "withdrawn" in advisory or advisory["id"] in CONCERNS_US_NOT:
            continue
        for affected in advisory.get("affected", ()):
            package = affected.get("package", {})
            version = in_use.get(_named(package.get("ecosystem", ""), package.get("name", "")))
            if version is not None and is_affected(version, affected):
                yield f"{package['name']} {version}: {advisory['id']} {advisory.get('summary', '')}".rstrip()
                break


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = [one["events"] for one in affected.get("ranges", ()) if one["type"] in ("ECOSYSTEM", "SEMVER")]
    try:
        return any(_is_within(Version(version), events) for events in ranges)
    except InvalidVersion:
        return True  # a person looks


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    def moment(event: dict[str, str]) -> Version:
        return Version(next(iter(event.values())))

    inside = False
    for event in sorted((one for one in events if "limit" not in one), key=moment):
        if "introduced" in event:
            inside = inside or version >= moment(event)
        elif "fixed" in event:
            inside = inside and version < moment(event)
        else:
            inside = inside and version <= moment(event)
    return inside


def read(path: Path) -> Iterator[dict[str, Any]]:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def main(bom: str, *archives: str) -> int:
    if not archives:
        print('No list was given: OSV="PyPI.zip npm.zip", downloaded from osv.dev')
        return 2
    in_use = packages(json.loads(Path(bom).read_text("utf-8")))
    number, found = 0, []
    for archive in archives:
        every = list(read(Path(archive)))
        number += len(every)
        found += sorted(weaknesses(in_use, iter(every)))
    print("\n".join([*found, f"{len(in_use)} packages, {number} advisories, {len(found)} concern us."]))
    return 1 if found or not number else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
