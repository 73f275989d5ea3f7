"""The inline schema: text with marks, breaks, notes, pictures; and the checks that every part of the schema
uses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set
from typing import Any, cast
from urllib.parse import urlsplit

from documents.text.types import Inline, InlineAttrs, Mark, PlainMark

USER = re.compile(r"^(\s*https?:[/\\]*)[^/\\?#]*@", re.IGNORECASE)
"""Of an address, up to the name and password before its host. Browsers read a backslash as a slash."""
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MARK_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strike": "s",
    "superscript": "sup",
    "subscript": "sub",
}
"""The plain marks, and the element of HTML that each is shown as."""
PLAIN_MARKS = frozenset(MARK_TAGS)
STRUCK, REFERENCE, NEW = "struck", "corrigendum", "ins"
"""What a corrected text holds where it is shown: old words, the reference to the corrigendum, new words."""
CITATION = "citation"
"""The mark of a citation where a text is shown: its address, and what must be known of its target."""
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
NOTE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
# C0 controls other than tab and newline, lone surrogates and NUL: PostgreSQL refuses the last two, XML all of
# them.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What turns the direction of all that follows it: in a remark it makes the words around it read otherwise
# than they are.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What makes letters stand in another order than they are stored in: whoever reads and signs a text sees other
# words than it has. No writing needs it. Marks, embeddings and isolates, which Arabic and Persian need, keep
# each letter's own direction.
OVERRIDE = re.compile("[\u202d\u202e]")

SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and signs that show nothing, though Unicode does not count them among spaces and format
characters."""


