"""Add, move, remove and restore sections of a draft; numbers follow.

Every change names the outline that it was made from (:func:`fingerprint`); Conflict where that is another
one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.change_log import log_change
from documents.actions.errors import ActionError, Conflict
from documents.actions.first_numbers import number_as_original
from documents.actions.locking import hold_draft
from documents.actions.numbering import Node, Numbers, fingerprint_of
from documents.choices import SectionKind
from documents.editions import blobs
from documents.editions.removed_sections import RemovedSection, place_at, removed_sections
from documents.editions.text_storage import EMPTY, check_language, text_columns
from documents.models import Edition, Section, SectionChange
from documents.models.sections import is_erased
from documents.signals import texts_changed
from documents.text import plain_line
from documents.text.extraction import picture_uses
from people.access import require
from people.models import User
from people.roles import Verb

DEEPEST = 9


def outline_of(edition: Edition) -> list[Node]:
    rows = Section.objects.filter(edition=edition).order_by("position").values_list("uid", "level", "kind")
    return [Node(str(uid), level, kind) for uid, level, kind in rows]


def fingerprint(edition: Edition) -> str:
    """A mark of the outline as it is now. A change of it names the one that it was made from."""
    return fingerprint_of(outline_of(edition))


def subtree(nodes: Sequence[Node], start: int) -> int:
    """The index after the last section that is in the one at ``start``."""
    end = start + 1
    while end < len(nodes) and nodes[end].level > nodes[start].level:
        end += 1
    return end


def sibling_kind(nodes: Sequence[Node], place: int, level: int) -> str:
    """The kind of a new section: an article among articles, an annex among annexes, else a section."""
    level = _fit(nodes, place, level)
    ahead = next((node for node in reversed(nodes[:place]) if node.level <= level), None)
    behind = next((node for node in nodes[place:] if node.level <= level), None)
    kinds = {node.kind for node in (ahead, behind) if node is not None and node.level == level}
    return next(iter(kinds)) if kinds in ({"article"}, {"annex"}) else "section"


def add_section(
    by: User,
    edition: Edition,
    after_uid: str | None,
    level: int,
    kind: str,
    heading_by_language: Mapping[str, str],
    expected: str,
    *,
    place: int | None = None,
    uid: str = "",
) -> str:
    """Add an empty section after another one and its subsections (None: at the start). Or at a ``place`` of
    the outline. Returns its uid, a new one where none is given."""
    require(by, Verb.OUTLINE, edition)
    uid = uid or str(uuid.uuid4())
    with transaction.atomic():
        locked, nodes, numbers = _open(edition, expected)
        index = 0 if after_uid is None else subtree(nodes, _find(nodes, after_uid))
        if after_uid is not None and level > nodes[_find(nodes, after_uid)].level:
            index = _find(nodes, after_uid) + 1
        index = index if place is None else place
        nodes.insert(index, Node(uid, _fit(nodes, index, level), SectionKind(kind)))
        row = Section(edition=locked, uid=uid, position=index, level=nodes[index].level, kind=kind)
        source = locked.instrument.source_language
        headings = {
            language: line for language, text in heading_by_language.items() if (line := plain_line(text))
        }
        if not headings.get(source):
            raise ActionError(_("Enter the heading in the drafting language."))
        for language, text in headings.items():
            body = EMPTY | {"heading": [{"type": "text", "text": text}]}
            for column, value in text_columns(check_language(language), body).items():
                setattr(row, column, value)
        for language in headings:
            if language != source:
                setattr(row, f"source_hash_{language}", getattr(row, f"text_hash_{source}"))
        row.save()
        numbered = _write(locked, nodes, numbers)
        for language, text in headings.items():
            number_as_original(locked, language, text)
        log_change(locked, uid, SectionChange.Verb.ADD, by, after={"headings": headings} | numbered)
        _tell(by, locked, "add_section", uid)
    return uid


def move_section(
    by: User, edition: Edition, uid: str, after_uid: str | None, level: int, expected: str
) -> None:
    """Moves a section and all that is in it to after ``after_uid`` (None: to the start)."""
    require(by, Verb.OUTLINE, edition)
    with transaction.atomic():
        locked, nodes, numbers = _open(edition, expected)
        start = _find(nodes, uid)
        end = subtree(nodes, start)
        moved, rest = nodes[start:end], nodes[:start] + nodes[end:]
        if any(node.uid == after_uid for node in moved):
            raise ActionError(_("A section can't be moved into itself."))
        index = 0 if after_uid is None else _find(rest, after_uid) + 1
        shift = _fit(rest, index, level) - moved[0].level
        if max(node.level for node in moved) + shift > DEEPEST:
            raise ActionError(_("Sections can have at most nine levels."))
        placed = rest[:index] + [replace(node, level=node.level + shift) for node in moved] + rest[index:]
        after = index + len(moved)
        if after < len(placed) and placed[after].level > placed[after - 1].level + 1:
            raise ActionError(
                _("The next section would be two levels below the one before it. Move that section first.")
            )
        numbered = _write(locked, placed, numbers)
        log_change(
            locked,
            uid,
            SectionChange.Verb.MOVE,
            by,
            before={"position": start},
            after={"position": index} | numbered,
        )
        _tell(by, locked, "move_section", uid)


def set_level(by: User, edition: Edition, uid: str, level: int, expected: str) -> None:
    """Sets a section deeper or higher, as far as it can be; what is in it stays where it is."""
    require(by, Verb.OUTLINE, edition)
    with transaction.atomic():
        locked, nodes, numbers = _open(edition, expected)
        start = _find(nodes, uid)
        level = level_for(nodes, start, level)
        if nodes[start].level == level:
            return
        nodes[start] = replace(nodes[start], level=level)
        place = {"position": start}
        after = place | _write(locked, nodes, numbers)
        log_change(locked, uid, SectionChange.Verb.MOVE, by, before=place, after=after)
        _tell(by, locked, "move_section", uid)


def level_for(nodes: Sequence[Node], at: int, level: int) -> int:
    """The level nearest to the one wished for: at most one deeper than the section before. One that is too
    deep already, as files may have it, is never set the other way."""
    now = nodes[at].level
    return max(1, level) if level <= now else max(now, _fit(nodes, at, level))


def remove_section(by: User, edition: Edition, uid: str, expected: str, *, alone: bool = False) -> None:
    """Removes a section with all that is in it; the log of changes keeps the texts and the place. ``alone``:
    what is in it stays as it is, under the section before."""
    require(by, Verb.OUTLINE, edition)
    with transaction.atomic():
        locked, nodes, numbers = _open(edition, expected)
        start = _find(nodes, uid)
        end = start + 1 if alone else subtree(nodes, start)
        columns = [f"body_{language}" for language in locked.instrument.languages]
        removal = str(uuid.uuid4())
        removed = []
        for place in range(start, end):
            node = nodes[place]
            found = Section.objects.filter(edition=locked, uid=node.uid).values_list(*columns).get()
            named = zip(locked.instrument.languages, found, strict=True)
            before = [one.uid for one in reversed(nodes[:place])]
            stood = place_at(locked, node.uid, before, removal, alone=alone)
            removed.append((node.uid, {language: body for language, body in named if body}, stood))
        Section.objects.filter(edition=locked, uid__in=[node.uid for node in nodes[start:end]]).delete()
        numbered = _write(locked, nodes[:start] + nodes[end:], numbers)
        for one, texts, stood in removed:
            after = stood | (numbered if one == nodes[end - 1].uid else {})
            log_change(locked, one, SectionChange.Verb.REMOVE, by, before=texts, after=after)
        _tell(by, locked, "remove_section", uid)


def restore_section(by: User, edition: Edition, uid: str) -> list[str]:
    """Restore a removed section with its uid, texts and states of translation. Sections that were removed
    with it come back too. It goes where it was, or to the end. A text that was erased stays away. Gives the
    uids; raises ActionError."""
    require(by, Verb.OUTLINE, edition)
    with transaction.atomic():
        locked = hold_draft(edition)
        nodes = outline_of(locked)
        numbers = Numbers(locked, nodes)
        if any(node.uid == uid for node in nodes):
            raise ActionError(_("The section is already in the draft."))
        group = _removed_with(locked, uid)
        if not group:
            raise ActionError(_("The section can't be restored. It was not removed from this draft."))
        place = _place_again(nodes, group[0])
        shift = _fit(nodes, place, group[0].level) - group[0].level
        back = [Node(one.uid, max(1, min(one.level + shift, DEEPEST)), one.kind) for one in group]
        for one, node in zip(group, back, strict=True):
            _insert(locked, one, node.level)
        nodes[place:place] = back
        numbered = _write(locked, nodes, numbers)
        for one in group:
            after = numbered if one is group[-1] else None
            log_change(locked, one.uid, SectionChange.Verb.RESTORE, by, after=after)
        _tell(by, locked, "restore_section", uid)
    return [one.uid for one in group]


def _removed_with(edition: Edition, uid: str) -> list[RemovedSection]:
    """The removed section with that uid and those that were removed below it at the same time."""
    every = removed_sections(edition)
    first = next((one for one in every if one.uid == uid), None)
    if first is None:
        return []
    together = [one for one in every if one.removal == first.removal]
    start = together.index(first)
    end = start + 1
    while end < len(together) and together[end].level > first.level:
        end += 1
    return together[start:end]


def _place_again(nodes: Sequence[Node], section: RemovedSection) -> int:
    """Behind the nearest section before it that is still there, and its subsections. A section without a
    known place goes to the end, before the annexes."""
    if not section.has_place:
        return end_of_text(nodes)
    places = {node.uid: place for place, node in enumerate(nodes)}
    place = next((places[uid] + 1 for uid in section.before if uid in places), 0)
    while not section.alone and place and place < len(nodes) and nodes[place].level > section.level:
        place += 1
    return place


def end_of_text(nodes: Sequence[Node]) -> int:
    """The place after the last section that is no annex and is in none."""
    annex = next((at for at, node in enumerate(nodes) if node.kind == SectionKind.ANNEX), len(nodes))
    tail = nodes[annex:]
    top = min((node.level for node in tail), default=0)
    whole = all(node.kind == SectionKind.ANNEX for node in tail if node.level == top)
    return annex if whole else len(nodes)


def _insert(edition: Edition, section: RemovedSection, level: int) -> None:
    row = Section(edition=edition, uid=section.uid, position=0, level=level, kind=section.kind)
    languages = edition.instrument.languages
    for language in languages:
        body = section.texts.get(language)
        if body and not is_erased(body):
            source_hash = section.columns.get(f"source_hash_{language}")
            columns = text_columns(check_language(language), body, source_hash=source_hash)
            for column, value in columns.items():
                setattr(row, column, value)
    row.origins = section.columns.get("origins", [])
    row.topics = section.columns.get("topics", [])
    row.save()
    pictures = {use for body in section.texts.values() for use in picture_uses(body)}
    blobs.open_to_readers(edition, pictures)


def _open(edition: Edition, expected: str) -> tuple[Edition, list[Node], Numbers]:
    locked = hold_draft(edition)
    nodes = outline_of(locked)
    if expected != fingerprint_of(nodes):
        raise Conflict()
    return locked, nodes, Numbers(locked, nodes)


def _find(nodes: Sequence[Node], uid: str) -> int:
    for index, node in enumerate(nodes):
        if node.uid == str(uid):
            return index
    raise Conflict()


def _fit(nodes: Sequence[Node], index: int, level: int) -> int:
    """The level nearest to the one wished for: at most one deeper than the section before."""
    deepest = nodes[index - 1].level + 1 if index else 1
    return max(1, min(level, deepest, DEEPEST))


def _write(edition: Edition, nodes: Sequence[Node], numbers: Numbers) -> dict[str, Any]:
    """Writes positions, levels and numbers; gives what the log of changes says of the numbers."""
    rows = {str(row.uid): row for row in Section.objects.filter(edition=edition).defer(*_bodies())}
    labels, stored = numbers.follow(nodes)
    changed = []
    for position, node in enumerate(nodes):
        row = rows[node.uid]
        row.position, row.level = position, node.level
        for language, created in labels.items():
            setattr(row, f"label_{language}", created[node.uid])
        changed.append(row)
    fields = ["position", "level", *(f"label_{language}" for language in labels)]
    Section.objects.bulk_update(changed, fields, batch_size=100)
    return stored


def _bodies() -> list[str]:
    return [f.name for f in Section._meta.concrete_fields if f.name.startswith("body")]


def _tell(by: User, edition: Edition, verb: str, uid: str) -> None:
    audit.record(verb, edition, by, uid=uid)
    texts_changed.send(sender=Edition, edition=edition, uids=None)
