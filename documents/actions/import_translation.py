"""Import a translator's file section by section, each only if it still fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.access.rights import Text
from documents.actions.errors import ActionError
from documents.actions.find_doubts import Unread, unread_in_file
from documents.actions.find_translation_source import UNREAD, whole
from documents.actions.first_numbers import (
    left_without,
    missing_numbers_message,
    number_as_original,
    numbers_in,
    without_typed_number,
)
from documents.actions.locking import hold_writable
from documents.actions.save_section import reordering_message, save_section
from documents.choices import BEHIND, Translation
from documents.editions.text_history import text_by_hash, translation_then
from documents.editions.text_storage import EMPTY, check_language, translation_state
from documents.models import Edition, FileTask
from documents.models import Section as SectionRow
from documents.text import InvalidText, normalise_body, turns_letters
from documents.text.types import Body, Json
from documents.translation.codes import UnknownCode
from documents.translation.exchange import (
    Exchange,
    NotReadable,
    Received,
    ReceivedFile,
    SectionUnits,
    section_units,
)
from documents.translation.slots import fill, slots
from documents.word.languages.received import received_file
from people.access import may, require
from people.models import User
from people.roles import Verb
from theme.locales import html_lang

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORTENED = 16
"""A file may name a hash by its first digits; with fewer than these it names none."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A section that was not taken, and why; ``known`` where the draft has it."""

    uid: str
    name: str
    why: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the sections of a file. ``unread`` texts are stored and their sections still older.
    ``turned`` ones lost signs that reorder letters. ``unnumbered`` ones lack the original's number."""

    taken: int
    unchanged: int
    refused: tuple[Refusal, ...]
    unread: tuple[Unread, ...] = ()
    turned: tuple[Refusal, ...] = ()
    unnumbered: tuple[Refusal, ...] = ()


def make_exchange(edition: Edition, target: str, uids: Iterable[str] | None = None) -> Exchange:
    """All sections of an edition (or those named) in its source language and ``target``, to go out."""
    check_language(target)
    source = edition.instrument.source_language
    rows = SectionRow.objects.filter(edition=edition).order_by("position")
    if uids is not None:
        rows = rows.filter(uid__in=list(uids))
    names = ["uid", f"label_{source}", f"heading_{source}"]
    names += [f"{name}_{code}" for code in (source, target) for name in ("body", "text_hash", "source_hash")]
    return Exchange(
        original=f"{edition.instrument.path}/{edition.number}",
        title=edition.title_in(source),
        source=source,
        target=target,
        source_tag=html_lang(source),
        target_tag=html_lang(target),
        sections=tuple(_units(edition, row, source, target) for row in rows.values(*names)),
    )


def _units(edition: Edition, row: dict[str, Any], source: str, target: str) -> SectionUnits:
    uid, made_from = str(row["uid"]), row[f"source_hash_{target}"] or ""
    state = translation_state(
        target, source, row[f"text_hash_{target}"], made_from, row[f"text_hash_{source}"]
    )
    former = text_by_hash(edition, uid, source, made_from) if state in BEHIND else None
    return section_units(
        uid,
        row[f"label_{source}"] or "",
        row[f"body_{source}"] or EMPTY,
        row[f"body_{target}"],
        heading=row[f"heading_{source}"] or "",
        source_hash=row[f"text_hash_{source}"] or "",
        target_hash=row[f"text_hash_{target}"] or "",
        current=state == Translation.CURRENT,
        former=former,
        languages=(source, target),
        then=translation_then(edition, uid, target, made_from) if former is not None else None,
    )


def read_file(task: FileTask, data: bytes) -> ReceivedFile:
    """What a translator's file brought. Raises ActionError."""
    try:
        return received_file(task.name, data)
    except NotReadable as problem:
        raise ActionError(_why(problem)) from None


def take_file(task: FileTask, _data: bytes, received: ReceivedFile) -> Json:
    """The outcome of :func:`take_translation`, for the page."""
    edition = Edition.objects.select_related("instrument").get(pk=task.given["edition"])
    return asdict(take_translation(task.by, edition, task.given["language"], received))


def _why(problem: NotReadable) -> str:
    return {
        "version": _("This is an older XLIFF file (%(version)s). Export XLIFF 2 from your program.")
        % {"version": problem.detail or "?"},
        "too_big": _("This file is too large."),
        "broken": _("This file is damaged or protected and can't be read."),
        "twice": _("The file contains a text twice, so it is unclear which one applies."),
    }.get(
        problem.code,
        _("This file was not downloaded from Kodeks for translation. Use the file from this page."),
    )


def take_translation(by: User, edition: Edition, language: str, received: ReceivedFile) -> Outcome:
    """Store every section of the file that is translated whole, if its texts here have not changed since.
    Raises ActionError where the file is of another document or language, Locked where the edition is no
    draft."""
    check_language(language)
    require(by, Verb.READ, edition)
    with transaction.atomic():
        # Locked before it is read: a source that is saved at this moment would else count as translated.
        hold_writable(edition, language)
        uids = [section.uid for section in received.sections if _UID.fullmatch(section.uid)]
        exchange = make_exchange(edition, language, uids)
        _check_file(exchange, received)
        taking = _Taking(by, edition, exchange)
        for one in received.sections:
            taking.take(one)
        counts = {"taken": len(taking.taken), "left": len(taking.refused), "unread": len(taking.unread)}
        audit.record("take_translation", edition, by, language=language, **counts)
        return taking.outcome()


