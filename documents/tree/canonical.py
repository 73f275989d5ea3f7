"""Hashes of texts: what an approval is bound to.

Three levels, each SHA-256 in lower-case hexadecimal over RFC 8785 (JSON Canonicalization Scheme) bytes:

- **text**: one section in one language, without its number and place, so that moving or renumbering a section makes no
  translation older than its source;
- **language version**: every section of an edition in one language, with uids, order, levels, kinds and labels;
- **edition**: the list of its authentic language versions.

docs/hashes.md says the same with an example that anyone can recompute.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from documents.tree.section import SectionTree

FORMAT = 1
"""The number of the canonical form; it is part of what is hashed, so a later form can never be taken for this one."""


_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_NOT_PLAIN = re.compile(r"[.NI]|[0-9][eE]|[0-9]{16}")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def canonical_json(value: Any) -> bytes:
    """RFC 8785 bytes of plain JSON data.

    Python's own writer, in C, gives the same bytes twenty times as fast, but for floats, integers beyond 2^53, keys outside
    of the basic plane and lone surrogates: these, which our texts don't have, are left to the package for it.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if not _ASTRAL.search(text) and not _NOT_PLAIN.search(_STRING.sub("", text)):
            return text.encode()
    except (TypeError, ValueError):
        pass  # the package says what is wrong with it
    return rfc8785.dumps(value)


def sha256_of(value: Any) -> str:
    """Hex SHA-256 of plain JSON data in canonical form, or of bytes as they are."""
    return hashlib.sha256(value if isinstance(value, bytes) else canonical_json(value)).hexdigest()


def text_hash(body: dict[str, Any] | None) -> str:
    """The hash of one section's text in one language (a body in canonical form); empty for a text that is not there."""
    if not body or not (body.get("heading") or body.get("blocks")):
        return ""
    return sha256_of({"format": FORMAT, "text": body})


def language_version_json(tree: SectionTree) -> dict[str, Any]:
    """What a language version's hash covers, as plain JSON."""
    return {
        "format": FORMAT,
        "language": tree.language,
        "title": tree.title,
        "sections": [
            {
                "uid": section.uid,
                "level": section.level,
                "kind": section.kind,
                "label": section.text.label,
                "text": section.text.body,
            }
            for section in tree.sections
        ],
    }


def language_version_hash(tree: SectionTree) -> str:
    """The hash of an edition in one language."""
    return sha256_of(language_version_json(tree))


def edition_hash(instrument: str, number: int, versions: Iterable[tuple[str, str]]) -> str:
    """The hash of an edition: ``instrument`` as ``country/slug``, its number, and (language, hash) of every authentic
    language version, in order of language."""
    listed = [{"language": language, "sha256": sha256} for language, sha256 in sorted(versions)]
    return sha256_of({"format": FORMAT, "instrument": instrument, "edition": number, "authentic": listed})
