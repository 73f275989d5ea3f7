"""The exchange with a translator, whatever the file. It has sections with their texts, and which state of
them.

The state is named by hashes: the source text's, and the translation's as it was. On import a section whose
texts have changed since is not taken. So a file that was on a desk for a week overwrites nobody's later
words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import Any

from documents.translation.codes import Codes, Piece
from documents.translation.doubts import doubts
from documents.translation.outdated import left_behind
from documents.translation.slots import Content, align_slots, fill, same_shape, slots

MOST_ROWS = 100_000
"""Of a file that comes back: ten times those of the longest document. More are not even parsed."""


@dataclass(frozen=True)
class Unit:
    """One slot of a section: its source words and, where there are any, the translation's. ``older``: the
    source has changed since its translation. ``former`` is the source of that time, where it is known.
    ``doubtful``: a person has to read the translation (:mod:`documents.translation.doubts`)."""

    name: str
    source: Content
    target: Content | None
    older: bool = False
    former: Content | None = None
    doubtful: bool = False

    @cached_property
    def codes(self) -> Codes:
        return Codes.of(self.source, self.target)

    @property
    def done(self) -> bool:
        """Whether it is translated as it is now."""
        return bool(self.target) and not self.older and not self.doubtful

    @cached_property
    def source_pieces(self) -> list[Piece]:
        return self._fresh().encode(self.source)

    @cached_property
    def former_words(self) -> str:
        """The former words of the source, without marks."""
        return "".join(str(node.get("text", " ")) for node in self.former or ())

    @cached_property
    def target_pieces(self) -> list[Piece]:
        codes = self._fresh()
        codes.encode(self.source)
        return codes.encode(self.target or [])

    def _fresh(self) -> Codes:
        return Codes()


@dataclass(frozen=True)
class SectionUnits:
    """A section as it goes out. ``current`` says whether its translation was made from the source as it is
    now.

    ``reshaped``: the translation has other blocks than the source and than its own source. So its words can't
    be aligned with the source's. They are left out, and the section is translated again.
    """

    uid: str
    label: str
    heading: str
    source_hash: str
    target_hash: str
    current: bool
    reshaped: bool
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Exchange:
    """The sections of one edition in two languages. ``original`` names the edition (``mk/sop/2``); the
    languages are BCP 47 tags; ``source`` and ``target`` Kodeks's own codes of them."""

    original: str
    title: str
    source: str
    target: str
    source_tag: str
    target_tag: str
    sections: tuple[SectionUnits, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A section of a returned file: the pieces of each translated slot, by the slot's name."""

    uid: str
    source_hash: str
    target_hash: str
    units: dict[str, Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """What a file brought. ``original`` and the languages are as the file says, to be compared with what is
    here."""

    original: str
    source_tag: str
    target_tag: str
    sections: tuple[Received, ...]


class NotReadable(ValueError):
    """The file is not one of ours, is broken, or holds what we don't take. ``code`` says which:
    ``broken``, ``kind``, ``version``, ``too_big``, ``no_state``, ``twice``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


def section_units(
    uid: str,
    label: str,
    source: Mapping[str, Any],
    target: Mapping[str, Any] | None,
    *,
    heading: str = "",
    source_hash: str = "",
    target_hash: str = "",
    current: bool = False,
    former: Mapping[str, Any] | None = None,
    then: Mapping[str, Any] | None = None,
    languages: tuple[str, str] = ("", ""),
) -> SectionUnits:
    """The units of a section for an exchange file, from its bodies in both languages (canonical form).
    ``former`` is the source of an older translation, where known. ``then`` is that translation as it was when
    the source changed. ``languages``: of the source and of the translation."""
    has_target = bool(target and (target.get("heading") or target.get("blocks")))
    there: dict[str, Content] = {}
    fits = False
    if target is not None and has_target:
        there, fits = _translated(source, target, None if current else former, then)
    behind = bool(there) and not current
    older = _older(source, former, then or target or {}, there) if behind else []
    former_words = align_slots(source, former, former) if former is not None and older else {}
    doubtful = {doubt.slot for doubt in doubts(source, fill(source, there), languages)} if behind else set()

    def unit(name: str, content: Content) -> Unit:
        was = former_words.get(name) if name in older else None
        is_older, is_doubtful = name in there and name in older, name in there and name in doubtful
        return Unit(name, content, there.get(name), is_older, was if was != content else None, is_doubtful)

    units = tuple(starmap(unit, slots(source)))
    reshaped = has_target and not fits
    return SectionUnits(uid, label, heading, source_hash, target_hash, current, reshaped, units)


def _translated(
    source: Mapping[str, Any],
    target: Mapping[str, Any],
    former: Mapping[str, Any] | None,
    then: Mapping[str, Any] | None,
) -> tuple[dict[str, Content], bool]:
    """The translations of a source's slots, and whether the translation has its blocks, or those of its own
    source, ``former``, where that is another one and known."""
    fits = same_shape(source, target)
    if former is not None:
        return align_slots(source, former, target, then), fits or same_shape(former, target)
    return dict(slots(target)) if fits else {}, fits


def _older(
    source: Mapping[str, Any],
    former: Mapping[str, Any] | None,
    then: Mapping[str, Any],
    there: dict[str, Content],
) -> list[str]:
    """The slots of a section that is behind whose translation would still be so if it returned unchanged."""
    return left_behind(source, former, then, fill(source, there))
