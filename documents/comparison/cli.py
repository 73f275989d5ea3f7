"""``kodeks compare OLD NEW``: what changed between two Word files, without a site and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from documents.comparison.files import compare_files
from documents.comparison.json import to_json
from documents.comparison.model import Comparison, Kind, NodeChange, WordOp
from documents.comparison.render.page import html_page, in_numbers, say_english
from documents.comparison.summary import summarise
from documents.text import block_text, inline_text
from documents.word.file.guard import Limits
from documents.word.file.pipes import OK, SECONDS_FOR_TWO, WRONG_CALL, add_limits, of_two_files

DIFFERENT = 3
"""The exit code for texts that differ, where it is asked for."""


def compare(
    argv: Sequence[str],
    stdin: TextIO = sys.stdin,
    stdout: TextIO = sys.stdout,
    stderr: TextIO = sys.stderr,
) -> int:
    """Writes what changed from one Word file to another: as text, as JSON or as one HTML page.

    Exit codes: 0 compared (equal or not), 1 a file was refused (the reason on ``stderr``). 2 wrong call or
    missing file. With ``--exit-code`` 3 where the texts differ.
    """
    parser = argparse.ArgumentParser(
        prog="kodeks compare", description="Show what changed between two Word files, section by section."
    )
    parser.add_argument("old", help="the older .docx file, or - for standard input")
    parser.add_argument("new", help="the newer .docx file, or - for standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="every section with its operations, as JSON")
    form.add_argument("--html", action="store_true", help="one HTML page that needs nothing else")
    parser.add_argument("--language", default="", help="the texts' language (en sq sr bs hr cnr mk)")
    parser.add_argument(
        "--one-script",
        "--two-scripts",
        dest="one_script",
        action="store_true",
        help="Serbian in Cyrillic and in Latin count as one text",
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 3 where the two texts differ")
    add_limits(parser, SECONDS_FOR_TWO)
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL
    if options.old == options.new == "-":
        print("kodeks compare: only one of the two files can come from standard input", file=stderr)
        return WRONG_CALL

    def work(old: Path, new: Path, limits: Limits) -> Comparison:
        return compare_files(old, new, limits, language=options.language, one_text=options.one_script)

    code, comparison = of_two_files("kodeks compare", options, stdin, stderr, work)
    if comparison is None:
        return code
    if options.json:
        json.dump(to_json(comparison), stdout, ensure_ascii=False, indent=1)
        stdout.write("\n")
    elif options.html:
        stdout.write(html_page(comparison))
    else:
        stdout.writelines(f"{line}\n" for line in text_lines(comparison))
    return DIFFERENT if options.exit_code and not comparison.identical else OK


def text_lines(comparison: Comparison) -> Iterator[str]:
    """A comparison as lines for a terminal: each section that changed, with [-removed-] and {+added+}
    words."""
    counts = comparison.counts
    yield (
        f"{in_numbers(counts)} "
        f"({counts.new} new, {counts.removed} removed, {counts.moved} moved); "
        f"{counts.words_added} words added, {counts.words_removed} removed"
    )
    if any(op.op != "keep" for op in comparison.title):
        yield f"   title: {_marked(comparison.title)}"
    for change in comparison.sections:
        if change.kind is Kind.SAME:
            continue
        facts = "; ".join(say_english(fact) for fact in summarise(change))
        yield ""
        name = " ".join(filter(None, ("==", change.label, change.title)))
        yield f"{name}  [{str(change.kind).replace('_', ' ')}]"
        if facts:
            yield f"   {facts}"
        for node in change.blocks:
            yield from _node_lines(node)
        for note in change.notes:
            for node in note.blocks:
                yield from _node_lines(node)


def _node_lines(node: NodeChange) -> Iterator[str]:
    sign = {"added": "+", "removed": "-", "moved": ">"}.get(node.op)
    if sign and not (node.op == "moved" and (node.words or node.children)):
        yield from (f"{sign}  {line}" for line in block_text(node.new or node.old or {}).split("\n"))
    elif node.op in ("parted", "joined"):
        end = "{+¶+}\n" if node.op == "parted" else "[-¶-]"
        both = end.join([_marked(part) for part in node.parts])
        yield from (f"   {line}" for line in both.split("\n"))
    elif node.op in ("changed", "format", "moved"):
        yield from _changed_lines(node)


def _changed_lines(node: NodeChange) -> Iterator[str]:
    if node.op == "moved":
        words = " | ".join(filter(None, block_text(node.new or {}).split("\n")))
        yield f">  moved here: {words}"
    if node.words:
        yield "   " + _marked(node.words)
    yield from (f"   {field.name}: " + _marked(field.words) for field in node.fields if field.words)
    for child in node.children:
        yield from _node_lines(child)


def _marked(ops: Sequence[WordOp]) -> str:
    """Words with their signs. Of two neighbouring blanks, one of them changed, one is written."""
    line = ""
    changed = False
    for op in ops:
        words = inline_text(op.new or op.old).replace("\n", " ")
        bare = words.strip()
        unchanged = op.op in ("keep", "format")
        if words and not bare and op.op == "del":
            words = " "
        elif not unchanged and bare:
            words = words.replace(bare, f"[-{bare}-]" if op.op == "del" else f"{{+{bare}+}}")
        if line[-1:].isspace() and (changed or not unchanged):
            words = words.lstrip()
        line += words
        changed = not unchanged
    return line
