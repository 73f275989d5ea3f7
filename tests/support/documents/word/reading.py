"""What the tests of the reader share: styles, a document with them, fields and pictures."""

from __future__ import annotations

from documents.word import FindingCode
from documents.word.read.result import ReadResult
from tests.support.documents.word.build import OFFICE, p, read, word_file

C = FindingCode
PIC = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A map"/><a:graphic><a:graphicData><a:blip '
    "{}/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
IMAGE_REL = f'<Relationship Id="rImg" Type="{OFFICE}image" Target="media/i.png"/>'
CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="Мој стил"/><w:basedOn '
    'w:val="Heading2"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def picture_run(attribute: str, rel_id: str) -> str:
    return PIC.format(f'{attribute}="{rel_id}"')


def doc(body: str, **more: object) -> ReadResult:
    return read(word_file(body, styles=STYLES, **more))  # type: ignore[arg-type]


def field(instruction: str, shown: str) -> str:
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return (
        CHAR.format("begin")
        + code
        + CHAR.format("separate")
        + f"<w:r><w:t>{shown}</w:t></w:r>"
        + CHAR.format("end")
    )


def tc(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
