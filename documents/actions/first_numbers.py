"""The numbers of a language that has none of its own, taken from the original with its first text.

A language from a Word file has that file's numbers. A translation from the desk or a translator's file gets
all numbers of the original at once. They are in its own words (:mod:`documents.text.label_translation`).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.editions.text_storage import check_language
from documents.models import BlobUse, Edition, Section
from documents.signals import texts_changed
from documents.text import normalise_body
from documents.text.label_translation import is_number, label_in, typed_length
from documents.text.types import Body
from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_cyrillic, to_latin
from documents.word.read.outline.heading_numbers import shown
from documents.word.read.outline.headings import cut

IN_BOTH_SCRIPTS = ("sr", "cnr")


def lacks_number(edition: Edition, uid: str, language: str, *, first: bool) -> bool:
    """Whether only the original has a number; ``first``: only where there is no text in the language."""
    source = edition.instrument.source_language
    if language == source:
        return False
    names = f"label_{check_language(language)}", f"text_hash_{language}", f"label_{source}"
    row = Section.objects.filter(edition=edition, uid=uid).values_list(*names).first()
    return row is not None and not row[0] and not (first and row[1]) and bool(row[2])


def number_as_original(edition: Edition, language: str, text: str) -> bool:
    """Gives every section without a number the original's. Not where a Word file numbers that language, or
    the heading has a typed number. ``text`` tells the script. The caller holds the edition alone."""
    source = edition.instrument.source_language
    if language == source or _from_a_file(edition, language):
        return False
    names = f"label_{source}", f"label_{check_language(language)}", f"heading_{language}"
    found = []
    for pk, original, own, heading in Section.objects.filter(edition=edition).values_list("pk", *names):
        label = (
            "" if own or not original else _in_script(label_in(original, source, language), language, text)
        )
        if label and not typed_length(heading or "", label):
            found.append(Section(pk=pk, **{f"label_{language}": label}))
    if found:
        Section.objects.bulk_update(found, [f"label_{language}"], batch_size=100)
        texts_changed.send(sender=Edition, edition=edition, uids=None)
    return bool(found)


def without_typed_number(body: Body, label: str) -> Body:
    """A text from a file without the number typed in its heading, which the section has anyway."""
    heading: Any = body["heading"]
    typed = typed_length(shown(heading), label)
    return normalise_body({**body, "heading": cut(heading, typed)}) if typed else body


def numbers_in(edition: Edition, language: str) -> dict[str, str]:
    """The number of each section in a language, by uid."""
    rows = Section.objects.filter(edition=edition).values_list("uid", f"label_{check_language(language)}")
    return {str(uid): label or "" for uid, label in rows}


def left_without(edition: Edition, language: str) -> set[str]:
    """The sections without a number in a language that is numbered as the original, where it has one."""
    source = edition.instrument.source_language
    if language == source or _from_a_file(edition, language):
        return set()
    here, original = numbers_in(edition, language), numbers_in(edition, source)
    return {uid for uid, label in original.items() if label and not here[uid]}


def missing_numbers_message() -> str:
    """What is said of these."""
    return _(
        "Number missing: Kodeks does not know how this number is written in this language. Enter "
        "it at the start of the heading."
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
