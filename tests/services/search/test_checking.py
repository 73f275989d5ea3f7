"""Whether a text is found by its own words: asked of a real tantivy and a real Elasticsearch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from search.engines import Document, Engine


@pytest.fixture(params=["tantivy", "elastic"])
def engine(request: pytest.FixtureRequest, documents: list[Document]) -> Engine:
    """Each engine in turn, filled."""
    engine: Engine = request.getfixturevalue(request.param)
    engine.rebuild(documents)
    return engine


def test_terms_are_looked_up_word_by_word(engine: Engine, documents: list[Document]) -> None:
    """Texts are told from what stands in the index by any word, by the order of words, by a form, by a value."""
    assert list(engine.otherwise(documents)) == []
    said = "Mobilni tim se poziva kada dete putuje bez roditelja. " * 30
    written = Document(
        "deep",
        "deep",
        "78",
        "u",
        "sr",
        "Priručnik",
        "Poziv",
        said,
        frozenset({"pub"}),
        kind="sop",
        position=3,
    )
    engine.index([written])
    engine.refresh()
    assert list(engine.otherwise([written])) == []
    others = [
        replace(written, text=said.replace("tim", "odred", 1)),
        replace(written, text=f"{said}Tako je. {said}"),
        replace(written, text=said[: len(said) // 2] + said[len(said) // 2 :].replace("dete putuje", "putuje dete", 1)),
        replace(written, text=said.replace("dete", "deteta")),
        replace(written, heading="Pozivanje"),
        replace(written, title="Uputstvo"),
        replace(written, keys=frozenset({"c:rs:official"})),
        replace(written, kind="strategy"),
        replace(written, valid_from=date(2024, 1, 1)),
        replace(written, position=4),
        replace(written, id="not there"),
    ]  # fmt: skip
    for other in others:
        assert list(engine.otherwise([written, other])) == [other.id], other
