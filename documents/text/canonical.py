"""Hashes of texts: what an approval is bound to.

Three levels, each SHA-256 in lower-case hexadecimal over RFC 8785 (JSON Canonicalization Scheme) bytes:

- **text**: one section in one language, without its number and place, so that moving or renumbering a section
  makes no translation older than its source;
- **language version**: every section of an edition in one language, with uids, order, levels, kinds and
  labels;
- **edition**: the list of its authentic language versions.

docs/hashes.md says the same with an example that anyone can recompute.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from documents.text.section import Section, SectionTree

FORMAT = 1
"""The number of the canonical form. It is hashed too, so a later form can never be taken for this one."""


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_NOT_PLAIN = re.compile(r"[.NI]|[0-9][eE]|[0-9]{16}")
_MAYBE_NUMBER = (re.compile(r":[-0-9NI]"), re.compile(r"\[[-0-9NI]"), re.compile(r",[-0-9NI]"))
"""Outside of strings a number is after one of these, and nowhere else. Each begins with a letter of its own,
which is found very fast. Strings may contain it too, so the hits are checked again."""
_ASTRAL = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))


def canonical_json(value: Any) -> bytes:
    """RFC 8785 bytes of plain JSON data.

    Python's own writer, in C, gives the same bytes twenty times as fast, with exceptions. These are floats,
    integers beyond 2^53, keys outside of the basic plane and lone surrogates. Our texts don't have them; the
    package writes them.
    """
    try:
        text = _WRITER.encode(value)
        written = text.encode()
    except (TypeError, ValueError):
        return rfc8785.dumps(value)  # the package says what is wrong with it
    if text[0] not in '{["tfn' or any(lead in written for lead in _ASTRAL):
        return rfc8785.dumps(value)
    if any(maybe.search(text) for maybe in _MAYBE_NUMBER) and _NOT_PLAIN.search(_STRING.sub("", text)):
        return rfc8785.dumps(value)
    return written


def _canonical_string(text: str) -> bytes:
    """The same for a short string, by the part of Python's writer that does it."""
    try:
        return encode_basestring(text).encode()
    except UnicodeEncodeError:
        return canonical_json(text)  # which says what is wrong with it


def sha256_of(value: Any) -> str:
    """Hex SHA-256 of plain JSON data in canonical form, or of bytes as they are."""
    return hashlib.sha256(value if isinstance(value, bytes) else canonical_json(value)).hexdigest()


def text_hash(body: Mapping[str, Any] | None) -> str:
    """The hash of one section's text in one language (a body in canonical form). Empty for a missing text."""
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
    return hash_sections(tree.language, tree.title, tree.sections)[0]


def hash_sections(language: str, title: str, sections: Iterable[Section]) -> tuple[str, dict[str, str]]:
    """The hash of an edition in one language, and that of each text by uid (empty for a missing text).

    Every text is written in canonical form once, for both hashes. The canonical form of all
    (:func:`language_version_json`) is that of its parts, one after the other. Sections may come one by one as
    they are read: no more than one is needed at a time.
    """
    texts: dict[str, str] = {}
    whole = hashlib.sha256(b'{"format":%d,"language":%b,"sections":[' % (FORMAT, canonical_json(language)))
    for place, section in enumerate(sections):
        written = canonical_json(section.text.body)
        kind, label, uid = map(_canonical_string, (section.kind, section.text.label, section.uid))
        whole.update(b"," if place else b"")
        whole.update(b'{"kind":%b,"label":%b,"level":%d,"text":' % (kind, label, section.level))
        whole.update(written)
        whole.update(b',"uid":%b}' % uid)
        texts[section.uid] = ""
        if not section.text.empty:
            text = hashlib.sha256(b'{"format":%d,"text":' % FORMAT)
            text.update(written)
            text.update(b"}")
            texts[section.uid] = text.hexdigest()
    whole.update(b'],"title":%b}' % canonical_json(title))
    return whole.hexdigest(), texts


def edition_hash(instrument: str, number: int, versions: Iterable[tuple[str, str]]) -> str:
    """The hash of an edition. It covers ``instrument`` as ``country/slug``, its number, and (language, hash)
    of every authentic language version, in order of language."""
    listed = [{"language": language, "sha256": sha256} for language, sha256 in sorted(versions)]
    return sha256_of({"format": FORMAT, "instrument": instrument, "edition": number, "authentic": listed})
