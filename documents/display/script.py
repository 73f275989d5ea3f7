"""The script in which a Serbian text is read. Its original script is stored and hashed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from documents.editions.text_storage import OutlineRow, load_outline
from documents.models import Edition
from documents.translation.script_choice import in_script, is_mixed
from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_cyrillic, to_latin

TWO_SCRIPTS = frozenset({"sr"})
"""Content languages that are read in either script."""

Convert = Callable[[str], str]


def unchanged(text: str) -> str:
    """The text as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Script:
    """The script of a stored text, the script of the reader, and the way from the one to the other."""

    own: str
    shown: str
    convert: Convert = unchanged


def choose(language: str, wanted: str, sample: str) -> Script:
    """How to read a text in ``language`` in the script ``wanted`` (``Cyrl``, ``Latn``, or empty: as it is).
    ``sample`` is enough text to see its own. A Cyrillic text is never converted to Cyrillic, which would
    change foreign names."""
    if language not in TWO_SCRIPTS:
        return Script("", "")
    own = script_of(sample) or CYRILLIC
    if not wanted or wanted == own:
        return Script(own, own)
    return Script(own, wanted, to_latin if wanted == LATIN else to_cyrillic)


def tag(language: str, shown: str) -> str:
    """The language tag of a text as it is shown: ``sr-latn``, ``mk``."""
    return f"{language}-{shown.lower()}" if shown else language


LATIN_READERS = frozenset({"bs", "hr", "cnr"})
"""Languages whose readers understand Serbian, and read it in Latin."""


def wanted_by(language_tag: str) -> str:
    """The script that a tag names: ``Latn`` for ``sr-latn`` and for the neighbours of Serbian. Empty where it
    names none."""
    language, _, script = language_tag.lower().partition("-")
    if language in LATIN_READERS:
        return LATIN
    return {"cyrl": CYRILLIC, "latn": LATIN}.get(script, "")


def as_page(language: str, sample: str, page_tag: str = "") -> Convert:
    """Converts texts in ``language`` into the script of the page; ``sample`` as for :func:`choose`."""
    return choose(language, wanted_by(page_tag or get_language() or ""), sample).convert


def headings(rows: Sequence[OutlineRow], language: str) -> list[OutlineRow]:
    """An outline in the script of the page. For lists of sections; the editor has the stored script."""
    convert = as_page(language, " ".join(row.heading for row in rows[:40]))
    if convert is unchanged:
        return list(rows)
    return [replace(row, label=convert(row.label), heading=convert(row.heading)) for row in rows]


def stored_headings(edition: Edition, typed: Mapping[str, str]) -> dict[str, str]:
    """New headings, by language, in the stored script where the page shows its outline in the other one. As
    typed where the outline has both."""
    wanted = wanted_by(get_language() or "")
    stored = dict(typed)
    for language in TWO_SCRIPTS & stored.keys():
        outline = " ".join(row.heading for row in load_outline(edition, language))
        own = script_of(outline)
        if wanted and own and wanted != own and not is_mixed(outline):
            stored[language] = in_script(stored[language], own, outline)
    return stored


def title_of(edition: Edition, language: str, page_tag: str = "") -> str:
    """The title in ``language``, or in the source's; a Serbian one in the script of the page."""
    if not getattr(edition, f"title_{language}", None):
        language = edition.instrument.source_language
    title = edition.title_in(language)
    return as_page(language, title, page_tag)(title)
