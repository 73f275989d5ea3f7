"""What a .docx for download is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.text import SectionTree
from documents.word.read.result import Blob

LANGUAGE_TAGS = {
    "en": "en-GB",
    "sq": "sq-AL",
    "sr": "sr-Cyrl-RS",
    "bs": "bs-Latn-BA",
    "hr": "hr-HR",
    "cnr": "sr-Latn-ME",
    "mk": "mk-MK",
}
"""Tags that Word knows. It has none for Montenegrin. The nearest, Serbian in Latin script of Montenegro,
keeps its spelling check from underlining every word."""


@dataclass(frozen=True, slots=True)
class Words:
    """The few words of the file's own frame, in the document's language."""

    contents: str = "Contents"
    page: str = "Page"
    who: str = "Who"
    limit: str = "Time limit"
    hash: str = "Hash of the text (SHA-256)"
    address: str = "Address"


@dataclass(frozen=True)
class DocumentFile:
    """A document in one language with all that its file shows.

    ``title`` and ``language`` default to the tree's. ``language_tag`` defaults to Word's tag of that language
    ("sr-Latn-RS" for Serbian turned into Latin script). ``language_name`` is its name in itself. ``meta`` are
    lines under the title (institution, act, date, in force from). ``notice`` is at the top of every page
    ("DRAFT, not adopted"), ``classification`` next to it. ``remarks`` are footnotes to the title (the
    designation of Kosovo*). ``blobs`` holds the images that the text names.
    """

    tree: SectionTree
    title: str = ""
    language: str = ""
    language_tag: str = ""
    language_name: str = ""
    meta: tuple[str, ...] = ()
    notice: str = ""
    classification: str = ""
    edition_hash: str = ""
    address: str = ""
    remarks: tuple[str, ...] = ()
    blobs: Mapping[str, Blob] = field(default_factory=dict, repr=False)
    words: Words = field(default_factory=Words)

    @property
    def shown_title(self) -> str:
        return self.title or self.tree.title

    @property
    def tag(self) -> str:
        language = self.language or self.tree.language
        return self.language_tag or LANGUAGE_TAGS.get(language, language or "en-GB")
