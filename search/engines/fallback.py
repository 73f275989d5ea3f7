"""Elasticsearch with an embedded index as its reserve, which answers while Elasticsearch is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from search.engines.base import (
    Document,
    Engine,
    EngineError,
    FacetCount,
    Health,
    Hit,
    Query,
    Result,
    WordField,
)

_REST: Final = 5.0
"""Seconds for which the first engine is not asked again after it did not answer."""

T = TypeVar("T")


class FallbackEngine:
    """`Engine` over two. Questions go to ``first``, and to ``spare`` while that does not answer. Writes go to
    both, to the spare first. So the spare is up to date, and the writer learns that the first is behind."""

    def __init__(self, first: Engine, spare: Engine) -> None:
        self.first = first
        self.spare = spare
        self.name = first.name
        self._rest_until = 0.0

    # Reading

    def search(self, query: Query) -> Result:
        return self._ask(lambda engine: engine.search(query), lambda result: replace(result, from_spare=True))

    def vocabulary(self, query: Query, field: WordField, pattern: str, most: int) -> tuple[FacetCount, ...]:
        return self._ask(lambda engine: engine.vocabulary(query, field, pattern, most))

    def frequencies(self, query: Query) -> Mapping[str, Mapping[str, int]]:
        return self._ask(lambda engine: engine.frequencies(query))

    def sections(self, query: Query, ids: Iterable[str]) -> Mapping[str, Hit]:
        listed = list(ids)
        return self._ask(lambda engine: engine.sections(query, listed))

    def _ask(self, question: Callable[[Engine], T], of_spare: Callable[[T], T] = lambda answer: answer) -> T:
        if time.monotonic() >= self._rest_until:
            try:
                return question(self.first)
            except EngineError as error:
                self._rest_until = time.monotonic() + _REST
                trouble = error
        else:
            trouble = EngineError("the first engine did not answer a moment ago")
        try:
            return of_spare(question(self.spare))
        except EngineError:
            raise trouble from None

    # Writing, which asks both and never makes do with one

    def index(self, documents: Iterable[Document]) -> int:
        listed = list(documents)
        self.spare.index(listed)
        return self.first.index(listed)

    def delete(self, ids: Iterable[str]) -> None:
        listed = list(ids)
        self.spare.delete(listed)
        self.first.delete(listed)

    def refresh(self) -> None:
        self.spare.refresh()
        self.first.refresh()

    def fingerprints(self, editions: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        return self.first.fingerprints(editions)

    def documents(self) -> Iterator[Document]:
        return self.first.documents()

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """For few documents; search.outbox builds one inside the other."""
        listed = list(documents)
        self.spare.rebuild(listed)
        return self.first.rebuild(listed, progress)

    def health(self) -> Health:
        health, of_spare = self.first.health(), self.spare.health()
        message = "; ".join(
            part for part in (health.message, f"spare: {of_spare.message or 'kept in step'}") if part
        )
        return replace(health, stale=health.stale or of_spare.stale, message=message)

    def reopen(self) -> None:
        self.spare.reopen()

    def close(self) -> None:
        self.first.close()
        self.spare.close()


def backends(engine: Engine) -> tuple[Engine, ...]:
    """The engines that have an index of their own, in the order in which they are written to."""
    return (engine.spare, engine.first) if isinstance(engine, FallbackEngine) else (engine,)