def _check_file(exchange: Exchange, received: ReceivedFile) -> None:
    if received.original != exchange.original:
        raise ActionError(
            _("This file belongs to another document or edition: %(file)s. This page is for: %(here)s.")
            % {"file": received.original[:120] or "–", "here": exchange.original}
        )
    tags = (received.source_tag.lower(), received.target_tag.lower())
    if tags != (exchange.source_tag.lower(), exchange.target_tag.lower()):
        raise ActionError(
            _("This file is for other languages: %(source)s to %(target)s.")
            % {"source": received.source_tag[:20] or "–", "target": received.target_tag[:20] or "–"}
        )


class _Taking:
    """The import of a file, section by section."""

    def __init__(self, by: User, edition: Edition, exchange: Exchange) -> None:
        self.by, self.edition, self.language = by, edition, exchange.target
        self.sections = {section.uid: section for section in exchange.sections}
        self.numbers = numbers_in(edition, self.language)
        self.unchanged = 0
        self.taken: dict[str, str] = {}
        """The names of the sections that were taken, by uid."""
        self.turned: list[Refusal] = []
        self.unread: list[Unread] = []
        self.refused: list[Refusal] = []

    def take(self, one: Received) -> None:
        """Keeps a section of the file, or notes why not."""
        section = self.sections.get(one.uid)
        if section is None:
            reason = _("This section no longer exists.")
            self.refused.append(Refusal(one.uid, one.uid[:36], reason, known=False))
            return
        name = f"{section.label} {section.heading}".strip()
        if section.current and self._stands(section, one):
            self.unchanged += 1
        elif why := self._unfit(section, one) or self._save(section, one, name):
            self.refused.append(Refusal(one.uid, name, why))

    def _save(self, section: SectionUnits, one: Received, name: str) -> str:
        """Saves a section, or gives why it can't be."""
        pieces = [piece.text for unit in one.units.values() for piece in unit]
        if not self.taken and number_as_original(self.edition, self.language, " ".join(pieces)):
            self.numbers = numbers_in(self.edition, self.language)
        body = self._body(section, one)
        if isinstance(body, str):
            return body
        unread = unread_in_file(self.edition, section.uid, self.language, body, name)
        self.unread += unread
        if _says(section, body):
            # Nobody touched it in the file: that does not say that an older translation still holds.
            return (
                ""
                if unread
                else _(
                    "The file does not change this section, so its translation is still out of date. "
                    "If it needs no change, open the section and mark it as up to date."
                )
            )
        seen = UNREAD if unread else whole(section.source_hash)
        save_section(self.by, self.edition, section.uid, self.language, body, section.target_hash, seen=seen)
        self.taken[section.uid] = name
        if any(turns_letters(piece) for piece in pieces):
            self.turned.append(Refusal(section.uid, name, reordering_message()))
        return ""

    def outcome(self) -> Outcome:
        without = left_without(self.edition, self.language) if self.taken else set()
        return Outcome(
            len(self.taken),
            self.unchanged,
            tuple(self.refused),
            unread=tuple(self.unread),
            turned=tuple(self.turned),
            unnumbered=tuple(
                Refusal(uid, name, missing_numbers_message())
                for uid, name in self.taken.items()
                if uid in without
            ),
        )

    def _stands(self, section: SectionUnits, one: Received) -> bool:
        """Whether the section already says what the file says."""
        if set(one.units) != {unit.name for unit in section.units}:
            return False
        body = self._body(section, one)
        return not isinstance(body, str) and _says(section, body)

    def _unfit(self, section: SectionUnits, one: Received) -> str:
        """Why a section of the file is not taken, as far as its state says; empty where nothing is wrong."""
        if not may(self.by, Verb.DRAFT, Text(self.edition, self.language, section.uid)):
            return _("You do not have permission to edit this section in this language.")
        if not _same(one.source_hash, section.source_hash):
            return _(
                "The original has changed since you downloaded the file. Download a new file and "
                "translate that."
            )
        if not _same(one.target_hash, section.target_hash):
            return _("The translation was edited here after you downloaded the file.")
        names = [unit.name for unit in section.units]
        missing = len([name for name in names if name not in one.units])
        if missing == len(names) and missing:
            return _("Not translated yet.")
        if missing:
            return _("%(missing)s of %(all)s texts are not translated yet.") % {
                "missing": missing,
                "all": len(names),
            }
        if extra := sorted(set(one.units) - set(names)):
            return _("The file contains texts that the section does not have: %(names)s.") % {
                "names": ", ".join(extra)[:100]
            }
        return ""

    def _body(self, section: SectionUnits, one: Received) -> Body | str:
        """The section's translated body, or why it can't be made."""
        rows = SectionRow.objects.filter(edition=self.edition, uid=section.uid)
        original = rows.values_list(f"body_{self.edition.instrument.source_language}", flat=True).get()
        try:
            texts = {
                unit.name: unit.codes.decode(one.units[unit.name], unit.source_pieces)
                for unit in section.units
            }
            body = normalise_body(fill(original or EMPTY, texts))
        except UnknownCode as problem:
            return _("The mark %(number)s is missing, repeated or from another text.") % {
                "number": problem.number
            }
        except InvalidText as problem:
            return _("The text could not be read at %(place)s.") % {"place": problem.path}
        return without_typed_number(body, self.numbers.get(section.uid, ""))


def _says(section: SectionUnits, body: Body) -> bool:
    return dict(slots(body)) == {unit.name: unit.target for unit in section.units}


def _same(given: str, here: str) -> bool:
    if not here or not given:
        return given == here
    return len(given) >= SHORTENED and here.startswith(given)
