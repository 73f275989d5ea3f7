"""An edition as a Word file, by the writer of documents.word."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from documents.editions import blobs
from documents.exports.edition import EditionFile
from documents.exports.own_file import frame_words
from documents.models import WordTemplate
from documents.word.file.confined import serving_request
from documents.word.languages.two_columns import write_two_columns
from documents.word.template import OnTemplate, open_template, propose
from documents.word.template.files import file_on_template
from documents.word.template.read import default_template
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx
from theme import dates
from theme.locales import native_name

WORD_TAGS = {"sr-latn": "sr-Latn-RS", "sr-cyrl": "sr-Cyrl-RS"}


def as_document(file: EditionFile) -> DocumentFile:
    """The edition in the terms of the Word writer."""
    look = file.classification
    check = [file.check_name + ": " + " ".join(file.check)] if file.check else []
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
        words=frame_words(),
    )


def make_two_columns(file: EditionFile, second: EditionFile) -> bytes:
    """The bytes of the .docx in two languages. Each side's frame speaks its own."""
    documents = []
    for one in (file, second):
        with translation.override(one.tag):
            documents.append(as_document(one))
    return write_two_columns(documents[0], documents[1], (file.states, second.states))


def make_on_template(file: EditionFile, template: WordTemplate | None) -> bytes:
    """The bytes of the .docx on a ministry's template, or on Kodeks's own. Raises Refused."""
    if template is None:
        source, styles = default_template(), propose(open_template(default_template()).styles).styles
    else:
        source, styles = blobs.read(template.blob), dict(template.styles)
    with serving_request(False):  # our own text, on a template that was read before it was taken
        return file_on_template(as_document(file), source, styles, brought(file))


def brought(file: EditionFile) -> OnTemplate:
    """The values of an edition for a template: in its places, and where it has none for required ones."""
    look = file.classification
    check = " ".join(file.check)
    check_line = f"{file.check_name}: {check}" if check else ""
    state = f"{file.strong} {file.rest}"
    acts = "\n".join(file.acts)
    day = dates.of_date(date.fromisoformat(file.made), file.tag)
    values = {
        "title": file.title,
        "kind": file.kind,
        "institution": file.owner,
        "country": file.country,
        "edition": file.edition_line,
        "number": str(file.number),
        "state": state,
        "short state": file.short_state,
        "date": day,
        "act": acts,
        "classification": str(look.name),
        "notice": file.notice,
        "check": check,
        "check line": check_line,
        "address": file.address,
    }
    lines = {
        "classification": f"{look.name}: {look.permits}",
        "state": state,
        "demo": file.demo,
        "language": file.language_note,
        "act": acts,
        "check": check_line,
        "address": f"{_('Address')}: {file.address}",
        "remark": file.footnote,
    }
    # What everybody may read needs no mark at the head of every page of a ministry's own paper.
    marked = {} if look.css == "tlp-clear" or look.icon == "globe" else {"classification": str(look.name)}
    return OnTemplate(values, lines, {"notice": file.notice, **marked})


def make_docx(file: EditionFile) -> bytes:
    """The bytes of the .docx."""
    return write_docx(as_document(file))
