"""Items that were moved, deleted or typed with tracking in LibreOffice: what it writes to the paragraphs beside them is nobody's
change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from documents.actions.decide_suggestion import decide_all
from documents.models import Edition, ReturnedFile
from documents.word.file.guard import open_package
from documents.word.read.read import read_package
from documents.word.resolve.child import resolve_in_child
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import drafter, heading, texts
from tests.documents.desk.test_back_again_headings import returned as brought_with
from tests.documents.desk.test_libreoffice_walk import brought, sent_out
from tests.documents.docx.build import abstract, labels, level, num, numbered, word_file
from tests.services.office import Office

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
OUTLINED = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
ITEMS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def item(words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


FIRST, SECOND, THIRD, LAST = "прва мерка", "втора мерка", "трета мерка", "Мерките важат за сите."
SOURCE = word_file(
    heading("Мерки", 1) + p("Мерките се овие:") + item(FIRST) + item(SECOND) + item(THIRD) + p(LAST)
    + p("Се објавуваат еднаш годишно.") + heading("Рокови", 1) + p("Осум дена."),
    styles=OUTLINED + ITEMS,
    numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
)  # fmt: skip
TRACKING: list[list[object]] = [["author", "Ana Petrova"], ["tracking", True]]


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def told(back: ReturnedFile) -> list[tuple[str, bool, str, str]]:
    return [(s.kind, s.tracked, s.old, s.new) for s in back.suggestions.order_by("pk")]


def test_the_paragraph_behind_an_item_that_goes_stays_one(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    edits: list[list[object]] = [*TRACKING, ["remove_paragraph", FIRST], ["move_paragraph", THIRD, 1]]
    back = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), edits))
    assert all(tracked for _, tracked, _, _ in told(back))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition)[0][2] == "\n".join(
        ["Мерките се овие:", SECOND, LAST, THIRD, "Се објавуваат еднаш годишно."]
    )


def test_the_paragraph_behind_a_deleted_item_that_somebody_made_one_is_one(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    out = sent_out(edition, drafter, tmp_path)
    edits: list[list[object]] = [["styled", LAST, "List Number"], *TRACKING, ["remove_paragraph", THIRD]]
    back = brought(edition, drafter, writer.edit(out, edits))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert labels(read_package(open_package(sent_out(edition, drafter, tmp_path)))) == ["1.", "2.", "3."]


TYPED = (
    f'<w:r><w:t>{SECOND}</w:t></w:r></w:p><w:p>%s<w:ins w:id="91" {BY}><w:r><w:t>Ново.</w:t></w:r></w:ins>'
)
ENDED = f'<w:rPr><w:ins w:id="90" {BY}/></w:rPr></w:pPr>'


def typed_behind(look: str) -> tuple[str, Callable[[str], str]]:
    """Words typed behind an item, in a paragraph of another look."""

    def change(found: str) -> str:
        found = found.replace("</w:pPr>", ENDED, 1)
        return found.replace(f"<w:r><w:t>{SECOND}</w:t></w:r>", TYPED % look)

    return SECOND, change


@pytest.mark.parametrize("look", ["", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'])
def test_an_item_behind_which_somebody_typed_is_one_without_these_words(
    edition: Edition, drafter: User, look: str
) -> None:
    back = brought_with(drafter, edition, typed_behind(look))
    assert all(tracked for _, tracked, _, _ in told(back))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert "Ново." in "\n".join(words + text for _, words, text in texts(edition))


def test_refused_it_is_an_item_again_by_the_command_too(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    path = sent_out(edition, drafter, tmp_path)
    words, change = typed_behind("")
    path.write_bytes(edited(path.read_bytes(), lambda text: change_at(text, words, change)))
    read = read_package(open_package(resolve_in_child(path, accept=False)))
    assert labels(read) == ["1.", "2.", "3."]
    assert [block["type"] for block in read.tree.sections[0].text.body["blocks"]] == [
        "paragraph",
        "list",
        "paragraph",
        "paragraph",
    ]


def change_at(text: str, words: str, change: Callable[[str], str]) -> str:
    at = text.index(f"<w:t>{words}")
    start, end = text.rindex("<w:p>", 0, at), text.index("</w:p>", at)
    return f"{text[:start]}{change(text[start:end])}{text[end:]}"


def test_an_item_that_somebody_made_text_is_told(edition: Edition, drafter: User) -> None:
    """By hand, without tracking, and then typed behind it: its own look says so."""
    words, change = typed_behind("")

    def made_text(found: str) -> str:
        return change(found).replace('<w:pStyle w:val="ListNumber"/>', "", 1)

    back = brought_with(drafter, edition, (words, made_text))
    assert any(not tracked for _, tracked, _, _ in told(back))


def test_an_item_behind_which_another_one_was_moved_to_the_end_keeps_its_level(
    drafter: User, writer: Office, tmp_path: Path
) -> None:
    source = word_file(
        heading("Мерки", 1) + numbered(OUTER) + numbered(OTHER) + numbered(INNER, ilvl=1),
        styles=OUTLINED,
        numbering=NUMBERS,
    )
    edition = taken_in(drafter, source)
    edits: list[list[object]] = [*TRACKING, ["move_paragraph", OTHER, 1]]
    back = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), edits))
    assert told(back) and all(tracked for _, tracked, _, _ in told(back))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition)[0][2] == f"{OUTER}\n{INNER}\n{OTHER}"


OUTER, INNER, OTHER = "надворешна мерка", "внатрешна мерка", "друга мерка"
NUMBERS = abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)")) + num(1, 0) + num(2, 0)
NESTED = word_file(
    heading("Мерки", 1) + numbered(OUTER) + numbered(INNER, ilvl=1) + numbered(OTHER) + p("Крај."),
    styles=OUTLINED + ITEMS.replace('<w:numId w:val="1"/>', '<w:numId w:val="2"/>'),
    numbering=NUMBERS,
)  # fmt: skip


def test_an_inner_item_whose_words_are_joined_to_the_outer_one_was_not_set_higher(
    drafter: User, writer: Office, tmp_path: Path
) -> None:
    edition = taken_in(drafter, NESTED)
    edits: list[list[object]] = [*TRACKING, ["join", OUTER]]
    back = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), edits))
    assert told(back) and all(tracked for _, tracked, _, _ in told(back))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition)[0][2] == f"{OUTER}{INNER}\n{OTHER}\nКрај."
    assert labels(read_package(open_package(sent_out(edition, drafter, tmp_path)))) == ["1.", "2."]


@pytest.mark.parametrize("deleted", [True, False])
def test_an_inner_item_that_somebody_set_higher_is_told(
    drafter: User, writer: Office, tmp_path: Path, deleted: bool
) -> None:
    edition = taken_in(drafter, NESTED)
    edits: list[list[object]] = [["item_level", INNER, 0], *TRACKING]
    edits += [["remove_paragraph", OUTER]] if deleted else []
    back = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), edits))
    assert any(not tracked for _, tracked, _, _ in told(back))
