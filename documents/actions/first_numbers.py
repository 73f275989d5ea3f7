"""The numbers of a language that has none of its own, taken over from the original when its text is written.

A language whose text came from a Word file has that file's numbers, or none because the file has none; one
that is translated on the desk or in a translator's file gets those of the original, said in its words
(:mod:`documents.text.label_translation`), and all at once: the numbers of a text count on from one another,
also past a section that nobody has translated yet.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.models import BlobUse, Edition, Section
from documents.signals import texts_changed
from documents.text import normalise_body
from documents.text.label_translation import is_number, label_in, typed_length
from documents.text.types import Body
from documents.text_storage import check_language
from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_cyrillic, to_latin
from documents.word.read.outline.heading_numbers import shown
from documents.word.read.outline.headings import cut

IN_BOTH_SCRIPTS = ("sr", "cnr")


def lacks_number(edition: Edition, uid: str, language: str, *, first: bool) -> bool:
    """Whether a section has a number in the original alone; ``first``: only where it has no text in the
    language yet."""
    source = edition.instrument.source_language
    if language == source:
        return False
    names = f"label_{check_language(language)}", f"text_hash_{language}", f"label_{source}"
    row = Section.objects.filter(edition=edition, uid=uid).values_list(*names).first()
    return row is not None and not row[0] and not (first and row[1]) and bool(row[2])


def take_over_numbers(edition: Edition, language: str, text: str) -> bool:
    """Gives every section that has no number in a language the original's, unless a Word file says how that
    language is numbered, or somebody typed the number in the heading. ``text``: words of the language, for
    their script. Whether any was given.

    The caller holds the edition alone.
    """
    source = edition.instrument.source_language
    if language == source or _from_a_file(edition, language):
        return False
    names = f"label_{source}", f"label_{check_language(language)}", f"heading_{language}"
    found = []
    for pk, original, own, heading in Section.objects.filter(edition=edition).values_list("pk", *names):
        made = "" if own or not original else _in_script(label_in(original, source, language), language, text)
        if made and not typed_length(heading or "", made):
            found.append(Section(pk=pk, **{f"label_{language}": made}))
    if found:
        Section.objects.bulk_update(found, [f"label_{language}"], batch_size=100)
        texts_changed.send(sender=Edition, edition=edition, uids=None)
    return bool(found)


def without_typed_number(body: Body, label: str) -> Body:
    """A text from a file, where its heading begins with the number that its section has anyway, without it
    there: it was shown twice."""
    heading: Any = body["heading"]
    typed = typed_length(shown(heading), label)
    return normalise_body({**body, "heading": cut(heading, typed)}) if typed else body


def numbers_in(edition: Edition, language: str) -> dict[str, str]:
    """The number of each section in a language, by uid."""
    rows = Section.objects.filter(edition=edition).values_list("uid", f"label_{check_language(language)}")
    return {str(uid): label or "" for uid, label in rows}


def left_without(edition: Edition, language: str) -> set[str]:
    """The sections that have no number in a language, though the original has one there and the language is
    numbered as that."""
    source = edition.instrument.source_language
    if language == source or _from_a_file(edition, language):
        return set()
    here, original = numbers_in(edition, language), numbers_in(edition, source)
    return {uid for uid, label in original.items() if label and not here[uid]}


def missing_numbers_message() -> str:
    """What is said of these."""
    return _(
        "It has no number: how the original's is said in this language is not known. Please write it at the "
        "beginning of the heading."
    )


def _from_a_file(edition: Edition, language: str) -> bool:
    return BlobUse.objects.filter(
        edition=edition, language=language, drafters_only=True, blob__kind="source"
    ).exists()


def _in_script(label: str, language: str, text: str) -> str:
    if language not in IN_BOTH_SCRIPTS or is_number(label):
        return label
    script = script_of(text)
    if script == LATIN:
        return to_latin(label)
    return to_cyrillic(label) if script == CYRILLIC and script_of(label) == LATIN else label
