"""A draft in one language as its own Word file. It is the file of its import, with the text as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import audit
from documents.editions import blobs
from documents.editions.source_file import imported_uids, source_of
from documents.editions.text_storage import load_tree
from documents.models import BlobUse, Edition, SectionChange
from documents.text.extraction import image_hashes
from documents.word import Limits, Refused
from documents.word.file.confined import serving_request
from documents.word.read.outline.decisions import decisions_from_json
from documents.word.read.result import Blob as Picture
from documents.word.source_patch.files import own_file
from documents.word.write.document_file import DocumentFile, Words
from documents.word.write.write import write_docx
from people.access import require
from people.models import User
from people.roles import Verb


@dataclass(frozen=True)
class OwnWord:
    """The file, and whether it is based on the file of the text."""

    data: bytes
    from_source: bool


def export_own(by: User, edition: Edition, language: str) -> OwnWord:
    """The own file of a draft, for those who draft it. A text from no Word file, or from an unreadable one,
    gets one in Kodeks's look, with the same bookmarks. Raises Http404 where ``by`` may not, and for
    TLP:RED."""
    require(by, Verb.OUTLINE, edition)
    if not edition.instrument.may_be_file:
        raise Http404
    # First, so that the file surely has this change: which sections it has with which words, tells this
    # number when it returns.
    last = SectionChange.objects.filter(edition=edition).order_by("-pk").values_list("pk", flat=True).first()
    tree = load_tree(edition, language)
    tree = replace(tree, title=edition.title_in(language))
    named = set().union(*(image_hashes(section.text.body) for section in tree))
    uses = BlobUse.objects.filter(edition=edition, blob__kind="image").select_related("blob")
    pictures = {
        use.blob_id: Picture(blobs.read(use.blob), use.blob.content_type, "image")
        for use in uses
        if use.blob_id in named
    }
    words = frame_words()
    source = source_of(edition, language)
    data: bytes | None = None
    if source is not None:
        limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
        try:
            with serving_request(False):  # a file that was read before its text was taken
                data = own_file(
                    blobs.read(source.blob),
                    tree,
                    source.reading.get("uids") or imported_uids(edition, language),
                    pictures,
                    words,
                    limits,
                    decisions_from_json(source.reading.get("decisions")),
                )
        except Refused:
            data = None
    from_source = data is not None
    if data is None:
        data = write_docx(DocumentFile(tree=tree, title=tree.title, blobs=pictures, words=words))
    with transaction.atomic():
        audit.record("export_own", edition, by, language=language, log=last or 0)
    return OwnWord(data, from_source)


def frame_words() -> Words:
    """The words of a file's own frame, in the language that is active."""
    return Words(
        contents=_("Contents"),
        page=_("Page"),
        who=pgettext("of a step", "Who"),
        limit=pgettext("of a step", "Time limit"),
        hash=_("Hash of the text (SHA-256)"),
        address=_("Address"),
    )
