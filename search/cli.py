"""The part of the command `kodeks` that analyses text: `kodeks tokens --lang sr`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from search.analysis import Analyser

#: Where the tables are looked for when nobody says otherwise.
TABLES_VARIABLE = "KODEKS_TABLES"
DEFAULT_TABLES = Path("var/tables")


def tokens(argv: Sequence[str], stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Print a JSON line for each token of the text on standard input.

    A line holds start and end (characters, end exclusive), text, token (the lemma) and prefix. Returns the
    exit status: 0, or 2 for arguments that make no sense.
    """
    parser = argparse.ArgumentParser(prog="kodeks tokens", description="Print the search tokens of a text.")
    parser.add_argument(
        "--lang", required=True, metavar="CODE", help="language of the text: en, sq, sr, bs, hr, cnr, mk"
    )
    parser.add_argument("--tables", type=Path, metavar="DIR", help="directory of the compiled dictionaries")
    parser.add_argument("file", nargs="?", type=Path, help="read this file instead of standard input")
    try:
        options = parser.parse_args(argv)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    out = stdout or sys.stdout
    if options.file:
        try:
            text = options.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            print(f"kodeks tokens: {options.file}: {error}", file=sys.stderr)
            return 2
    else:
        text = (stdin or sys.stdin).read()
    tables = options.tables or Path(os.environ.get(TABLES_VARIABLE, DEFAULT_TABLES))
    for token in Analyser(tables).tokens(text, options.lang):
        line = {
            "start": token.start,
            "end": token.end,
            "text": token.text,
            "token": token.lemma,
            "prefix": token.prefix,
        }
        print(json.dumps(line, ensure_ascii=False), file=out)
    return 0
