"""What several test files of documents/word begin with: own notes."""

from __future__ import annotations


def note(number: int, words: str, kind: str = "footnote") -> str:
    sign = f'<w:r><w:rPr><w:rStyle w:val="Sign"/></w:rPr><w:{kind}Ref/></w:r>'
    text = f'<w:p>{sign}<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p>'
    return f'<w:{kind} w:id="{number}">{text}</w:{kind}>'


def cells(*inner: str) -> str:
    columns = '<w:gridCol w:w="2000"/>' * len(inner)
    row = "".join(f"<w:tc><w:tcPr/>{one}</w:tc>" for one in inner)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
