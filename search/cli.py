"""The part of the command `kodeks` that analyses text: `kodeks tokens --lang sr`."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from search.analysis import Analyser

#: Where the tables are looked for when nobody says otherwise.
TABLES_VARIABLE = "KODEKS_TABLES"
DEFAULT_TABLES = Path("var/tables")

LANGUAGES = ("en", "sq", "sr", "bs", "hr", "cnr", "mk", "tr", "fr", "fa", "prs", "ar", "ur", "ps")
_PIECE = 1 << 18
_LONGEST_WORD = 1 << 22


def tokens(
    argv: Sequence[str],
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Print a JSON line for each token of standard input: start, end (exclusive), text, token, prefix.

    Bytes that are no UTF-8 count as one character each. Returns 0, or 2 for wrong arguments.
    """
    out, err = stdout or sys.stdout, stderr or sys.stderr
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(prog="kodeks tokens", description="Print the search tokens of a text.")
    parser.add_argument(
        "--lang", required=True, metavar="CODE", help=f"language of the text: {', '.join(LANGUAGES)}"
    )
    parser.add_argument("--tables", type=Path, metavar="DIR", help="directory of the compiled dictionaries")
    parser.add_argument("file", nargs="?", type=Path, help="read this file instead of standard input")
    try:
        options = parser.parse_args(argv)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    if not known(options.lang):
        print(
            f"kodeks tokens: no language {options.lang!r}; there are {', '.join(LANGUAGES)}, and any other "
            f"ISO 639 code,"
            " of which only the spelling is evened out",
            file=err,
        )
        return 2
    tables = options.tables or Path(os.environ.get(TABLES_VARIABLE, DEFAULT_TABLES))
    analyser = Analyser(tables)
    try:
        with _opened(options.file, stdin) as source:
            for lines in _stream(source, analyser, options.lang):
                out.write(lines)
    except OSError as error:
        if error.filename is None:
            raise  # no fault of a file: what was written went nowhere
        print(f"kodeks tokens: {options.file}: {error.strerror}", file=err)
        return 2
    return 0


def known(language: str) -> bool:
    """Whether this can be the code of a language (sr, sr-Latn, prs)."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", language))


@contextmanager
def _opened(path: Path | None, stdin: TextIO | None) -> Iterator[TextIO]:
    """A file, or standard input, as text; what is no UTF-8 is replaced."""
    if path is not None:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            yield file
        return
    source = stdin or sys.stdin
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(encoding="utf-8", errors="replace", newline="")
    yield source


def _stream(source: TextIO, analyser: Analyser, language: str) -> Iterator[str]:
    """The lines for the tokens of a text, read piece by piece; a piece ends between two words."""
    offset, rest = 0, ""
    described = lru_cache(maxsize=1 << 16)(_described)
    while True:
        read = source.read(_PIECE)
        text = rest + read
        cut = len(text)
        if read:
            while cut and not text[cut - 1].isspace():
                cut -= 1
            if not cut:
                if len(text) < _LONGEST_WORD:
                    rest = text
                    continue
                cut = len(text)
        yield "".join(
            f'{{"start": {offset + start}, "end": {offset + end}, {described(word, lemma, prefix)}}}\n'
            for start, end, word, lemma, prefix in analyser.tokens(text[:cut], language)
        )
        offset += cut
        rest = text[cut:]
        if not read:
            return


def _described(word: str, lemma: str, prefix: str) -> str:
    return json.dumps({"text": word, "token": lemma, "prefix": prefix}, ensure_ascii=False)[1:-1]
