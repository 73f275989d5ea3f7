"""What every page of an edition shows around its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from documents.choices import State, Translation
from documents.display import language as display_language
from documents.display import links
from documents.display import script as display_script
from documents.display.acts import Act, acts_of
from documents.display.banner import Banner, banner
from documents.display.labels import labels
from documents.display.language import Text, Version
from documents.editions.language_versions import Shown
from documents.editions.text_storage import OutlineRow, check_language, language_state
from documents.models import Comment, Edition, LanguageVersion, Section
from documents.pages.edition.citations import BrokenCitation, Citations, CitedBy, broken_in, cited_by
from documents.pages.edition.contents import Entry, entries
from documents.pages.edition.corrected_text import Corrected
from documents.pages.edition.files import files_of
from documents.pages.edition.last_read import Since, since
from documents.pages.edition.translation_numbers import NumberNote, number_note, wanted_number
from documents.pages.lookup import in_force, now_under
from documents.text.direction import side_of_text
from documents.text.extraction import image_hashes
from documents.text.html_context import Context
from documents.translation.scripts import CYRILLIC, LATIN
from people.access import may
from people.roles import Verb
from theme import locales


class EditionPage:
    """An edition as one request reads it; each part asks the database once, if a page shows it. ``editions``
    are those that the reader may see, newest first; ``uid`` is the section of the page, if any."""

    def __init__(
        self,
        request: HttpRequest,
        edition: Edition,
        editions: list[Edition],
        uid: UUID | None = None,
        on: date | None = None,
    ) -> None:
        self.request = request
        self.edition = edition
        self.editions = editions
        self.instrument = edition.instrument
        self.uid = str(uid) if uid else ""
        self.tag = get_language() or "en"
        self.shown = Shown(edition, wanted_number(request, edition))
        self.corrected = Corrected(edition, editions, on, request.GET.get("as") == "adopted", self.shown)

    # the text that is read

    @cached_property
    def states(self) -> dict[str, dict[Translation, int]]:
        return self.shown.states()

    @cached_property
    def text(self) -> Text:
        return self.text_in(self.request.GET.get("text", "")[:12])

    def text_in(self, wanted: str) -> Text:
        """The text in the language wanted, or the nearest that there is."""
        source = self.instrument.source_language
        available = [
            one for one, counts in self.states.items() if language_state(counts) != Translation.MISSING
        ]
        sample = {
            one: self._sample(one) for one in self.instrument.languages if one in display_script.TWO_SCRIPTS
        }
        return display_language.choose(self.tag, wanted, source, available or [source], sample)

    def _sample(self, language: str) -> str:
        """Enough of a text to see its script: the title alone may be in another one."""
        headings = Section.objects.filter(edition=self.edition).order_by("position")
        title = getattr(self.edition, f"title_{check_language(language)}") or ""
        return " ".join([title, *headings.values_list(f"heading_{language}", flat=True)[:60]])

    @cached_property
    def instead(self) -> str:
        """The note on the language, if it is not the requested one."""
        if not self.text.instead:
            return ""
        return display_language.fallback_notice(
            self.text,
            self.instrument.source_language,
            awaited=self.text.requested in self.shown.awaited,
            unfinished=self.shown.unfinished(self.text.requested) is not None,
        )

    @cached_property
    def number(self) -> NumberNote | None:
        """The note on the number of a courtesy translation."""
        return number_note(self.shown, self.text.language, self.here)

    @property
    def check_sha256(self) -> str:
        """The hash behind the check number of the text that is read; empty for a draft."""
        return self.shown.check(self.text.language)

    @property
    def check_of(self) -> str:
        """Of a translation the languages that the check number covers; "" where it covers this text."""
        return ", ".join(
            display_language.name_of(one) for one in self.shown.other_numbered(self.text.language)
        )

    @property
    def direction(self) -> str:
        return locales.direction(self.text.tag)

    @property
    def title_direction(self) -> str:
        return side_of_text(self.title) or self.direction

    @property
    def source_lang(self) -> str:
        return locales.html_lang(self.instrument.source_language)

    @cached_property
    def title(self) -> str:
        return self.text.script.convert(self.edition.title_in(self.text.language))

    @cached_property
    def outline(self) -> list[OutlineRow]:
        return self.corrected.outline(self.text.language)

    @cached_property
    def contents(self) -> list[Entry]:
        instead: list[OutlineRow] = []
        if any(row.state == Translation.MISSING for row in self.outline):
            instead = self.corrected.outline(self.instrument.source_language)
        return entries(self.outline, self.text.script.convert, instead)

    @cached_property
    def since(self) -> Since | None:
        """What to tell a reader who knows an earlier edition."""
        return since(self.request, self.edition, self.editions, self.uid, self.text.language)

    # state

    @cached_property
    def before(self) -> Edition | None:
        """The edition that this one replaced."""
        return next((one for one in self.editions if one.pk == self.edition.supersedes_id), None)

    @cached_property
    def after(self) -> Edition | None:
        """The edition that replaced this one."""
        return next(
            (
                one
                for one in self.editions
                if one.supersedes_id == self.edition.pk
                and one.state in (State.IN_FORCE, State.SUPERSEDED, State.REPEALED)
            ),
            None,
        )

    @cached_property
    def banner(self) -> Banner:
        return banner(self.edition, self.before, self.after)

    @cached_property
    def in_force(self) -> Edition | None:
        """The edition in force, where that is another one."""
        found = in_force(self.editions)
        return found if found is not None and found.pk != self.edition.pk else None

    @property
    def in_force_url(self) -> str:
        """The same section as in force, or the document where the section is not in it."""
        if self.in_force is None:
            return ""
        if self.there_in_force:
            return links.section_url(self.in_force, self.there_in_force, **self.text.query)
        return links.instrument_url(self.instrument, **self.text.query)

    @cached_property
    def there_in_force(self) -> str:
        """Under which uid the edition in force has the section of this page; "" where it has it no more."""
        if self.in_force is None or not self.uid:
            return ""
        found = self.uid if self.in_force.pk in self.holders else now_under(self.in_force, self.uid)
        return str(found or "")

    @cached_property
    def holders(self) -> set[int]:
        """The editions that hold the section of this page; filled by the section's page."""
        return set()

    # languages

    @cached_property
    def language_versions(self) -> list[LanguageVersion]:
        """The current number of each language; of one that is still awaited, what is known of it."""
        if not self.edition.adopted:
            return list(LanguageVersion.objects.filter(edition=self.edition))
        read = [self.shown.current(one) or self.shown.unfinished(one) for one in self.instrument.languages]
        return [one for one in read if one is not None]

    @cached_property
    def versions(self) -> list[Version]:
        authentic = [version.language for version in self.language_versions if version.authentic]
        by_itself = display_language.content_language(self.tag)
        urls = {
            language: self.here(text="" if language == by_itself else language)
            for language in self.instrument.languages
        }
        return display_language.versions(
            self.edition, self.states, authentic, self.text, urls, self.shown.awaited
        )

    @property
    def version(self) -> Version | None:
        return next((version for version in self.versions if version.current), None)

    @cached_property
    def script_links(self) -> list[dict[str, Any]]:
        """The two scripts of a Serbian text, by the language of the page or by ``?text=``."""
        if not self.text.script.shown:
            return []
        links = []
        for script, name in ((CYRILLIC, "Ћирилица"), (LATIN, "Latinica")):
            tag = display_script.tag(self.text.language, script)
            if display_language.content_language(self.tag) == self.text.language:
                query = self.request.GET.copy()
                query.pop("text", None)
                rest = self.request.path.lstrip("/").partition("/")[2]
                url = f"/{tag}/{rest}" + (f"?{query.urlencode()}" if query else "")
            else:
                url = self.here(text=tag)
            links.append(
                {
                    "name": name,
                    "url": url,
                    "lang": locales.html_lang(tag),
                    "current": script == self.text.script.shown,
                }
            )
        return links

    # about the edition

    @cached_property
    def acts(self) -> list[Act]:
        return acts_of(self.edition)

    @cached_property
    def other_editions(self) -> list[dict[str, Any]]:
        """Every edition that the reader sees, with its address and its comparison with this one."""
        return [
            {
                "edition": one,
                "url": links.edition_url(one, **self.text.query),
                "current": one.pk == self.edition.pk,
                "compare": ""
                if one.pk == self.edition.pk
                else links.compare_url(
                    max(one, self.edition, key=lambda e: e.number),
                    min(one.number, self.edition.number),
                    **self.text.query,
                ),
            }
            for one in self.editions
        ]

    @cached_property
    def comments(self) -> int | None:
        """How many open comments there are, for those who work on the text; None for its readers."""
        if self.request.public or not may(self.request.user, Verb.COMMENT, self.edition):
            return None
        found = Comment.objects.filter(edition=self.edition, parent=None, resolved=None)
        return (found.filter(uid=self.uid) if self.uid else found).count()

    # rendering

    def context(
        self, *bodies: Mapping[str, Any] | None, prefix: str = "", url: Callable[[str], str] | None = None
    ) -> Context:
        """How to render bodies of this edition: with their files, and links to its sections."""
        known = {row.uid for row in self.outline}
        to = url or self.section_url
        return Context(
            words=labels(),
            section_url=lambda uid: to(uid) if uid in known else "",
            files=files_of(self.edition, set().union(*(image_hashes(body) for body in bodies))),
            convert=self.text.script.convert,
            prefix=prefix,
            corrigendum_url=lambda number: links.corrigendum_url(self.edition, number, **self.text.query),
        )

    @cached_property
    def citations(self) -> Citations:
        return Citations(self.request.user, self.edition, self.text, self.own_url)

    @cached_property
    def cited_by(self) -> list[CitedBy]:
        """What cites the section of this page, or the document."""
        return cited_by(self.request.user, self.edition, self.uid, self.text, self.section_url)

    @cached_property
    def broken_citations(self) -> list[BrokenCitation]:
        """For coordinators of the document: the citations in it that lead to nothing that holds."""
        if self.request.public or not may(self.request.user, Verb.REVISE, self.edition):
            return []
        return broken_in(self.request.user, self.edition)

    def drawn(self, body: Mapping[str, Any] | None, uid: object, language: str) -> dict[str, Any]:
        """A section's body as the page shows it: with its citations linked and its corrigenda marked."""
        return self.corrected.drawn(dict(body or {}), uid, language, self.citations.linked)

    @cached_property
    def _uids(self) -> set[str]:
        return {row.uid for row in self.outline}

    # addresses

    def own_url(self, uid: str) -> str:
        """The address of a section of this edition; empty where it has none such."""
        return self.section_url(uid) if uid in self._uids else ""

    def section_url(self, uid: str) -> str:
        return links.section_url(self.edition, uid, **self.query)

    @property
    def query(self) -> dict[str, str]:
        """What addresses of this edition carry on: the language, and whether it is read as adopted."""
        return self.text.query | self.numbered | self.corrected.query

    @property
    def numbered(self) -> dict[str, str]:
        """What asks for the earlier number of a translation that is read; empty for the current one."""
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

    @cached_property
    def manage_url(self) -> str:
        """Where coordinators of the document repeal it, redact it, choose its readers; empty for others."""
        may_manage = self.edition.adopted and not self.request.public
        if not may_manage or not may(self.request.user, Verb.CLASSIFY, self.instrument):
            return ""
        return reverse("desk:draft", args=[self.edition.pk])

    @property
    def dates_url(self) -> str:
        return links.dates_url(self.instrument)

    @property
    def permanent_url(self) -> str:
        """The address that always leads to this very text."""
        return self.request.build_absolute_uri(self.here(**self.text.query | self.numbered))

    # files

    @property
    def file_urls(self) -> dict[str, str]:
        """Where each kind of file for readers is fetched."""
        kinds = ("pdf", "docx", "on_template", "html", "md", "akn", "json")
        query = self.text.query | self.numbered
        return {kind: links.download_url(self.edition, kind, **query) for kind in kinds}

    @property
    def second_language_urls(self) -> list[tuple[str, str, str]]:
        """The other languages of the text, each with the files (HTML, Word) in two columns."""

        def both(one: Version) -> tuple[str, str, str]:
            query = {"with": one.language, **self.text.query, **self.numbered}
            html, word = (
                links.download_url(self.edition, kind, **query) for kind in ("bilingual", "bilingual_docx")
            )
            return one.name, html, word

        return [both(one) for one in self.versions if one.url and not one.current]
