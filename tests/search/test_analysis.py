"""All forms of a word to one token."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from documents.languages.scripts import to_cyrillic
from search import cli
from search.analysis import Analyser, Token, family_of
from search.analysis.building import build_tables
from search.analysis.compiling import Lexicon, compile_lexicon, source_version
from search.analysis.spelling import ekavian, lower, plain
from search.analysis.standards import GROUPS
from search.analysis.tables import TableError, open_lexicon, write_lexicon
from tests.search.conftest import TABLES


def lemmas(analyser: Analyser, text: str, language: str) -> set[str]:
    return {token.lemma for token in analyser.tokens(text, language)}


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ("žrtva žrtve žrtvi žrtvu žrtvom žrtava žrtvama", "sr"),
        ("zrtva zrtve zrtvi zrtvu zrtvom zrtava zrtvama", "sr"),
        ("жртва жртве жртви жртву жртвом жртава жртвама", "sr"),
        ("ŽRTVA Žrtve žrtvе zrtvama", "bs"),
        ("trgovina trgovine trgovini trgovinom trgovinama", "hr"),
        ("identifikacija identifikacije identifikaciji identifikacijom", "cnr"),
        ("svjedok svjedoka svjedoci svedok svedoka сведоци", "sr"),
        ("mlijeko mleko mlijeka mleka", "bs"),
        ("zahtjev zahtjeva zahtev zahteva zahtevi", "hr"),
        ("mjesto mjesta mesto mesta", "cnr"),
        ("izvještaj izvještaja izveštaj izveštaji извештај", "sr"),
        ("śednica śednice sjednica sjednice sednica", "cnr"),
        ("жртва жртвата жртви жртвите", "mk"),
        ("zrtva zrtvata žrtvi žrtvite", "mk"),
        ("сведок сведокот сведоци сведоците svedok", "mk"),
        ("ќерка ќерката kerka kjerka", "mk"),
        ("со so", "mk"),
        ("viktimë viktima viktimat viktimave viktimës", "sq"),
        ("viktime viktimes", "sq"),
        ("fëmijë fëmija fëmijët fëmijëve femije femijeve", "sq"),
        ("identifikim identifikimi identifikimit identifikimin", "sq"),
        ("identifikoj identifikohet identifikuan identifikoi", "sq"),
        ("nov novi nova novo novog novim najnovijih", "sr"),
        ("raditi radi rade radio radili radimo", "hr"),
        ("završiti završen završena završio završi završenog", "bs"),
        ("predstavnik predstavnici predstavnika", "sr"),
        ("organizirati organizira organizovati organizuje organizovala", "hr"),
        ("општина општине općina općini", "sr"),
        ("dijete djeca djece dete deci deteta", "cnr"),
        ("učinilac učinioca učiniocu učiniocem učinioci učiniocima učinilaca учиниоца", "sr"),
        ("protivpravan protivpravna protivpravno protivpravnog", "cnr"),
        ("saučesnik saučesnika saučesnici saučesnicima", "sr"),
        ("umišljaj umišljaja umišljajem умишљајем", "sr"),
        ("prijetnja prijetnje pretnja pretnjom", "bs"),
        ("заштитени заштитена заштитените заштитеното", "mk"),
        ("постапување постапувањето постапувања", "mk"),
        ("упати упатен упатена упатените упатил упатила", "mk"),
        ("јавен јавна јавно јавни јавните", "mk"),
        ("казна казни казните казната", "mk"),
        ("донесе донесол донесена", "mk"),
        ("ligj ligji ligje ligjet ligjeve", "sq"),
        ("organ organi organe organet", "sq"),
        ("masë masa masat masave", "sq"),
        ("parë pare", "sq"),
        ("të te së se", "sq"),
        ("më me", "sq"),
        ("cilës ciles cilën cilen cili", "sq"),
        ("vetë vete", "sq"),
        ("është eshte qenë qene", "sq"),
        ("dhënat dhenat dhëna dhena dhënave dhenave", "sq"),
        ("bëhet behet bëjnë", "sq"),
        ("kërcënim kercenim kërcënimi kercenimi kërcënimet kercenimet", "sq"),
        ("përgjegjës pergjegjes", "sq"),
        ("përmes permes", "sq"),
        ("rëndësi rendesi rëndësia", "sq"),
        ("politikë politikës politikes", "sq"),
        ("lëvizje levizje lëvizjes levizjes", "sq"),
        ("ekspert ekspertëve eksperteve", "sq"),
        ("tokë toka tokën tokes", "sq"),
        ("jetë jetën jeten", "sq"),
        ("dëshmitar dëshmitarë deshmitare dëshmitarët", "sq"),
        ("dënuar dënuara dënuan dënoj dënuarit", "sq"),
        ("victim victims Victim's".replace("'s", ""), "en"),
        ("identify identifies identified identifying", "en"),
        ("child children", "en"),
    ],
)
def test_forms_of_a_word(analyser: Analyser, forms: str, language: str) -> None:
    assert len(lemmas(analyser, forms, language)) == 1


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("žrtva svedok trgovina policija granica dete lekar", "sr"),
        ("жртва сведок трговија полиција граница дете лекар", "mk"),
        ("viktimë dëshmitar trafikim polici kufi fëmijë mjek", "sq"),
        ("victim witness trafficking police border child doctor", "en"),
    ],
)
def test_different_words_stay_apart(analyser: Analyser, words: str, language: str) -> None:
    assert len(lemmas(analyser, words, language)) == len(words.split())


@pytest.mark.parametrize("group", GROUPS, ids="=".join)
def test_what_the_standards_call_differently_is_one(analyser: Analyser, group: tuple[str, ...]) -> None:
    words = " ".join([*group, *map(to_cyrillic, group)])
    assert len(lemmas(analyser, words, "sr")) == 1


def test_words_of_law_that_a_verb_took_the_forms_of(analyser: Analyser) -> None:
    """*Mito* and *pravilo* are nouns: the list makes forms of *mititi* and *praviti* of them."""
    assert lemmas(analyser, "mito mita mitom", "hr") == {"mito"}
    assert lemmas(analyser, "pravilo pravila pravilima", "sr") == {"pravilo"}


def test_groups_of_the_standards_stay_apart(analyser: Analyser) -> None:
    firsts = [group[0] for group in GROUPS]
    assert len(lemmas(analyser, " ".join(firsts), "hr")) == len(firsts)
    words = [word for group in GROUPS for word in group]
    assert len(words) == len(set(words))


def test_a_law_is_found_in_the_words_of_another_standard(analyser: Analyser) -> None:
    asked = lemmas(analyser, "saizvršioci krivičnog dela", "sr")
    assert asked <= lemmas(analyser, "Supočinitelj odgovara za kazneno djelo u granicama svoje namjere", "hr")
    # Words that mean something else as well stay what they are.
    assert len(lemmas(analyser, "lice osoba", "sr")) == 2


def test_words_that_no_dictionary_has(analyser: Analyser) -> None:
    for forms in (
        "deradikalizator deradikalizatora deradikalizatoru deradikalizatorima",
        "Baumann Baumanna Baumannu Baumannom",
        "Basescu Basescua Basescuom",
        "Zafirovska Zafirovsku Zafirovskoj",
        "kategoriziran kategorizirana kategorizirati kategorizirao",
        "četvrtfinalni četvrtfinalnih četvrtfinalnog četvrtfinalne",
    ):
        assert len(lemmas(analyser, forms, "hr")) == 1, forms
    assert len(lemmas(analyser, "цајбербулинг цајбербулингот", "mk")) == 1


def test_scripts_agree_word_by_word(analyser: Analyser) -> None:
    text = "Nadležni organ upućuje žrtvu u prihvatilište; konjunktura, injekcija, džep, Ljubljana, njegova đačka knjižica."
    latin = [token.lemma for token in analyser.tokens(text, "sr")]
    assert latin == [token.lemma for token in analyser.tokens(to_cyrillic(text), "sr")]


def test_offsets_are_those_of_the_text(analyser: Analyser) -> None:
    text = "Čl. 5: žrt\u00advama — „Е-пошта” c\u0301ao, t'u, MUP-a\n3.2.1"
    tokens = analyser.tokens(text, "sr")
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [token.text for token in tokens] == [
        "Čl", "5", "žrt\u00advama", "Е", "пошта", "c\u0301ao", "t", "u", "MUP", "a", "3", "2", "1",
    ]  # fmt: skip
    assert tokens[2].lemma == "zrtva"


def test_tokens_are_plain_and_have_a_prefix(analyser: Analyser) -> None:
    assert analyser.tokens("Žrtvama", "sr") == [Token(0, 7, "Žrtvama", "zrtva", "zrtv")]
    assert analyser.tokens("identifikacijom", "hr")[0].prefix == "iden"


def test_a_language_without_dictionary(analyser: Analyser) -> None:
    assert lemmas(analyser, "Écoles écoles ecoles", "it") == {"ecoles"}


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ("الضحية ضحية للضحية والضحية ضحيّة", "ar"),
        ("المهاجرين مهاجرون المهاجر", "ar"),
        ("کتاب کتاب\u200cها کتاب\u200cهای کتابها كتاب", "fa"),
        ("پناهنده پناهندگان", "prs"),
        ("لڑکی لڑکیاں لڑکیوں", "ur"),
        ("کور کورونه کورونو", "ps"),
        ("çocuk ÇOCUKLAR çocuğu cocuklarin", "tr"),
        ("göçmen göçmenler göçmenlere GÖÇMENİN", "tr"),
        ("victime VICTIMES", "fr"),
        ("national nationaux nationale nationales", "fr"),
    ],
)
def test_languages_of_the_public_site(analyser: Analyser, forms: str, language: str) -> None:
    tokens = analyser.tokens(forms, language)
    assert len({token.lemma for token in tokens}) == 1
    assert [forms[token.start : token.end] for token in tokens] == forms.split()


def test_words_of_the_public_site_stay_apart(analyser: Analyser) -> None:
    for words, language in (
        ("قانون شرطة طفل حدود", "ar"), ("قانون پلیس کودک مرز", "fa"), ("قانون پولیس بچہ سرحد", "ur"),
        ("قانون پولیس ماشوم پوله", "ps"), ("kanun polis çocuk sınır", "tr"), ("loi police enfant frontière", "fr"),
    ):  # fmt: skip
        assert len(lemmas(analyser, words, language)) == 4
    assert analyser.is_silent("إلى", "ar")
    assert not analyser.is_silent("ضحية", "ar")


def test_odd_input(analyser: Analyser) -> None:
    assert analyser.tokens("", "sr") == []
    assert analyser.tokens(" \n—…!", "xx") == []
    assert analyser.tokens("a" * 5000, "sr")[0].end == 5000
    assert analyser.tokens("\ud800x\0y", "en")


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("sr-Latn", "hbs"),
        ("SR", "hbs"),
        ("cnr", "hbs"),
        ("en-GB", "en"),
        ("mk", "mk"),
        ("prs", "fa"),
        ("it", "und"),
    ],
)
def test_families(code: str, family: str) -> None:
    assert family_of(code) == family


def test_ekavian() -> None:
    assert [ekavian(word) for word in ("rijec", "mjesto", "dio", "prije", "pacijent", "nedjelja", "polje")] == [
        "rec", "mesto", "deo", "pre", "pacijent", "nedelja", "polje",
    ]  # fmt: skip


def test_plain() -> None:
    assert plain(lower("ĐAČKO ŽDREBČE Ë ỹ ќ й")) == "djacko zdrebce e y к й"


def test_silent_words(analyser: Analyser) -> None:
    assert analyser.is_silent("НА", "mk")
    assert all(analyser.is_silent(word, "mk") for word in ("na", "so", "kje", "ke", "što"))
    assert not analyser.is_silent("zrtva", "mk")
    assert analyser.is_silent("kojima", "sr")
    assert not analyser.is_silent("žrtva", "sr")


def test_without_tables(analyser: Analyser, tmp_path: Path) -> None:
    """Slower to start and less able, but the same words; and it says that it is not the same analysis."""
    bare = Analyser(tmp_path)
    assert not bare.has_tables()
    assert analyser.has_tables()
    text = "Žrtvama trgovine ljudima, zrtava, сведоцима i mlijeka"
    assert bare.tokens(text, "sr") == analyser.tokens(text, "sr")
    assert bare.tokens("identified children", "en") == analyser.tokens("identified children", "en")
    assert bare.version() != analyser.version()


def test_table_says_what_the_dictionary_says(tmp_path: Path) -> None:
    lexicon = compile_lexicon("en")
    write_lexicon(lexicon, tmp_path / "en.lexicon")
    table = open_lexicon(tmp_path / "en.lexicon")
    assert (table.family, table.version) == ("en", source_version("en"))
    assert dict(table.lemmas) == dict(lexicon.lemmas)
    assert dict(table.endings) == dict(lexicon.endings)
    assert table.lemmas.get("nosuchword") is None
    assert "x" * 300 not in table.lemmas


def test_tables_are_kept_until_their_sources_change(analyser: Analyser) -> None:
    assert not any(built.new for built in build_tables(TABLES))


def test_broken_tables_are_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "hbs.lexicon"
    path.write_bytes(b"not a table at all" * 100)
    with pytest.raises(TableError):
        open_lexicon(path)
    path.write_bytes(b"")
    with pytest.raises(TableError):
        open_lexicon(path)
    write_lexicon(Lexicon("hbs", "made of something else", {"a": "b"}, {}), path)
    assert lemmas(Analyser(tmp_path), "žrtvama", "sr") == {"zrtva"}


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


def test_tokens_of_any_input(analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in pieces that cut no word, so that no input is too long; bytes that are no text part words."""
    path = tmp_path / "text.txt"
    path.write_bytes("žrtva ".encode() * 50 + b"\xff\xfe" + "жртве\r\nžrtvama".encode())
    whole, pieces = io.StringIO(), io.StringIO()
    assert cli.tokens(["--lang", "sr", "--tables", str(TABLES), str(path)], None, whole) == 0
    monkeypatch.setattr(cli, "_PIECE", 7)
    assert cli.tokens(["--lang", "sr", "--tables", str(TABLES), str(path)], None, pieces) == 0
    assert whole.getvalue() == pieces.getvalue()
    lines = [json.loads(line) for line in whole.getvalue().splitlines()]
    assert len(lines) == 52
    assert {line["token"] for line in lines} == {"zrtva"}
    assert lines[-1]["end"] == 50 * 6 + 2 + 5 + 2 + 7
