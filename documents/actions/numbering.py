"""Number the sections of a draft when its outline changes. A text from a Word file follows its own pattern
(:mod:`documents.text.renumber`), another Kodeks's (:mod:`documents.text.numbering`)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.models import BlobUse, Edition, Section, SectionChange
from documents.text.numbering import numbers_of
from documents.text.renumber import Place, renumbered

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
    """The numbers of a draft as they are, locked before its outline changes."""

    def __init__(self, edition: Edition, nodes: Sequence[Node]) -> None:
        self.edition, self.nodes = edition, tuple(nodes)
        self.languages: list[str] = edition.instrument.languages
        self.labels: dict[str, dict[str, str]] = {language: {} for language in self.languages}
        self.named: dict[str, bool] = {}
        self._read()

    def _read(self) -> None:
        """Stores what sections show; those added since have no number."""
        columns = [f"{what}_{language}" for what in ("heading", "label") for language in self.languages]
        for row in Section.objects.filter(edition=self.edition).values("uid", *columns):
            uid = str(row["uid"])
            self.named[uid] = any(row[column] for column in columns)
            for language in self.languages:
                self.labels[language].setdefault(uid, row[f"label_{language}"] or "")

    def follow(self, nodes: Sequence[Node]) -> tuple[dict[str, dict[str, str]], dict[str, Any]]:
        """The labels by language and uid for the new outline, and what the log of changes says of it."""
        self._read()
        source, from_files = self.edition.instrument.source_language, self._from_files()
        labels_by_language: dict[str, dict[str, str]] = {}
        unsure: set[str] = set()
        for language in self.languages:
            if from_files & {language, source}:
                had = self.labels[language]
                was = [self._place(node, had.get(node.uid, "")) for node in self.nodes]
                result = renumbered(was, [self._place(node) for node in nodes], language)
                labels: Sequence[str] = result.labels
                unsure |= result.unsure
            else:
                labels = numbers_of(
                    [(node.level, node.kind, self.named[node.uid]) for node in nodes], language
                )
            labels_by_language[language] = {
                node.uid: label for node, label in zip(nodes, labels, strict=True)
            }
        return labels_by_language, {"unsure": sorted(unsure)} if unsure else {}

    def _place(self, node: Node, label: str = "") -> Place:
        return Place(node.uid, node.level, node.kind, self.named[node.uid], label)

    def _from_files(self) -> set[str]:
        """The languages whose text is from a Word file."""
        uses = BlobUse.objects.filter(edition=self.edition, drafters_only=True, blob__kind="source")
        return set(uses.values_list("language", flat=True))


def last_change(edition: Edition) -> int:
    """Names the moment after which :func:`unsure_since` looks."""
    pks = SectionChange.objects.filter(edition=edition).order_by("-pk").values_list("pk", flat=True)
    return pks.first() or 0


def unsure_since(edition: Edition, change: int) -> bool:
    """Whether a change of the outline since then left numbers that a person should check."""
    changes = SectionChange.objects.filter(
        edition=edition, pk__gt=change, verb__in=[Verb.ADD, Verb.MOVE, Verb.REMOVE, Verb.RESTORE]
    )
    return any((after or {}).get("unsure") for after in changes.values_list("after", flat=True))
