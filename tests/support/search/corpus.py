"""A small library of made-up sections in the seven languages, the same on every run."""

from __future__ import annotations

import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Final

from documents.translation.scripts import to_cyrillic
from search.engines.base import Document

_TEXTS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
HEADINGS: Final[dict[str, list[str]]] = _TEXTS["headings"]
_CROATIAN: Final = _TEXTS["sentences"]["hr"]
SENTENCES: Final[dict[str, list[str]]] = _TEXTS["sentences"] | {"bs": _CROATIAN, "cnr": _CROATIAN}

COUNTRIES: Final = {"en": "xk", "sq": "al", "sr": "rs", "bs": "ba", "hr": "ba", "cnr": "me", "mk": "mk"}
KINDS: Final = ("sop", "strategy", "action_plan", "referral_mechanism")
TOPICS: Final = ("identification", "referral", "protection", "children", "prosecution")
#: The access of a section, and who may read it is who holds one of the keys.
KEYS: Final = ("pub", "c:mk:official", "tlp:green", "inst:4", "ed:77")


def make_documents(count: int = 280, seed: int = 7) -> list[Document]:
    """Sections with headings, texts and properties drawn by lot; every eighth in Serbian Cyrillic."""
    lot = random.Random(seed)
    documents = []
    for number in range(count):
        language = list(HEADINGS)[number % len(HEADINGS)]
        edition = str(number // 14)
        sentences = lot.choices(SENTENCES[language], k=lot.randint(1, 12))
        cyrillic = language == "sr" and lot.random() < 0.5
        spell = to_cyrillic if cyrillic else str
        start = date(2015 + number % 9, 1 + number % 12, 1)
        key = lot.choices(KEYS, weights=(12, 3, 3, 2, 1))[0]
        documents.append(
            Document(
                id=f"{edition}:{number // 7}:{language}",
                instrument=f"i{number // 28}",
                edition=edition,
                uid=f"u{number // 7}",
                language=language,
                title=spell(f"{lot.choice(HEADINGS[language])} {number // 28}"),
                heading="" if lot.random() < 0.08 else spell(lot.choice(HEADINGS[language])),
                label=spell(f"{lot.choice(('Član', '', 'Tačka'))} {number % 14 + 1}".strip()),
                text=spell(" ".join(sentences)) if lot.random() > 0.04 else "",
                keys=frozenset({key}),
                country=COUNTRIES[language],
                kind=lot.choice(KINDS),
                status=lot.choice(("in_force", "in_force", "superseded", "draft")),
                institution=str(lot.randint(1, 5)),
                classification="public" if key == "pub" else "official",
                topics=tuple(lot.sample(TOPICS, k=lot.randint(0, 2))),
                valid_from=None if number % 11 == 0 else start,
                valid_until=date(2024, 1, 1) if number % 5 == 0 else None,
                slug=f"slug-{number // 28}",
                edition_number=int(edition) + 1,
                position=number // 7,
                fingerprint=f"f{number}",
            )
        )
    return documents


def make_equals(count: int = 130) -> list[Document]:
    """Sections of one document that are equals where its title alone answers: more than a page."""
    return [
        Document(
            id=f"900:{number}:sr",
            instrument="i900",
            edition="900",
            uid=f"e{number}",
            language="sr",
            title="Zajednički priručnik",
            heading=f"Mesto {number}",
            text=f"Grad broj {number}.",
            keys=frozenset({"pub"}),
            country="rs",
            kind="guideline",
            status="in_force",
            institution="9",
            valid_from=date(2023, 5, 1),
            position=number,
            fingerprint=f"e{number}",
        )
        for number in range(count)
    ]