class InvalidText(ValueError):
    """The text does not fit the schema. ``path`` names the place, e.g. ``blocks[2].content[0].text``."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


def clean_string(value: object, path: str, limit: int = 2_000_000) -> str:
    """A string in NFC without signs that reorder letters (:data:`OVERRIDE`). InvalidText where it is none,
    too long or has characters that no document may contain."""
    if not isinstance(value, str):
        raise InvalidText(path, "is not text")
    if len(value) > limit:
        raise InvalidText(path, f"is longer than {limit} characters")
    # What can be printed is neither; most texts can, and are looked through once.
    if not value.isprintable():
        if FORBIDDEN.search(value):
            raise InvalidText(path, "holds a control character")
        if turns(value):
            value = OVERRIDE.sub("", value)
    return unicodedata.normalize("NFC", value)


def plain_line(text: str) -> str:
    """The text of a field of one line, in NFC. Control characters (also Word's line break) and runs of space
    become one space, and signs that reorder letters are removed. Empty where nothing of it can be seen."""
    plain = OVERRIDE.sub("", FORBIDDEN.sub(" ", text))
    return _seen(" ".join(unicodedata.normalize("NFC", plain).split()))


def turns(text: str) -> bool:
    """The same as a search for :data:`OVERRIDE`, in a hundredth of the time."""
    return "\u202d" in text or "\u202e" in text


def turns_letters(value: object) -> bool:
    """Whether a text, or one in plain JSON data, holds what turns its letters, which nothing keeps."""
    if isinstance(value, str):
        return turns(value)
    if isinstance(value, Mapping):
        return any(turns_letters(inner) for inner in value.values())
    return isinstance(value, list | tuple) and any(map(turns_letters, value))


def plain_text(text: str) -> str:
    """The text of a field of several lines, in NFC. Control characters except line breaks and tabs become a
    space, and signs that change the direction are removed. Empty where nothing of it can be seen.
    """
    plain = TURNING.sub("", FORBIDDEN.sub(" ", text.replace("\r\n", "\n")))
    return _seen(unicodedata.normalize("NFC", plain).strip())


def _seen(text: str) -> str:
    """The text, unless it is all spaces, joiners and letters without a shape: a reason of these is none."""
    shown = any(unicodedata.category(one)[0] not in "CZ" and one not in SHAPELESS for one in text)
    return text if shown else ""


def safe_href(href: str) -> bool:
    """Whether a link is allowed: http(s), mailto, tel, or an anchor in the same document."""
    if href.startswith("#"):
        return True
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SAFE_SCHEMES


def without_password(href: str) -> str:
    """The address without the name and password that may be in it: all readers would have them."""
    return USER.sub(r"\1", href)


def as_mapping(value: object, path: str) -> Mapping[str, Any]:
    if type(value) is dict:  # What nearly all are, told at a tenth of the time.
        return value
    if not isinstance(value, Mapping):
        raise InvalidText(path, "is not an object")
    return value


def as_list(value: object, path: str) -> list[Any]:
    """A list that is read and not changed."""
    if type(value) is list:
        return value
    if not isinstance(value, list | tuple):
        raise InvalidText(path, "is not a list")
    return list(value)


def check_keys(value: Mapping[str, Any], allowed: Set[str], path: str) -> None:
    if not value.keys() <= allowed:
        extra = value.keys() - allowed
        raise InvalidText(path, f"does not know {', '.join(sorted(map(str, extra)))}")


def normalise_marks(value: object, path: str) -> list[Mark]:
    found: dict[str, Mark] = {}
    for index, raw in enumerate(as_list(value, path)):
        where = f"{path}[{index}]"
        mark = as_mapping(raw, where)
        kind = mark.get("type")
        attrs = as_mapping(mark.get("attrs") or {}, where)
        if isinstance(kind, str) and kind in PLAIN_MARKS:
            found[kind] = {"type": cast(PlainMark, kind)}
        elif kind == "link":
            href = clean_string(attrs.get("href"), f"{where}.href", 4000)
            if not safe_href(href):
                raise InvalidText(where, "has a link that leads nowhere safe")
            found["link"] = {"type": "link", "attrs": {"href": without_password(href)}}
        elif kind == "xref":
            uid = clean_string(attrs.get("uid"), f"{where}.uid", 36)
            if not UID.match(uid):
                raise InvalidText(where, "refers to no section")
            found["xref"] = {"type": "xref", "attrs": {"uid": uid}}
        else:
            raise InvalidText(where, f"does not know the mark {kind!r}")
    return [found[key] for key in sorted(found)]


def normalise_inlines(value: object, path: str, used: list[str]) -> list[Inline]:
    result: list[Inline] = []
    for index, raw in enumerate(as_list(value, path)):
        where = f"{path}[{index}]"
        node = as_mapping(raw, where)
        kind = node.get("type")
        if kind == "text":
            text = clean_string(node.get("text"), f"{where}.text")
            marks = node.get("marks") or []
            if marks:
                marks = normalise_marks(marks, f"{where}.marks")
            if not text:
                continue
            last = result[-1] if result else None
            if last and last["type"] == "text" and last.get("marks", []) == marks:
                last["text"] = unicodedata.normalize("NFC", last["text"] + text)
            else:
                result.append(
                    {"type": "text", "text": text, "marks": marks}
                    if marks
                    else {"type": "text", "text": text}
                )
        elif kind == "break":
            result.append({"type": "break"})
        elif kind == "note":
            attrs = as_mapping(node.get("attrs") or {}, where)
            note_id = clean_string(attrs.get("id"), f"{where}.id", 40)
            if not NOTE_ID.match(note_id):
                raise InvalidText(where, "has no note")
            used.append(note_id)
            result.append({"type": "note", "attrs": {"id": note_id}})
        elif kind == "image":
            result.append({"type": "image", "attrs": image_attrs(node, where)})
        else:
            raise InvalidText(where, f"does not know {kind!r}")
    return result


def image_attrs(node: Mapping[str, Any], path: str) -> InlineAttrs:
    attrs = as_mapping(node.get("attrs") or {}, path)
    sha256 = attrs.get("sha256")
    if not isinstance(sha256, str) or not SHA256.match(sha256):
        raise InvalidText(path, "names no image")
    alt = clean_string(attrs.get("alt") or "", f"{path}.alt", 4000)
    return {"sha256": sha256, "alt": alt} if alt else {"sha256": sha256}
