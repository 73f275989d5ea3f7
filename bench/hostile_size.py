"""Texts of which there is too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.hostile_build import CHANGE, MB, document, nested, with_main
from tests.support.documents.word.build import NAMES, p, word_file


def size() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file by what is wrong with it."""
    yield (
        "many boxes in one another",
        lambda: with_main(
            document(
                nested(
                    "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>" + p("a") * 300,
                    "</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>",
                    18,
                    p("x"),
                )
            )
        ),
    )
    yield (
        "many runs",
        lambda: with_main(
            document("<w:p>" + "".join(f"<w:r><w:t>{n}</w:t></w:r>" for n in range(1_000_000)) + "</w:p>")
        ),
    )
    yield (
        "many looks",
        lambda: with_main(
            document(
                "<w:p>"
                + "".join(
                    f'<w:r><w:rPr><w:b/><w:sz w:val="{n % 90}"/></w:rPr><w:t>{n}</w:t></w:r>'
                    for n in range(300_000)
                )
                + "</w:p>"
            )
        ),
    )
    yield "many paragraphs", lambda: with_main(document(p("x") * 399_000))
    yield "too many paragraphs", lambda: with_main(document("<w:p/>" * 2_000_000))
    yield (
        "many bookmarks",
        lambda: with_main(
            document(
                "<w:p>"
                + "".join(
                    f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/><w:bookmarkEnd w:id="{n}"/>'
                    for n in range(200_000)
                )
                + "</w:p>"
            )
        ),
    )
    yield (
        "many fields open",
        lambda: with_main(
            document(
                "<w:p>"
                + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000
                + "<w:r><w:t>x</w:t></w:r>" * 20_000
                + "</w:p>"
            )
        ),
    )
    yield (
        "fields shown in one another",
        lambda: with_main(
            document(
                "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar '
                'w:fldCharType="separate"/></w:r>' * 10_000 + "<w:r><w:t>x</w:t></w:r>" * 20_000 + "</w:p>"
            )
        ),
    )
    yield (
        "a long instruction",
        lambda: with_main(
            document(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                + "<w:r><w:instrText>HYPERLINK "
                + "x" * 50
                + "</w:instrText></w:r>" * 50_000
                + "</w:p>"
            )
        ),
    )
    yield (
        "deleted marks without end",
        lambda: with_main(
            document(
                f"<w:p><w:pPr><w:rPr><w:del {CHANGE}/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>" * 60_000
            )
        ),
    )
    yield (
        "huge attribute",
        lambda: with_main(document(f'<w:p w:rsidR="{"x" * 30 * MB}"><w:r><w:t>x</w:t></w:r></w:p>')),
    )
    yield (
        "many attributes",
        lambda: with_main(document("<w:p " + " ".join(f'a{n}="x"' for n in range(300_000)) + "/>")),
    )
    yield (
        "many namespaces",
        lambda: with_main(document(p("x"), NAMES + "".join(f' xmlns:n{n}="urn:{n}"' for n in range(50_000)))),
    )
    yield "huge word", lambda: with_main(document(p("x" * 30 * MB)))
    yield "many languages of one letter", lambda: with_main(document(p("а1" * 2_000_000)))
    yield "combining marks", lambda: with_main(document(p("a" + "\u0301" * 1_000_000)))
    yield (
        "words like a regular expression",
        lambda: word_file(
            p("Heading", '<w:outlineLvl w:val="0"/>')
            + p("1." * 100_000, '<w:outlineLvl w:val="0"/>')
            + p(" " * 200_000 + ".", '<w:outlineLvl w:val="0"/>')
            + p("член " * 50_000)
        ),
    )
