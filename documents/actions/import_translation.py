"""Take a translation in from a file that went out to a translator: section by section, each only if it still
fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.access import Text
from documents.actions.errors import ActionError
from documents.actions.find_translation_source import from_file
from documents.actions.first_numbers import (
    left_without,
    missing_numbers_message,
    numbers_in,
    take_over_numbers,
    without_typed_number,
)
from documents.actions.locking import hold_writable
from documents.actions.save_section import reordering_message, save_section
from documents.choices import BEHIND, Translation
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text import InvalidText, normalise_body, turns_letters
from documents.text.types import Body
from documents.text_history import text_by_hash, translation_then
from documents.text_storage import EMPTY, check_language, load_outline, translation_state
from documents.translation.codes import UnknownCode
from documents.translation.exchange import Exchange, Received, ReceivedFile, SectionUnits, section_units
from documents.translation.slots import fill, slots
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
    """How many sections were taken and how many were as they stood; which were refused, and which of those
    that were taken are still older than the original; ``turned``: out of which of them signs were taken that
    turn the letters; ``unnumbered``: which of them have no number, though the original has one."""

    taken: int
    unchanged: int
    refused: tuple[Refusal, ...]
    behind: tuple[Refusal, ...] = ()
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
        then=translation_then(edition, uid, target, made_from) if former is not None else None,
    )


def take_translation(by: User, edition: Edition, language: str, received: ReceivedFile) -> Outcome:
    """Keeps every section of the file whose texts are here as they were when it was made, and which is
    translated whole.

    Raises ActionError where the file is of another document, edition or language, Locked where the edition is
    no draft. The sections that are refused stay as they are.
    """
    check_language(language)
    require(by, Verb.READ, edition)
    with transaction.atomic():
        # Held before it is read: a source that is saved at this moment would else count as translated.
        hold_writable(edition, language)
        here = make_exchange(
            edition, language, [section.uid for section in received.sections if _UID.fullmatch(section.uid)]
        )
        if received.original != here.original:
            raise ActionError(
                _("This file belongs to another document or edition: %(file)s. Here is %(here)s.")
                % {"file": received.original[:120] or "–", "here": here.original}
            )
        if (received.source_tag.lower(), received.target_tag.lower()) != (
            here.source_tag.lower(),
            here.target_tag.lower(),
        ):
            raise ActionError(
                _("This file is for other languages: %(source)s to %(target)s.")
                % {"source": received.source_tag[:20] or "–", "target": received.target_tag[:20] or "–"}
            )
        known = {section.uid: section for section in here.sections}
        unchanged = 0
        numbers = numbers_in(edition, language)
        taken: dict[str, str] = {}
        turned: list[Refusal] = []
        refused: list[Refusal] = []
        for one in received.sections:
            section = known.get(one.uid)
            name = f"{section.label} {section.heading}".strip() if section else one.uid[:36]
            if section is not None and section.current and _stands(edition, section, one, numbers):
                unchanged += 1
                continue
            why = _unfit(by, edition, language, section, one)
            if section is None or why:
                refused.append(Refusal(one.uid, name, why, section is not None))
                continue
            if not taken and take_over_numbers(edition, language, _words(one)):
                numbers = numbers_in(edition, language)
            body = _body(edition, section, one, numbers)
            # What went out as translated says nothing by coming back so.
            sent = {unit.name for unit in section.units if unit.done and not section.current}
            settled = one.settled - sent
            if isinstance(body, str):
                refused.append(Refusal(one.uid, name, body))
            elif dict(slots(body)) == {unit.name: unit.target for unit in section.units} and not (
                settled and {unit.name for unit in section.units} <= settled | sent
            ):
                # Nobody touched it in the file: that is no word that an older translation still holds.
                refused.append(Refusal(one.uid, name, _untouched()))
            else:
                save_section(
                    by, edition, section.uid, language, body, section.target_hash, seen=from_file(settled)
                )
                taken[section.uid] = name
                if any(turns_letters(piece.text) for unit in one.units.values() for piece in unit):
                    turned.append(Refusal(section.uid, name, reordering_message()))
        audit.record("take_translation", edition, by, language=language, taken=len(taken), left=len(refused))
        states = {row.uid: row.state for row in load_outline(edition, language)} if taken else {}
        without = left_without(edition, language) if taken else set()
    behind = (Refusal(uid, name, _behind()) for uid, name in taken.items() if states[uid] in BEHIND)
    unnumbered = (
        Refusal(uid, name, missing_numbers_message()) for uid, name in taken.items() if uid in without
    )
    return Outcome(len(taken), unchanged, tuple(refused), tuple(behind), tuple(turned), tuple(unnumbered))


def _words(one: Received) -> str:
    return " ".join(piece.text for unit in one.units.values() for piece in unit)


def _stands(edition: Edition, section: SectionUnits, one: Received, numbers: dict[str, str]) -> bool:
    """Whether the section says here what the file says: it was not touched in it, or was taken in from it
    before."""
    if set(one.units) != {unit.name for unit in section.units}:
        return False
    body = _body(edition, section, one, numbers)
    return not isinstance(body, str) and dict(slots(body)) == {
        unit.name: unit.target for unit in section.units
    }


def _unfit(by: User, edition: Edition, language: str, section: SectionUnits | None, one: Received) -> str:
    """Why a section of the file is not taken, as far as its state says; empty where nothing speaks against
    it."""
    if section is None:
        return _("There is no such section any more.")
    if not may(by, Verb.DRAFT, Text(edition, language, section.uid)):
        return _("You may not write this section in this language.")
    if not _same(one.source_hash, section.source_hash):
        return _("The original text was changed after the file was made. Please translate from a new file.")
    if not _same(one.target_hash, section.target_hash):
        return _("The translation was changed here after the file was made.")
    missing = [unit.name for unit in section.units if unit.name not in one.units]
    if missing and len(missing) < len(section.units):
        return _("%(missing)s of %(all)s texts are not translated yet.") % {
            "missing": len(missing),
            "all": len(section.units),
        }
    if missing:
        return _("Not translated yet.")
    extra = set(one.units) - {unit.name for unit in section.units}
    if extra:
        return _("The file has texts that the section does not have: %(names)s.") % {
            "names": ", ".join(sorted(extra))[:100]
        }
    return ""


def _untouched() -> str:
    return _(
        "Nothing in it was changed in the file, and the translation is still older than the original. If it "
        "is right as it is, open the section and say so."
    )


def _behind() -> str:
    return _(
        "The original has changed in places whose translation came back as it was, so the section still "
        "counts as older. Open it, look at these places, and save it."
    )


def _same(given: str, here: str) -> bool:
    if not here or not given:
        return given == here
    return len(given) >= SHORTENED and here.startswith(given)


def _body(edition: Edition, section: SectionUnits, one: Received, numbers: dict[str, str]) -> Body | str:
    """The section's body in the other language, or why it can't be made. ``numbers``: those of the sections
    in it."""
    source = edition.instrument.source_language
    original = (
        SectionRow.objects.filter(edition=edition, uid=section.uid)
        .values_list(f"body_{source}", flat=True)
        .get()
    ) or EMPTY
    texts = {}
    for unit in section.units:
        try:
            texts[unit.name] = unit.codes.decode(one.units[unit.name], unit.source_pieces)
        except UnknownCode as problem:
            return _("The mark %(number)s is missing, doubled or not of this text.") % {
                "number": problem.number
            }
    try:
        return without_typed_number(normalise_body(fill(original, texts)), numbers.get(section.uid, ""))
    except InvalidText as problem:
        return _("The text could not be read at %(place)s.") % {"place": problem.path}
