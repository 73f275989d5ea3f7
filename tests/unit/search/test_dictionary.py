"""What bilingual dictionaries say of a word, alone and one after the other; what people say for a word
without being looked for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from search.analysis import Analyser
from search.glossary.dictionary import Dictionary, build_dictionaries, is_built, open_dictionary, table_path
from search.glossary.entries import Glossary
from search.glossary.lttoolbox import FormatError, read_pairs
from search.glossary.synonyms import read_synonyms, synonyms_of
from search.glossary.word_sources import SOURCES

ALBANIAN = {"leter": "paper letter:1", "shtepi": "house", "mbaj": "hold keep:1 carry:2 wear:3"}
MACEDONIAN = {"хартија": "paper", "писмо": "letter", "куќа": "house home", "носи": "carry wear"}
BCMS = {"papir": "paper", "pismo": "letter", "kuca": "house"}
OTHER_BCMS = {"papir": "paper", "list": "paper"}


def turned(rows: dict[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for word, others in rows.items():
        for other in others.split():
            found.setdefault(other.split(":")[0], []).append(word)
    return {word: " ".join(others) for word, others in found.items()}


def dictionary() -> Dictionary:
    given = {("sq", "en"): [ALBANIAN], ("mk", "en"): [MACEDONIAN], ("hbs", "en"): [BCMS, OTHER_BCMS]}
    back = {(other, one): [turned(rows) for rows in several] for (one, other), several in given.items()}
    return Dictionary(given | back | {("hbs", "mk"): [{"dom": "дом"}], ("mk", "hbs"): [{"дом": "dom"}]})


def test_all_senses_are_looked_for_and_weigh_by_their_place_and_number() -> None:
    known = dictionary()
    weights = known.of("mbaj", "sq", "en")
    assert list(weights) == ["hold", "keep", "carry", "wear"]
    assert 1 > weights["hold"] > weights["keep"] > weights["wear"] > 0
    assert known.of("shtepi", "sq", "en") == {"house": 1.0}
    assert known.of("gabim", "sq", "en") == {}


def test_two_languages_meet_in_english_and_agreement_weighs_more() -> None:
    known = dictionary()
    assert list(known.of("leter", "sq", "mk")) == ["хартија", "писмо"]
    papers = known.of("leter", "sq", "hbs")
    assert next(iter(papers)) == "papir"
    assert papers["papir"] > papers["list"]
    assert known.of("dom", "hbs", "mk") == {"дом": 1.0}
    assert known.confirms("leter", "papir", "sq", "hbs")
    assert known.confirms("dom", "дом", "hbs", "mk")
    assert not known.confirms("leter", "kuca", "sq", "hbs")


def lay_freedict(folder: Path, entries: dict[str, str]) -> None:
    """A dictionary as Debian's packages of FreeDict lay it."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    text, index = b"", []
    for word, body in entries.items():
        entry = f"{word} /sˈaʊnd/\n{body}\n".encode()
        index.append(f"{word}\t{letters[len(text) // 64]}{letters[len(text) % 64]}\t{letters[len(entry)]}")
        text += entry
    folder.mkdir(parents=True)
    (folder / "freedict-hrv-eng.dict.dz").write_bytes(gzip.compress(text))
    (folder / "freedict-hrv-eng.index").write_text("\n".join(index), encoding="utf-8")


def test_what_is_installed_is_read_and_what_is_gone_is_removed(tmp_path: Path, analyser: Analyser) -> None:
    share, tables = tmp_path / "share", tmp_path / "tables"
    lay_freedict(share / "dictd", {"putovnica": "passport", "žrtva": "victim, the casualty", "iz": "out of"})
    assert not is_built(tables, analyser, [share])
    read = {source.name: words for source, words in build_dictionaries(tables, analyser, [share])}
    assert read["dict-freedict-hrv-eng"] == 2
    assert read["uniparser-albanian"] > 20_000
    assert not list(build_dictionaries(tables, analyser, [share])), "it was up to date"
    known = open_dictionary(tables, analyser)
    assert list(known.of("pasaporte", "sq", "hbs")) == ["pasos"], "one word of the four standards"
    assert set(known.of("zrtva", "hbs", "en")) == {"victim", "casualty"}
    (share / "apertium/apertium-hbs-mkd").mkdir(parents=True)
    (share / "apertium/apertium-hbs-mkd/hbs-mkd.autobil.bin").write_bytes(b"LTTB")
    assert [words for _, words in build_dictionaries(tables, analyser, [share])] == [0]
    assert not list(build_dictionaries(tables, analyser, []))
    freedict = next(source for source in SOURCES if source.name == "dict-freedict-hrv-eng")
    assert not table_path(tables, freedict).exists()


def number(value: int) -> bytes:
    return bytes((value,)) if value < 64 else bytes((64 | value >> 8, value & 255))


def text(value: str) -> bytes:
    return number(len(value)) + b"".join(number(ord(letter)) for letter in value)


def compiled(word: str, other: str, tag: str = "n") -> bytes:
    """A dictionary of one pair as lttoolbox compiles it, and a step that goes in a circle."""
    pairs = [(0, 0), (ord("z"), ord("z")), *zip(map(ord, word), map(ord, other), strict=True), (-1, -1)]
    bias = 1
    data = b"LTTB" + bytes(8) + number(0) + number(1) + text(tag) + number(len(pairs))
    data += b"".join(number(one + bias) + number(two + bias) for one, two in pairs)
    size = len(word) + 2
    data += number(1) + text("main@standard") + b"LTTD" + bytes(8) + number(0)
    data += number(1) + number(size - 1) + number(size)
    for state in range(size - 1):
        data += number(2) + number(1) + number(0) + number(state + 1) + number(1)
    return data + number(0)


def test_a_compiled_dictionary_of_apertium_is_read() -> None:
    data = compiled("куќа", "кућа")
    assert list(read_pairs(data)) == [("куќа", "кућа")]
    assert list(read_pairs(compiled("охрид", "ohrid", tag="np"))) == [], "names are left out"
    with pytest.raises(FormatError):
        list(read_pairs(b"something else"))
    with pytest.raises(FormatError):
        list(read_pairs(data[:-8]))
    with pytest.raises(FormatError):
        list(read_pairs(b"LTTB" + b"\x01" + data[5:]))


def test_a_loose_synonym_leads_to_the_others_and_is_not_looked_for(
    tmp_path: Path, analyser: Analyser
) -> None:
    file = tmp_path / "synonyms.tsv"
    file.write_text("key\ten\tsq\thbs\tmk\ndocuments\tpapers~\tletra~; pasaportë\t\t\n", encoding="utf-8")
    groups = Glossary(read_synonyms(file), analyser)
    assert synonyms_of(["leter"], "sq", groups) == {"leter": ((("pasaporte",), 0.6),)}
    assert synonyms_of(["pasaporte"], "sq", groups) == {"pasaporte": ()}
    assert list(groups.find(["paper"], "en", "sq")) == [(0, 1, ("pasaporte",))]
    shipped = Glossary(read_synonyms(), analyser)
    card = tuple(token.lemma for token in analyser.tokens("lična karta", "sr"))
    assert shipped.written(card, "hbs") == "lična karta", "and not its lemmas"
    assert (("dete",), 0.6) in synonyms_of(["beba"], "hbs", shipped)["beba"]
    assert not any("24" in way for way, _ in synonyms_of(["noc"], "hbs", shipped)["noc"])
