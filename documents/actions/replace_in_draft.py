"""Replace words in several sections of a draft, each by an ordinary save; and undo that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from documents.actions.errors import Conflict
from documents.actions.find_translation_source import PART
from documents.actions.save_section import save_section
from documents.editions.text_storage import check_language
from documents.models import Edition, Section, SectionChange
from documents.models.sections import is_erased
from documents.text import text_hash
from documents.text.find_replace import Query, find, replace
from documents.text.types import Json
from people.models import User


@dataclass
class Outcome:
    """What was done: places, the changes by their number in the log, and the sections that were left out."""

    places: int = 0
    changes: list[int] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def replace_in_draft(
    by: User,
    edition: Edition,
    language: str,
    query: Query,
    words: str,
    wanted: Mapping[str, tuple[str, Collection[int]]],
) -> Outcome:
    """``wanted``: for each section the hash of the text in which the places were counted, and their numbers.

    A section whose text is another one by now is left out. A translation stays as up to date as it was.
    """
    outcome = Outcome()
    texts = _texts(edition, language)
    for uid, (opened, numbers) in wanted.items():
        body, now = texts.get(uid, (None, ""))
        if body is None or now != opened:
            outcome.left_out.append(uid)
            continue
        there = {hit.number for hit in find(body, query) if not hit.by_hand}.intersection(numbers)
        if _save(by, edition, uid, language, replace(body, query, there, words), opened, outcome):
            outcome.places += len(there)
    return outcome


def undo_replace(by: User, edition: Edition, language: str, changes: Collection[int]) -> Outcome:
    """Restore what was before these changes of the person, where nobody has changed the section since or
    erased its earlier text."""
    outcome = Outcome()
    texts = _texts(edition, language)
    own = SectionChange.objects.filter(
        pk__in=list(changes), edition=edition, language=language, actor=by.actor, verb=SectionChange.Verb.SAVE
    )
    for change in own.order_by("-id"):
        uid, after = str(change.uid), text_hash(change.after)
        if texts.get(uid, (None, ""))[1] != after or not change.before or is_erased(change.before):
            outcome.left_out.append(uid)
            continue
        _save(by, edition, uid, language, change.before, after, outcome)
    return outcome


def _save(
    by: User,
    edition: Edition,
    uid: str,
    language: str,
    body: Mapping[str, Any],
    opened: str,
    outcome: Outcome,
) -> bool:
    own = SectionChange.objects.filter(edition=edition, uid=uid, language=language, actor=by.actor)
    before = own.order_by("-id").values_list("pk", flat=True).first() or 0
    try:
        save_section(by, edition, uid, language, body, opened, earlier=body, seen=PART)
    except (Conflict, Http404):
        outcome.left_out.append(uid)
        return False
    changes = list(own.filter(pk__gt=before).values_list("pk", flat=True))
    outcome.changes += changes
    return bool(changes)


def _texts(edition: Edition, language: str) -> dict[str, tuple[Json | None, str]]:
    columns = f"body_{check_language(language)}", f"text_hash_{language}"
    rows = Section.objects.filter(edition=edition).values_list("uid", *columns)
    return {str(uid): (body, sha256 or "") for uid, body, sha256 in rows}
