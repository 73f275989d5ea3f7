"""The outline of a text that came from a Word file changes: its numbers go on by its own pattern, and its own
file shows the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents.actions.decide_suggestions import accept
from documents.actions.edit_outline import add_section, fingerprint, move_section, remove_section, set_level
from documents.actions.import_word import import_word
from documents.actions.numbering import last_change, unsure_since
from documents.editions.text_storage import load_outline
from documents.exports.own_file import export_own
from documents.models import Edition, Section, Suggestion
from documents.word import open_package
from documents.word.read.read import read_package
from people.models import User
from people.roles import Role
from tests.support.documents.actions.numbers_from_files import typed
from tests.support.documents.word.build import abstract, heading, level, num, p, word_file
from tests.support.documents.word.own_levels import LINKED, OUTLINE
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.html import signed_in
from tests.support.returned_files import draft_of, paragraph_of, returned

pytestmark = pytest.mark.django_db

Rows = Sequence[tuple[str, int]]


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution())


def counted(rows: Rows, formats: Sequence[tuple[str, str]]) -> bytes:
    """A file whose headings Word counts, by a format and a text for each level."""
    levels = (
        level(n, fmt, text, f'<w:pStyle w:val="Heading{n + 1}"/>') for n, (fmt, text) in enumerate(formats)
    )
    body = "".join(heading(text, at) + p(f"Text of {text}.") for text, at in rows)
    return word_file(body, styles=LINKED, numbering=abstract(0, *levels) + num(1, 0))


def shown(draft: Edition, language: str = "mk") -> list[str]:
    return [f"{row.label} {row.heading}".strip() for row in load_outline(draft, language)]


def in_word(by: User, draft: Edition, language: str = "mk") -> list[str]:
    made = export_own(by, draft, language)
    assert made.from_source
    tree = read_package(open_package(made.data)).tree
    return [f"{section.text.label} {section.text.heading}".strip() for section in tree]


def same(by: User, draft: Edition, *rows: str) -> None:
    """The desk shows these sections, and so does the own file."""
    assert shown(draft) == list(rows)
    assert in_word(by, draft) == list(rows)


def uid(draft: Edition, words: str) -> str:
    return str(Section.objects.get(edition=draft, heading_mk=words).uid)


def add(by: User, draft: Edition, after: str, level: int, words: str = "New", kind: str = "section") -> str:
    return add_section(by, draft, uid(draft, after), level, kind, {"mk": words}, fingerprint(draft))


def test_typed_romans_stay_and_the_next_is_typed(drafter: User) -> None:
    draft = draft_of(drafter, typed(("I. Aims", 1), ("II. Scope", 1), ("III. Steps", 1)))
    assert shown(draft) == ["I. Aims", "II. Scope", "III. Steps"]
    add(drafter, draft, "Steps", 1)
    same(drafter, draft, "I. Aims", "II. Scope", "III. Steps", "IV. New")
    add(drafter, draft, "Aims", 1, "Second")
    same(drafter, draft, "I. Aims", "II. Second", "III. Scope", "IV. Steps", "V. New")


@pytest.mark.parametrize(
    ("had", "now"),
    [
        (
            ("I.1. One", "I.2. Two", "II.1. Three", "II.2. Four"),
            ("II. New", "III.1. Three", "III.2. Four"),
        ),
        (("А.1 One", "А.2 Two", "Б.1 Three", "Б.2 Four"), ("Б. New", "В.1 Three", "В.2 Four")),
    ],
)
def test_typed_numbers_led_by_a_roman_or_a_letter_follow_their_chapter(
    drafter: User, had: Sequence[str], now: Sequence[str]
) -> None:
    first, second = had[0].split(".")[0], had[2].split(".")[0]
    rows = [
        (f"{first}. Aims", 1),
        (had[0], 2),
        (had[1], 2),
        (f"{second}. Steps", 1),
        (had[2], 2),
        (had[3], 2),
    ]
    draft = draft_of(drafter, typed(*rows))
    assert shown(draft) == [words for words, _ in rows]
    add(drafter, draft, "Two", 1)
    third = now[1].split(".")[0]
    same(drafter, draft, f"{first}. Aims", *had[:2], now[0], f"{third}. Steps", *now[1:])


def test_letters_that_are_typed_go_on_in_the_order_of_the_language(drafter: User) -> None:
    names = ("Aims", "Scope", "Steps", "Terms", "Watch")
    draft = draft_of(drafter, typed(*((f"{x}) {name}", 1) for x, name in zip("абвгд", names, strict=True))))
    add(drafter, draft, "Watch", 1)
    assert shown(draft)[-1] == "ѓ) New"


def test_a_text_without_numbers_stays_without(drafter: User) -> None:
    draft = draft_of(drafter, typed(("Aims", 1), ("Scope", 2), ("Steps", 1)))
    add(drafter, draft, "Aims", 1)
    set_level(drafter, draft, uid(draft, "New"), 2, fingerprint(draft))
    remove_section(drafter, draft, uid(draft, "Scope"), fingerprint(draft), alone=True)
    same(drafter, draft, "Aims", "New", "Steps")


def test_mixed_numbers_stay_the_new_one_has_none_and_it_is_said(drafter: User) -> None:
    draft = draft_of(drafter, typed(("I. Aims", 1), ("2. Scope", 1), ("В. Steps", 1)))
    before = last_change(draft)
    add(drafter, draft, "Aims", 1)
    same(drafter, draft, "I. Aims", "New", "2. Scope", "В. Steps")
    assert unsure_since(draft, before) and not unsure_since(draft, last_change(draft))


def test_articles_count_on_through_chapters(drafter: User) -> None:
    draft = draft_of(
        drafter,
        typed(
            ("Глава I Aims", 1), ("Член 1 First", 2), ("Член 2 Second", 2), ("Глава II Steps", 1),
            ("Член 3 Third", 2),
        ),
    )  # fmt: skip
    add(drafter, draft, "First", 2, "New", "article")
    same(
        drafter, draft,
        "Глава I Aims", "Член 1 First", "Член 2 New", "Член 3 Second", "Глава II Steps", "Член 4 Third",
    )  # fmt: skip
    add(drafter, draft, "Third", 1, "Chapter", "chapter")
    move_section(drafter, draft, uid(draft, "First"), uid(draft, "Chapter"), 2, fingerprint(draft))
    same(
        drafter, draft, "Глава I Aims", "Член 1 New", "Член 2 Second", "Глава II Steps", "Член 3 Third",
        "Глава III Chapter", "Член 4 First",
    )  # fmt: skip


def test_annexes_are_numbered_apart(drafter: User) -> None:
    draft = draft_of(drafter, typed(("1. Aims", 1), ("Прилог А Form", 1), ("Прилог Б List", 1)))
    add(drafter, draft, "Aims", 1)
    add(drafter, draft, "Form", 1, "Card", "annex")
    same(drafter, draft, "1. Aims", "2. New", "Прилог А Form", "Прилог Б Card", "Прилог В List")


def test_what_word_counts_it_counts_on(drafter: User) -> None:
    rows = (("Aims", 1), ("Scope", 2), ("Words", 2), ("Steps", 1), ("First", 2))
    draft = draft_of(drafter, counted(rows, [("upperRoman", "%1."), ("lowerLetter", "%2)")]))
    assert shown(draft) == ["I. Aims", "a) Scope", "b) Words", "II. Steps", "a) First"]
    add(drafter, draft, "Scope", 2)
    move_section(drafter, draft, uid(draft, "Steps"), None, 1, fingerprint(draft))
    same(drafter, draft, "I. Steps", "a) First", "II. Aims", "a) Scope", "b) New", "c) Words")
    set_level(drafter, draft, uid(draft, "New"), 1, fingerprint(draft))
    same(drafter, draft, "I. Steps", "a) First", "II. Aims", "a) Scope", "III. New", "a) Words")


def test_where_only_one_level_is_counted_others_have_no_number(drafter: User) -> None:
    rows = (("Aims", 1), ("Scope", 2), ("Words", 2))
    draft = draft_of(drafter, counted(rows, [("none", ""), ("upperRoman", "%2.")]))
    assert shown(draft) == ["Aims", "I. Scope", "II. Words"]
    set_level(drafter, draft, uid(draft, "Words"), 1, fingerprint(draft))
    same(drafter, draft, "Aims", "I. Scope", "Words")
    add(drafter, draft, "Scope", 2)
    same(drafter, draft, "Aims", "I. Scope", "II. New", "Words")


def test_a_level_that_the_text_has_not_gets_no_number_in_word_either(drafter: User) -> None:
    draft = draft_of(
        drafter, counted((("Aims", 1), ("Scope", 1)), [("decimal", "%1."), ("decimal", "%1.%2")])
    )
    before = last_change(draft)
    add(drafter, draft, "Aims", 2)
    same(drafter, draft, "1. Aims", "New", "2. Scope")
    assert unsure_since(draft, before)


def test_numbers_that_lead_one_another_follow(drafter: User) -> None:
    rows = (("Aims", 1), ("Scope", 2), ("Words", 2), ("Steps", 1), ("First", 2))
    draft = draft_of(drafter, word_file("".join(heading(*x) for x in rows), styles=LINKED, numbering=OUTLINE))
    move_section(drafter, draft, uid(draft, "Steps"), None, 1, fingerprint(draft))
    add(drafter, draft, "Words", 3, "Deep")
    same(drafter, draft, "1 Steps", "1.1 First", "2 Aims", "2.1 Scope", "2.2 Words", "2.2.1 Deep")


def test_each_language_goes_on_by_its_own_pattern(drafter: User) -> None:
    owner = make_institution()
    draft = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk", "sq", "en"])
    Section.objects.filter(edition=draft).delete()
    for language, labels in (("mk", "АБВ"), ("sq", ("I", "II", "III")), ("en", ("", "", ""))):
        rows = [
            (f"{x}. {y} {language}".lstrip(". "), 1)
            for x, y in zip(labels, ("One", "Two", "Three"), strict=True)
        ]
        import_word(drafter, draft, language, typed(*rows), f"{language}.docx")
    headings = {"mk": "New", "sq": "E re", "en": "New"}
    add_section(drafter, draft, uid(draft, "One mk"), 1, "section", headings, fingerprint(draft))
    assert shown(draft) == ["А. One mk", "Б. New", "В. Two mk", "Г. Three mk"]
    assert shown(draft, "sq") == ["I. One sq", "II. E re", "III. Two sq", "IV. Three sq"]
    assert shown(draft, "en") == ["One en", "New", "Two en", "Three en"]
    for language in ("mk", "sq", "en"):
        assert in_word(drafter, draft, language) == shown(draft, language)


def test_a_section_set_to_another_level_and_back_has_its_number_back(drafter: User) -> None:
    draft = draft_of(drafter, typed(("Дел I Part", 1), ("Дел II Aims", 1), ("1. Scope", 2), ("2. Words", 2)))
    before = shown(draft)
    set_level(drafter, draft, uid(draft, "Aims"), 2, fingerprint(draft))
    assert shown(draft) == ["Дел I Part", "1. Aims", "2. Scope", "3. Words"]
    set_level(drafter, draft, uid(draft, "Aims"), 1, fingerprint(draft))
    same(drafter, draft, *before)


@pytest.mark.parametrize(("second", "said"), [("II. Scope", False), ("2. Scope", True)])
def test_the_page_says_where_no_number_can_be_known(drafter: User, second: str, said: bool) -> None:
    draft = draft_of(drafter, typed(("I. Aims", 1), (second, 1)))
    client = signed_in(drafter)
    data = {"after": uid(draft, "Scope"), "place": "beside", "kind": "section", "heading_mk": "New"}
    url = f"/en/desk/{draft.pk}/add/"
    page = client.post(url, data | {"expected": fingerprint(draft)}, follow=True).content.decode()
    assert ("how sections are numbered here" in page) is said
    assert ("check the number" in client.get(f"/en/desk/{draft.pk}/").content.decode()) is said


def test_an_article_that_a_reviewer_put_in_counts_with_the_articles(drafter: User) -> None:
    rows = (
        ("Глава I Aims", 1),
        ("Член 1 First", 2),
        ("Член 2 Second", 2),
        ("Глава II Steps", 1),
        ("Член 3 Third", 2),
    )
    draft = draft_of(drafter, typed(*rows))
    new = heading("Член 2 New", 2) + p("Text of New.")
    returned(
        drafter,
        draft,
        lambda text: text.replace(old := paragraph_of(text, "Text of Член 1 First."), old + new),
    )
    accept(drafter, Suggestion.objects.filter(edition=draft, kind=Suggestion.Kind.SECTION_ADDED))
    same(
        drafter, draft,
        "Глава I Aims", "Член 1 First", "Член 2 New", "Член 3 Second", "Глава II Steps", "Член 4 Third",
    )  # fmt: skip
    assert Section.objects.get(edition=draft, heading_mk="New").kind == "article"


def test_a_section_taken_out_lets_those_behind_it_count_on(drafter: User) -> None:
    draft = draft_of(drafter, typed(("I. Aims", 1), ("II. Scope", 1), ("III. Steps", 1), ("Sources", 1)))
    returned(drafter, draft, lambda text: text.replace(paragraph_of(text, "Scope"), ""))
    accept(drafter, Suggestion.objects.filter(edition=draft))
    same(drafter, draft, "I. Aims", "II. Steps", "Sources")
