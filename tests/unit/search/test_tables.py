"""The tables that dictionaries are compiled to, and the tokens that `kodeks` prints with them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest

from search import cli
from search.analysis import Analyser
from search.analysis.build import build_tables
from search.analysis.lexicon import Lexicon, compile_lexicon, source_version
from search.analysis.tables import TableError, open_lexicon, write_lexicon
from tests.support.search.fixtures import TABLES


@pytest.fixture(scope="module")
def read_once() -> Iterator[Callable[..., Lexicon]]:
    """Dictionaries read without tables take seconds, and are read once for these tests."""
    with patch("search.analysis.analyser.compile_lexicon", cache(compile_lexicon)) as read:
        yield read


def test_without_tables(analyser: Analyser, tmp_path: Path, read_once: object) -> None:
    """Slower to start and less able, but the same words; and it says that it is not the same analysis."""
    bare = Analyser(tmp_path)
    assert not bare.has_tables()
    assert analyser.has_tables()
    text = "Žrtvama trgovine ljudima, zrtava, сведоцима i mlijeka"
    assert bare.tokens(text, "sr") == analyser.tokens(text, "sr")
    assert bare.tokens("identified children", "en") == analyser.tokens("identified children", "en")
    assert bare.version() != analyser.version()


def test_table_says_what_the_dictionary_says(tmp_path: Path, read_once: Callable[..., Lexicon]) -> None:
    lexicon = replace(read_once("en", full=False), endings={"ing": "", "жртв": "жртва"})
    write_lexicon(lexicon, tmp_path / "en.lexicon")
    table = open_lexicon(tmp_path / "en.lexicon")
    assert (table.family, table.version) == ("en", source_version("en", full=False))
    assert dict(table.lemmas) == dict(lexicon.lemmas)
    assert dict(table.endings) == dict(lexicon.endings)
    assert table.lemmas.get("nosuchword") is None
    assert "interviews" in table.forms and "nosuchword" not in table.forms
    assert "x" * 300 not in table.lemmas


def test_tables_are_kept_until_their_sources_change(analyser: Analyser) -> None:
    assert not any(built.new for built in build_tables(TABLES))


def test_broken_tables_are_no_tables(tmp_path: Path, read_once: object) -> None:
    path = tmp_path / "hbs.lexicon"
    path.write_bytes(b"not a table at all" * 100)
    with pytest.raises(TableError):
        open_lexicon(path)
    path.write_bytes(b"")
    with pytest.raises(TableError):
        open_lexicon(path)
    write_lexicon(Lexicon("hbs", "made of something else", {"a": "b"}, {}), path)
    [token] = Analyser(tmp_path).tokens("žrtvama", "sr")
    assert token.lemma == "zrtva"


def test_tokens_on_the_command_line(analyser: Analyser, tmp_path: Path) -> None:
    out = io.StringIO()
    assert cli.tokens(["--lang", "sr", "--tables", str(TABLES)], io.StringIO("Жртве,\nmlijeka"), out) == 0
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines == [
        {"start": 0, "end": 5, "text": "Жртве", "token": "zrtva", "prefix": "zrtv"},
        {"start": 7, "end": 14, "text": "mlijeka", "token": "mleko", "prefix": "mlek"},
    ]
    assert cli.tokens([], io.StringIO(), out) == 2
    err = io.StringIO()
    assert cli.tokens(["--lang", "klingon-!"], io.StringIO("x"), out, err) == 2
    assert "sr" in err.getvalue()
    assert cli.tokens(["--lang", "sr", str(tmp_path / "missing.txt")], io.StringIO(), out) == 2


def test_tokens_of_any_input(analyser: Analyser, tmp_path: Path) -> None:
    """Read in pieces that cut no word, so that no input is too long; bytes that are no text part words."""
    path = tmp_path / "text.txt"
    words = 50_000  # more than one piece, whose end is in the middle of a word
    assert words * 6 > cli._PIECE and cli._PIECE % 6
    path.write_bytes("žrtva ".encode() * words + b"\xff\xfe" + "жртве\r\nžrtvama".encode())
    found = io.StringIO()
    assert cli.tokens(["--lang", "sr", "--tables", str(TABLES), str(path)], None, found) == 0
    lines = [json.loads(line) for line in found.getvalue().splitlines()]
    assert len(lines) == words + 2
    assert [line["start"] for line in lines[:words]] == list(range(0, words * 6, 6))
    assert {line["token"] for line in lines} == {"zrtva"}
    assert lines[-1]["end"] == words * 6 + 2 + 5 + 2 + 7
