"""A document's own file, written in a confined process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents.text import SectionTree
from documents.word.file import confined
from documents.word.file.active import without_active
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.read.outline.decisions import Decisions
from documents.word.read.result import Blob
from documents.word.source_patch.write import write_own_file
from documents.word.write.document_file import Words


def own_file(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str],
    blobs: Mapping[str, Blob],
    words: Words,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> bytes:
    """The bytes of :func:`documents.word.source_patch.write.write_own_file`, without what is active in them.
    Raises Refused where the source can't be read or written within the limits."""
    return confined.run(limits, _write, source, tree, uids, dict(blobs), words, limits, decisions)


def _write(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str],
    blobs: Mapping[str, Blob],
    words: Words,
    limits: Limits,
    decisions: Decisions | None,
) -> bytes:
    made = write_own_file(
        source, tree, uids, blobs=blobs, words=words, limits=limits, decisions=decisions or {}
    )
    return without_active(made, limits)
