"""Reads the demonstration's text files; campaign.toml says how they are written. Knows no Django."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
HEADING = re.compile(r"^## (?P<text>.+?) \{#(?P<key>[a-z]+)\}$")
STEP = re.compile(r"^\d+\. \*\*(?P<title>.+?)\*\* ?(?P<text>.*)$")


@dataclass(frozen=True)
class Part:
    """What stands below one heading, line by line."""

    key: str
    heading: str
    lines: tuple[str, ...]

    def points(self) -> list[str]:
        return [line[2:] for line in self.lines if line.startswith("- ")]

    def named_points(self) -> list[tuple[str, str]]:
        """The points before whose text a key stands."""
        return [tuple(point.split(": ", 1)) for point in self.points()]  # type: ignore[misc]

    def steps(self) -> list[tuple[str, str]]:
        found = (STEP.match(line) for line in self.lines)
        return [(match["title"].rstrip("."), match["text"]) for match in found if match]

    def closing(self) -> str:
        return next((line.strip("*") for line in self.lines if line.startswith("**")), "")

    def warning(self) -> str:
        return next((line[2:] for line in self.lines if line.startswith("> ")), "")

    def folded(self) -> tuple[str, str]:
        """The words that open what is folded away, and the text in it."""
        start = next(place for place, line in enumerate(self.lines) if line.startswith("::: details "))
        end = self.lines.index(":::", start)
        return self.lines[start].removeprefix("::: details "), "\n\n".join(self.lines[start + 1 : end])

    def text(self) -> str:
        return "\n\n".join(self.lines)


@dataclass(frozen=True)
class Written:
    """A campaign in one language, as written."""

    title: str
    lead: str
    parts: tuple[Part, ...] = field(default_factory=tuple)


def campaign() -> dict[str, Any]:
    """What holds for all languages."""
    return tomllib.loads((FOLDER / "campaign.toml").read_text("utf-8"))


def hotlines() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "hotlines.toml").read_text("utf-8"))


def written(tag: str) -> Written:
    """The campaign in one language. Raises ValueError where the file does not begin with a title and a
    sentence."""
    lines = [line.strip() for line in (FOLDER / f"{tag}.md").read_text("utf-8").splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].startswith("# "):
        raise ValueError(f"{tag}.md begins with no title")
    return Written(lines[0][2:], lines[1], tuple(_parts(lines[2:])))


def _parts(lines: list[str]) -> Iterator[Part]:
    key, heading, below = "", "", []
    for line in lines:
        match = HEADING.match(line)
        if match is None:
            below.append(line)
            continue
        if key:
            yield Part(key, heading, tuple(below))
        key, heading, below = match["key"], match["text"], []
    if key:
        yield Part(key, heading, tuple(below))
