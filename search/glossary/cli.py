"""The command `kodeks lexicon train | translate`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from search.analysis import Analyser, family_of
from search.cli import DEFAULT_TABLES, TABLES_VARIABLE, known
from search.glossary.dictionary import open_dictionary
from search.glossary.entries import as_passages, read_glossary, shipped
from search.glossary.expansion import expand
from search.glossary.pairs import PairsError, pairs_of, read_passages, telling
from search.glossary.synonyms import shipped_synonyms
from search.glossary.training import train
from search.glossary.translation_table import TableError, read_table, write_table

_TRAIN = """PAIRS.tsv: UTF-8, columns parted by tabs, a line for a passage. The first line names the
languages (sq, mk, en …) and each further line has the passage in each of them, empty where there is
none; or each line holds language, text, language, text; or two texts, with --from and --to. Lines
that fit none of these are left out, and said."""


def lexicon(
    argv: Sequence[str],
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Returns the exit status: 0 done, 1 the file could not be used, 2 arguments that make no sense."""
    out, err = stdout or sys.stdout, stderr or sys.stderr
    try:
        options = _parser().parse_args(argv)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    for code in (options.source, options.target):
        if code is not None and not known(code):
            print(f"kodeks lexicon: no language {code!r}", file=err)
            return 2
    if bool(options.source) != bool(options.target):
        print("kodeks lexicon: --from and --to go together", file=err)
        return 2
    tables = options.tables or Path(os.environ.get(TABLES_VARIABLE, DEFAULT_TABLES))
    analyser = Analyser(tables)
    try:
        if options.command == "train":
            return _train(options, analyser, err)
        return _translate(options, analyser, tables, stdin or sys.stdin, out)
    except (PairsError, TableError) as error:
        print(f"kodeks lexicon: {error}", file=err)
    except OSError as error:
        if error.filename is None:
            raise  # no fault of a file: what was written went nowhere
        print(f"kodeks lexicon: {error.filename}: {error.strerror}", file=err)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kodeks lexicon", description="Words across languages.")
    commands = parser.add_subparsers(dest="command", required=True)
    learn = commands.add_parser("train", help="learn from aligned texts", epilog=_TRAIN)
    learn.add_argument("pairs", type=Path, metavar="PAIRS.tsv")
    learn.add_argument("-o", "--output", type=Path, required=True, metavar="TABLE")
    ask = commands.add_parser(
        "translate", help="print the terms for a query, one a line: weight, token, word of the query"
    )
    ask.add_argument("table", type=Path, metavar="TABLE")
    ask.add_argument("query", nargs="*", help="the query; else each line of standard input is one")
    ask.add_argument("--no-dictionary", action="store_true", help="without the dictionaries of build_tables")
    for command, needed in ((learn, False), (ask, True)):
        command.add_argument("--from", dest="source", required=needed, metavar="CODE")
        command.add_argument(
            "--no-glossary", action="store_true", help="without the glossary that ships with Kodeks"
        )
        command.add_argument("--to", dest="target", required=needed, metavar="CODE")
        command.add_argument(
            "--tables", type=Path, metavar="DIR", help="directory of the compiled dictionaries"
        )
    return parser


def _train(options: argparse.Namespace, analyser: Analyser, err: TextIO) -> int:
    languages = (options.source, options.target) if options.source else None
    skipped: list[PairsError] = []
    with options.pairs.open(encoding="utf-8", errors="replace") as lines:
        pairs = pairs_of(read_passages(lines, languages, skipped.append), analyser)
    if skipped:
        print(f"kodeks lexicon: {len(skipped)} lines left out; the first: {skipped[0]}", file=err)
    if not pairs:
        raise PairsError(f"{options.pairs.name}: no passage stands in two languages")
    if not options.no_glossary:
        for families, terms in pairs_of(as_passages(read_glossary()), analyser).items():
            pairs.setdefault(families, []).extend(terms)
    table = train(pairs, lambda one, other, count: print(f"{one}-{other}: {count} passages", file=err))
    write_table(table, options.output)
    return 0


def _translate(
    options: argparse.Namespace, analyser: Analyser, tables: Path, stdin: TextIO, out: TextIO
) -> int:
    table = read_table(options.table)
    glossary = None if options.no_glossary else shipped(analyser)
    everyday = None if options.no_glossary else shipped_synonyms(analyser)
    dictionary = None if options.no_dictionary else open_dictionary(tables, analyser)
    families = family_of(options.source), family_of(options.target)
    queries = [" ".join(options.query)] if options.query else stdin
    for number, query in enumerate(queries):
        if number:
            out.write("\n")
        tokens = telling(query, options.source, analyser)
        for term in expand(tokens, *families, table, glossary, dictionary, everyday=everyday):
            out.write(f"{term.weight:.4f}\t{term.token}\t{tokens[term.of]}\n")
    return 0
