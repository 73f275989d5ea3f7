"""What several test files of documents/word begin with: resolve."""

from __future__ import annotations

BY = 'w:id="{}" w:author="Ана" w:date="2026-01-01T00:00:00Z"'


def by(number: int = 1) -> str:
    return BY.format(number)


def r(text: str, tag: str = "t", rpr: str = "") -> str:
    return (
        f'<w:r>{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
    )


def ins(text: str, name: str = "ins") -> str:
    return f"<w:{name} {by()}>{r(text)}</w:{name}>"


def gone(text: str, name: str = "del") -> str:
    return f"<w:{name} {by()}>{r(text, 'delText' if name == 'del' else 't')}</w:{name}>"


def p(content: str, mark: str = "", ppr: str = "") -> str:
    rpr = f"<w:rPr><w:{mark} {by()}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{ppr}{rpr}</w:pPr>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(*cells: str, mark: str = "") -> str:
    properties = f"<w:trPr><w:{mark} {by()}/></w:trPr>" if mark else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>{"".join(rows)}</w:tbl>'
