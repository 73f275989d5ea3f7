"""Read a translator's file, XLIFF or a Word table, in a confined process (documents/word/file/child.py)."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from documents.translation.codes import Piece
from documents.translation.exchange import NotReadable, Received, ReceivedFile
from documents.translation.xliff import read_xliff
from documents.word.bilingual import read_bilingual
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.file.refusal import RefusalCode, Refused


def received_in_child(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReceivedFile:
    """What a file brought. Raises NotReadable."""
    with tempfile.NamedTemporaryFile(prefix="kodeks-received-") as file:
        file.write(data)
        file.flush()
        arguments = [file.name, name, json.dumps(limits.as_dict())]
        try:
            found = json.loads(run_confined("documents.word.received", arguments, limits))
        except Refused as refused:
            large = refused.code in (RefusalCode.TOO_BIG, RefusalCode.TOO_SLOW, RefusalCode.TOO_MUCH_MEMORY)
            raise NotReadable("too_big" if large else "broken", refused.message_en) from None
    if "code" in found:
        raise NotReadable(found["code"], found["detail"])
    return ReceivedFile(**{**found, "sections": tuple(map(_section, found["sections"]))})


def _section(data: dict[str, Any]) -> Received:
    units = {name: [Piece(**piece) for piece in pieces] for name, pieces in data["units"].items()}
    return Received(**{**data, "units": units})


def _read(name: str, data: bytes, limits: Limits) -> bytes:
    word = data[:2] == b"PK" or name.lower().endswith(".docx")
    try:
        found = asdict(read_bilingual(data, limits) if word else read_xliff(data))
    except NotReadable as problem:
        found = {"code": problem.code, "detail": problem.detail}
    return json.dumps(found).encode()


def main(arguments: list[str]) -> int:
    """The child's side."""
    path, name, limits_json = arguments
    limits = Limits(**json.loads(limits_json))
    return confined(limits, lambda: _read(name, Path(path).read_bytes(), limits))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
