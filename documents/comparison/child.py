"""Reads and compares two Word files in a process of its own, within the reader's limits."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from documents.comparison.model import Comparison
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits, open_package
from documents.word.file.refusal import RefusalCode, Refused


def compare_in_child(
    old: str | Path,
    new: str | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    one_text: bool = False,
) -> Comparison:
    """What changed from one Word file to the other. ``one_text``: Serbian in two scripts counts as one text.
    Raises :class:`Refused`, with ``file`` (old or new) among its details where one of them is at fault."""
    from documents.comparison.serialization import from_bytes

    paths = [Path(source).resolve(strict=True) for source in (old, new)]
    for path, name in zip(paths, ("old", "new"), strict=True):
        if path.stat().st_size > limits.file_bytes:
            raise Refused(RefusalCode.TOO_BIG, limit=limits.file_bytes // MB, file=name)
    arguments = [*map(str, paths), json.dumps(limits.as_dict()), language, "1" if one_text else ""]
    return from_bytes(run_confined("documents.comparison.child", arguments, limits))


def main(arguments: list[str]) -> int:
    old, new, limits_json, language, one_text = arguments
    limits = Limits(**json.loads(limits_json))

    def work() -> bytes:
        from documents.comparison.compare import compare
        from documents.comparison.serialization import to_bytes
        from documents.word.read.read import read_package

        trees = []
        for path, name in ((old, "old"), (new, "new")):
            try:
                read = read_package(open_package(Path(path), limits), language=language, limits=limits)
            except Refused as refused:
                raise Refused(
                    refused.code, refused.message_en, **(refused.details | {"file": name})
                ) from None
            trees.append(read.tree)
        # The newer file's language is the comparison's: two guesses may differ where little was written.
        before = replace(trees[0], language=trees[1].language)
        return to_bytes(compare(before, trees[1], one_text_in_two_scripts=bool(one_text)))

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
