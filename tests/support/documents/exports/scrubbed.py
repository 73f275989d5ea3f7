"""What several test files of documents/exports begin with: scrubbed."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from typing import Any

import pytest

from documents.actions.import_word import import_word
from documents.models import Edition, Section
from people.roles import Role
from tests.support.documents.word.build import HEADINGS, word_file
from tests.support.factories import make_draft, make_institution, make_person

PLACES = (
    "hidden", "inserter", "deleted", "deleter", "moved", "formatter", "commenter", "comment", "customxml", "embedded",
    "author", "lastby", "company", "keyword", "property", "variable", "header", "footer", "placeholder", "pngtext",
    "pngtail", "jpegexif", "jpegtail", "docpr", "fielddata", "instruction", "altchunk", "bookmark",
    "tablestyle", "cropped", "password", "user", "unknownchoice", "setfield", "askfield", "entry", "simplefield",
    "ruby", "fallback", "pngcut", "jpegcut", "gifcut",
)  # fmt: skip


SECRET = {place: f"Skriveno{place}Xq" for place in PLACES}


CUT = '<a:srcRect l="50000"/>'


HIDES = (
    '<w:style w:type="table" w:styleId="Hides"><w:name w:val="Hides"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


SIMPLE = f'<w:fldSimple w:instr=" PRIVATE "><w:r><w:t>{SECRET["simplefield"]}</w:t></w:r></w:fldSimple>'


UNKNOWN = (
    '<mc:AlternateContent><mc:Choice xmlns:nobody="urn:nobody" Requires="nobody"><w:r><w:t>'
    f"{SECRET['unknownchoice']}</w:t></w:r></mc:Choice><mc:Choice "
    f"Requires='wps'><w:r><w:t>Izbor.</w:t></w:r></mc:Choice>"
    f"<mc:Fallback><w:r><w:t>{SECRET['fallback']}</w:t></w:r></mc:Fallback></mc:AlternateContent>"
)


RUBY = (
    "<w:r><w:rPr><w:vanish/></w:rPr><w:ruby><w:rt><w:r><w:t>iznad</w:t></w:r></w:rt>"
    f"<w:rubyBase><w:r><w:t>{SECRET['ruby']}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)


def field(instruction: str, place: str) -> str:
    """A field that shows nothing in Word, with something as its result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{SECRET[place]}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(place: str = "pngtext") -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"tEXt", b"Author\x00" + SECRET[place].encode())
        + chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30"))
        + chunk(b"IEND", b"")
        + SECRET["pngtail"].encode()
    )


def jpeg(place: str = "jpegexif") -> bytes:
    """Not a picture that shows anything, but one with the parts of one."""
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    exif += SECRET[place].encode()
    segments = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    segments += b"\xff\xdb\x00\x43\x00" + bytes(range(1, 65))
    return (
        b"\xff\xd8" + segments + b"\xff\xda\x00\x02\x12\x34\xff\x00\x56\xff\xd9" + SECRET["jpegtail"].encode()
    )


def cut() -> dict[str, bytes]:
    """Pictures without their end: programs show them as far as they go."""
    comment = b"!\xfe" + bytes([len(SECRET["gifcut"])]) + SECRET["gifcut"].encode() + b"\0"
    return {
        "d.png": png("pngcut").partition(chunk(b"IEND", b""))[0],
        "e.jpg": jpeg("jpegcut").partition(b"\xff\xd9")[0],
        "f.gif": b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + comment + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0",
    }


