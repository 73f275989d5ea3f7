"""Files for terminology and translation tools: the glossary, and public translations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import condition

from documents.choices import State, Translation
from documents.editions.corrected import corrected_tree
from documents.editions.language_versions import Shown
from documents.translation import tmx
from documents.translation.tmx import Unit
from metadata.doors import door
from metadata.records import Record, public_records
from search.glossary import tbx
from search.glossary_store import to_entries
from search.models import GlossaryTerm
from theme.file_answers import as_file


def licence() -> str:
    return f"{settings.KODEKS_DATA_LICENCE}, {settings.KODEKS_DATA_LICENCE_URL}"


def _etag(*parts: object) -> str:
    return f'"{hashlib.sha256(repr((parts, licence())).encode()).hexdigest()[:32]}"'


def _glossary_etag(request: HttpRequest) -> str:
    state = GlossaryTerm.objects.filter(shown=True).aggregate(Max("changed"), Count("pk"))
    return _etag(*state.values())


@door
@condition(etag_func=_glossary_etag)
def glossary(request: HttpRequest) -> StreamingHttpResponse:
    """The terms that the page of the glossary shows."""
    terms = GlossaryTerm.objects.filter(shown=True).order_by("key").iterator(chunk_size=500)
    publisher = settings.KODEKS_DATA_PUBLISHER
    source = f"{publisher}, {settings.PUBLIC_BASE_URL}/en/glossary/"
    text = tbx.write_tbx(to_entries(terms), title=f"{publisher}: glossary", licence=licence(), source=source)
    return _file(text, tbx.CONTENT_TYPE, "kodeks-glossary.tbx")


def _translations_etag(request: HttpRequest) -> str:
    return _etag(*((record.key, record.changed, record.version.pk) for record in public_records()))


@door
@condition(etag_func=_translations_etag)
def translations(request: HttpRequest) -> StreamingHttpResponse:
    """The public texts in force beside their translations, where these are up to date."""
    note = f"{settings.KODEKS_DATA_PUBLISHER}, {licence()}"
    return _file(tmx.write_tmx(public_units(), note), tmx.CONTENT_TYPE, "kodeks-translations.tmx")


def public_units() -> Iterator[Unit]:
    by_edition: dict[int, list[Record]] = {}
    for record in public_records():
        if record.edition.state == State.IN_FORCE:
            by_edition.setdefault(record.edition.pk, []).append(record)
    for _pk, records in sorted(by_edition.items()):
        source = records[0].edition.instrument.source_language
        ordered = sorted(records, key=lambda one: (one.language != source, one.language))
        if len(ordered) > 1 and ordered[0].language == source:
            yield from _of_edition(ordered)


def _of_edition(records: list[Record]) -> Iterator[Unit]:
    first, *others = records
    edition, shown = first.edition, Shown(first.edition)
    current = {
        (other.language, row.uid)
        for other in others
        for row in shown.outline(other.language)
        if row.state == Translation.CURRENT
    }
    trees = {one.language: corrected_tree(edition, one.language).by_uid for one in records}
    for uid, section in trees[first.language].items():
        bodies = {first.html_lang: section.text.body}
        for other in others:
            if (other.language, uid) in current:
                bodies[other.html_lang] = trees[other.language][uid].text.body
        yield from tmx.units(f"{edition.pk}.{uid}", first.address, bodies)


def _file(text: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse((piece.encode() for piece in text), content_type=content_type)
    return as_file(response, name)
