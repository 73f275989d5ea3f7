"""Texts made to harm: entities, depth, tables, numbers and styles without end, links and pictures that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.documents.docx.build import NAMES, OFFICE, WORD, p, png, relationships, word_file

MB = 1024 * 1024
MAIN = "word/document.xml"
TABLE = "<w:tbl><w:tr>{}</w:tr></w:tbl>"
CELL = "<w:tc>{}</w:tc>"
NUM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
CHANGE = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'


def document(body: str, names: str = NAMES) -> str:
    return f"<w:document {names}><w:body>{body}</w:body></w:document>"


def with_main(xml: bytes | str) -> bytes:
    return word_file(parts={MAIN: xml})


def level(**said: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{said.get("start", "1")}"/>'
        f'<w:numFmt w:val="{said.get("fmt", "decimal")}"/><w:lvlText w:val="{said.get("text", "%1.")}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def style(style_id: str, based_on: str, more: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{style_id}"/>'
        f'<w:basedOn w:val="{based_on}"/>{more}</w:style>'
    )


def nested(opening: str, closing: str, depth: int, inner: str) -> str:
    return opening * depth + inner + closing * depth


def images(target: str, mode: str = "External") -> bytes:
    blip = '<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rI" r:embed="rI"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    rel = f'<Relationship Id="rI" Type="{OFFICE}image" Target="{target}" TargetMode="{mode}"/>'
    return word_file(p("x") + f"<w:p><w:r>{blip}</w:r></w:p>", relations=rel)


def links(target: str) -> bytes:
    rel = f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="{target}" TargetMode="External"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "javascript:alert(1)" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>y</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return word_file(
        f'<w:p><w:hyperlink r:id="rL"><w:r><w:t>x</w:t></w:r></w:hyperlink>{field}</w:p>', relations=rel
    )


def texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
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
            styles='<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
            numbering='<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
    )
    yield (
        "two texts",
        lambda: word_file(
            p("x"),
            root_relations=f'<Relationship Id="r2" Type="{OFFICE}officeDocument" Target="word/b.xml"/>',
            parts={"word/b.xml": document(p("y"))},
        ),
    )
    yield (
        "text elsewhere",
        lambda: word_file(
            p("x"),
            parts={
                "_rels/.rels": relationships(
                    f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="http://127.0.0.1:9/d.xml" TargetMode="External"/>'
                )
            },
        ),
    )
    yield (
        "text is its own styles",
        lambda: word_file(
            p("x"), relations=f'<Relationship Id="r9" Type="{OFFICE}styles" Target="document.xml"/>'
        ),
    )
    yield (
        "notes are the text",
        lambda: word_file(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            relations=f'<Relationship Id="r9" Type="{OFFICE}footnotes" Target="document.xml"/>',
        ),
    )
    yield (
        "a note in itself",
        lambda: word_file(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>',
        ),
    )
    yield (
        "one note a thousand times",
        lambda: word_file(
            "<w:p>" + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 3_000 + "</w:p>",
            footnotes='<w:footnote w:id="1">' + p("n" * 100) * 100 + "</w:footnote>",
        ),
    )
    yield "picture elsewhere", lambda: images("http://127.0.0.1:9/x.png")
    yield "picture on a share", lambda: images("file://127.0.0.1/share/x.png")
    yield "picture outside", lambda: images("../../../../etc/passwd", "Internal")
    yield "javascript link", lambda: links("javascript:alert(1)")
    yield "data link", lambda: links("data:text/html,x")
    yield "vbscript link", lambda: links(" VBScript:x")
    yield "file link", lambda: links("file:///etc/passwd")
    yield "macros", lambda: word_file(p("x"), parts={"word/vbaProject.bin": b"x"})
    yield (
        "template attached",
        lambda: word_file(
            p("x"),
            relations=f'<Relationship Id="rT" Type="{OFFICE}attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>',
        ),
    )
    yield (
        "inserted file",
        lambda: word_file(
            p("x") + '<w:altChunk r:id="rA"/>',
            relations=f'<Relationship Id="rA" Type="{OFFICE}aFChunk" Target="a.html"/>',
            parts={"word/a.html": "<script>x</script>"},
        ),
    )
    yield (
        "sub-document",
        lambda: word_file(
            p("x") + '<w:subDoc r:id="rA"/>',
            relations=f'<Relationship Id="rA" Type="{OFFICE}subDocument" Target="http://127.0.0.1:9/a.docx" TargetMode="External"/>',
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
                "<w:p>"
                + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                * 10_000
                + "<w:r><w:t>x</w:t></w:r>" * 20_000
                + "</w:p>"
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
    yield "broken styles", lambda: word_file(p("x"), styles="<w:style>")
    yield (
        "broken relations",
        lambda: word_file(p("x"), parts={"word/_rels/document.xml.rels": "<Relationships"}),
    )
    yield (
        "relations of one id",
        lambda: word_file(
            p("x"), relations=f'<Relationship Id="r" Type="{OFFICE}styles" Target="a"/>' * 50_000
        ),
    )
    yield "types of no document", lambda: word_file(p("x"), types={MAIN: WORD + "settings+xml"})
    yield (
        "a picture that is none",
        lambda: word_file(
            '<w:p><w:r><w:drawing><a:blip r:embed="rI"/></w:drawing></w:r></w:p>',
            relations=f'<Relationship Id="rI" Type="{OFFICE}image" Target="media/i.png"/>',
            parts={"word/media/i.png": b"<svg onload='x'/>"},
        ),
    )
    yield (
        "one picture ten thousand times",
        lambda: word_file(
            '<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rI"/></wp:inline></w:drawing></w:r></w:p>'
            * 10_000,
            relations=f'<Relationship Id="rI" Type="{OFFICE}image" Target="media/i.png"/>',
            parts={"word/media/i.png": png(2000, 1000)},
        ),
    )
    yield (
        "words like a regular expression",
        lambda: word_file(
            p("Heading", '<w:outlineLvl w:val="0"/>')
            + p("1." * 100_000, '<w:outlineLvl w:val="0"/>')
            + p(" " * 200_000 + ".", '<w:outlineLvl w:val="0"/>')
            + p("член " * 50_000)
        ),
    )
    yield (
        "uid twice",
        lambda: word_file(
            ('<w:p><w:bookmarkStart w:id="1" w:name="kodeks_' + "0" * 32 + '"/><w:r><w:t>x</w:t></w:r></w:p>')
            * 2_000
        ),
    )
