"""The messages in the source: every string in the Python files and templates that is put before people; and what is translated of
others, because they have no catalogue for most of our languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("documents", "search", "workflows", "site")
BORROWED = Path("site/config/borrowed")
"""Lists of messages of others, below the root: those of a file whose name ends so are for scripts in the browser."""
FOR_SCRIPTS = "-scripts"
LEFT_OUT = {"migrations", "locale", "static", "node_modules", "__pycache__"}
PUBLIC_SOURCES = ("site/public/", "site/theme/templates/base_public.html")

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract(root: Path = ROOT, sources: Iterable[str] = SOURCES) -> Catalog:
    """Every message in the Python files and templates below `root`, with the places where it stands."""
    catalog = Catalog(project="Kodeks", charset="utf-8", fuzzy=False)
    for path in _files(root, sources):
        place = path.relative_to(root).as_posix()
        text = path.read_text("utf-8")
        if path.suffix != ".py":
            # What templatize leaves around the messages is filler, and its indentation need not be Python's.
            text = "\n".join(line.strip() for line in templatize(text, place).split("\n"))
        found = extract_python(
            "python",
            BytesIO(text.encode()),
            KEYWORDS,
            comment_tags=("Translators:",),
            options={"encoding": "utf-8"},
        )
        for line, message, comments, context in found:
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    for path, other in borrowed(root):
        catalog.add(other.id, None, [(path.relative_to(root).as_posix(), 0)], context=other.context)
    return catalog


def borrowed(root: Path = ROOT) -> Iterator[tuple[Path, Message]]:
    """Every message of others that is translated here, with the file that lists it."""
    for path in sorted((root / BORROWED).glob("*.pot")):
        with path.open("rb") as file:
            yield from ((path, message) for message in read_po(file) if message.id)


def for_scripts(root: Path = ROOT) -> set[tuple[str, str | None]]:
    """The messages of others that scripts in the browser ask for, by their first text and context."""
    return {
        (message.id if isinstance(message.id, str) else message.id[0], message.context)
        for path, message in borrowed(root)
        if path.stem.endswith(FOR_SCRIPTS)
    }


def _files(root: Path, sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        for path in sorted((root / source).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or LEFT_OUT & set(path.relative_to(root).parts):
                continue
            # Text files are templates only where Django looks for templates.
            if path.suffix == ".py" or "templates" in path.parts:
                yield path


def public_only(template: Catalog) -> Catalog:
    """The messages of the public site alone, with the places there."""
    public = Catalog(project="Kodeks", charset="utf-8", fuzzy=False)
    for message in template:
        places = [place for place in message.locations if place[0].startswith(PUBLIC_SOURCES)]
        if message.id and places:
            public.add(message.id, None, places, auto_comments=message.auto_comments, context=message.context)
    return public
