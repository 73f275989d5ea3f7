"""Prepare a redacted edition: mark what is left out, and compute what is left.

The original never changes and keeps its classification. What everybody reads is an edition of its own, of a
document of its own (docs/decisions/0063): nothing that was left out is in any of its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold, hold_instrument
from documents.actions.record_refusal import record_refusals
from documents.choices import State, Translation
from documents.editions.corrected import corrected_tree
from documents.editions.language_versions import Shown
from documents.editions.text_storage import language_state, tree_key
from documents.models import (
    Edition,
    Ground,
    Instrument,
    LanguageVersion,
    OldSlug,
    Redaction,
    RedactionMark,
)
from documents.models.instruments import OPEN_TO_ALL
from documents.text import body_text, plain_line, sha256_of
from documents.text.canonical import edition_hash, language_version_hash, text_hash
from documents.text.case_data import traces
from documents.text.redact import (
    TITLE,
    Mark,
    Spot,
    absorbed,
    find_words,
    lost_elsewhere,
    redact,
    remaining,
    taken_out,
)
from documents.text.redact import to_confirm as places_to_confirm
from documents.text.section import SectionTree
from documents.translation.scripts import LATIN, script_of
from people.access import require
from people.models import User
from people.roles import Verb

AT_WORK = (Redaction.State.DRAFT, Redaction.State.PROPOSED)
ENDING = "-redacted"
CONFIRMS = Q(end=0)
"""Rows that leave nothing out: a person says that all words are marked there."""


@dataclass(frozen=True)
class Redacted:
    """What a redaction comes to: its texts by language, and the hashes of the original and of itself."""

    trees: dict[str, SectionTree]
    source_sha256: str
    sha256: str
    left: tuple[str, ...]
    """The uids of sections in which words still stand that were taken out elsewhere."""


@record_refusals("start_redaction")
def start(by: User, edition: Edition) -> Redaction:
    """Begins a redaction of an edition in force, with the marks of the published one, if there is one."""
    require(by, Verb.CLASSIFY, edition.instrument)
    with transaction.atomic():
        locked = hold(edition)
        if locked.state != State.IN_FORCE:
            raise ActionError(_("Only an edition in force can have a redacted edition."))
        if locked.instrument.classification in OPEN_TO_ALL:
            raise ActionError(_("Everybody may read this document. Restrict its classification first."))
        if Redaction.objects.filter(edition=locked, state__in=AT_WORK).exists():
            raise ActionError(_("A redacted edition is already being prepared."), "running")
        created = Redaction.objects.create(edition=locked, created_by=by)
        former = Redaction.objects.filter(edition=locked, state=Redaction.State.PUBLISHED).first()
        for mark in former.marks.all() if former else ():
            # Whoever begins takes them over: another coordinator approves them.
            mark.pk, mark.redaction, mark.by = None, created, by
            mark.save(force_insert=True)
        audit.record("start_redaction", locked, by)
    return created


def mark_part(
    by: User, redaction: Redaction, uid: str, language: str, blocks: Sequence[int], ground: str, why: str
) -> None:
    """Leaves out blocks of a section, or all of it where none is named."""
    why = _checked(by, redaction, ground, why)
    tree = texts(redaction.edition)[language]
    if uid not in tree.by_uid:
        raise ActionError(_("Choose what to leave out."), "none_chosen")
    sha256 = text_hash(tree.by_uid[uid].text.body)
    with hold_redaction(redaction) as locked:
        chosen: Sequence[int | None] = blocks or [None]
        for block in chosen:
            _create(locked, by, uid, language, ground, why, block=block, text_hash=sha256 if blocks else "")


def mark_words(
    by: User, redaction: Redaction, words: str, language: str, ground: str, why: str, uid: str | None = None
) -> int:
    """Leaves words out wherever they stand in a section, or without one in the whole document and its title.
    Gives in how many places."""
    why = _checked(by, redaction, ground, why)
    words = plain_line(words)
    if len(words) < 2:
        raise ActionError(_("Enter the words as they stand in the text, from one paragraph."), "quote")
    tree = texts(redaction.edition)[language]
    found = [
        (section.uid, place, text_hash(section.text.body))
        for section in tree
        if uid is None or section.uid == uid
        for place in find_words(body_text(section.text.body, heading=True), words)
    ]
    if uid is None:
        found += [(TITLE, place, "") for place in find_words(tree.title, words)]
    if not found:
        raise ActionError(_("These words are not in the text."), "quote")
    with hold_redaction(redaction) as locked:
        for where, (start, end), sha256 in found:
            at = {"start": start, "end": end, "text_hash": sha256}
            _create(locked, by, where, language, ground, why, **at)
    return len(found)


def standing(redaction: Redaction, tree: SectionTree) -> list[RedactionMark]:
    """The marks that leave something out. Those in a section that is left out whole are not among them: they
    count again when the section is left in. ``tree``: the sections, in any language."""
    rows = list(redaction.marks.all())
    marks = [_mark(row, number) for number, row in enumerate(rows)]
    gone = absorbed(tree, marks)
    return [row for row, mark in zip(rows, marks, strict=True) if not row.confirms and mark not in gone]


def left_out(
    redaction: Redaction, trees: Mapping[str, SectionTree]
) -> list[tuple[RedactionMark, dict[str, list[int | None]]]]:
    """Each of these marks, with what the other languages lose whole because of it."""
    rows = list(redaction.marks.all())
    lost = lost_elsewhere(trees, [_mark(row, 0) for row in rows])
    by_mark = {row.pk: one for row, one in zip(rows, lost, strict=True)}
    return [(row, by_mark[row.pk]) for row in standing(redaction, next(iter(trees.values())))]


def to_confirm(redaction: Redaction, trees: Mapping[str, SectionTree]) -> dict[Spot, list[Mark]]:
    """The places of which a person says whether all words are marked in each language."""
    return places_to_confirm(trees, [_mark(row, 0) for row in redaction.marks.all()])


def confirmed(redaction: Redaction) -> set[Spot]:
    """The places of which somebody said so; a change of the marks of a section takes that back."""
    rows = [one for one in redaction.marks.all() if one.confirms]
    return {(str(one.uid) if one.uid else TITLE, one.language, one.block) for one in rows}


def confirm_all_words(by: User, redaction: Redaction, spots: Collection[Spot]) -> None:
    """Says of these places, and of no others, that all is marked there that other languages lose by words:
    only the words are left out, and no longer the whole paragraph."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    trees = texts(redaction.edition)
    with hold_redaction(redaction) as locked:
        wanted = to_confirm(locked, trees).keys() & set(spots)
        if wanted == confirmed(locked):
            return
        locked.marks.filter(CONFIRMS).delete()
        for uid, language, block in sorted(wanted, key=str):
            sha256 = text_hash(trees[language].by_uid[uid].text.body) if uid else ""
            place = {"block": block, "start": 0, "end": 0, "text_hash": sha256}
            locked.marks.create(uid=UUID(uid) if uid else None, language=language, by=by, **place)
        audit.record("confirm_redacted_words", locked.edition, by, count=len(wanted))


