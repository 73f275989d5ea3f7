"""What hostile Word files are made of."""

from __future__ import annotations

from tests.support.documents.word.build import NAMES, OFFICE, p, word_file

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
        f'<w:numFmt w:val="{said.get("fmt", "decimal")}"/><w:lvlText '
        f'w:val="{said.get("text", "%1.")}"/></w:lvl></w:abstractNum>'
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
    blip = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic "
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip '
        'r:link="rI" '
        'r:embed="rI"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    rel = f'<Relationship Id="rI" Type="{OFFICE}image" Target="{target}" TargetMode="{mode}"/>'
    return word_file(p("x") + f"<w:p><w:r>{blip}</w:r></w:p>", relations=rel)


def links(target: str) -> bytes:
    rel = f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="{target}" TargetMode="External"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "javascript:alert(1)" '
        "</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>y</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r>'
    )
    return word_file(
        f'<w:p><w:hyperlink r:id="rL"><w:r><w:t>x</w:t></w:r></w:hyperlink>{field}</w:p>', relations=rel
    )
