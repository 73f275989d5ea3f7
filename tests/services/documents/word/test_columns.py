"""Tables whose words stand whole in their columns, and the foot that a template without one is given."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from documents.demo.markdown import read_markdown
from documents.word.file.ns import VAL, Element, w
from documents.word.template import OnTemplate, open_template, write_on_template
from documents.word.write.columns import Filled, Letters, share_out
from documents.word.write.document_file import DocumentFile, Words
from tests.support.documents.word.build import p, parts_of, word_file
from tests.support.services import poppler
from tests.support.services.missing import provide
from tests.support.services.office import Office

STRATEGY = Path(__file__).parents[4] / "documents" / "demo" / "mk-strategy" / "edition-2"
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans"/><w:sz w:val="20"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Line"><w:name w:val="Line"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="10200"/></w:tabs><w:ind w:firstLine="720"/><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Line"/><w:pPr><w:tabs><w:tab w:val="center" w:pos="4680"/><w:tab w:val="right" w:pos="9360"/></w:tabs></w:pPr></w:style>
"""
LETTER = (
    '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" '
    'w:left="1800"/></w:sectPr>'
)
LANDSCAPE = (
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/><w:pgMar w:top="1440" '
    'w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr></w:pPr></w:p>'
)
PAGE = {"mk": "Страница", "sq": "Faqja", "en": "Page"}


def strategy(language: str, body: str = LETTER) -> bytes:
    tree = read_markdown((STRATEGY / f"{language}.md").read_text(), "mk-strategy", language)
    document = DocumentFile(tree, tree.title, language, words=Words(page=PAGE[language]))
    opened = open_template(word_file(p("Министерство") + body, styles=STYLES))
    return write_on_template(document, opened, opened.facts().proposal.styles, OnTemplate())


def foot_lines(root: Element) -> list[tuple[str | None, str | None]]:
    return [(stop.get(VAL), stop.get(w("pos"))) for stop in root.iter(w("tab")) if stop.get(VAL)]


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_words_stand_whole_in_tables_and_the_number_of_a_page_on_one_line(
    language: str, soffice: Office, tmp_path: Path
) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(strategy(language))
    shown = subprocess.run(
        [provide(poppler.find), "-layout", soffice.convert(path, "pdf"), "-"],
        capture_output=True, timeout=60, check=True,
    ).stdout.decode()  # fmt: skip
    pages = shown.split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        numbers = f"{PAGE[language]} {number} / {len(pages)}"
        last = re.sub(r"\s+", " ", page.rstrip().splitlines()[-1])
        assert last.endswith(numbers) and last.removesuffix(numbers).strip(), last
    source = (STRATEGY / f"{language}.md").read_text()
    rows = [line for line in source.splitlines() if line.startswith("|")]
    words = {word.casefold() for row in rows for word in re.findall(r"[^\W\d_]{5,}", row)}
    there = {word.casefold() for word in re.findall(r"[^\W\d_]+", shown)}
    assert len(words) > 50 and words <= there, words - there


def test_the_foot_that_is_added_has_no_tab_stop_but_its_own() -> None:
    parts = parts_of(strategy("en", LANDSCAPE + LETTER))
    feet = [etree.fromstring(data) for name, data in parts.items() if "/footer" in name]
    assert sorted(map(foot_lines, feet)) == [
        [("clear", "4680"), ("clear", "9360"), ("clear", "10200"), ("right", "12960")],
        [("clear", "4680"), ("right", "8640"), ("clear", "9360"), ("clear", "10200")],
    ]
    for foot in feet:
        ind, jc = next(foot.iter(w("ind"))), next(foot.iter(w("jc")))
        assert (ind.get(w("firstLine")), jc.get(VAL)) == ("0", "left")


def test_a_column_is_as_wide_as_its_longest_word_or_only_the_longest_break() -> None:
    letters = Letters(11)
    cells = [
        Filled(0, 1, "Правобранителство"), Filled(1, 1, "рок"), Filled(2, 1, "многу зборови " * 40),
        Filled(0, 2, "Заедничко"),
    ]  # fmt: skip
    widths, roomy = share_out(cells, 3, 9000, letters, 236, 105)
    assert roomy and sum(widths) == 9000
    assert widths[0] >= letters.longest("Правобранителство") + 236 and widths[2] > widths[0]
    words = ["противтрговските", "реинтеграцијата", "декември", "рок", "истрага"]
    widths, roomy = share_out(
        [Filled(n, 1, word) for n, word in enumerate(words)], 5, 6900, letters, 236, 105
    )
    assert not roomy and sum(widths) == 6900
    whole = [width >= letters.longest(word) + 105 for width, word in zip(widths, words, strict=True)]
    assert whole.count(False) <= 1 and all(whole[2:])
    assert min(share_out([], 60, 9000, letters, 236, 105)[0]) > 0
