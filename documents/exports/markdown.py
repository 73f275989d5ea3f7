"""An edition as Markdown (:mod:`documents.text.markdown`): for who works on with the text.

Pictures stay where they are: the file has their addresses.
"""

from __future__ import annotations

import json
import re

from documents.display import links
from documents.display.labels import labels
from documents.exports.edition import EditionFile
from documents.exports.pdf import depths
from documents.text.markdown import Inlines, escaped, write_section
from theme import locales

UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029]")


def make_markdown(file: EditionFile) -> bytes:
    """The bytes of the .md."""
    words = labels()
    known = {section.uid for section in file.tree}
    pictures = {sha256: file.base_url + links.file_url(sha256, "picture") for sha256 in file.pictures}
    parts = [_front(file), *_about(file)]
    notes = 0
    for section, depth in zip(file.tree, depths(file), strict=True):
        body, label = section.text.body, section.text.label
        numbers = {note: notes + place for place, note in enumerate(body.get("notes") or {}, start=1)}
        notes += len(numbers)
        inlines = Inlines(known, pictures, numbers, words.picture)
        remark = file.remark if section.uid in file.untranslated else ""
        parts += write_section(body, label, section.uid, depth, inlines, words, remark)
    return ("\n\n".join(parts) + "\n").encode()


def _front(file: EditionFile) -> str:
    """What is known of the text, as YAML. Pandoc reads its values as Markdown, so they are escaped like the
    text."""
    values = {
        "title": escaped(file.title),
        "lang": locales.html_lang(file.tag),
        "dir": locales.direction(file.tag),
        "author": escaped(file.owner),
        "country": escaped(file.country),
        "kind": escaped(file.kind),
        "edition": escaped(file.edition_line),
        "state": escaped(f"{file.strong} {file.rest}".strip()),
        "notice": escaped(file.notice),
        "classification": escaped(str(file.classification.name)),
        "date": file.made,
        "sha256": file.sha256,
        "check": " ".join(file.check),
        "address": file.address,
    }
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
    return "\n".join(["---", *lines, "---"])


def _quoted(value: str) -> str:
    """A string of YAML: what JSON writes, but for characters that YAML does not take as they are."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _about(file: EditionFile) -> list[str]:
    """What is on a PDF's cover, for a reader who sees no front matter."""
    look = file.classification
    lines = [
        f"**{escaped(file.notice)}**" if file.notice else "",
        f"**{escaped(file.strong)}** {escaped(file.rest)}".strip(),
        escaped(f"{file.country} · {file.kind} · {file.owner}"),
        escaped(f"{look.name}: {look.permits}"),
        escaped(file.demo),
        escaped(file.language_note),
        *(escaped(act) for act in file.acts),
        escaped(file.footnote),
        f"{escaped(file.check_name)}: {' '.join(file.check)}" if file.check else "",
        f"SHA-256: {file.sha256}" if file.sha256 else "",
        f"<{file.address}>",
    ]
    return ["::: about", *(line for line in lines if line), ":::"]
