"""Tables, numbers and styles without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.hostile_build import CELL, NUM, TABLE, document, level, style, with_main
from tests.support.documents.word.build import p, word_file


def structure() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file by what is wrong with it."""
    yield (
        "wide span",
        lambda: with_main(
            document(TABLE.format('<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc>'))
        ),
    )
    yield (
        "negative span",
        lambda: with_main(
            document(TABLE.format('<w:tc><w:tcPr><w:gridSpan w:val="-5"/></w:tcPr><w:p/></w:tc>'))
        ),
    )
    yield (
        "wide grid",
        lambda: with_main(
            document(
                "<w:tbl><w:tblGrid>"
                + "<w:gridCol/>" * 200_000
                + "</w:tblGrid><w:tr>"
                + CELL.format(p("x"))
                + "</w:tr></w:tbl>"
            )
        ),
    )
    yield (
        "many cells",
        lambda: with_main(
            document("<w:tbl>" + ("<w:tr>" + CELL.format("<w:p/>") * 60 + "</w:tr>") * 5_000 + "</w:tbl>")
        ),
    )
    yield (
        "cells of all rows merged",
        lambda: with_main(
            document(
                "<w:tbl>"
                + (
                    "<w:tr>"
                    + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 60
                    + "</w:tr>"
                )
                * 2_000
                + "</w:tbl>"
            )
        ),
    )
    yield (
        "ragged table",
        lambda: with_main(
            document(
                "<w:tbl>"
                + "".join(
                    f'<w:tr><w:trPr><w:gridBefore w:val="{n % 62}"/></w:trPr>{CELL.format("<w:p/>")}</w:tr>'
                    for n in range(3_000)
                )
                + "</w:tbl>"
            )
        ),
    )
    yield (
        "roman of two billions",
        lambda: word_file(p("x", NUM), numbering=level(start="2000000000", fmt="upperRoman")),
    )
    yield (
        "letter of two billions",
        lambda: word_file(p("x", NUM), numbering=level(start="2000000000", fmt="lowerLetter")),
    )
    yield (
        "words of two billions",
        lambda: word_file(p("x", NUM), numbering=level(start="2000000000", fmt="cardinalText")),
    )
    yield "number beyond all", lambda: word_file(p("x", NUM), numbering=level(start="9" * 5_000))
    yield "no number", lambda: word_file(p("x", NUM), numbering=level(start="NaN", fmt="nothing"))
    yield "minus", lambda: word_file(p("x", NUM), numbering=level(start="-7", fmt="hebrew1"))
    yield "label without end", lambda: word_file(p("x", NUM) * 3_000, numbering=level(text="%1" * 10_000))
    yield (
        "styles in a ring",
        lambda: word_file(
            p("x", '<w:pStyle w:val="A"/>'), styles=style("A", "B") + style("B", "C") + style("C", "A")
        ),
    )
    yield (
        "styles in a chain",
        lambda: word_file(
            p("x", '<w:pStyle w:val="s4999"/>'),
            styles="".join(style(f"s{n}", f"s{n - 1}", "<w:rPr><w:b/></w:rPr>") for n in range(5_000)),
        ),
    )
    yield (
        "numbers in a ring",
        lambda: word_file(
            p("x", NUM),
            styles='<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId '
            'w:val="1"/></w:numPr></w:pPr></w:style>',
            numbering='<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum><w:num '
            'w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
    )
