"""``kodeks read FILE``: a Word file as text or JSON, without a site and without a database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, TextIO

from documents.text.extraction import block_lines
from documents.word.file.pipes import OK, REFUSED, WRONG_CALL, add_limits, limits_of, on_disk, put
from documents.word.file.refusal import Refused
from documents.word.read.report import Severity
from documents.word.whole import whole_in_child

TITLES = {Severity.KEPT: "kept", Severity.CHANGED: "changed", Severity.LEFT_OUT: "left out"}


def read(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Reads a Word file ("-" for standard input) and writes its sections and its report.

    Exit codes: 0 read, 1 refused (the reason on ``stderr``), 2 wrong call or no such file.
    """
    parser = argparse.ArgumentParser(prog="kodeks read", description="Show the sections of a Word file.")
    parser.add_argument("file", help="a .docx file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="sections, blocks and report as JSON")
    parser.add_argument("--language", default="", help="the text's language (en sq sr bs hr cnr mk)")
    add_limits(parser)
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL
    limits = limits_of(options)
    try:
        with on_disk(options.file, stdin, limits) as path:
            found = whole_in_child(path, limits, language=options.language)
    except Refused as refused:
        print(f"kodeks read: {options.file}: {refused.message_en} ({refused.code})", file=stderr)
        return REFUSED
    except BrokenPipeError:
        raise  # no fault of the file: whoever read our output has gone
    except OSError as problem:
        print(f"kodeks read: {options.file}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    if options.json:
        return put("kodeks read", "-", found, stdout, stderr)
    _show(json.loads(found), stdout)
    return OK


def _show(found: dict[str, Any], stdout: TextIO) -> None:
    print(found["title"] or "(no title)", file=stdout)
    for section in found["sections"]:
        head = "  ".join(filter(None, (section["label"], section["heading"])))
        print(f"\n{'#' * section['level']} {head}".rstrip(), file=stdout)
        _lines(section["blocks"], stdout)
        for number, blocks in section["notes"].items():
            lines = [line for block in blocks for line in block_lines(block)]
            print(f"[{number}] " + " ".join(lines), file=stdout)
    for name, blocks in (("header", found["headers"]), ("footer", found["footers"])):
        for frame in blocks:
            print(f"\n--- {name} ({frame['pages']})", file=stdout)
            _lines(frame["blocks"], stdout)
    print("\n---", file=stdout)
    for finding in found["report"]:
        places = f": {'; '.join(finding['places'])}" if finding["places"] else ""
        title = TITLES[Severity(finding["severity"])]
        print(f"{title}  {finding['count']} x {finding['text']}{places}", file=stdout)


def _lines(blocks: list[dict[str, Any]], stdout: TextIO, indent: str = "") -> None:
    """The lines of blocks; items of lists with their numbers, further in the deeper they stand."""
    for block in blocks:
        if block["type"] != "list":
            for line in block_lines(block):
                print(indent + line, file=stdout)
            continue
        for item in block["content"]:
            label = item.get("attrs", {}).get("label", "")
            first, *others = item["content"] or [{"type": "paragraph"}]
            start = f"{label} " if label else ""
            if first["type"] == "paragraph":
                print(indent + start + " ".join(block_lines(first)), file=stdout)
            else:
                print(indent + label, file=stdout)
                others = [first, *others]
            _lines(others, stdout, indent + "  ")
