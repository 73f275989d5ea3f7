"""Makes a redline of two Word files in a process of its own, within the reader's limits."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits, open_package
from documents.word.file.refusal import RefusalCode, Refused


def redline_in_child(
    old: str | Path,
    new: str | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    author: str = "",
    date: datetime | None = None,
    unmarked: list[str] | None = None,
) -> bytes:
    """The new file with the changes from the old one as tracked changes. Changes that a file can't hold go
    into ``unmarked``, as in :func:`documents.word.redline.redline`. Raises :class:`Refused`, with ``file``
    (old or new) among its details where one of them is at fault, and OSError."""
    paths = [Path(source).resolve(strict=True) for source in (old, new)]
    for path, name in zip(paths, ("old", "new"), strict=True):
        if path.stat().st_size > limits.file_bytes:
            raise Refused(RefusalCode.TOO_BIG, limit=limits.file_bytes // MB, file=name)
    when = date.isoformat() if date else ""
    arguments = [*map(str, paths), json.dumps(limits.as_dict()), author, when]
    unmarked_json, _, data = run_confined("documents.word.redline.child", arguments, limits).partition(b"\n")
    if unmarked is not None:
        unmarked += json.loads(unmarked_json)
    return data


def main(arguments: list[str]) -> int:
    old, new, limits_json, author, when = arguments
    limits = Limits(**json.loads(limits_json))

    def work() -> bytes:
        from documents.word.redline import redline

        packages = []
        for path, name in ((old, "old"), (new, "new")):
            try:
                packages.append(open_package(Path(path), limits))
            except Refused as refused:
                raise Refused(
                    refused.code, refused.message_en, **(refused.details | {"file": name})
                ) from None
        date = datetime.fromisoformat(when) if when else None
        unmarked: list[str] = []
        made = redline(packages[0], packages[1], author=author, date=date, unmarked=unmarked)
        return json.dumps(unmarked).encode() + b"\n" + made

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
