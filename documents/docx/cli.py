"""``kodeks read FILE``: a Word file as text or JSON, without a site and without a database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TextIO

from documents.docx.child import read_in_child
from documents.docx.guard import DEFAULT_LIMITS
from documents.docx.pipes import OK, REFUSED, WRONG_CALL, on_disk
from documents.docx.refusal import Refused
from documents.docx.report import Severity
from documents.docx.result import ReadResult, tree_as_json
from documents.docx.returned import Returned, TrackedChange, WordComment, returned_in_child
from documents.tree.text import block_lines

TITLES = {Severity.KEPT: "kept", Severity.CHANGED: "changed", Severity.LEFT_OUT: "left out"}


def read(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Reads a Word file ("-" for standard input) and writes its sections and its report.

    Exit codes: 0 read, 1 refused (the reason on ``stderr``), 2 wrong call or no such file.
    """
    parser = argparse.ArgumentParser(prog="kodeks read", description="Show the sections of a Word file.")
    parser.add_argument("file", help="a .docx file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="sections, blocks and report as JSON")
    parser.add_argument("--language", default="", help="the text's language (en sq sr bs hr cnr mk)")
    parser.add_argument("--seconds", type=int, default=DEFAULT_LIMITS.seconds, help="give up after so long")
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL
    limits = replace(DEFAULT_LIMITS, seconds=max(1, options.seconds))
    try:
        with on_disk(options.file, stdin, limits) as path:
            if options.json:
                json.dump(
                    as_json(returned_in_child(path, limits, language=options.language)),
                    stdout,
                    ensure_ascii=False,
                    indent=1,
                )
                stdout.write("\n")
            else:
                _show(read_in_child(path, limits, language=options.language), stdout)
    except Refused as refused:
        print(f"kodeks read: {options.file}: {refused.message_en} ({refused.code})", file=stderr)
        return REFUSED
    except OSError as problem:
        print(f"kodeks read: {options.file}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    return OK


def as_json(returned: Returned) -> dict[str, Any]:
    """What ``--json`` writes: title, language, sections in reading order with who changed and said what in each, the report with its words, and what images
    the text names."""
    result = returned.accepted
    comments, changes = _by_section(returned.comments), _by_section(returned.changes)
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
        "report": [
            line | {"text": finding.text_en}
            for line, finding in zip(result.report.as_json(), result.report.findings, strict=True)
        ],
        "blobs": {
            sha256: {"kind": blob.kind, "content_type": blob.content_type, "bytes": len(blob.data)}
            for sha256, blob in result.blobs.items()
        },
    }


def _by_section(found: Sequence[TrackedChange | WordComment]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        said = asdict(one)
        grouped.setdefault(said.pop("uid"), []).append(said)
    return grouped


def _show(result: ReadResult, stdout: TextIO) -> None:
    print(result.tree.title or "(no title)", file=stdout)
    for section in result.tree:
        head = "  ".join(filter(None, (section.text.label, section.text.heading)))
        print(f"\n{'#' * section.level} {head}".rstrip(), file=stdout)
        for block in section.text.body["blocks"]:
            for line in block_lines(block):
                print(line, file=stdout)
        for number, blocks in section.text.body["notes"].items():
            lines = [line for block in blocks for line in block_lines(block)]
            print(f"[{number}] " + " ".join(lines), file=stdout)
    print("\n---", file=stdout)
    for finding in result.report.findings:
        places = f": {'; '.join(finding.places)}" if finding.places else ""
        print(f"{TITLES[finding.severity]}  {finding.count} x {finding.text_en}{places}", file=stdout)
