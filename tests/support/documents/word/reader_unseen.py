"""What several test files of documents/word begin with: reader unseen."""

from __future__ import annotations


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def text(words: str) -> str:
    return run(f'<w:t xml:space="preserve">{words}</w:t>')


def field(instruction: str, result: str) -> str:
    ends = [run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    return f"{ends[0]}{run(f'<w:instrText> {instruction} </w:instrText>')}{ends[1]}{text(result)}{ends[2]}"
