"""What several test files of documents/word begin with: redline."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.build import parts_of, word_file

DATE = datetime(2026, 5, 1, 9, tzinfo=UTC)


def r(text: str, rpr: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, ppr: str = "") -> str:
    inner = "".join(r(one) if not one.startswith("<") else one for one in content)
    return f"<w:p>{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{inner}</w:p>"


def table(*rows: list[str]) -> str:
    cell = '<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>{}</w:tc>'
    made = "".join(
        f"<w:tr>{''.join(cell.format(c if c.startswith('<') else p(c)) for c in row)}</w:tr>" for row in rows
    )
    grid = '<w:gridCol w:w="900"/>' * max(len(row) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" '
        f'w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'
    )


def made(old: str, new: str, **roles: str) -> bytes:
    files = [word_file(body, **roles) for body in (old, new)]  # type: ignore[arg-type]
    return redline(open_package(files[0]), open_package(files[1]), author="Ана", date=DATE)


def root_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts_of(data)[part])


def lines(data: bytes) -> list[str]:
    return [_line(para) for para in root_of(data).iter(ns.w("p"))]


def _line(para: etree._Element) -> str:
    return "".join(
        (node.text or "") if node.tag == ns.w("t") else "\t" for node in para.iter(ns.w("t"), ns.w("tab"))
    )


def both(data: bytes) -> tuple[list[str], list[str]]:
    """What it is accepted, and refused."""
    return tuple(lines(resolve(open_package(data), accept=accept)) for accept in (True, False))  # type: ignore[return-value]


def count(data: bytes, *names: str) -> int:
    return len(list(root_of(data).iter(*(ns.w(name) for name in names))))
