"""The glossary as TBX (ISO 30042:2019): dialect TBX-Basic, style DCA, as terminology tools read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from documents.text.inline_schema import FORBIDDEN
from documents.translation.scripts import to_latin
from search.glossary.entries import Entry

CONTENT_TYPE = "application/x-tbx+xml"
PREFERRED, ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><publicationStmt><p>{licence}</p></publicationStmt>
<titleStmt><title>{title}</title></titleStmt>
<sourceDesc><p>{source}</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""
END = "</body></text></tbx>\n"


def write_tbx(entries: Iterable[Entry], *, title: str, licence: str, source: str) -> Iterator[str]:
    """The file, an entry at a time. Serbian is in both scripts."""
    yield HEAD.format(title=_text(title), licence=_text(licence), source=_text(source))
    for entry in entries:
        yield _concept(entry)
    yield END


def _concept(entry: Entry) -> str:
    sections = []
    for language, terms in entry.terms.items():
        meaning = entry.definition if language == "en" else ""
        if language == "sr":
            sections.append(_language("sr-Cyrl", terms, meaning))
            sections.append(_language("sr-Latn", [to_latin(term) for term in terms], meaning))
        else:
            sections.append(_language(language, terms, meaning))
    return f"<conceptEntry id={quoteattr('c-' + entry.key)}>{''.join(sections)}</conceptEntry>\n"


def _language(tag: str, terms: Iterable[str], meaning: str) -> str:
    definition = (
        f'<descripGrp><descrip type="definition">{_text(meaning)}</descrip></descripGrp>' if meaning else ""
    )
    found = "".join(
        f"<termSec><term>{_text(term)}</term>"
        f'<termNote type="administrativeStatus">{ADMITTED if number else PREFERRED}</termNote></termSec>'
        for number, term in enumerate(terms)
    )
    return f'<langSec xml:lang="{tag}">{definition}{found}</langSec>'


def _text(value: str) -> str:
    return escape(FORBIDDEN.sub("", value))