def picture(rel_id: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" '
        f'name="{SECRET["docpr"]}" descr="Opis"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f"<a:blip "
        f'r:embed="{rel_id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def source() -> bytes:
    def by(place: str) -> str:
        return f'w:id="{len(place) + 100}" w:author="{SECRET[place]}" w:date="2026-01-02T03:04:05Z"'

    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        f'<w:bookmarkStart w:id="5" w:name="{SECRET["bookmark"]}"/><w:bookmarkEnd '
        f'w:id="5"/><w:r><w:t>Jasno</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>Vidljivo.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{SECRET['hidden']}</w:t></w:r>"
        f"<w:ins {by('inserter')}><w:r><w:t> Dodato.</w:t></w:r></w:ins>"
        f"<w:del {by('deleter')}><w:r><w:delText>{SECRET['deleted']}</w:delText></w:r></w:del>"
        f"<w:moveFrom {by('deleter')}><w:r><w:t>{SECRET['moved']}</w:t></w:r></w:moveFrom>"
        f"<w:r><w:rPr><w:b/><w:rPrChange {by('formatter')}><w:rPr/></w:rPrChange></w:rPr><w:t> "
        f"Masno.</w:t></w:r>"
        '<w:commentRangeStart w:id="3"/><w:r><w:t> Uz primedbu.</w:t></w:r><w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>'
        f"<w:r><w:fldChar "
        f'w:fldCharType="begin"><w:fldData>{SECRET["fielddata"]}</w:fldData></w:fldChar></w:r>'
        f"<w:r><w:instrText> DOCPROPERTY {SECRET['instruction']} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>polje</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r></w:p>'
        f'<w:p><w:r><w:object w:dxaOrig="1" w:dyaOrig="1"><v:shape alt="Predmet"/></w:object></w:r></w:p>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET["placeholder"]}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>U '
        f"polju.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        f"<w:p>{picture('rPng')}</w:p><w:p>{picture('rJpg')}</w:p>"
        f"<w:p>{''.join(picture('r' + name) for name in cut())}</w:p>"
        f'<w:p><w:hyperlink r:id="rLink"><w:r><w:t>Veza</w:t></w:r></w:hyperlink></w:p>'
        f"<w:p>{field('SET skriveno', 'setfield')}{field('ASK skriveno pitanje', 'askfield')}"
        f"{field('XE pojam', 'entry')}{SIMPLE}{UNKNOWN}{RUBY}<w:r><w:t>Posle polja.</w:t></w:r></w:p>"
        '<w:altChunk r:id="rAlt"/>'
        '<w:tbl><w:tblPr><w:tblStyle w:val="Hides"/></w:tblPr><w:tr><w:tc>'
        f"<w:p><w:r><w:t>{SECRET['tablestyle']}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f"<w:p>{picture('rEmf').replace('</pic:blipFill>', CUT + '</pic:blipFill>')}</w:p>"
        '<w:sectPr><w:headerReference w:type="default" r:id="rHead"/><w:footerReference w:type="default" '
        'r:id="rFoot"/></w:sectPr>'
    )
    rel = '<Relationship Id="{}" Type="{}{}" Target="{}"/>'.format
    relations = "".join(
        [
            rel("rPng", OFFICE, "image", "media/a.png"),
            rel("rJpg", OFFICE, "image", "media/b.jpg"),
            *(rel(f"r{name}", OFFICE, "image", f"media/{name}") for name in cut()),
            rel("rEmf", OFFICE, "image", "media/c.emf"),
            rel("rHead", OFFICE, "header", "header1.xml"),
            rel("rFoot", OFFICE, "footer", "footer1.xml"),
            rel("rOle", OFFICE, "oleObject", "embeddings/o.bin"),
            rel("rSet", OFFICE, "settings", "settings.xml"),
            rel("rXml", OFFICE, "customXml", "../customXml/item1.xml"),
            f'<Relationship Id="rLink" Type="{OFFICE}hyperlink" TargetMode="External"'
            f' Target="https://{SECRET["user"]}:{SECRET["password"]}@mup.example/dokument"/>',
            rel("rAlt", OFFICE, "aFChunk", "chunk.htm"),
        ]
    )
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{SECRET['author']}</dc:creator><cp:lastModifiedBy>{SECRET['lastby']}</cp:lastModifiedBy>"
        f"<cp:keywords>{SECRET['keyword']}</cp:keywords></cp:coreProperties>"
    )
    return word_file(
        body,
        styles=HEADINGS + HIDES,
        comments=f"<w:comment {by('commenter').replace('id=', 'x=')} "
        f'w:id="3"><w:p><w:r><w:t>{SECRET["comment"]}</w:t></w:r></w:p></w:comment>',
        relations=relations,
        root_relations=rel(
            "rCore",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
            "core-properties",
            "docProps/core.xml",
        )
        + rel("rApp", OFFICE, "extended-properties", "docProps/app.xml")
        + rel("rCus", OFFICE, "custom-properties", "docProps/custom.xml"),
        parts={
            "word/media/a.png": png(),
            "word/media/b.jpg": jpeg(),
            "word/media/c.emf": b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + SECRET["cropped"].encode(),
            **{f"word/media/{name}": data for name, data in cut().items()},
            "word/header1.xml": f"<w:hdr {word}><w:p><w:r><w:t>{SECRET['header']}</w:t></w:r></w:p></w:hdr>",
            "word/footer1.xml": f"<w:ftr {word}><w:p><w:r><w:t>{SECRET['footer']}</w:t></w:r></w:p></w:ftr>",
            "word/embeddings/o.bin": SECRET["embedded"],
            "word/settings.xml": f'<w:settings {word}><w:docVars><w:docVar w:name="v" '
            f'w:val="{SECRET["variable"]}"/></w:docVars></w:settings>',
            "customXml/item1.xml": f"<secret>{SECRET['customxml']}</secret>",
            "word/chunk.htm": f"<p>{SECRET['altchunk']}</p>",
            "docProps/core.xml": core,
            "docProps/app.xml": f"<Properties><Company>{SECRET['company']}</Company></Properties>",
            "docProps/custom.xml": f"<Properties><p>{SECRET['property']}</p></Properties>",
        },
    )


def opened(data: bytes) -> bytes:
    """The bytes, with what is packed in them: the parts of an archive, the streams of a PDF, the pictures of
    a page."""
    found = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
            found += [name.encode() for name in archive.namelist()]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    found += [base64.b64decode(match) for match in re.findall(rb";base64,([A-Za-z0-9+/=]+)", data)]
    return b"\n".join(found)


@pytest.fixture
def edition(db: Any) -> Edition:
    owner = make_institution("rs-interior")
    edition = make_draft(
        owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["bs", "hr"], authentic=["bs"]
    )
    Section.objects.filter(edition=edition).delete()
    for language in ("bs", "hr"):
        import_word(make_person(Role.DRAFTER, owner), edition, language, source(), "tajna.docx")
    return edition
