"""Reads RDFa Lite, as far as its rules are used here: vocab, prefix, typeof, resource, property."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from lxml import html

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Triple(NamedTuple):
    subject: str
    predicate: str
    object: str


@dataclass
class _Reader:
    triples: set[Triple] = field(default_factory=set)
    blanks: Iterator[int] = field(default_factory=count)

    def read(self, element: html.HtmlElement, subject: str, vocab: str, prefixes: dict[str, str]) -> None:
        vocab = element.get("vocab", vocab)
        words = element.get("prefix", "").split()
        prefixes = prefixes | dict(zip((word.rstrip(":") for word in words[::2]), words[1::2], strict=True))

        def full(term: str) -> str:
            prefix, colon, name = term.partition(":")
            return f"{prefixes[prefix]}{name}" if colon else f"{vocab}{term}"

        about = subject
        if element.get("typeof") is not None:
            about = element.get("resource") or f"_:{next(self.blanks)}"
            for one in element.get("typeof").split():
                self.triples.add(Triple(about, RDF_TYPE, full(one)))
        if vocab and element.get("property"):
            value = about if element.get("typeof") is not None else _value(element)
            self.triples.add(Triple(subject, full(element.get("property")), value))
        for child in element.iterchildren("*"):
            self.read(child, about, vocab, prefixes)


def _value(element: html.HtmlElement) -> str:
    for name in ("content", "resource", "href", "src"):
        if element.get(name) is not None:
            return str(element.get(name))
    return " ".join(element.text_content().split())


def triples(page: bytes) -> set[Triple]:
    """All statements of a page."""
    reader = _Reader()
    reader.read(html.fromstring(page), "", "", {})
    return reader.triples


class Facts:
    """The statements of a page about one thing, by the short names of schema.org."""

    def __init__(self, page: bytes, subject: str = "", kind: str = "") -> None:
        self.triples = triples(page)
        self.subject = subject or next(
            one.subject
            for one in self.triples
            if one.predicate == RDF_TYPE and one.object.endswith(f"/{kind}")
        )

    @property
    def kinds(self) -> set[str]:
        return set(self._of(self.subject, RDF_TYPE))

    def all(self, *names: str) -> list[str]:
        """Along a path of properties; ``eli:`` is a prefix here too."""
        found = [self.subject]
        for name in names:
            predicate = (
                name.replace("eli:", "http://data.europa.eu/eli/ontology#")
                if ":" in name
                else f"https://schema.org/{name}"
            )
            found = [value for one in found for value in self._of(one, predicate)]
        return sorted(found)

    def one(self, *names: str) -> str:
        (found,) = self.all(*names)
        return found

    def _of(self, subject: str, predicate: str) -> list[str]:
        return [one.object for one in self.triples if one.subject == subject and one.predicate == predicate]
