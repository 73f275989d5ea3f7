"""An edition as a Word file, by the writer of documents.docx."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.docx.document_file import DocumentFile, Words
from documents.docx.two_columns import write_two_columns
from documents.docx.writer import write_docx
from documents.exports.edition import EditionFile
from theme.locales import native_name

WORD_TAGS = {"sr-latn": "sr-Latn-RS", "sr-cyrl": "sr-Cyrl-RS"}


def as_document(file: EditionFile) -> DocumentFile:
    """The edition in the terms of the Word writer."""
    look = file.classification
    check = [_("Check number") + ": " + " ".join(file.check)] if file.check else []
    meta = [
        f"{file.country} · {file.kind}",
        file.owner,
        f"{file.strong} {file.rest}",
        file.demo,
        file.language_note,
        *file.acts,
        *check,
    ]
    return DocumentFile(
        tree=file.tree,
        title=file.title,
        language=file.tree.language,
        language_tag=WORD_TAGS.get(file.tag, ""),
        language_name=native_name(file.tag),
        meta=tuple(line for line in meta if line),
        notice=file.notice,
        classification=f"{look.name}: {look.permits}",
        edition_hash=file.sha256,
        address=file.address,
        remarks=(file.footnote,) if file.footnote else (),
        blobs=file.pictures,
        words=Words(
            contents=_("Contents"),
            page=_("Page"),
            who=pgettext("of a step", "Who"),
            limit=pgettext("of a step", "Time limit"),
            hash=_("Fingerprint of the text (SHA-256)"),
            address=_("Address"),
        ),
    )


def make_two_columns(file: EditionFile, beside: EditionFile) -> bytes:
    """The bytes of the .docx in two languages. Each side's frame speaks its own."""
    documents = []
    for one in (file, beside):
        with translation.override(one.tag):
            documents.append(as_document(one))
    return write_two_columns(documents[0], documents[1], (file.states, beside.states))


def make_docx(file: EditionFile) -> bytes:
    """The bytes of the .docx."""
    return write_docx(as_document(file))
