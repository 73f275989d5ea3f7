"""The parts of the checks that need no database: reading level, rare words, faults, links, differences."""

from __future__ import annotations

import pytest

from public.checks.case_data import case_data
from public.checks.differences import Op, Part, differences
from public.checks.faults import WORDED, Fault, fault_words, figures, words_for
from public.checks.links import Link, is_well_formed, links_of
from public.checks.rare_words import beginnings, rare_words
from public.checks.readability import level_of, long_sentences, long_words, sentences_of, words_of
from public.languages import PUBLIC

EASY = "Call us. We speak your language. You decide what comes next."
HARD = (
    "Notwithstanding the aforementioned considerations, individuals contemplating transnational employment "
    "opportunities should systematically investigate organisational credentials beforehand."
)


def test_reading_level() -> None:
    easy, hard = level_of(EASY, "en"), level_of(HARD, "en")
    assert (easy.is_hard, hard.is_hard) == (False, True)
    assert easy.lix < 30 < 60 < hard.lix
    assert easy.ari < 5 < 14 < hard.ari
    assert easy.words == 11
    assert not level_of(HARD, "ar").is_hard, "no measure for this script"
    assert level_of("", "en").words == 0 and not level_of("", "en").is_hard
    assert level_of("Позовете нè. Зборуваме на вашиот јазик.", "mk").lix < 40


def test_sentences_and_words() -> None:
    assert sentences_of("One.\nTwo! Three? أين؟ نعم۔ হ্যাঁ। 3.5 m") == [
        "One", "Two", "Three", "أين", "نعم", "হ্যাঁ", "3.5 m",
    ]  # fmt: skip
    assert words_of("don't e-mail কাজ می‌خواهم 2026") == ["don't", "e-mail", "কাজ", "می‌خواهم"]
    assert long_sentences(f"{'word ' * 21}. Short.") == [("word " * 21).strip()]
    assert long_words("Organisationsentwicklung, organisationsentwicklung and work") == [
        "organisationsentwicklung"
    ]


def test_rare_words() -> None:
    known = beginnings(["Passports and contracts", "Трговија со луѓе"])
    assert rare_words("Your passport, an ombudsman and a memorandum", known) == ["ombudsman", "memorandum"]
    assert rare_words("трговијата", known) == []
    assert rare_words("memorandum", frozenset()) == [], "nothing to compare with"


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("en", "Escape at once!", Fault.UNSAFE),
        ("en", "Confront them and run away.", Fault.UNSAFE),
        ("en", "We guarantee a safe place.", Fault.PROMISE),
        ("en", "Naive girls fall for it.", Fault.BLAME),
        ("mk", "Бегајте веднаш!", Fault.UNSAFE),
        ("sr-cyrl", "Они су наивни.", Fault.BLAME),
        ("sr-latn", "Oni su naivni.", Fault.BLAME),
        ("cnr", "Garantujemo ti.", Fault.PROMISE),
        ("ar", "اهرب الآن", Fault.UNSAFE),
        ("tr", "Hemen kaçın!", Fault.UNSAFE),
    ],
)
def test_words_of_a_fault_are_named(language: str, text: str, fault: Fault) -> None:
    found = fault_words(text, language)
    assert fault in found
    assert all(word in text for words in found.values() for word in words)


def test_every_language_has_words_and_plain_text_has_no_fault() -> None:
    for tag in PUBLIC:
        for fault in WORDED:
            assert len(words_for(fault, tag)) >= 4, (tag, fault)
    assert fault_words("Shell and Michelle sell seashells. Call us.", "en") == {}
    assert fault_words(EASY, "en") == {}


def test_figures_need_a_source_and_numbers_to_call_do_not() -> None:
    assert figures("70 % of 35,000 calls, 12.5% in 2025") == ["70 %", "35,000", "12.5%"]
    assert figures("Call 0800 000 000, 116 006 or +389 2 123 456. 24 hours, 2026.") == []


def test_links() -> None:
    html = (
        '<p><a linktype="page" id="3">a</a> <a href="https://x.org/?a=1&amp;b=2">b</a> <a name="x">c</a></p>'
    )
    assert links_of(html) == [Link("page", "3"), Link("address", "https://x.org/?a=1&b=2")]
    for address in (
        "https://iom.int",
        "http://www.astra.rs/a?b#c",
        "mailto:help@astra.rs",
        "https://помоћ.срб/",
    ):
        assert is_well_formed(address), address
    for address in (
        "https://",
        "https:/x.org",
        "iom.int",
        "https://iom",
        "ftp://x.org",
        "javascript:x",
        "https://a b.org",
    ):
        assert not is_well_formed(address), address


def test_differences() -> None:
    old = [
        Part("t", "Title", "Safe work"),
        Part("1", "A", "Call us today."),
        Part("2", "B", "Same"),
        Part("3", "C", "Gone"),
    ]
    new = [
        Part("t", "Title", "Safe work"),
        Part("2", "B", "Same"),
        Part("1", "A", "Call us tonight."),
        Part("4", "D", "New"),
    ]
    found = {one.key: one for one in differences(old, new)}
    assert set(found) == {"1", "3", "4"} or set(found) == {"1", "2", "3", "4"}
    assert [(run.op, run.text.strip(" .")) for run in found["1"].runs if run.op != Op.SAME] == [
        (Op.REMOVED, "today"),
        (Op.ADDED, "tonight"),
    ]
    assert found["3"].is_gone and found["4"].is_new
    assert differences(old, old) == []
    pasted = [Part("t", "Title", "Safe work"), Part("9", "A", "Call us tonight.")]
    found = {one.key: one for one in differences(old[:2], pasted)}
    assert set(found) == {"9"} and not found["9"].is_new, "a block that was pasted is compared all the same"


def test_a_services_own_number_is_no_case_data() -> None:
    own = ("0800 1999 0", "+389 70 123 456", "112")
    for text in (
        "Bring your identity card, call 0800-19990",
        "лична карта: +38970123456",
        "Passport: 389 70123456",
    ):
        assert case_data(text, own) == ([], []), text
    assert case_data("JMBG 0101006500006, call 112", own) == (["0101006500006"], [])
    assert case_data("identity card 080019991", own)[0], "another number"
    assert case_data("IBAN MK07250120000058984", own) == ([], ["MK07250120000058984"])
