"""Read a translator's file, XLIFF or a Word table, in a confined process."""

from __future__ import annotations

from dataclasses import asdict

from documents.text.types import Json
from documents.translation.codes import Piece
from documents.translation.exchange import NotReadable, Received, ReceivedFile
from documents.translation.xliff import read_xliff
from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.languages.bilingual import read_bilingual


def received_file(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReceivedFile:
    """What a file brought. Raises NotReadable."""
    try:
        found = confined.run(limits, _read, name, data, limits)
    except Refused as refused:
        large = refused.code in (RefusalCode.TOO_BIG, RefusalCode.TOO_SLOW, RefusalCode.TOO_MUCH_MEMORY)
        raise NotReadable("too_big" if large else "broken", refused.message_en) from None
    if "code" in found:
        raise NotReadable(found["code"], found["detail"])
    return ReceivedFile(**{**found, "sections": tuple(map(_section, found["sections"]))})


def _section(data: Json) -> Received:
    units = {name: [Piece(**piece) for piece in pieces] for name, pieces in data["units"].items()}
    return Received(**{**data, "units": units})


def _read(name: str, data: bytes, limits: Limits) -> Json:
    word = data[:2] == b"PK" or name.lower().endswith(".docx")
    try:
        return asdict(read_bilingual(data, limits) if word else read_xliff(data))
    except NotReadable as problem:
        return {"code": problem.code, "detail": problem.detail}
