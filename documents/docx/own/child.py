"""Writes a document's own file in a process of its own, within the limits of :mod:`documents.docx.child`."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from documents.docx.child import MEMORY, REFUSED, ROOT
from documents.docx.document_file import Words
from documents.docx.guard import DEFAULT_LIMITS, Limits
from documents.docx.refusal import RefusalCode, Refused
from documents.docx.report import FidelityReport
from documents.docx.result import Blob, ReadResult
from documents.tree import SectionTree


def own_file_in_child(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str],
    blobs: Mapping[str, Blob],
    words: Words,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """The bytes of :func:`documents.docx.own.write_own_file`. Raises Refused where the source can't be read or written
    within the limits."""
    with tempfile.TemporaryDirectory(prefix="kodeks-own-") as name:
        folder = Path(name)
        (folder / "source.docx").write_bytes(source)
        (folder / "text").write_bytes(ReadResult(tree, blobs, FidelityReport(())).to_bytes())
        asked = {"limits": limits.as_dict(), "uids": list(uids), "who": words.who, "limit": words.limit}
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and module, no shell)
                [sys.executable, "-m", "documents.docx.own.child", name],
                capture_output=True,
                timeout=limits.seconds,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(RefusalCode.TOO_SLOW, limit=limits.seconds) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == REFUSED:
        raise Refused(RefusalCode(json.loads(done.stdout)["code"]))
    if done.returncode == MEMORY or done.returncode < 0:
        raise Refused(RefusalCode.TOO_MUCH_MEMORY)
    raise RuntimeError("the writer failed: " + done.stderr.decode("utf-8", "replace")[-4000:])


def main(arguments: list[str]) -> int:
    """The child's side."""
    folder = Path(arguments[0])
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    limits = Limits(**asked["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()
    from documents.docx.own import write_own_file

    given = ReadResult.from_bytes((folder / "text").read_bytes())
    words = Words(who=asked["who"], limit=asked["limit"])
    try:
        source = (folder / "source.docx").read_bytes()
        made = write_own_file(
            source, given.tree, asked["uids"], blobs=given.blobs, words=words, limits=limits
        )
    except Refused as refused:
        sys.stdout.buffer.write(json.dumps({"code": refused.code.value}).encode())
        return REFUSED
    except MemoryError:
        return MEMORY
    sys.stdout.buffer.write(made.data)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
