"""The numbers of a draft's sections when its outline changes.

A text that came from a Word file keeps its own numbers, and new ones follow the pattern beside them (:mod:`documents.text.renumber`);
one that was written on the desk has those of Kodeks (:mod:`documents.text.numbering`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from documents.models import BlobUse, Edition, Section, SectionChange
from documents.text.numbering import numbers_of
from documents.text.patterns import Place
from documents.text.renumber import renumbered

Verb = SectionChange.Verb


@dataclass(frozen=True)
class Node:
    """A section's place: enough to move it about."""

    uid: str
    level: int
    kind: str


def fingerprint_of(nodes: Sequence[Node]) -> str:
    return hashlib.sha256("\n".join(f"{n.uid} {n.level}" for n in nodes).encode()).hexdigest()[:16]


class Numbers:
    """The numbers of a draft as they are, held before its outline changes."""

    def __init__(self, edition: Edition, nodes: Sequence[Node]) -> None:
        self.edition, self.nodes = edition, tuple(nodes)
        self.languages: list[str] = edition.instrument.languages
        self.labels: dict[str, dict[str, str]] = {language: {} for language in self.languages}
        self.named: dict[str, bool] = {}
        self._read()

    def _read(self) -> None:
        """Takes in what sections show; those that came meanwhile have no number."""
        columns = [f"{what}_{language}" for what in ("heading", "label") for language in self.languages]
        for row in Section.objects.filter(edition=self.edition).values("uid", *columns):
            uid = str(row["uid"])
            self.named[uid] = any(row[column] for column in columns)
            for language in self.languages:
                self.labels[language].setdefault(uid, row[f"label_{language}"] or "")

    def follow(
        self, nodes: Sequence[Node], moved: Collection[str] = ()
    ) -> tuple[dict[str, dict[str, str]], dict[str, Any]]:
        """The labels by language and uid for the outline as it is to be, and what the log of changes keeps of it. ``moved``: the
        sections that somebody moved, with what stands in them.

        A change that takes back the last one gives every label back that was there before it."""
        self._read()
        source, letters = self.edition.instrument.source_language, self._from_files()
        from_files = letters.keys()
        back = self._taken_back(nodes) if from_files else {}
        made: dict[str, dict[str, str]] = {}
        unsure: set[str] = set()
        for language in self.languages:
            had = self.labels[language]
            if from_files & {language, source}:
                by = letters.get(language, {})
                was = [self._place(node, had.get(node.uid, ""), by.get(node.uid, "")) for node in self.nodes]
                now = [self._place(node) for node in nodes]
                result = renumbered(was, now, moved, language)
                labels: Sequence[str] = result.labels
                unsure |= set() if back else result.unsure
            else:
                outline = [(node.level, node.kind, self.named[node.uid]) for node in nodes]
                labels = numbers_of(outline, language)
            found = {node.uid: label for node, label in zip(nodes, labels, strict=True)}
            # A language that got its numbers since then has none from before.
            made[language] = found | had_before(had, back[language], found) if language in back else found
        kept: dict[str, Any] = {"unsure": sorted(unsure)} if unsure else {}
        others = {
            language: {uid: label for uid, label in had.items() if made[language].get(uid, label) != label}
            for language, had in self.labels.items()
            if any(had.values())
        }
        return made, kept | {"numbers": {"outline": fingerprint_of(self.nodes), "labels": others}}

    def _place(self, node: Node, label: str = "", letters: str = "") -> Place:
        return Place(node.uid, node.level, node.kind, self.named[node.uid], label, letters)

    def _from_files(self) -> dict[str, dict[str, str]]:
        """The languages whose text came from a Word file, and by uid the alphabet in which that counts, where it is another one."""
        uses = BlobUse.objects.filter(edition=self.edition, drafters_only=True, blob__kind="source")
        found = uses.order_by("pk").values_list("language", "reading")
        return {language: reading.get("letters") or {} for language, reading in found}

    def _taken_back(self, nodes: Sequence[Node]) -> dict[str, dict[str, str]]:
        """The labels that the last change of the outline made others, where the outline is to be as it was before it."""
        changes = SectionChange.objects.filter(
            edition=self.edition, verb__in=[Verb.ADD, Verb.MOVE, Verb.REMOVE, Verb.IMPORT]
        )
        last = changes.order_by("-pk").values_list("verb", "after").first()
        if last is None or last[0] == Verb.IMPORT or not last[1]:
            return {}
        numbers = last[1].get("numbers") or {}
        return numbers["labels"] if numbers.get("outline") == fingerprint_of(nodes) else {}


def had_before(had: dict[str, str], others: dict[str, str], there: Collection[str]) -> dict[str, str]:
    """The labels as they were before the last change: those that it changed, and all others as they are."""
    return {uid: label for uid, label in (had | others).items() if uid in there}


def last_change(edition: Edition) -> int:
    """Names the moment after which :func:`unsure_since` looks."""
    pks = SectionChange.objects.filter(edition=edition).order_by("-pk").values_list("pk", flat=True)
    return pks.first() or 0


def unsure_since(edition: Edition, change: int) -> bool:
    """Whether a section was left with the number that it had, or without one, because by which pattern it is numbered can't be
    known."""
    changes = SectionChange.objects.filter(
        edition=edition, pk__gt=change, verb__in=[Verb.ADD, Verb.MOVE, Verb.REMOVE]
    )
    return any((after or {}).get("unsure") for after in changes.values_list("after", flat=True))
