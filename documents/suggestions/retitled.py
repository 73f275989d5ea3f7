"""Which sections of a file that came back are sections of the draft under a heading that was typed anew, so that nothing but
their words and their place names them. Pure, knows no Django."""

from __future__ import annotations

from collections import defaultdict

from documents.text import Section, SectionTree


def retitled(old: SectionTree, new: SectionTree) -> dict[str, str]:
    """The uids of sections of ``old`` by those of ``new`` that have just their text, behind the same section. Longer texts are
    known wherever they stand (documents.comparison.sections.matching); of a few words the place must speak too."""
    missing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, uid in _left(old, new):
        missing[key].append(uid)
    found: dict[str, str] = {}
    for key, uid in _left(new, old):
        if missing[key]:
            found[uid] = missing[key].pop(0)
    return found


def is_the_same(old: Section, new: Section, text: SectionTree, refused: SectionTree | None) -> bool:
    """Whether a section of a ``text`` that is like one of the draft is that one. One of another heading and other words is not,
    where all words of the draft's stand elsewhere in the text, behind another heading; nor where the file has not the draft's
    before its tracked changes (``refused``), so that it is new in it."""
    if old.text.heading == new.text.heading or _lines(old) == _lines(new):
        return True
    if refused is not None and old.uid not in refused.by_uid:
        return False
    elsewhere = {line for section in text if section is not new for line in _lines(section)}
    return not _lines(old) or not elsewhere.issuperset(_lines(old))


def _lines(section: Section) -> list[str]:
    return [line for line in (" ".join(one.split()) for one in section.text.plain.splitlines()) if line]


def _left(tree: SectionTree, other: SectionTree) -> list[tuple[tuple[str, str], str]]:
    """The sections with words that the other text has not, each behind the last one that it has."""
    found: list[tuple[tuple[str, str], str]] = []
    last = ""
    for section in tree:
        words = " ".join(section.text.plain.split())
        if section.uid in other.by_uid:
            last = section.uid
        elif words:
            found.append(((last, words), section.uid))
    return found
