"""Each edition as the files that people read without Kodeks."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import translation

from documents.display.banner import notice
from documents.exports import data, pdf, typeset, word
from documents.exports.akoma_ntoso import make_akoma_ntoso
from documents.exports.edition import EditionFile, frame_language, gather
from documents.models import Edition, Instrument
from metadata.records import text_as_stored
from workflows.record.build import build
from workflows.record.format import as_bytes

log = logging.getLogger("kodeks.handover")


def write(country: str, folder: Path) -> int:
    """Write every edition of the country below ``folder``; gives how many files. TLP:RED goes into none."""
    return sum(
        _instrument(instrument, folder / instrument.path)
        for instrument in Instrument.objects.filter(country=country).order_by("slug")
        if instrument.may_be_file
    )


def _instrument(instrument: Instrument, folder: Path) -> int:
    count = 0
    editions = list(Edition.objects.filter(instrument=instrument).select_related("instrument__country"))
    for edition in editions:
        below = folder / str(edition.number)
        below.mkdir(parents=True)
        for language in instrument.languages:
            count += _language(edition, editions, language, below)
        if edition.adopted:
            (below / "record.json").write_bytes(as_bytes(build(edition)))
            count += 1
    return count


def _language(edition: Edition, editions: list[Edition], language: str, folder: Path) -> int:
    text = text_as_stored(edition, language)
    with translation.override(frame_language(text)):
        file = gather(edition, editions, text, settings.OFFICE_BASE_URL)
        exported = data.as_json(edition, language, settings.OFFICE_BASE_URL, notice(edition))
        made: dict[str, Callable[[EditionFile], bytes]] = {
            "json": lambda _file: json.dumps(exported, ensure_ascii=False, indent=1).encode(),
            "docx": word.make_docx,
            "akn.xml": lambda file: make_akoma_ntoso(file, edition),
            "pdf": pdf.make_pdf,
        }
        for ending, make in made.items():
            try:
                (folder / f"{language}.{ending}").write_bytes(make(file))
            except typeset.NotTypeset as problem:
                log.warning("%s/%s: no PDF: %s", folder, language, problem)
    return len(made)
