"""Review a returned Word file in a confined process, against the exported text."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from documents.text import SectionTree
from documents.text.extraction import image_hashes
from documents.word.body.bookmarks import state_of, uid_of
from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.ns import Element, w
from documents.word.file.package import Package
from documents.word.read.context import Trace
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.review.cards import Card, Kind, Review, review
from documents.word.review.changes import Change, Tracked
from documents.word.review.file.comments import WordComment, added_since, comment_keys, comments_at
from documents.word.review.file.frame import frame_differs
from documents.word.review.file.places import uids_of, walk
from documents.word.review.file.restore import restore
from documents.word.review.file.tracked import changes_at, tracked_paragraphs
from documents.word.review.sections import with_uids_of

Json = dict[str, Any]


@dataclass(frozen=True)
class ReturnedText:
    """``review``: the cards. ``frame_differs``: whether the cover, a header or a footer is otherwise.
    ``made_text``: the sections whose heading looks like text now. ``known``: whether any section of the
    exported text is in the file. ``pictures``: by their hash, those that the cards name."""

    review: Review
    comments: tuple[WordComment, ...] = ()
    frame_differs: bool = False
    made_text: tuple[str, ...] = ()
    known: bool = True
    pictures: Mapping[str, Blob] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        head = {
            "cards": [_as_json(card) for card in self.review.cards],
            "blocks": self.review.blocks,
            "outline": self.review.outline,
            "comments": [asdict(comment) for comment in self.comments],
            "frame_differs": self.frame_differs,
            "made_text": self.made_text,
            "known": self.known,
            "pictures": [[key, len(one.data), one.content_type] for key, one in self.pictures.items()],
        }
        encoded = json.dumps(head, ensure_ascii=False).encode()
        return b"".join(
            [struct.pack(">Q", len(encoded)), encoded, *(one.data for one in self.pictures.values())]
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> ReturnedText:
        (size,) = struct.unpack(">Q", data[:8])
        head, offset = json.loads(data[8 : 8 + size]), 8 + size
        pictures = {}
        for key, length, content_type in head["pictures"]:
            pictures[key] = Blob(data[offset : offset + length], content_type, "image")
            offset += length
        outline = tuple((uid, level) for uid, level in head["outline"])
        return cls(
            Review(tuple(map(_card, head["cards"])), head["blocks"], outline),
            tuple(WordComment(**one) for one in head["comments"]),
            head["frame_differs"],
            tuple(head["made_text"]),
            head["known"],
            pictures,
        )


def _as_json(card: Card) -> Json:
    # Of many cards a deep copy would take as long as reading the file.
    data = {name: getattr(card, name) for name in card.__slots__}
    return data | {"changes": [change.as_json() for change in card.changes]}


def _card(data: Json) -> Card:
    changes = tuple(Change.from_json(one) for one in data["changes"])
    return Card(**{**data, "kind": Kind(data["kind"]), "changes": changes})


def read_returned(
    data: bytes,
    sent: SectionTree,
    limits: Limits = DEFAULT_LIMITS,
    *,
    source: bytes | None = None,
) -> ReturnedText:
    """Reads a file and compares it with the exported text, ``sent``. ``source``: the Word file that the draft
    is based on. Raises Refused."""
    package = open_package(data, limits)
    stands_on = open_package(source, limits) if source is not None else None
    made_text = restore(package)
    trace = Trace()
    read = read_package(package, language=sent.language, limits=limits, trace=trace)
    marked = any(section.uid in sent.by_uid for section in read.tree)
    tree = with_uids_of(sent, read.tree)
    names = {old.uid: new.uid for old, new in zip(read.tree, tree, strict=True)}
    uids = {element: names.get(uid, uid) for element, uid in uids_of(read.tree, trace).items()}
    places = list(walk(package, uids))
    levels, as_text = _headings(tree, trace, made_text)
    states = {names.get(uid, uid): state for uid, state in trace.states.items()}
    found = review(sent, tree, _tracked(places), levels, states)
    named = set().union(*(image_hashes(card.after) for card in found.cards))
    return ReturnedText(
        found,
        _new_comments(package, places, stands_on),
        stands_on is not None and frame_differs(package, stands_on, uids),
        tuple(as_text),
        marked or any(section.uid in sent.by_uid for section in tree),
        {key: one for key, one in read.blobs.items() if key in named and one.kind == "image"},
    )


def _new_comments(
    package: Package, places: list[tuple[Element, str]], source: Package | None
) -> tuple[WordComment, ...]:
    known = frozenset(comment_keys(source)) if source is not None else frozenset()
    return tuple(added_since(list(comments_at(package, places)), known))


def _tracked(places: list[tuple[Element, str]]) -> dict[str, Tracked]:
    paragraphs: dict[str, list[Any]] = {}
    changes: dict[str, list[Any]] = {}
    for paragraph in tracked_paragraphs(places):
        paragraphs.setdefault(paragraph.uid, []).append(paragraph)
    for change in changes_at(places, formats=True):
        changes.setdefault(change.uid, []).append(change)
    return {uid: Tracked(paragraphs.get(uid, ()), changes.get(uid, ())) for uid in {*paragraphs, *changes}}


def _headings(tree: SectionTree, trace: Trace, made_text: frozenset[str]) -> tuple[dict[str, int], list[str]]:
    """The levels of headings that were set deeper or higher by their look. And the sections whose heading
    became text."""
    levels: dict[str, int] = {}
    as_text = []
    for section in tree:
        sent, now = trace.looks.get(section.uid, (None, 0))
        if not sent or sent == now:
            continue
        if now and section.uid not in made_text:
            levels[section.uid] = max(1, section.level + now - sent)
        else:
            as_text.append(section.uid)
    return levels, as_text


def states_in(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, str]:
    """By uid, the start of the hash of the exported text of a section, from the file's bookmarks. Raises
    Refused."""
    package = open_package(data, limits)
    states: dict[str, str] = {}
    for paragraph in package.xml(package.main).iter(w("p")):
        names = [node.get(w("name")) or "" for node in paragraph.iter(w("bookmarkStart"))]
        uid = uid_of(names)
        if uid:
            states.setdefault(uid, state_of(names))
    return states


def states_of_file(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, str]:
    """The same in a confined process."""
    return confined.run(limits, states_in, data, limits)


def returned_file(
    data: bytes,
    sent: SectionTree,
    limits: Limits = DEFAULT_LIMITS,
    *,
    source: bytes | None = None,
) -> ReturnedText:
    """:func:`read_returned` in a confined process. Raises Refused."""
    return ReturnedText.from_bytes(confined.run(limits, _read, data, sent, limits, source))


def _read(data: bytes, sent: SectionTree, limits: Limits, source: bytes | None) -> bytes:
    return read_returned(data, sent, limits, source=source).to_bytes()
