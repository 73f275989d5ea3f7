"""Where a section goes that is new in a file that came back. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from documents.suggestions.suggestion import BEFORE

BEHIND, NONE = "behind", "-"


class Node(Protocol):
    @property
    def uid(self) -> str: ...
    @property
    def level(self) -> int: ...


@dataclass(frozen=True, slots=True)
class NewSection:
    """``uid``: the one that it is to have. ``behind``: the new sections of the file right before it, the nearest first; ``next``:
    those right behind it, and the first behind these that the draft has. ``first``: no section of the draft stands before it
    in the file."""

    level: int
    first: bool = False
    uid: str = ""
    behind: tuple[str, ...] = ()
    next: tuple[str, ...] = ()

    def said(self) -> str:
        """For a suggestion's place."""
        lists = (",".join(uids) or NONE for uids in (self.behind, self.next))
        return " ".join((str(self.level), BEFORE if self.first else BEHIND, self.uid or NONE, *lists))

    @classmethod
    def read(cls, place: str) -> NewSection:
        level, where, uid, behind, after = [*place.split(" "), *[""] * 5][:5]
        lists = (tuple(one for one in uids.split(",") if one and one != NONE) for uids in (behind, after))
        return cls(
            int(level) if level.isdecimal() else 1, where == BEFORE, "" if uid == NONE else uid, *lists
        )

    def place(self, nodes: Sequence[Node], anchor: str) -> int | None:
        """At which place of a draft's outline it goes: right behind what it follows in the file, and what stands in that in the
        draft alone. ``anchor``: the section of the draft that it follows, or stands before where it is the first. None where
        nothing of all these is left."""
        uids = [node.uid for node in nodes]
        known = (*self.behind, *(() if self.first else (anchor,)))
        before = next((uid for uid in known if uid in uids), None)
        if before is None:
            follows = (*self.next, *((anchor,) if self.first else ()))
            return next((uids.index(uid) for uid in follows if uid in uids), 0 if self.first else None)
        at = uids.index(before) + 1
        while at < len(nodes) and nodes[at].level > self.level and nodes[at].uid not in self.next:
            at += 1
        return at
