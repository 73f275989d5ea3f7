"""All that is in a Word file, as JSON: ``kodeks read --json``. docs/read.schema.json says what its members
are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from documents.text.types import Json
from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.package import Package
from documents.word.read.context import Extras, Frame, Trace
from documents.word.read.read import read_package
from documents.word.read.result import tree_as_json
from documents.word.review.file.comments import WordComment, comments_at
from documents.word.review.file.places import NOTES, uids_of, walk
from documents.word.review.file.tracked import KINDS, TrackedChange, changes_at

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def read_whole(package: Package, limits: Limits = DEFAULT_LIMITS, *, language: str = "") -> Json:
    """The sections of an opened file in reading order, with their changes and comments. Headers, footers and
    hidden texts; the report with its words; and the blobs of the text. Raises Refused."""
    trace, extras = Trace(), Extras()
    result = read_package(package, language=language, limits=limits, trace=trace, extras=extras)
    places = list(walk(package, uids_of(result.tree, trace))) if _was_worked_on(package) else []
    comments = _by_section(comments_at(package, places))
    changes = _by_section(changes_at(places, formats=True))
    tree = tree_as_json(result.tree)
    return {
        "title": tree["title"],
        "language": tree["language"],
        "sections": [
            {
                "uid": node["uid"],
                "level": node["level"],
                "kind": node["kind"],
                "label": node["label"],
                "heading": section.text.heading,
                "heading_content": node["body"]["heading"],
                "blocks": node["body"]["blocks"],
                "notes": node["body"]["notes"],
                "comments": comments.get(node["uid"], []),
                "changes": changes.get(node["uid"], []),
            }
            for node, section in zip(tree["sections"], result.tree, strict=True)
        ],
        "headers": [_frame(frame) for frame in extras.frames if frame.kind == "header"],
        "footers": [_frame(frame) for frame in extras.frames if frame.kind == "footer"],
        "hidden": extras.hidden,
        "report": [
            line | {"text": finding.text_en}
            for line, finding in zip(result.report.as_json(), result.report.findings, strict=True)
        ],
        "blobs": {
            sha256: {"kind": blob.kind, "content_type": blob.content_type, "bytes": len(blob.data)}
            for sha256, blob in result.blobs.items()
        },
    }


def _was_worked_on(package: Package) -> bool:
    """Whether a file has comments or tracked changes. Most have none, and are not searched for authors and
    places."""
    if package.related(package.main, "comments") is not None:
        return True
    parts = [package.optional_xml(package.main, role) for role, _ in NOTES.values()]
    roots = [root for root in (package.xml(package.main), *parts) if root is not None]
    return any(next(root.iter(*KINDS), None) is not None for root in roots)


def as_lines(whole: Json) -> str:
    """The JSON as text, with each section on a line of its own."""
    members = []
    for key, value in whole.items():
        if key == "sections" and value:
            member = "[\n" + ",\n".join(_dumped(section) for section in value) + "\n]"
        else:
            member = _dumped(value)
        members.append(f"{_dumped(key)}: {member}")
    return "{\n" + ",\n".join(members) + "\n}\n"


def _dumped(value: object) -> str:
    return _ENCODER.encode(value)


def _frame(frame: Frame) -> Json:
    return {"pages": frame.pages, "parts": list(frame.parts), "blocks": list(frame.blocks)}


def _by_section(found: Iterable[TrackedChange | WordComment]) -> dict[str, list[Json]]:
    grouped: dict[str, list[Json]] = {}
    for one in found:
        values = asdict(one)
        grouped.setdefault(values.pop("uid"), []).append(values)
    return grouped


def whole_file(path: Path, limits: Limits = DEFAULT_LIMITS, *, language: str = "") -> bytes:
    """The JSON of a file, read in a confined process. Raises Refused."""
    return confined.run(limits, _read, path.resolve(strict=True), limits, language)


def _read(path: Path, limits: Limits, language: str) -> bytes:
    return as_lines(read_whole(open_package(path, limits), limits, language=language)).encode()
