"""An edition as PDF: its text as plain data for the template ``edition.typ``."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image

from documents.exports.edition import EditionFile
from documents.exports.pdf_blocks import as_blocks, from_the_right
from documents.exports.typeset import Busy, NotTypeset, typeset
from documents.text import shortened
from documents.text.contents_depth import contents_depth, has_heading, is_clause, is_listed
from documents.word.read.result import Blob as Picture

Json = Mapping[str, Any]

WIDEST, TALLEST = 450.0, 600.0
"""Points: as wide as the text, and low enough to leave room for a caption."""
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
MOST_PIXELS = 60_000_000
TLP_COLOURS = {"tlp-clear": "#ffffff", "tlp-green": "#33ff00", "tlp-amber": "#ffc000", "tlp-red": "#ff2b2b"}


def make_pdf(file: EditionFile) -> bytes:
    """The PDF. Raises NotTypeset where none comes of it, Busy where too many are being made at once."""
    images, contents = _images(file.pictures)
    data = as_data(file, images)
    try:
        return typeset(data, contents)
    except Busy:
        raise
    except NotTypeset:
        if not contents:
            raise
        # A picture that Typst can't read: the text must not suffer for it, its description stands in its
        # place.
        return typeset({**data, "images": {}}, {})


def as_data(file: EditionFile, images: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the template shows, as plain JSON data; texts stay texts."""
    look = file.classification
    deep = depths(file)
    contents = contents_depth(file.tree.sections, deep)
    return {
        "lang": file.tag.partition("-")[0],
        "timestamp": _timestamp(file.made),
        "title": file.title,
        "running": shortened(file.title, 90),
        "owner": file.owner,
        "country": file.country,
        "kind": file.kind,
        "classification": {
            "name": str(look.name),
            "permits": str(look.permits),
            "tlp": look.tlp,
            "colour": TLP_COLOURS.get(look.css, "#ffffff"),
        },
        "edition_line": file.edition_line,
        "strong": file.strong,
        "rest": file.rest,
        "act": file.act,
        "notice": file.notice,
        "demo": file.demo,
        "language_note": file.language_note,
        "acts": [*file.acts, *([file.footnote] if file.footnote else [])],
        "check": file.check,
        "sha256": file.sha256,
        "address": file.address,
        "images": dict(images),
        "words": {
            "contents": _("Contents"),
            "page": _("Page {n} of {all}"),
            "check": file.check_name,
            "check_means": file.check_means,
            "who": pgettext("of a step", "Who"),
            "limit": pgettext("of a step", "Time limit"),
            "picture": _("Picture"),
            "kept": _("Unchanged from the Word file"),
            "no_words": _("(cannot be shown as text)"),
        },
        "sections": [
            {
                "id": section.uid,
                "depth": depth,
                "label": section.text.label,
                "heading": list(section.text.body.get("heading") or []),
                "rtl": from_the_right(section.text.body.get("heading") or []),
                "clause": is_clause(section),
                "listed": depth <= contents and is_listed(section),
                "blocks": list(as_blocks(section.text.body.get("blocks") or [])),
                "notes": {
                    key: list(as_blocks(blocks))
                    for key, blocks in (section.text.body.get("notes") or {}).items()
                },
                "remark": file.remark if section.uid in file.untranslated else "",
            }
            for section, depth in zip(file.tree, deep, strict=True)
        ],
    }


def _timestamp(day: str) -> int:
    """Noon of the text's day: a file made again is the same file."""
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp())


def depths(file: EditionFile) -> list[int]:
    """Each section's depth without gaps: a screen reader must not fall from the first level to the third. A
    section that shows no heading is none for those below it."""
    parents = file.tree.parents
    found: dict[str, int] = {}
    headed: dict[str, int] = {}
    for section in file.tree:
        parent = parents[section.uid]
        above = headed[parent] if parent else 0
        found[section.uid] = above + 1
        headed[section.uid] = above + 1 if has_heading(section) else above
    return [found[section.uid] for section in file.tree]


def _images(pictures: Mapping[str, Picture]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The pictures that can be set: where their file is and how wide they are, and the files."""
    found: dict[str, Any] = {}
    contents: dict[str, bytes] = {}
    for number, (sha256, picture) in enumerate(sorted(pictures.items())):
        ending = ENDINGS.get(picture.content_type)
        width, data = _measured(picture.data) if ending else (0.0, b"")
        if width:
            name = f"picture-{number}.{ending}"
            found[sha256] = {"path": name, "width": width}
            contents[name] = data
    return found, contents


def _measured(data: bytes) -> tuple[float, bytes]:
    """The width of a picture in points, by its own size, at most the text's width. And the picture in colours
    that the file may contain; 0 for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            across, down = image.size
            if not 0 < across * down <= MOST_PIXELS:
                return 0.0, b""
            in_print_colours = image.mode == "CMYK"
            if not in_print_colours:
                image.verify()
        if in_print_colours:
            data = _in_screen_colours(data)
    except Exception:  # Pillow raises many kinds for a broken file; each means the same here
        return 0.0, b""
    width = min(across * 0.75, WIDEST)
    return round(min(width, TALLEST * across / down), 1), data


def _in_screen_colours(data: bytes) -> bytes:
    """A JPEG in the colours of print (CMYK) as one in those of a screen. An archive file (PDF/A) may contain
    the former only with a profile of the press."""
    with Image.open(io.BytesIO(data)) as image:
        made = io.BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=92, subsampling=0)
    return made.getvalue()
