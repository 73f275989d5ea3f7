"""WebVTT: what the site takes as captions, and what is wrong with a file that it does not take."""

from __future__ import annotations

import re

TIME = r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
CUE = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+\S.*)?")
TAG = re.compile(r"</?(?:b|i|u|c|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")


class NotCaptions(Exception):
    """``line``: where, from 1; 0 for the file as a whole."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why, self.line = why, line


def read_captions(data: bytes) -> str:
    """The text of a WebVTT file: with plain line ends, without styles and notes. Raises NotCaptions."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise NotCaptions("encoding") from None
    if "\x00" in text or not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise NotCaptions("start")
    taken, before, line = ["WEBVTT"], -1, 1
    for part in re.split(r"(\n(?:[ \t]*\n)+)", text):
        lines = part.strip("\n").split("\n")
        if part.strip() and not lines[0].startswith(("WEBVTT", "NOTE", "STYLE", "REGION")):
            before, cue = _cue(lines, line + len(part) - len(part.lstrip("\n")), before)
            taken.append(cue)
        line += part.count("\n")
    if before < 0:
        raise NotCaptions("empty")
    return "\n\n".join(taken) + "\n"


def _cue(lines: list[str], line: int, before: int) -> tuple[int, str]:
    """Where it begins, in thousandths, and its lines."""
    name = 0 if "-->" in lines[0] else 1
    match = CUE.fullmatch(lines[name].strip()) if len(lines) > name else None
    if match is None:
        raise NotCaptions("time", line + min(name, len(lines) - 1))
    start, end = _thousandths(match.groups()[:4]), _thousandths(match.groups()[4:])
    if end <= start or start < before:
        raise NotCaptions("order", line + name)
    words = lines[name + 1 :]
    if not any(one.strip() for one in words):
        raise NotCaptions("empty", line + name)
    if any("-->" in one or "<" in TAG.sub("", one) for one in words):
        raise NotCaptions("text", line + name + 1)
    return start, "\n".join(lines)


def _thousandths(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(one or 0) for one in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
