"""Apply new, removed and moved sections of a returned file to the draft's outline, and undo it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from documents.actions.edit_outline import (
    add_section,
    fingerprint,
    move_section,
    outline_of,
    remove_section,
    restore_section,
    set_level,
    sibling_kind,
    subtree,
)
from documents.actions.errors import ActionError
from documents.actions.find_translation_source import PART
from documents.actions.numbering import Node
from documents.actions.save_section import save_section
from documents.editions.text_storage import EMPTY
from documents.models import Section, Suggestion
from documents.text import inline_text
from documents.text.whitespace import same_but_for_end_blanks
from people.access import may
from people.models import User
from people.roles import Verb

Kind = Suggestion.Kind


def accept(by: User, row: Suggestion) -> str:
    """Applies the card of a section and stores in ``replaced`` what undoes it. Gives the hash of the
    resulting text."""
    if not may(by, Verb.OUTLINE, row.edition):
        raise ActionError(
            _("Only the drafters of the document can change the outline. The suggestion stays here for them.")
        )
    if row.kind == Kind.SECTION_ADDED:
        return _add(by, row)
    if row.kind == Kind.SECTION_REMOVED:
        _remove(by, row)
    else:
        _move(by, row)
    return ""


def undo(by: User, row: Suggestion) -> None:
    """Puts the outline back as it was, where what was done is still there as it was done. Raises
    ActionError."""
    earlier = row.replaced
    if earlier is None:
        raise ActionError(_("An older version of Kodeks imported this. You can't undo it here."))
    if row.kind == Kind.SECTION_ADDED:
        _take_back(by, row)
    elif row.kind == Kind.SECTION_REMOVED:
        restore_section(by, row.edition, str(row.uid))
    else:
        nodes = outline_of(row.edition)
        _require(nodes, str(row.uid))
        after = _nearest(nodes, earlier["before"])
        _place(by, row, nodes, after, earlier["level"], alone=not earlier["moved"])


def _add(by: User, row: Suggestion) -> str:
    edition, language, uid = row.edition, row.language, str(row.uid)
    source = edition.instrument.source_language
    if language != source:
        raise ActionError(_("Add a new section in the drafting language first."))
    nodes = outline_of(edition)
    if any(node.uid == uid for node in nodes):
        raise ActionError(_("The section is already in the draft."))
    after = _nearest(nodes, _before(row))
    place = _index(nodes, after) + 1 if after else 0
    heading = inline_text(row.after["heading"]).strip() or _("(without a heading)")
    level = row.level or 1
    kind = sibling_kind(nodes, place, level)
    add_section(
        by, edition, None, level, kind, {language: heading}, fingerprint(edition), place=place, uid=uid
    )
    saved = save_section(by, edition, uid, language, row.after, _hash(row), seen=PART)
    row.replaced, row.result = {}, {"sha256": saved}
    return saved


def _take_back(by: User, row: Suggestion) -> None:
    nodes, uid = outline_of(row.edition), str(row.uid)
    at = _require(nodes, uid)
    others = [code for code in row.edition.instrument.languages if code != row.language]
    texts = Section.objects.filter(edition=row.edition, uid=uid).values(
        *(f"text_hash_{code}" for code in [row.language, *others])
    )[0]
    changed = texts[f"text_hash_{row.language}"] != (row.result or {}).get("sha256")
    if changed or any(texts[f"text_hash_{code}"] for code in others) or subtree(nodes, at) > at + 1:
        raise ActionError(
            _(
                "Someone has edited the section since. If you still want to remove it, do so on "
                "the draft page."
            )
        )
    remove_section(by, row.edition, uid, fingerprint(row.edition), alone=True)


def _remove(by: User, row: Suggestion) -> None:
    edition, uid = row.edition, str(row.uid)
    _require(outline_of(edition), uid)
    column = f"body_{row.language}"
    now = Section.objects.filter(edition=edition, uid=uid).values_list(column, flat=True).get() or EMPTY
    if not same_but_for_end_blanks(now, EMPTY | row.before):
        raise ActionError(
            _(
                "The section has changed since the file was downloaded. Check it and remove it "
                "yourself if needed."
            )
        )
    row.replaced = {}
    remove_section(by, edition, uid, fingerprint(edition), alone=True)


def _move(by: User, row: Suggestion) -> None:
    nodes, uid = outline_of(row.edition), str(row.uid)
    at = _require(nodes, uid)
    row.replaced = {
        "before": [one.uid for one in reversed(nodes[:at])],
        "level": nodes[at].level,
        "moved": bool(row.target),
    }
    _place(by, row, nodes, _nearest(nodes, _before(row)), row.level or 1, alone=not row.target)


def _place(
    by: User, row: Suggestion, nodes: Sequence[Node], after: str | None, level: int, *, alone: bool
) -> None:
    uid = str(row.uid)
    if alone:
        set_level(by, row.edition, uid, level, fingerprint(row.edition))
        return
    at = _index(nodes, uid)
    if after in [node.uid for node in nodes[at : subtree(nodes, at)]]:
        raise ActionError(_("A section can't be moved into itself."))
    move_section(by, row.edition, uid, after, level, fingerprint(row.edition))


def _before(row: Suggestion) -> list[str]:
    """The sections that are before this one in the file, the nearest first."""
    order = [uid for uid, _level in row.returned.outline]
    return order[: order.index(str(row.uid))][::-1] if str(row.uid) in order else []


def _nearest(nodes: Sequence[Node], uids: Sequence[str]) -> str | None:
    there = {node.uid for node in nodes}
    return next((uid for uid in uids if uid in there), None)


def _index(nodes: Sequence[Node], uid: str) -> int:
    return next(index for index, node in enumerate(nodes) if node.uid == uid)


def _require(nodes: Sequence[Node], uid: str) -> int:
    if not any(node.uid == uid for node in nodes):
        raise ActionError(_("The section is no longer in the draft. The suggestion stays open here."))
    return _index(nodes, uid)


def _hash(row: Suggestion) -> str:
    column = f"text_hash_{row.language}"
    found = Section.objects.filter(edition=row.edition_id, uid=row.uid).values_list(column, flat=True)
    return found.get() or ""
