"""Where the parts of an edition's page lead: its sections, its other views, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from documents.choices import Classification
from documents.models import Edition, Instrument
from documents.pages import links
from documents.pages.display_language import Text, Version

if TYPE_CHECKING:
    from documents.language_versions import Shown
    from documents.pages.edition.corrected_text import Corrected


class Addresses:
    """The addresses of a page; what it says of itself is filled in by
    :class:`documents.pages.edition.page.EditionPage`."""

    request: HttpRequest
    edition: Edition
    instrument: Instrument
    uid: str
    corrected: Corrected
    shown: Shown
    if TYPE_CHECKING:

        @property
        def text(self) -> Text: ...
        @property
        def versions(self) -> list[Version]: ...

    # addresses

    def section_url(self, uid: str) -> str:
        return links.section_url(self.edition, uid, **self.query)

    @property
    def query(self) -> dict[str, str]:
        """What the addresses of this edition's pages carry on: the language, and whether the text is read as
        adopted."""
        return self.text.query | self.numbered | self.corrected.query

    @property
    def numbered(self) -> dict[str, str]:
        """What asks for the earlier number of a translation, where that is what is read; empty for the number
        that readers have by themselves."""
        read = self.shown.shown(self.text.language)
        if read is None or read == self.shown.current(self.text.language):
            return {}
        return {"text": self.text.parameter or self.text.language, "number": str(read.number)}

    def here(self, **query: str) -> str:
        """This page, with another ``?text=``."""
        if self.uid:
            return links.section_url(self.edition, self.uid, **query)
        return links.edition_url(self.edition, **query)

    @property
    def as_adopted_url(self) -> str:
        """This page without the edition's corrigenda."""
        return self.here(**self.text.query | self.numbered | {"as": "adopted"})

    @property
    def corrected_url(self) -> str:
        """This page with them."""
        return self.here(**self.text.query | self.numbered)

    @property
    def edition_url(self) -> str:
        return links.edition_url(self.edition, **self.query)

    @property
    def whole_url(self) -> str:
        return links.edition_url(self.edition, whole="1", **self.query)

    @property
    def dates_url(self) -> str:
        return links.dates_url(self.instrument)

    @property
    def permanent_url(self) -> str:
        """The address that always leads to this very text."""
        return self.request.build_absolute_uri(self.here(**self.text.query | self.numbered))

    # files

    @property
    def may_be_copied(self) -> bool:
        """TLP:RED is read on the page and goes into no file."""
        return self.instrument.classification != Classification.TLP_RED

    @property
    def file_urls(self) -> dict[str, str]:
        """Where each kind of file for readers is fetched."""
        kinds = ("pdf", "docx", "on_template", "html", "md")
        query = self.text.query | self.numbered
        return {kind: links.download_url(self.edition, kind, **query) for kind in kinds}

    @property
    def second_language_urls(self) -> list[tuple[str, str, str]]:
        """The other languages that there is a text in, each with the files (HTML, Word) that have it beside
        this one."""
        others = [one for one in self.versions if one.url and not one.current]
        queries = [{"with": one.language, **self.text.query, **self.numbered} for one in others]
        return [
            (
                one.name,
                links.download_url(self.edition, "bilingual", **query),
                links.download_url(self.edition, "bilingual_docx", **query),
            )
            for one, query in zip(others, queries, strict=True)
        ]
