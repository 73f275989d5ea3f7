"""Resolves the tracked changes of a Word file in a process of its own, within the reader's limits."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits, open_package
from documents.word.file.refusal import RefusalCode, Refused


def resolve_in_child(
    source: str | Path, limits: Limits = DEFAULT_LIMITS, *, accept: bool, author: str = ""
) -> bytes:
    """The file with every tracked change (of an ``author``, where one is named) accepted or refused. Raises
    :class:`Refused` and OSError."""
    path = Path(source).resolve(strict=True)
    if path.stat().st_size > limits.file_bytes:
        raise Refused(RefusalCode.TOO_BIG, limit=limits.file_bytes // MB)
    arguments = [str(path), json.dumps(limits.as_dict()), "accept" if accept else "reject", author]
    return run_confined("documents.word.resolve.child", arguments, limits)


def main(arguments: list[str]) -> int:
    path, limits_json, verb, author = arguments
    limits = Limits(**json.loads(limits_json))

    def work() -> bytes:
        from documents.word.resolve import resolve
        from documents.word.resolve.behind_deleted import text_behind_deleted
        from documents.word.resolve.typed_behind import keep_looks

        package = open_package(Path(path), limits)
        if not author:
            text_behind_deleted(package)
        if verb == "reject" and not author:
            keep_looks(package)
        return resolve(package, accept=verb == "accept", author=author)

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
