"""What of a bilingual dictionary is believed, and what people say for a word without being looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis import Analyser
from search.glossary.dictionary import Dictionary
from search.glossary.entries import Glossary
from search.glossary.synonyms import read_synonyms, synonyms_of

FORWARD = {"mbaj": "survive hold contain keep", "leter": "paper letter", "marr": "take hire", "ze": "take"}
BACKWARD = {"paper": "karte leter", "letter": "germe leter", "keep": "mbaj ruaj", "hire": "marr"}


@pytest.mark.parametrize(
    ("token", "source", "target", "others"),
    [
        ("mbaj", "sq", "en", ()),
        ("leter", "sq", "en", ("paper",)),
        ("marr", "sq", "en", ("take", "hire")),
        ("letter", "en", "sq", ()),
        ("paper", "en", "sq", ("leter",)),
        ("keep", "en", "sq", ()),
    ],
)
def test_of_many_senses_none_is_believed(
    token: str, source: str, target: str, others: tuple[str, ...]
) -> None:
    dictionary = Dictionary({("sq", "en"): FORWARD, ("en", "sq"): BACKWARD})
    assert dictionary.of(token, source, target) == others


def test_a_loose_synonym_leads_to_the_others_and_is_not_looked_for(
    tmp_path: Path, analyser: Analyser
) -> None:
    file = tmp_path / "synonyms.tsv"
    file.write_text("key\ten\tsq\thbs\tmk\ndocuments\tpapers~\tletra~; pasaportë\t\t\n", encoding="utf-8")
    groups = Glossary(read_synonyms(file), analyser)
    assert synonyms_of(["leter"], "sq", groups) == {"leter": ((("pasaporte",), 0.6),)}
    assert synonyms_of(["pasaporte"], "sq", groups) == {"pasaporte": ()}
