"""Texts whose markup harms: entities, depth, encodings, characters that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.hostile_build import CHANGE, document, nested, with_main
from tests.support.documents.word.build import p


def markup() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file by what is wrong with it."""
    yield (
        "laughs",
        lambda: with_main(
            '<!DOCTYPE l [<!ENTITY a "ha">'
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
            + "]>"
            + document(p("&a8;"))
        ),
    )
    yield (
        "entity of a file",
        lambda: with_main('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + document(p("&x;"))),
    )
    yield (
        "outer subset",
        lambda: with_main('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">' + document(p("x"))),
    )
    yield (
        "entity in utf-16",
        lambda: with_main(('<!DOCTYPE d [<!ENTITY x "y">]>' + document(p("&x;"))).encode("utf-16")),
    )
    yield (
        "xinclude",
        lambda: with_main(
            document(
                '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>' + p("x")
            )
        ),
    )
    yield (
        "stylesheet",
        lambda: with_main('<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>' + document(p("x"))),
    )
    yield "deep elements", lambda: with_main(document(nested("<w:p>", "</w:p>", 100_000, "")))
    yield (
        "deep tables",
        lambda: with_main(document(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80, p("x")))),
    )
    yield (
        "deep controls",
        lambda: with_main(document(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100, p("x")))),
    )
    yield (
        "deep insertions",
        lambda: with_main(
            document(
                "<w:p>" + nested(f"<w:ins {CHANGE}>", "</w:ins>", 240, "<w:r><w:t>x</w:t></w:r>") + "</w:p>"
            )
        ),
    )
    yield (
        "deep choices",
        lambda: with_main(
            document(
                "<w:p><w:r>"
                + nested(
                    "<mc:AlternateContent><mc:Choice>",
                    "</mc:Choice></mc:AlternateContent>",
                    100,
                    "<w:t>x</w:t>",
                )
                + "</w:r></w:p>"
            )
        ),
    )
    yield (
        "deep boxes",
        lambda: with_main(
            document(
                nested(
                    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
                    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                    30,
                    p("x"),
                )
            )
        ),
    )
    yield "invalid characters", lambda: with_main(document(p("a\x01b")))
    yield "a lone surrogate", lambda: with_main(document(p("a&#xD800;b")))
    yield "no character", lambda: with_main(document(p("a&#xFFFF;b")))
    yield "invalid utf-8", lambda: with_main(document(p("ab")).encode().replace(b"ab", b"a\xffb"))
    yield (
        "says utf-16 and is not",
        lambda: with_main('<?xml version="1.0" encoding="UTF-16"?>' + document(p("x"))),
    )
    yield (
        "an encoding that is none",
        lambda: with_main('<?xml version="1.0" encoding="klingon"?>' + document(p("x"))),
    )
    yield (
        "windows-1251",
        lambda: with_main(
            ('<?xml version="1.0" encoding="windows-1251"?>' + document(p("Члан"))).encode("cp1251")
        ),
    )
    yield "utf-32", lambda: with_main(document(p("x")).encode("utf-32"))
    yield "utf-7", lambda: with_main('<?xml version="1.0" encoding="UTF-7"?>' + document(p("+ADw-")))
    yield "two roots", lambda: with_main(document(p("x")) * 2)
    yield "another root", lambda: with_main("<html/>")
    yield "no names", lambda: with_main("<document><body><p/></body></document>")
