"""Words across languages: learned from aligned texts, helped by the glossary."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from documents.translation.scripts import to_cyrillic, to_latin
from search.analysis import Analyser
from search.glossary import Table, TableError, expand, read_table, write_table
from search.glossary.cli import lexicon
from search.glossary.entries import LANGUAGES, Glossary, as_passages, read_glossary, shipped
from search.glossary.pairs import PairsError, pairs_of, read_passages, telling
from search.glossary.training import train
from tests.support.search.fixtures import TABLES

PAIRS = """sq\tmk\ten
Polici sheh shtëpinë.\tПолицаецот ја гледа куќата.\tThe policeman sees the house.
Polici sheh fëmijën.\tПолицаецот го гледа детето.\tThe policeman sees the child.
Gjyqtari sheh shtëpinë.\tСудијата ја гледа куќата.\t
Gjyqtari pyet fëmijën.\tСудијата го прашува детето.\tThe judge asks the child.
Polici pyet gjyqtarin.\tПолицаецот го прашува судијата.\t
"""


def best(table: Table, word: str, source: str, target: str) -> str:
    return max(table.of(word, source, target).items(), key=lambda item: item[1])[0]


@pytest.fixture(scope="module")
def table(analyser: Analyser) -> Table:
    return train(pairs_of(read_passages(PAIRS.splitlines()), analyser))


def test_learns_which_word_is_which(table: Table, analyser: Analyser) -> None:
    child, house = (telling(word, "mk", analyser)[0] for word in ("дете", "куќа"))
    assert best(table, telling("fëmijët", "sq", analyser)[0], "sq", "mk") == child
    assert best(table, telling("shtëpia", "sq", analyser)[0], "sq", "mk") == house
    assert best(table, child, "mk", "sq") == telling("fëmijë", "sq", analyser)[0]


def test_by_way_of_a_third_language(analyser: Analyser) -> None:
    lines = ["sq\ten", "fëmijë\tchild", "polici\tpoliceman"]
    more = ["en\tsr", "child\tdete", "policeman\tpolicajac"]
    table = train(pairs_of([*read_passages(lines), *read_passages(more)], analyser))
    assert best(table, telling("fëmijët", "sq", analyser)[0], "sq", "hbs") == "dete"


def test_ways_to_write_a_table() -> None:
    whole = [passage.texts for passage in read_passages(["sq\tmk", "a\tб", "", "в\t"])]
    assert whole == [(("sq", "a"), ("mk", "б")), (("sq", "в"),)]
    assert [p.texts for p in read_passages(["sq\ta\tmk\tб"])] == [(("sq", "a"), ("mk", "б"))]
    assert [p.texts for p in read_passages(["sq\tmk\ta b\tб"])] == [(("sq", "a b"), ("mk", "б"))]
    assert [p.texts for p in read_passages(["Çfarë\tшто"], ("sq", "mk"))] == [
        (("sq", "Çfarë"), ("mk", "што"))
    ]
    with pytest.raises(PairsError, match="line 2"):
        list(read_passages(["sq\tmk", "a\tb\tc"]))
    with pytest.raises(PairsError, match="line 1"):
        list(read_passages(["only one column"]))


def test_a_table_as_a_file(table: Table, tmp_path: Path) -> None:
    write_table(table, tmp_path / "t.json")
    assert read_table(tmp_path / "t.json") == table
    (tmp_path / "t.json").write_text("[]")
    with pytest.raises(TableError):
        read_table(tmp_path / "t.json")


def test_terms_of_a_query(table: Table, analyser: Analyser) -> None:
    tokens = telling("viktima e trafikimit 2025 fëmijë", "sq", analyser)
    terms = expand(tokens, "sq", "mk", table, shipped(analyser))
    found = {term.token for term in terms}
    assert {"жртва", "трговија", "2025", telling("дете", "mk", analyser)[0]} <= found
    assert all(0 < term.weight <= 1 for term in terms)
    assert {term.of for term in terms} == set(range(len(tokens)))
    assert [term.token for term in expand(tokens, "sq", "sq", table)] == list(tokens)
    assert expand((), "sq", "mk", table) == ()


def test_what_was_learned_of_a_word_weighs_little_beside_a_term(analyser: Analyser) -> None:
    """*Социјален работник* is a term; *работник* alone, an officer, translates nothing of it."""
    lines = ["mk\tsr", "полициски работник\tполицијски службеник", "работник\tслужбеник", "работник\tрадник"]
    table = train(pairs_of(read_passages(lines), analyser))
    tokens = telling("социјален работник", "mk", analyser)
    without = {term.token: term.weight for term in expand(tokens, "mk", "hbs", table)}
    with_term = {term.token: term.weight for term in expand(tokens, "mk", "hbs", table, shipped(analyser))}
    assert with_term["radnik"] == with_term["socijalan"] == 1
    assert without["sluzbenik"] >= 0.5
    assert 0 < with_term["sluzbenik"] < 0.5


def test_the_longest_term_wins(analyser: Analyser) -> None:
    glossary = shipped(analyser)
    tokens = telling("national referral mechanism", "en", analyser)
    assert [(place, length) for place, length, _ in glossary.find(tokens, "en", "hbs")] == [(0, 3)]


def test_the_glossary_is_whole() -> None:
    entries = read_glossary()
    assert len(entries) >= 300
    assert max(Counter(entry.key for entry in entries).values()) == 1
    for entry in entries:
        assert set(entry.terms) == set(LANGUAGES), entry.key
        for term in (*entry.terms["sr"], *entry.terms["mk"]):
            assert not any("a" <= letter <= "z" for letter in term), term
        for term in entry.terms["sr"]:
            assert to_cyrillic(to_latin(term)) == term or "SOS" in term or "GRETA" in term
        for language in ("en", "sq", "bs", "hr", "cnr"):
            assert not any("а" <= letter <= "я" for term in entry.terms[language] for letter in term)


def test_every_term_is_found_in_every_language(analyser: Analyser) -> None:
    """A term typed in one language asks for a word of the term in each other."""
    entries = read_glossary()
    glossary = Glossary(entries, analyser)
    for entry in entries:
        for source, family in (("en", "en"), ("sq", "sq"), ("sr", "hbs"), ("mk", "mk")):
            tokens = telling(entry.terms[source][0], source, analyser)
            for target in {"en", "sq", "hbs", "mk"} - {family}:
                assert list(glossary.find(tokens, family, target)), (entry.key, source, target)


def test_the_glossary_teaches_its_words(analyser: Analyser) -> None:
    table = train(pairs_of(as_passages(read_glossary()), analyser))
    assert best(table, "viktime", "sq", "mk") == "жртва"
    assert best(table, "police", "en", "hbs") in {"policija", "policijski"}


def test_on_the_command_line(tmp_path: Path) -> None:
    pairs, made = tmp_path / "pairs.tsv", tmp_path / "made" / "table.json"
    pairs.write_text(PAIRS, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    tables = ["--tables", str(TABLES)]
    assert lexicon(["train", str(pairs), "-o", str(made), "--no-glossary", *tables], None, out, err) == 0
    assert "mk-sq: 5 passages" in err.getvalue()
    asked = ["translate", "--from", "sq", "--to", "mk", *tables, str(made)]
    assert lexicon(asked, io.StringIO("policia pyet fëmijët\nviktima"), out, err) == 0
    lines = [line.split("\t") for line in out.getvalue().splitlines()]
    assert any(line[1:] == ["дете", "femije"] for line in lines)
    assert [""] in lines, "an empty line between two queries"
    assert all(0 < float(line[0]) <= 1 for line in lines if line != [""])


def test_bad_lines_are_left_out_and_said(tmp_path: Path) -> None:
    pairs, made = tmp_path / "pairs.tsv", tmp_path / "table.json"
    pairs.write_bytes(
        PAIRS.encode() + b"one cell\n\xff\x00\tx\ty\tz\tmore\n\n" + "Polici\tПолицаецот\t\n".encode()
    )
    err = io.StringIO()
    wanted = ["train", str(pairs), "-o", str(made), "--no-glossary", "--tables", str(TABLES)]
    assert lexicon(wanted, None, None, err) == 0
    assert "1 lines left out; the first: line 8" in err.getvalue()
    assert "mk-sq: 6 passages" in err.getvalue()
    pairs.write_text("only one column\n" * 3)
    assert lexicon(wanted, None, None, err) == 1


def test_two_columns_are_no_names_of_languages() -> None:
    """With the languages said, a first line of two short words is a passage."""
    assert [p.texts for p in read_passages(["po\tdo"], ("sq", "hr"))] == [(("sq", "po"), ("hr", "do"))]
    assert list(read_passages(["hr\tsq"], ("sq", "hr"))) == []


def test_words_that_are_alike_in_two_languages(table: Table) -> None:
    """What nobody has translated yet is asked for as it would be spelt."""
    assert "sloboda" in {term.token for term in expand(("слобода",), "mk", "hbs", table)}
    assert "diskriminirati" in {term.token for term in expand(("дискриминира",), "mk", "hbs", table)}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["translate", "--from", "s!", "--to", "mk", "x"], 2),
        (["translate", "--from", "sq", "--to", "mk", "nowhere.json", "x"], 1),
        (["train", "nowhere.tsv", "-o", "x.json"], 1),
    ],
)
def test_wrong_use(arguments: list[str], status: int) -> None:
    assert lexicon(arguments, io.StringIO(), io.StringIO(), io.StringIO()) == status
