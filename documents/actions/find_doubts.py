"""What of a translation that a file brought a person has to read, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.choices import Translation
from documents.editions.text_history import text_by_hash, translation_then
from documents.editions.text_storage import EMPTY, load_outline
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text.types import Body
from documents.translation.doubts import Doubt, Former, Reason, doubts


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that a person has to read before its section is up to date: why, and the words of both."""

    uid: str
    name: str
    why: str
    original: str
    translation: str


def unread_in_file(edition: Edition, uid: str, language: str, new: Body, name: str) -> list[Unread]:
    """What a person has to read of ``new``, which a file brought as the translation of a section called
    ``name``; nothing is stored yet."""
    return [_unread(doubt, uid, name) for doubt in _doubts(edition, uid, language, new)]


def unread_stored(edition: Edition, language: str, uid: str = "") -> Iterator[Unread]:
    """What a person has to look at in the sections that are out of date, or in one of them."""
    names = {row.uid: row.name for row in load_outline(edition, edition.instrument.source_language)}
    for row in load_outline(edition, language):
        if row.state == Translation.STALE and uid in ("", row.uid):
            found = _doubts(edition, row.uid, language, None)
            yield from (_unread(doubt, row.uid, names[row.uid]) for doubt in found)


def _doubts(edition: Edition, uid: str, language: str, new: Body | None) -> list[Doubt]:
    source = edition.instrument.source_language
    names = f"body_{source}", f"text_hash_{source}", f"body_{language}", f"source_hash_{language}"
    row = SectionRow.objects.filter(edition=edition, uid=uid).values(*names).get()
    original, now, old, before = (row[name] for name in names)
    made_from = text_by_hash(edition, uid, source, before or "") if before != now else None
    former = None
    if old and before == now:
        former = Former(old, read=True)
    elif old and (new is not None or made_from is not None):
        then = translation_then(edition, uid, language, before) if before else None
        former = Former(then or old, made_from)
    return doubts(original or EMPTY, new or old, (source, language), former)


def _unread(doubt: Doubt, uid: str, name: str) -> Unread:
    return Unread(uid, name, _why(doubt), doubt.original, doubt.translation)


def _why(doubt: Doubt) -> str:
    if doubt.reason is Reason.FIGURES:
        numbers = ", ".join(doubt.figures)
        return _("Numbers or time limits of the original are missing: %(numbers)s.") % {"numbers": numbers}
    return {
        Reason.EMPTY: _("The translation is empty."),
        Reason.SAME: _("Not translated: the words are those of the original."),
        Reason.LANGUAGE: _("The text seems to be in another language or script."),
        Reason.UNCHANGED: _("The original has changed and the translation has not."),
        Reason.UNREAD: _("Nobody has compared this text with its original yet."),
        Reason.REPEATED: _("Another text has the same translation."),
        Reason.SHORT: _("The translation is much shorter than the original."),
        Reason.MARKS: _("A link, footnote or formatting of the original is missing."),
    }[doubt.reason]
