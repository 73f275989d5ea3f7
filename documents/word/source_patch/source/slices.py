"""The bytes of a document's part, cut at the children of its body, so that unchanged parts are not
rewritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from xml.parsers import expat

from lxml import etree

from documents.word.file import ns
from documents.word.file.ns import Element

DECLARATION = re.compile(rb' xmlns(?::[\w.-]+)?="[^"]*"')
BODY = f"{ns.W} body"


@dataclass(frozen=True)
class Slices:
    """``head``, then ``children`` one by one, then ``tail``, are the part."""

    head: bytes
    children: tuple[bytes, ...]
    tail: bytes
    declared: frozenset[bytes]
    """The names of namespaces that the root declares, as they are there."""

    def join(self, pieces: list[Element | bytes]) -> bytes:
        """The part with these children; elements are written, bytes are taken as they are."""
        return b"".join(
            [self.head, *(p if isinstance(p, bytes) else self._write(p) for p in pieces), self.tail]
        )

    def _write(self, element: Element) -> bytes:
        data = etree.tostring(element, encoding="UTF-8", with_tail=False)
        data = data[data.index(b"<", 1) :] if data.startswith(b"<?xml") else data
        end = data.index(b">")
        opening = DECLARATION.sub(
            lambda m: b"" if m.group(0).strip() in self.declared else m.group(0), data[:end]
        )
        return opening + data[end:]


def cut(data: bytes) -> Slices | None:
    """The slices of a part. None where it is in another encoding than UTF-8, or in Word's strict dialect,
    whose names the reader replaces."""
    # Letters of two bytes each may stand there without a sign at their beginning too.
    if (
        data[:2] in (b"\xff\xfe", b"\xfe\xff")
        or b"\x00" in data[:4]
        or re.match(rb'\s*<\?xml[^>]*encoding=["\'](?!utf-?8["\'])', data, re.I)
    ):
        return None
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0
    starts: list[int] = []
    end = -1
    body_at = -1
    in_body = False

    def start(name: str, _: object) -> None:
        nonlocal depth, in_body, body_at
        if in_body and depth == 2:
            starts.append(parser.CurrentByteIndex)
        if depth == 1 and name == BODY and body_at < 0:
            in_body, body_at = True, parser.CurrentByteIndex
        depth += 1

    def finish(_: str) -> None:
        nonlocal depth, in_body, end
        depth -= 1
        if in_body and depth == 1:
            in_body, end = False, parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = finish
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    if not starts or end < starts[-1]:
        return None
    bounds = [*starts, end]
    children = tuple(data[a:b] for a, b in pairwise(bounds))
    first_tag = data[: data.index(b">", data.index(b"<", _root_at(data)))]
    declared = frozenset(m.group(0).strip() for m in DECLARATION.finditer(first_tag))
    return Slices(data[: starts[0]], children, data[end:], declared)


def _root_at(data: bytes) -> int:
    match = re.search(rb"<[\w]", data)
    return match.start() if match else 0
