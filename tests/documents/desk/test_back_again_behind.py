"""A file that came back with a heading deleted with tracking in LibreOffice, which gives its style to the text behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from documents.actions.decide_suggestion import decide_all
from documents.models import Edition
from documents.word.file.guard import open_package
from documents.word.read.read import read_package
from documents.word.resolve.child import resolve_in_child
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import BY, p
from tests.documents.desk.test_back_again_headings import all_of, heading, returned, texts, with_its_end
from tests.documents.desk.test_libreoffice_walk import brought, sent_out
from tests.documents.docx.build import abstract, level, num, numbered, word_file
from tests.factories import make_institution, make_person
from tests.services.office import Office

pytestmark = pytest.mark.django_db
OUTLINED = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in (1, 2)
)
SOURCE = word_file(
    heading("Цел", 1) + p("Првиот текст.")
    + heading("Опсег", 2) + p("Важи за сите лица на територијата.") + p("Без разлика.")
    + heading("Лица", 2) + numbered("секое дете") + numbered("секоја жена")
    + heading("Рокови", 1) + p("Осум дена."),
    styles=OUTLINED,
    numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
)  # fmt: skip
JOINED = [("joined", True, "Опсег", "Лица", "Ana Petrova"), ("joined", True, "Цел", "Опсег", "Ana Petrova")]


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def took(style: str, more: str = "") -> Callable[[str], str]:
    """Gives a paragraph that style, and leaves its number."""
    said = f'<w:pStyle w:val="{style}"/>'

    def change(found: str) -> str:
        if "<w:pPr>" in found:
            return found.replace("<w:pPr>", f"<w:pPr>{said}", 1)
        at = found.index(">") + 1
        return f"{found[:at]}<w:pPr>{said}{more}</w:pPr>{found[at:]}"

    return change


def test_the_text_behind_a_deleted_heading_stays_text(edition: Edition, drafter: User) -> None:
    back = returned(
        drafter,
        edition,
        ("Опсег", with_its_end),
        ("Важи за сите лица на територијата.", took("Heading2")),
        ("Лица", with_its_end),
        ("секое дете", took("Heading2")),
    )
    assert all_of(back) == JOINED
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [
        (
            1,
            "Цел",
            "Првиот текст.\nВажи за сите лица на територијата.\nБез разлика.\nсекое дете\nсекоја жена",
        ),
        (1, "Рокови", "Осум дена."),
    ]


def test_behind_several_deleted_ones_it_has_the_first_ones_style(edition: Edition, drafter: User) -> None:
    back = returned(
        drafter,
        edition,
        ("Без разлика.", with_its_end),
        ("Лица", with_its_end),
        ("Важи за сите лица на територијата.", with_its_end),
        ("Опсег", with_its_end),
        ("секое дете", took("Heading2")),
    )
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [
        (1, "Цел", "Првиот текст.\nсекое дете\nсекоја жена"),
        (1, "Рокови", "Осум дена."),
    ]


TYPED = f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:ins w:id="91" {BY}><w:r><w:t>Ново</w:t></w:r></w:ins></w:p>'


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            took("Heading2", f'<w:pPrChange w:id="90" {BY}><w:pPr/></w:pPrChange>'),
            "Важи за сите лица на територијата.",
        ),
        (took("Heading1"), "Важи за сите лица на територијата."),
        (lambda found: TYPED + found, "Ново"),
    ],
)
def test_what_somebody_made_a_heading_is_one(
    edition: Edition, drafter: User, change: Callable[[str], str], named: str
) -> None:
    changes = (("Опсег", with_its_end), ("Важи за сите лица на територијата.", change))
    back = returned(drafter, edition, *changes)
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert named in [words for _, words, _ in texts(edition)]


def test_libreoffice_joins_what_stood_under_the_deleted_heading(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    edits: list[list[object]] = [["author", "Ana Petrova"], ["tracking", True]]
    edits += [["remove_paragraph", "Опсег"], ["remove_paragraph", "Лица"]]
    path = writer.edit(sent_out(edition, drafter, tmp_path), edits)
    back = brought(edition, drafter, path)
    assert all_of(back) == JOINED


@pytest.mark.parametrize("accept", [True, False])
def test_the_command_leaves_it_text_too(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path, accept: bool
) -> None:
    edits: list[list[object]] = [["tracking", True], ["remove_paragraph", "Опсег"]]
    path = writer.edit(sent_out(edition, drafter, tmp_path), edits)
    read = read_package(open_package(resolve_in_child(path, accept=accept))).tree
    kept = [] if accept else ["Опсег"]
    assert [section.text.heading for section in read] == ["Цел", *kept, "Лица", "Рокови"]
