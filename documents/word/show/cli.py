"""``kodeks read FILE``: Word files as text, Markdown, HTML or JSON, without a site and without a database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from html import escape
from typing import Any, TextIO

from documents.text.extraction import block_lines
from documents.text.html import render_body, render_heading
from documents.text.html_context import Context, Labels
from documents.text.markdown import Inlines, escaped, write_section
from documents.word.file.pipes import OK, REFUSED, WRONG_CALL, add_limits, limits_of, on_disk, put
from documents.word.file.refusal import Refused
from documents.word.read.report import Severity
from documents.word.show.contents import whole_file

TITLES = {Severity.KEPT: "kept", Severity.CHANGED: "changed", Severity.LEFT_OUT: "left out"}
Json = dict[str, Any]


def read(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Reads Word files ("-" for standard input) and writes the sections and the report of each.

    Exit codes: 0 read, 1 one was refused (the reason on ``stderr``; the others are read). 2 wrong call or
    missing file.
    """
    parser = argparse.ArgumentParser(prog="kodeks read", description="Show the sections of Word files.")
    parser.add_argument("files", nargs="+", metavar="file", help="a .docx file, or - for standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="sections, blocks and report as JSON")
    form.add_argument("--markdown", action="store_true", help="the text as Markdown, as pandoc reads it")
    form.add_argument("--html", action="store_true", help="the text as one HTML page, without pictures")
    parser.add_argument("--language", default="", help="the text's language (en sq sr bs hr cnr mk)")
    add_limits(parser)
    try:
        options = parser.parse_args(list(argv))
        if options.html and len(options.files) > 1:
            parser.error("--html takes one file")
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL
    return max(_read_one(name, options, stdin, stdout, stderr) for name in options.files)


def _read_one(name: str, options: argparse.Namespace, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    limits = limits_of(options)
    try:
        with on_disk(name, stdin, limits) as path:
            data = whole_file(path, limits, language=options.language)
    except Refused as refused:
        print(f"kodeks read: {name}: {refused.message_en} ({refused.code})", file=stderr)
        return REFUSED
    except BrokenPipeError:
        raise  # no fault of the file: whoever read our output has gone
    except OSError as problem:
        print(f"kodeks read: {name}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    if options.json:
        return put("kodeks read", "-", data, stdout, stderr)
    found = json.loads(data)
    if options.markdown:
        print(_markdown(found), file=stdout)
    elif options.html:
        print(_html(found), file=stdout)
    else:
        if len(options.files) > 1:
            print(f"== {name} ==\n", file=stdout)
        _show(found, stdout)
    return OK


def _body(section: Json) -> Json:
    return {"heading": section["heading_content"], "blocks": section["blocks"], "notes": section["notes"]}


def _markdown(found: Json) -> str:
    known = {section["uid"] for section in found["sections"]}
    labels = Labels()
    parts = [f"**{escaped(found['title'])}**"] if found["title"] else []
    notes = 0
    for section in found["sections"]:
        numbers = {note: notes + place for place, note in enumerate(section["notes"], start=1)}
        notes += len(numbers)
        inlines = Inlines(known, {}, numbers, labels.picture)
        level = section["level"]
        parts += write_section(_body(section), section["label"], section["uid"], level, inlines, labels)
    return "\n\n".join(parts)


def _html(found: Json) -> str:
    parts = []
    for number, section in enumerate(found["sections"], start=1):
        context = Context(section_url=lambda uid: f"#s-{uid}", prefix=f"{number}-", lazy=False)
        level, body = min(section["level"] + 1, 6), _body(section)
        heading = f"{escape(section['label'])} {render_heading(body, context)}".strip()
        head = f"<h{level}>{heading}</h{level}>\n" if heading else ""
        parts.append(f'<section id="s-{section["uid"]}">\n{head}{render_body(body, context)}</section>')
    title = escape(found["title"])
    return (
        f'<!doctype html>\n<html lang="{escape(found["language"])}">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<h1>{title}</h1>\n" + "\n".join(parts) + "\n</html>"
    )


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
    """The lines of blocks; items of lists with their numbers, further in the deeper they are."""
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