def _checked(by: User, redaction: Redaction, ground: str, why: str) -> str:
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    why = plain_line(why)[:300]
    if ground not in Ground.values:
        raise ActionError(_("Choose the legal ground."), "none_chosen")
    if not why:
        raise ActionError(
            _("Enter the reason. Everybody who reads the redacted edition reads it."), "no_reason"
        )
    if traces(why):
        raise ActionError(_("Explain it without the number or the name itself."), "no_reason")
    return why


@contextmanager
def hold_redaction(redaction: Redaction, *states: str) -> Iterator[Redaction]:
    """The redaction as it is now, locked. Raises ActionError unless it is in one of the states; without any,
    unless it is still being prepared."""
    with transaction.atomic():
        edition = hold(redaction.edition)
        hold_instrument(edition)
        locked = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
        if locked.state not in (states or (Redaction.State.DRAFT,)):
            raise ActionError(_("Somebody else has changed this redacted edition. Look at it again."))
        locked.edition = edition
        yield locked


def _create(
    redaction: Redaction, by: User, uid: str, language: str, ground: str, why: str, **place: Any
) -> None:
    at = {"uid": UUID(uid) if uid else None, "language": language, **place}
    if not redaction.marks.filter(**at).exists():
        redaction.marks.filter(CONFIRMS, uid=at["uid"]).delete()
        redaction.marks.create(ground=ground, words=why, by=by, **at)


