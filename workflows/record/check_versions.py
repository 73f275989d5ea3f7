"""What followed the adoption, and the numbers of each translation with their checks: part of :mod:`workflows.record.check`, as pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.record.check_procedure import moment

Json = dict[str, Any]


def followed(record: Json) -> Iterator[str]:
    """What followed the adoption was checked by a second person, and an authentic text has an act that names it."""
    edition = record["edition"]
    first = {one["language"]: one["sha256"] for one in edition["authentic"]}
    for act in record["acts"]:
        covers = act.get("covers") or {}
        if any(first.get(language, sha256) != sha256 for language, sha256 in covers.items()):
            yield f"the act no. {act['number']} covers another text"
    covered = [pair for act in record["acts"] for pair in (act.get("covers") or {}).items()]
    for one in edition.get("followed", ()):
        if one["sha256"] and (one["language"], one["sha256"]) not in covered:
            yield f"no act adopted the text in {one['language']}"
    yield from _numbered(edition)
    later = [one for one in edition["courtesy"] if one.get("finished")]
    for one in (*edition.get("followed", ()), *later):
        if not one["sha256"]:
            continue
        agreed = [given for given in one["checks"] if given["agrees"] and given["sha256"] == one["sha256"]]
        finished = moment(one["finished"])
        if finished and any((at := moment(given["at"])) and at > finished for given in one["checks"]):
            yield f"the text in {one['language']}, number {one['number']}: it was checked after it was finished"
        writer = (one["submitted_by"] or {}).get("id")
        if not any(given["person"]["id"] != writer for given in agreed):
            yield f"the text in {one['language']}, number {one['number']}: no second person checked it"


def _numbered(edition: Json) -> Iterator[str]:
    """A translation counts from 1, one by one, and only its first number needed no check: it was there at the adoption. A check is
    kept once, in the order in which they were given."""
    last: dict[str, int] = {}
    for one in edition["courtesy"]:
        name = f"the text in {one['language']}, number {one['number']}"
        before = last.get(one["language"], 0)
        last[one["language"]] = one["number"]
        if one["number"] == before:
            yield "one translation stands in it twice under one number"
        elif one["number"] != before + 1:
            yield f"{name}: it is not the next number of its translation"
    for one in (*edition["courtesy"], *edition.get("followed", ())):
        name = f"the text in {one['language']}, number {one['number']}"
        checks = one.get("checks") or []
        # Records under the first number say of no translation when it was finished, and who checked it.
        unsaid = "finished" in one and not one["finished"] and one["sha256"]
        if unsaid and (checks or one["number"] > 1):
            yield f"{name}: it was checked, and it does not say when it was finished"
        if any(given in checks[:place] for place, given in enumerate(checks)):
            yield f"{name}: one check of it stands in it twice"
        times = [at for given in checks if (at := moment(given["at"]))]
        if times != sorted(times):
            yield f"{name}: its checks do not follow each other in time"
