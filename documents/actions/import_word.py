"""Take a Word file in as the text of a draft, in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import audit
from documents.access.rights import Text
from documents.actions.change_log import log_change
from documents.actions.errors import ActionError
from documents.actions.find_doubts import unread_in_file
from documents.actions.locking import hold_draft
from documents.actions.replace_text import WouldReplace, fingerprint_of, reuse_uids
from documents.editions import blobs
from documents.editions.text_storage import check_language, hash_is, load_tree, store_translation, store_tree
from documents.models import Blob, BlobUse, Edition, Fragment, Section, SectionChange
from documents.signals import texts_changed
from documents.stored_messages import Value, keep, message, render_message
from documents.text import SectionTree
from documents.text.case_data import traces
from documents.word import Limits, ReadResult, Refused
from documents.word.file.refusal import MESSAGES
from documents.word.languages.align import OutlineDiffers, Place, align, with_uids
from documents.word.languages.titles import only_a_heading
from documents.word.read.files import clean_file, read_file
from documents.word.read.outline.decisions import Decisions, decisions_as_json
from documents.word.read.outline.number_gaps import number_gaps
from documents.word.read.outline.outline import outline_of
from documents.word.read.report import FidelityReport, FindingCode
from people.access import require
from people.models import User
from people.roles import Verb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Decided:
    """A person's decisions about a file before its import.

    ``replaces`` names the text that may go; ``decisions`` are about the outline. ``pairs``, for a
    translation: {number of a section's first paragraph: uid of the source}. What is not in it is left out.
    ``base`` stands for the texts of the pairs.
    """

    replaces: str = ""
    decisions: Decisions = field(default_factory=dict)
    pairs: Mapping[int, str] | None = None
    base: str = ""


NOTHING = Decided()


@dataclass(frozen=True)
class ImportOutcome:
    """The draft that the text is in, and the result for everything in the file. ``title`` is the file's own
    where the draft has another one, which stays."""

    edition: Edition
    report: FidelityReport
    title: str = ""


class FileRefused(ActionError):
    """A file that is not taken; ``code`` says why for programs."""

    def __init__(self, refusal: Refused) -> None:
        stored = stored_refusal(refusal)
        super().__init__(render_message(stored), refusal.code, stored)


def stored_refusal(refusal: Refused, of: str = "") -> str:
    """A refusal as stored for later readers; ``of``: the name of the file."""
    values = {"limit": "?", "found": "?"} | {key: str(value) for key, value in refusal.details.items()}
    named = {key: value for key, value in values.items() if f"%({key})s" in MESSAGES[refusal.code]}
    return keep(MESSAGES[refusal.code], dict(named), of=of)


class Moved(ActionError):
    """The draft is another one than the pairs were made for. Nothing was stored."""

    def __init__(self) -> None:
        super().__init__(_("The draft has changed since. Nothing is saved yet: check the sections again."))


class OutlineRefused(ActionError):
    """A second language whose outline is another one; the first difference is named."""

    def __init__(self, difference: OutlineDiffers) -> None:
        msgid = gettext_noop(
            "The outline differs from heading %(count)d onwards. Expected: %(expected)s. In the "
            "file: %(found)s. Nothing was saved."
        )
        places = {"expected": _place(difference.expected), "found": _place(difference.found)}
        stored = keep(msgid, {"count": difference.position + 1, **places})
        super().__init__(render_message(stored), stored=stored)
        self.difference = difference


def import_word(
    by: User,
    edition: Edition,
    language: str,
    data: bytes,
    filename: str,
    decided: Decided = NOTHING,
    then: Callable[[ImportOutcome], None] | None = None,
) -> ImportOutcome:
    """Reads the file and keeps its text: as the outline and source text, or as a translation of them.

    The source's text is only imported while no other language has a text. Where there are sections,
    WouldReplace says what the file would do. A translation is imported by the decided pairs; without these
    its outline must be the source's. Raises also FileRefused, OutlineRefused, Moved, Locked; then nothing is
    stored. A title that somebody has typed stays. ``then`` is called in the same transaction.
    """
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language))
    if language not in edition.instrument.languages:
        raise ActionError(_("The document does not have this language version."))
    read = read_word(data, decided.decisions, lines=decided.pairs is not None)
    sections = read.tree.sections
    gaps = number_gaps((one.level, one.text.label, one.text.heading) for one in sections)
    report = read.report.with_finding(FindingCode.NUMBER_GAP, gaps)
    stored = _without_active(data) if report.count(FindingCode.ACTIVE) else data
    with transaction.atomic():
        locked = hold_draft(edition)
        before = load_tree(locked, language)
        source = locked.instrument.source_language
        doubtful = False
        if language == source:
            require(by, Verb.OUTLINE, locked)
            tree = _as_source(locked, read, before, decided.replaces)
            uids = [section.uid for section in tree]
        else:
            if decided.base and decided.base != base_of(locked, language):
                raise Moved
            tree, uids = _as_translation(locked, read, language, decided.pairs)
            names = zip(uids, read.tree.sections, strict=True) if decided.pairs is not None else ()
            dropped = [f"{one.text.label} {one.text.heading}".strip() or "–" for uid, one in names if not uid]
            report = report.with_finding(FindingCode.NOT_IN_ORIGINAL, dropped)
            doubtful = only_a_heading(read.tree, uids, load_tree(locked, source))
        reading = {"decisions": decisions_as_json(decided.decisions), "uids": uids}
        _keep_files(locked, read, language, stored, filename, reading)
        title, typed = tree.title[:400], getattr(locked, f"title_{language}")
        if title and not typed and not doubtful:
            setattr(locked, f"title_{language}", title)
            locked.save(update_fields=[f"title_{language}"])
        removed = _log_texts(locked, by, language, before, tree)
        audit.record(
            "import",
            locked,
            by,
            language=language,
            sections=len(tree),
            removed=removed,
            sha256=hashlib.sha256(data).hexdigest(),
        )
        texts_changed.send(sender=Edition, edition=locked, uids=None)
        own_title = title if title != typed and (typed or doubtful) else ""
        outcome = ImportOutcome(locked, report, own_title)
        if then is not None:
            then(outcome)
    return outcome


def _log_texts(edition: Edition, by: User, language: str, before: SectionTree, tree: SectionTree) -> int:
    """Logs every imported text and every removed section; gives how many these are."""
    for section in tree.sections:
        old = before.by_uid.get(section.uid)
        was = old.text.body if old and not old.text.empty else None
        verb = SectionChange.Verb.IMPORT
        log_change(edition, section.uid, verb, by, language, before=was, after=section.text.body)
    if language != edition.instrument.source_language:
        return 0
    removed = 0
    for place, section in enumerate(before.sections):
        if section.uid in tree.by_uid:
            continue
        removed += 1
        earlier = [one.uid for one in reversed(before.sections[:place])]
        stood = {"level": section.level, "kind": section.kind, "before": earlier, "alone": True}
        after = {"place": stood, "columns": {f"label_{language}": section.text.label}}
        verb, texts = SectionChange.Verb.REMOVE, {language: section.text.body}
        log_change(edition, section.uid, verb, by, before=texts, after=after)
    return removed


def read_word(data: bytes, decisions: Decisions | None = None, *, lines: bool = False) -> ReadResult:
    """Reads a Word file in a process of its own, under limits. Raises FileRefused."""
    limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
    try:
        return read_file(data, limits, decisions=decisions, lines=lines)
    except Refused as refusal:
        raise FileRefused(refusal) from refusal


def _without_active(data: bytes) -> bytes:
    """The file as it is stored: for other drafters, it opens nothing outside it. Raises FileRefused."""
    try:
        return clean_file(data, replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT))
    except Refused as refusal:
        raise FileRefused(refusal) from refusal


def text_is_replaceable(edition: Edition) -> bool:
    """Whether a file may replace the whole original: in a first edition, while no translation has a text."""
    sections = Section.objects.filter(edition=edition)
    return edition.supersedes_id is None and not any(
        sections.exclude(hash_is(code, "")).exists() for code in edition.instrument.source_first[1:]
    )


def _as_source(edition: Edition, read: ReadResult, before: SectionTree, replaces: str) -> SectionTree:
    language = edition.instrument.source_language
    if not text_is_replaceable(edition):
        raise ActionError(
            _("This draft has translations or an edition in force. Import the file as a new text to compare.")
        )
    tree = replace(read.tree, language=language)
    if len(before):
        tree, replacement = reuse_uids(before, tree)
        if replaces != replacement.expected:
            raise WouldReplace(replacement)
    store_tree(edition, tree)
    return tree


def base_of(edition: Edition, language: str) -> str:
    """A mark of the source's text and the text in a language, as they are now."""
    source = edition.instrument.source_language
    trees = [load_tree(edition, each) for each in dict.fromkeys((source, language))]
    return hashlib.sha256(" ".join(map(fingerprint_of, trees)).encode()).hexdigest()


def _as_translation(
    edition: Edition, read: ReadResult, language: str, pairs: Mapping[int, str] | None
) -> tuple[SectionTree, list[str]]:
    """Stores the text as a translation; gives it, and the uid of every section of the file. What is in doubt
    is not up to date."""
    source = load_tree(edition, edition.instrument.source_language)
    if not len(source):
        raise ActionError(_("First import the text in the drafting language."))
    if pairs is None:
        result = align(source, replace(read.tree, language=language))
        if isinstance(result, OutlineDiffers):
            raise OutlineRefused(result)
        tree, uids = result.tree, [section.uid for section in result.tree]
    else:
        uids = [pairs.get(outlined.head.at, "") for outlined in outline_of(read.lines, {})]
        tree = _paired_tree(source, read, language, uids)
    unread = [one.uid for one in tree if unread_in_file(edition, one.uid, language, one.text.body, "")]
    store_translation(edition, tree, unread)
    return tree, uids


def _paired_tree(source: SectionTree, read: ReadResult, language: str, uids: list[str]) -> SectionTree:
    """The file's sections under the uids of the original's that somebody paired with them. Raises Moved."""
    paired = [uid for uid in uids if uid]
    if (
        len(uids) != len(read.tree)
        or len(set(paired)) < len(paired)
        or not set(paired) <= source.by_uid.keys()
    ):
        raise Moved
    if not paired:
        raise ActionError(_("No section of the file matches a section of the original. Nothing was saved."))
    found = dict(zip(uids, read.tree.sections, strict=True))
    names = {section.uid: uid for uid, section in found.items() if uid}
    sections = (
        replace(one, text=replace(found[one.uid].text, body=with_uids(found[one.uid].text.body, names)))
        for one in source
        if one.uid in found
    )
    return SectionTree(language, read.tree.title, tuple(sections))


def _keep_files(
    edition: Edition, read: ReadResult, language: str, data: bytes, filename: str, reading: dict[str, Any]
) -> None:
    fragments = []
    for sha256, found in read.blobs.items():
        if found.kind == "ooxml":
            fragments.append(Fragment(sha256=sha256, xml=found.data))
        else:
            blobs.link(
                edition,
                blobs.put(found.data, Blob.Kind.IMAGE, found.content_type),
                f"{sha256[:12]}",
                language,
            )
    Fragment.objects.bulk_create(fragments, ignore_conflicts=True, batch_size=500)
    BlobUse.objects.filter(
        edition=edition, language=language, drafters_only=True, blob__kind=Blob.Kind.SOURCE
    ).delete()
    blobs.link(
        edition,
        blobs.put(data, Blob.Kind.SOURCE, WORD),
        "document.docx" if traces(filename) else Path(filename).name[:200],
        language,
        drafters_only=True,
        reading=reading,
    )


def _place(found: Place | None) -> Value:
    if found is None:
        return message(gettext_noop("the end of the document"))
    return message(gettext_noop("“%(text)s”"), {"text": f"{found.label} {found.heading}".strip()})
