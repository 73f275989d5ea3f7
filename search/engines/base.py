"""The interface of a search engine. Tantivy, embedded, and Elasticsearch get the same tokens and the same
plan of a query. So they answer alike, as tests/services/search checks. No Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol

#: The filters that a reader may set, and of which the engine counts the values.
FACETS: Final = ("country", "kind", "language", "status", "topic", "institution", "year")

#: What the words of a query are understood in when nobody says otherwise.
CONTENT_LANGUAGES: Final = ("en", "sq", "sr", "bs", "hr", "cnr", "mk")

Sort = Literal["relevance", "newest", "oldest"]
Side = Literal["", "home", "abroad"]
#: What may stand for a word in its own language: one token, or several side by side; and what it weighs.
Synonym = tuple[tuple[str, ...], float]
WordField = Literal["headed", "words"]


class EngineError(Exception):
    """The engine can't answer: not reachable, or its index is broken."""


class IndexMissing(EngineError):
    """There is no index yet, or one laid out for another version: rebuild it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a procedure: what to do, who does it, within which time. ``start`` and ``end``: where it is
    in the section's text, which has these three first, a line each."""

    title: str
    who: str
    limit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One section of one edition in one language: the unit that is found.

    A reader finds it who holds one of its access `keys` ("pub", "c:mk:official", "ed:12"); without keys
    nobody does. `calls`: who answers at the section's numbers to call, and when. `fingerprint` tells one
    state of the document from another; the engine only hands it back.
    """

    id: str
    instrument: str
    edition: str
    uid: str
    language: str
    title: str
    heading: str
    text: str
    keys: frozenset[str]
    label: str = ""
    country: str = ""
    kind: str = ""
    status: str = ""
    institution: str = ""
    classification: str = ""
    topics: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    slug: str = ""
    edition_number: int = 0
    position: int = 0
    authentic: bool = True
    stale: bool = False
    steps: tuple[Step, ...] = ()
    calls: str = ""
    fingerprint: str = ""

    @property
    def year(self) -> str:
        """The year in which the edition came into force, or nothing."""
        return str(self.valid_from.year) if self.valid_from else ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, by whom, under which filters.

    `text` holds words, "phrases" and -exclusions as typed. `languages` are the languages in which the words
    are read. A word typed without language is read in each and finds documents of each. It does not filter:
    `filters["language"]` does. `filters` maps a facet to the values of which a document must have one. `keys`
    are the reader's: empty finds nothing. Editions in `denied` are left out of hits, counts and highlights
    even while the index still holds them. `loose` asks for any of the words instead of most. `lenient` asks,
    of three and more, for half as much of their weight as otherwise. `rarity` gives by family what each of
    the words weighs, by how rare it is. Then a document needs words of a good part of that weight, and those
    with all of them are first. `synonyms` says by family what else may stand for a word there. `folded`: each
    section once, in the language in which it answers best. With a `side`, hits are of the `home` country
    only, or of all others; facets count both. `relatives` says whether a word also finds what only begins
    like it (a text without the word in any form). `across` holds the translations of the words in other
    families: for each word the tokens for it, with their weights. `across_phrases` has for each phrase the
    ways to say it there, as adjacent tokens. A text must have one of them. `across_excluded` translates the
    excluded words and phrases.
    """

    text: str = ""
    keys: frozenset[str] = frozenset()
    languages: tuple[str, ...] = CONTENT_LANGUAGES
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()
    instrument: str = ""
    in_force_on: date | None = None
    facets: tuple[str, ...] = FACETS
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    loose: bool = False
    lenient: bool = False
    relatives: bool = True
    rarity: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    synonyms: Mapping[str, Mapping[str, tuple[Synonym, ...]]] = field(default_factory=dict)
    folded: bool = False
    home: str = ""
    side: Side = ""
    across: Mapping[str, tuple[tuple[tuple[str, float], ...], ...]] = field(default_factory=dict)
    across_phrases: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]] = field(default_factory=dict)
    across_excluded: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text as shown, marked where it answers the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class MarkedStep:
    """A step of a procedure, its words marked."""

    title: tuple[Part, ...]
    who: tuple[Part, ...]
    limit: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `heading` and `snippets` are ready to show. `spans` are the marks in the full text.
    `has` are the query's words, as tokens, that it has in some form and not only by a relative. `found_in`:
    the language in which it was found, where it is shown in another one. `steps`: those of its steps that
    answer best; `answer`: the sentence with the time limit or the institution asked for."""

    document: Document
    score: float
    heading: tuple[Part, ...]
    snippets: tuple[tuple[Part, ...], ...]
    spans: tuple[tuple[int, int], ...] = ()
    has: frozenset[str] = frozenset()
    found_in: str = ""
    steps: tuple[MarkedStep, ...] = ()
    answer: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """A page of hits, the number of all, and the counts of each facet without its own filter. ``from_spare``:
    the engine is away, and the spare one has answered. ``sections``: by `fields.edition_number`, in how many
    sections of an edition it was found, where these are folded."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    from_spare: bool = False
    sections: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, with what. `stale` when another analysis wrote the index: rebuild it."""

    engine: str
    ok: bool
    documents: int
    stale: bool
    message: str


class Engine(Protocol):
    """A search index. One process at a time may write; any number may search.

    What is written is found after `refresh`. Every method raises `EngineError` where the engine can't be
    reached, `IndexMissing` where there is no usable index.
    """

    name: str

    def index(self, documents: Iterable[Document]) -> int:
        """Add the documents, each in place of the one with the same id; answer how many."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents by id; unknown ids are no error."""
        ...

    def refresh(self) -> None:
        """Make found what has been written."""
        ...

    def search(self, query: Query) -> Result:
        """Answer a query under its access keys."""
        ...

    def frequencies(self, query: Query) -> Mapping[str, Mapping[str, int]]:
        """By family, the number of documents with each word of a query. Keys and filters are those of a
        search. The number of all documents is under no family and no word. Of a family in which there is one
        word alone nothing is counted."""
        ...

    def sections(self, query: Query, ids: Iterable[str]) -> Mapping[str, Hit]:
        """Documents by id, marked as hits of a query. Only those that its reader may find and that have
        nothing of what it excludes."""
        ...

    def vocabulary(self, query: Query, field: WordField, pattern: str, most: int) -> tuple[FacetCount, ...]:
        """The values of a field of words that match a pattern, in the query's documents, with their counts.
        Those of most documents where there are more than ``most``. Under the same keys and filters as a
        search."""
        ...

    def fingerprints(self, editions: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """Id and fingerprint of every document, or of those of these editions, in no order."""
        ...

    def documents(self) -> Iterator[Document]:
        """Every document as the index keeps it, in no order; as often as it is there."""
        ...

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Fill a new index and put it in the old one's place without a gap; answer how many documents.

        Later writes to the old index are not in the new one: the caller repeats them. One builds at a time.
        """
        ...

    def health(self) -> Health:
        """Never raises for an engine that is down: says so."""
        ...

    def reopen(self) -> None:
        """Close what is open: the next question reads the index as it is now."""

    def close(self) -> None: ...