def unmark(by: User, redaction: Redaction, marks: Sequence[int]) -> None:
    """What was marked stays in again."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with hold_redaction(redaction) as locked:
        gone = locked.marks.filter(pk__in=marks)
        uids = list(gone.values_list("uid", flat=True))
        if not uids:
            return
        audit.record("unmark_redaction", locked.edition, by, count=len(uids))
        gone.delete()
        here = Q(uid__in=[one for one in uids if one]) | (Q(uid=None) if None in uids else Q(pk=None))
        locked.marks.filter(CONFIRMS & here).delete()


def discard(by: User, redaction: Redaction) -> None:
    """Gives up a redaction that was not proposed; a published one stays as it is."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with hold_redaction(redaction) as locked:
        audit.record("discard_redaction", locked.edition, by)
        locked.delete()


def texts(edition: Edition) -> dict[str, SectionTree]:
    """The texts that readers of the original have, in every language with a finished one."""
    states = Shown(edition).states()
    source = edition.instrument.source_language
    there = [one for one, counts in states.items() if language_state(counts) != Translation.MISSING]
    return {
        language: replace(corrected_tree(edition, language), title=edition.title_in(language))
        for language in sorted({source, *there}, key=lambda one: one != source)
    }


def make(redaction: Redaction) -> Redacted:
    """The redacted texts and both hashes, computed from what is stored now."""
    edition = redaction.edition
    original = texts(edition)
    rows = list(redaction.marks.all())
    marks = [_mark(row, number) for number, row in enumerate(rows)]
    trees = redact(original, marks, lambda language, mark: note(rows[mark.note], original[language]))
    left = {
        section.uid
        for tree in trees.values()
        for section in remaining(tree, taken_out(original[tree.language], marks))
    }
    trees = {language: replace(tree, title=_titled(tree)) for language, tree in trees.items()}
    keys = {language: tree_key(tree) for language, tree in original.items()}
    return Redacted(trees, sha256_of([edition.sha256, keys]), _hash(edition, trees), tuple(sorted(left)))


def _mark(row: RedactionMark, number: int) -> Mark:
    uid = str(row.uid) if row.uid else TITLE
    place = (row.block, row.start or 0, row.end or 0)
    return Mark(uid, row.language, *place, row.text_hash, number, all_words=row.confirms)


def note(row: RedactionMark, tree: SectionTree) -> str:
    """What stands in the place of something left out, in the language and script of the text. The reason in
    words was written for one language; the ground is there in all."""
    with translation.override(_tag(tree)):
        ground = str(Ground(row.ground).label)
        if row.language != tree.language:
            return _("[Left out: %(ground)s]") % {"ground": ground}
        return _("[Left out: %(ground)s. %(reason)s]") % {"ground": ground, "reason": row.words}


def _titled(tree: SectionTree) -> str:
    with translation.override(_tag(tree)):
        return _("%(title)s (redacted edition)") % {"title": tree.title}


def _tag(tree: SectionTree) -> str:
    if tree.language != "sr":
        return tree.language
    sample = " ".join([tree.title, *(section.text.heading for section in tree.sections[:60])])
    return "sr-latn" if script_of(sample) == LATIN else "sr-cyrl"


def _hash(edition: Edition, trees: dict[str, SectionTree]) -> str:
    instrument = edition.instrument
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False)
    covered = set(authentic.values_list("language", flat=True))
    hashes = [(one, language_version_hash(tree)) for one, tree in trees.items() if one in covered]
    twin = Instrument.objects.filter(redacts=instrument).first()
    path = twin.path if twin else f"{instrument.country_id}/{new_address(instrument)}"
    return edition_hash(path, edition.number, hashes)


def new_address(instrument: Instrument) -> str:
    """An address that no document of the country has or had, and that says nothing of the title."""
    wanted = f"{instrument.kind.replace('_', '-')}-{instrument.pk}"[: 60 - len(ENDING) - 3]
    here, n, address = {"country": instrument.country_id}, 1, wanted + ENDING
    while (
        Instrument.objects.filter(slug=address, **here).exists()
        or OldSlug.objects.filter(slug=address, **here).exists()
    ):
        n += 1
        address = f"{wanted}{ENDING}-{n}"
    return address
