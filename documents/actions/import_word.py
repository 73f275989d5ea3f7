"""Take a Word file in as the text of a draft, in one language."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents import blobs
from documents.access import Text
from documents.actions.errors import ActionError
from documents.actions.locking import hold_draft, log_change
from documents.actions.replacing import WouldReplace, carry_over
from documents.docx import Limits, ReadResult, Refused
from documents.docx.align import OutlineDiffers, Place, align
from documents.docx.child import read_in_child
from documents.docx.refusal import MESSAGES
from documents.docx.report import FidelityReport
from documents.models import Blob, BlobUse, Edition, Fragment, Section, SectionChange
from documents.signals import texts_changed
from documents.texts import check_language, load_tree, store_translation, store_tree
from documents.tree import SectionTree
from people.access import require
from people.models import User
from people.roles import Verb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class ImportOutcome:
    """The draft that the text went into, and what became of everything in the file. ``title`` is the file's own where the
    draft has another one, which stays."""

    edition: Edition
    report: FidelityReport
    title: str = ""


class FileRefused(ActionError):
    """A file that is not taken; ``code`` says why for programs."""

    def __init__(self, refusal: Refused) -> None:
        values = {"limit": "?", "found": "?"} | {key: str(value) for key, value in refusal.details.items()}
        super().__init__(_(MESSAGES[refusal.code]) % values)
        self.code = refusal.code


class OutlineRefused(ActionError):
    """A second language whose outline is another one; the first difference is named."""

    def __init__(self, difference: OutlineDiffers) -> None:
        expected = _place(difference.expected)
        found = _place(difference.found)
        super().__init__(
            _(
                "The outline differs from heading %(count)d on. Expected: %(expected)s. In the file: %(found)s. Nothing was stored."
            )
            % {"count": difference.position + 1, "expected": expected, "found": found}
        )
        self.difference = difference


def import_word(
    by: User, edition: Edition, language: str, data: bytes, filename: str, replaces: str = ""
) -> ImportOutcome:
    """Reads the file and keeps its text: as the outline and source text, or against them as another language.

    The source's text may only be taken in while the draft has no sections yet, or none with a text in another language:
    what has translations is revised section by section. Where there are sections, ``replaces`` names the text that may go
    (``Replacement.expected``); WouldReplace says what that would do, and is raised again where the text is another one by
    now. Raises also FileRefused, OutlineRefused, Locked; then nothing is stored.

    A title that somebody has typed stays; the file's own is told in the outcome.
    """
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language))
    if language not in edition.instrument.languages:
        raise ActionError(_("The document is not kept in this language."))
    read = read_file(data)
    with transaction.atomic():
        held = hold_draft(edition)
        before = load_tree(held, language)
        if language == held.instrument.source_language:
            require(by, Verb.OUTLINE, held)
            tree = _as_source(held, read, before, replaces)
        else:
            tree = _as_translation(held, read, language)
        _keep_files(held, read, language, data, filename)
        title, typed = tree.title[:400], getattr(held, f"title_{language}")
        if title and not typed:
            setattr(held, f"title_{language}", title)
            held.save(update_fields=[f"title_{language}"])
        for section in tree.sections:
            old = before.by_uid.get(section.uid)
            was = old.text.body if old and not old.text.empty else None
            log_change(
                held,
                section.uid,
                SectionChange.Verb.IMPORT,
                by,
                language,
                before=was,
                after=section.text.body,
            )
        gone = [section for section in before.sections if section.uid not in tree.by_uid]
        for section in gone:
            log_change(held, section.uid, SectionChange.Verb.REMOVE, by, before={language: section.text.body})
        audit.record(
            "import",
            held,
            by,
            language=language,
            sections=len(tree),
            removed=len(gone),
            sha256=hashlib.sha256(data).hexdigest(),
        )
        texts_changed.send(sender=Edition, edition=held, uids=None)
    return ImportOutcome(held, read.report, title if typed and title != typed else "")


def read_file(data: bytes) -> ReadResult:
    """Reads a Word file in a process of its own, under limits of size, memory and time. Raises FileRefused."""
    limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
    with tempfile.TemporaryDirectory(prefix="kodeks-word-") as folder:
        path = Path(folder) / "upload.docx"
        path.write_bytes(data)
        try:
            return read_in_child(path, limits)
        except Refused as refusal:
            raise FileRefused(refusal) from refusal


def _as_source(edition: Edition, read: ReadResult, before: SectionTree, replaces: str) -> SectionTree:
    language = edition.instrument.source_language
    others = [code for code in edition.instrument.languages if code != language]
    for other in others:
        if (
            Section.objects.filter(edition=edition)
            .exclude(**{f"text_hash_{other}": ""})
            .exclude(**{f"text_hash_{other}": None})
            .exists()
        ):
            raise ActionError(
                _(
                    "This draft has translations already. Change its text section by section, so that they stay with it."
                )
            )
    if edition.supersedes_id:
        raise ActionError(_("This draft continues an edition in force. Change its text section by section."))
    tree = replace(read.tree, language=language)
    if len(before):
        tree, replacement = carry_over(before, tree)
        if replaces != replacement.expected:
            raise WouldReplace(replacement)
    store_tree(edition, tree)
    return tree


def _as_translation(edition: Edition, read: ReadResult, language: str) -> SectionTree:
    source = load_tree(edition, edition.instrument.source_language)
    if not len(source):
        raise ActionError(_("First take in the text in the language of the source."))
    result = align(source, replace(read.tree, language=language))
    if isinstance(result, OutlineDiffers):
        raise OutlineRefused(result)
    store_translation(edition, result.tree)
    return result.tree


def _keep_files(edition: Edition, read: ReadResult, language: str, data: bytes, filename: str) -> None:
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
    BlobUse.objects.filter(edition=edition, language=language, drafters_only=True).delete()
    blobs.link(
        edition,
        blobs.put(data, Blob.Kind.SOURCE, WORD),
        Path(filename).name[:200],
        language,
        drafters_only=True,
    )


def _place(found: Place | None) -> str:
    if found is None:
        return _("the end of the document")
    return f"“{found.label} {found.heading}”".replace("“ ", "“")
