"""Tables and tabs of the PDF: no word is set over the next column, however long it is and however many
columns there are."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from documents.exports.pdf import make_pdf
from documents.exports.pdf_blocks import WIDTH, as_blocks
from documents.exports.pdf_columns import LOOKS, NO_SIGN, SOFT_HYPHEN, look_of, printed
from documents.text.table_grid import lay_out
from tests.support.documents.exports.edition_file import edition_file, text_of
from tests.support.documents.exports.files import cell, para, pdf_text, text
from tests.support.documents.exports.pdf_standards import items, row, table
from tests.support.services import poppler
from tests.support.services.missing import provide

HEAD = ("Мерка", "МВР", "МТСП", "Јавно обвинителство", "Суд", "НВО", "Рок", "Показател")
FIRST = ("Спроведување", "Информирање", "Најприватизирање")
PLAN = table(
    row(*(cell(word, header=True) for word in HEAD)),
    *(row(*map(cell, (word, "х", "х", "х", "х", "х", "2027", "извештај"))) for word in FIRST),
)
MERGED = table(
    row(cell("Мерки", colspan=2), cell("Носители", colspan=4), cell("Рок"), cell("Показател")),
    row(*map(cell, ("Спроведување", "Противтрговските", "х", "х", "х", "х", "2027", "извештај"))),
    row(*map(cell, ("Информирање", "Меѓуинституционална", "х", "х", "х", "х", "х", "2028"))),
)
WIDE = table(
    row(*(cell("Правобранителство", header=True) for _ in range(6))),
    row(*(cell("реинтеграцијата") for _ in range(6))),
)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
ADDRESS = "https://ministerstvo.example/dokumenti/" + "strategija-" * 8 + "2027.pdf"


def lines_of(tmp_path: Path, *blocks: dict[str, Any]) -> list[list[tuple[float, float, str]]]:
    """The words of each line of the text with where they begin and end, from the left."""
    path = tmp_path / "file.pdf"
    path.write_bytes(make_pdf(edition_file(text_of((1, "Табела", list(blocks))))))
    done = subprocess.run(
        [provide(poppler.find), "-f", "3", "-bbox", path, "-"], capture_output=True, timeout=60, check=True
    )
    lines: dict[int, list[tuple[float, float, str]]] = {}
    for left, top, right, word in WORD.findall(done.stdout.decode()):
        lines.setdefault(round(float(top)), []).append((float(left), float(right), word))
    return [sorted(lines[top]) for top in sorted(lines)]


@pytest.mark.parametrize("block", [PLAN, MERGED])
def test_no_word_is_set_over_the_next_column(block: dict[str, Any], tmp_path: Path) -> None:
    lines = lines_of(tmp_path, block)
    rows = [line for line in lines if line[0][2] in FIRST]
    assert len(rows) == len(block["content"]) - 1
    for line in rows:
        assert len(line) == 8, line
        assert all(right + 4 < left for (_, right, _), (left, _, _) in pairwise(line)), line
    assert all(line[-1][1] < 595 - 70 for line in lines)


def test_a_table_too_wide_gets_smaller_letters_and_only_the_longest_words_break() -> None:
    usual = look_of(lay_out(PLAN["content"]), WIDTH)
    assert (usual.size, usual.inset) == LOOKS[0] and abs(sum(usual.widths) - WIDTH * 20) < 1
    small = look_of(lay_out(WIDE["content"]), WIDTH)
    assert small.size < usual.size
    whole = printed(small.size).longest("Правобранителство", bold=True) / 20
    assert all(small.room(column, 1) >= whole for column in range(6))
    long = table(row(cell("рок"), cell(ADDRESS), cell("Спроведување")))
    look = look_of(lay_out(long["content"]), 200)
    assert look.size == LOOKS[0][0], "an address makes no table smaller"
    made = next(as_blocks([long]))
    words = ["".join(node["text"] for node in one["blocks"][0]["content"]) for one in made["cells"]]
    assert words[0] == "рок" and words[2] == "Спроведување"
    twenty = next(as_blocks([table(row(*(cell("противтрговските") for _ in range(20))))]))
    broken = twenty["cells"][0]["blocks"][0]["content"][0]["text"]
    assert SOFT_HYPHEN in broken and broken.replace(SOFT_HYPHEN, "") == "противтрговските"
    narrow = next(as_blocks([table(row(*(cell(ADDRESS) for _ in range(6))))]))
    assert NO_SIGN in narrow["cells"][0]["blocks"][0]["content"][0]["text"]


def test_lists_and_tables_in_a_cell_have_room_too(tmp_path: Path) -> None:
    listed = {"type": "cell", "attrs": {}, "content": [items([para(text("Спроведување"))], labels="а")]}
    nested = {
        "type": "cell",
        "attrs": {},
        "content": [table(row(cell("Информирање"), cell("Најприватизирање")))],
    }
    block = table(row(*(cell("много зборови " * 9) for _ in range(4)), listed, nested))
    lines = lines_of(tmp_path, block)
    words = [word for line in lines for _, _, word in line]
    assert {"Спроведување", "Информирање", "Најприватизирање"} <= set(words), words
    for line in lines[1:]:
        assert all(right < left for (_, right, _), (left, _, _) in pairwise(line)), line
        assert line[-1][1] < 595 - 70


def test_a_word_longer_than_the_page_is_wide_breaks(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, para(text("Види " + "_" * 200)), para(text("шифра" * 60)))
    assert max(right for line in lines for _, right, _ in line) < 595 - 69


def test_what_a_tab_parts_stays_apart(tmp_path: Path) -> None:
    tree = text_of((1, "I\tМере", [para(text("(а)\tобавештава;")), table(row(cell("Рок:\t30 дана")))]))
    said = pdf_text(make_pdf(edition_file(tree)), tmp_path)
    for words in (r"I +Мере", r"\(а\) +обавештава;", "Рок: +30 дана"):
        assert re.search(words, said), said
