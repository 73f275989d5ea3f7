"""Headings that were put into a file whose headings begin with Word's second: at the level of those that they look like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.exports.own_file import export_own
from documents.models import Edition
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, word_file
from tests.services.office import Office

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db


def heading(words: str, level: int) -> str:
    return p(words, heading=True).replace("Heading1", f"Heading{level}")


SOURCE = word_file(
    heading("Цел", 2) + p("Постапката ги штити сите жртви.")
    + heading("Опсег", 2) + p("Ова важи за сите тела.")
    + heading("Лица", 3) + p("Децата имаат предност.")
    + heading("Рокови", 2) + p("Првиот разговор е веднаш."),
    styles=HEADINGS,
)  # fmt: skip


@pytest.fixture
def edition(drafter: User) -> Edition:
    made = taken_in(drafter, SOURCE)
    assert levels(made) == [(1, "Цел"), (1, "Опсег"), (2, "Лица"), (1, "Рокови")]
    return made


def levels(edition: Edition) -> list[tuple[int, str]]:
    return [(section.level, section.text.heading) for section in load_tree(edition, "mk")]


def accepted(drafter: User, edition: Edition, data: bytes) -> list[tuple[int, str]]:
    back = bring_back(drafter, edition, "mk", data, "b.docx")
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    return levels(edition)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_new_heading_stands_at_the_level_of_those_that_it_looks_like(
    drafter: User, edition: Edition, tracked: bool
) -> None:
    new = heading("Ново", 2) + heading("Подново", 3) + heading("Најново", 4)
    if tracked:
        mark = f'<w:rPr><w:ins w:id="95" {BY}/></w:rPr></w:pPr><w:ins w:id="96" {BY}>'
        new = new.replace("</w:pPr>", mark).replace("</w:r></w:p>", "</w:r></w:ins></w:p>")

    def change(text: str) -> str:
        at = text.index("</w:p>", text.index("сите тела")) + len("</w:p>")
        return text[:at] + new + text[at:]

    assert accepted(drafter, edition, edited(export_own(drafter, edition, "mk").data, change)) == [
        (1, "Цел"), (1, "Опсег"), (1, "Ново"), (2, "Подново"), (3, "Најново"), (2, "Лица"), (1, "Рокови"),
    ]  # fmt: skip


EDITS: Sequence[Sequence[object]] = [
    ["author", "Ana Petrova"],
    ["tracking", True],
    ["new_paragraph", "Опсег", "Сосема друго поглавје"],
    ["remove_paragraph", "Опсег"],
]


def test_a_heading_that_is_put_in_for_a_deleted_one_keeps_its_level_through_libreoffice(
    drafter: User, edition: Edition, writer: Office, tmp_path: Path
) -> None:
    source = tmp_path / "own.docx"
    source.write_bytes(export_own(drafter, edition, "mk").data)
    data = writer.edit(source, EDITS).read_bytes()
    assert accepted(drafter, edition, data) == [
        (1, "Цел"), (1, "Сосема друго поглавје"), (2, "Лица"), (1, "Рокови"),
    ]  # fmt: skip
    assert [section.text.plain for section in load_tree(edition, "mk")][1] == "Ова важи за сите тела."
