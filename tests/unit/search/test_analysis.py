"""All forms of a word to one token."""

from __future__ import annotations

import pytest

from documents.translation.scripts import to_cyrillic
from search.analysis import Analyser, Token, family_of, tokenise
from search.analysis.lexicon import GROUPS
from search.analysis.spelling import ekavian, lower, plain
from search.engines.word_shapes import shapes_of
from tests.support.search.sentences import sentences

ODD = (
    "co-ordinator Co\u2011operation CO-OPERATE co-worker o-co-o",
    "z\u030crtva ne\u00adpre\u00adkid re\u200cd\u200d a\u0301\u0301 \u0301a b\u0301_c",
    "مُتَرجِم والضحايا می\u200cروند مدرسہ",
    "snake_case __init__ a_b 3.5 1,000 §5 №7 (reč), „žrtva“ — ‘a’ l'État",
    "half \ud800 of a pair\u2028next\u00a0word\u3000x\x1cy\x85z",
    "İstanbul ẞ ǆ ﬁ ² ½ ١٢٣ 漢字 かな ไทย हिन्दी",
    "",
    " ",
    "x" * 5000 + "," + "y" * 5000,
)


def test_the_quick_ways_find_the_same_words_as_the_full_pattern(analyser: Analyser) -> None:
    """In the demonstration's texts, in both scripts, and in odd ones: the same words, places, shapes."""
    known = [(language, " ".join(texts)) for language, texts in sentences().items()]
    known += [("sr", to_cyrillic(text)) for language, text in known if language in ("sr", "hr")]
    pieces = [("hr", text[place : place + 7]) for _, text in known for place in range(0, len(text), 501)]
    for language, text in [
        *known,
        *pieces,
        *((language, odd) for odd in ODD for language in ("sr", "en", "ar")),
    ]:
        full = list(tokenise._WORD.finditer(text))
        assert tokenise.spelled(text) == [match[0] for match in full], text[:80]
        assert [match.span() for match in tokenise.word_matches(text)] == [match.span() for match in full]
        tokens = analyser.tokens(text, language)
        assert [(token.start, token.end, token.text) for token in tokens] == [
            (*match.span(), match[0]) for match in full
        ]
        shapes = shapes_of(analyser, family_of(language))
        assert shapes.of(text) == [shapes[match[0]] for match in full]


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
        ("coordinator co-ordinator Co-ordinators co\u2011ordinator CO-ORDINATOR", "en"),
        ("cooperation co-operation", "en"),
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
    text = (
        "Nadležni organ upućuje žrtvu u prihvatilište; konjunktura, injekcija, džep, Ljubljana, njegova "
        "đačka knjižica."
    )
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
        ("الضحايا ضحايا بالضحايا وبالضحايا للضحايا وللضحايا فللضحايا", "ar"),
        ("کتاب کتاب\u200cها کتاب\u200cهای کتابها كتاب", "fa"),
        ("پناهنده پناهندگان", "prs"),
        ("لڑکی لڑکیاں لڑکیوں", "ur"),
        ("بچہ بچے بچوں بچه", "ur"),
        ("کور کورونه کورونو", "ps"),
        ("قرباني قربانيان قربانیانو", "ps"),
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
