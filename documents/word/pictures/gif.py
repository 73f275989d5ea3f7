"""GIF: block by block; comments, words and what applications say go."""

from __future__ import annotations

from documents.word.pictures.follow import Followed

LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean(data: bytes) -> Followed:
    """Raises ValueError where no picture is found in it."""
    if data[:4] != b"GIF8" or len(data) < 13:
        raise ValueError("it does not begin")
    at = 13 + _colours(data[10])
    made, shown, whole = [data[:at]], False, True
    while whole:
        sign = data[at : at + 1]
        if sign == b";":
            break
        if sign == b"!":
            label = data[at + 1 : at + 2]
            blocks, at, whole = _blocks(data, at + 2)
            made.append(_extension(label, blocks))
        elif sign == b"," and len(data) > at + 10:
            start = at
            at += 11 + _colours(data[at + 9])
            head = data[start:at]
            if len(head) != at - start:
                whole = False
                break
            blocks, at, whole = _blocks(data, at)
            made.append(head + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0")
            shown = shown or bool(blocks)
        else:
            whole = False
    if not shown:
        raise ValueError("it shows nothing")
    return Followed(b"".join([*made, b";"]), whole)


def _colours(flags: int) -> int:
    """How many bytes a table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _extension(label: bytes, blocks: list[bytes]) -> bytes:
    """When the next picture is shown and what is clear in it, and how often all are; words are shown by no program."""
    first = blocks[0] if blocks else b""
    if label == b"\xf9" and len(first) == 4:
        return b"!\xf9\x04" + first + b"\0"
    if label == b"\xff" and first in LOOPS and len(blocks) > 1 and len(blocks[1]) == 3:
        return b"!\xff\x0b" + first + b"\x03" + blocks[1] + b"\0"
    return b""


def _blocks(data: bytes, at: int) -> tuple[list[bytes], int, bool]:
    """The blocks up to the empty one, where what follows begins, and whether they end at all."""
    found: list[bytes] = []
    while at < len(data):
        size = data[at]
        if not size:
            return found, at + 1, True
        block = data[at + 1 : at + 1 + size]
        if block:
            found.append(block)
        at += size + 1
    return found, at, False
