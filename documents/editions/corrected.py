"""The corrigenda of an edition, applied to its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from documents.editions.language_versions import Shown
from documents.editions.text_storage import EMPTY, OutlineRow, load_tree
from documents.models import Corrigendum, Edition
from documents.text import SectionText, SectionTree, inline_text
from documents.text.correction import correct, finished, for_file, marked
from documents.text.types import Json


def corrigenda_of(edition: Edition, language: str = "", on: date | None = None) -> list[Corrigendum]:
    """The corrigenda that hold, of one language or of all, on a day or today; one query."""
    if not edition.adopted:
        return []
    found = Corrigendum.objects.recorded().filter(edition=edition)
    if language:
        found = found.filter(language=language)
    if on is not None:
        found = found.filter(valid_from__lte=on)
    return list(found.prefetch_related("acts"))


def of_section(corrigenda: Iterable[Corrigendum], uid: object, language: str) -> list[Corrigendum]:
    return [one for one in corrigenda if str(one.uid) == str(uid) and one.language == language]


def corrected_body(body: Json | None, corrigenda: Sequence[Corrigendum]) -> Json:
    """A section's text with its corrigenda."""
    return correct(body or EMPTY, [one.correction for one in corrigenda]) if corrigenda else body or EMPTY


def corrected_tree(
    edition: Edition, language: str, corrigenda: Sequence[Corrigendum] | None = None
) -> SectionTree:
    """The full text with its corrigenda: what search, comparison and the next edition begin with."""
    known = corrigenda_of(edition, language) if corrigenda is None else corrigenda
    return corrected(Shown(edition).tree(language), known)


def corrected(tree: SectionTree, corrigenda: Sequence[Corrigendum]) -> SectionTree:
    """A text as it was adopted, with corrigenda."""
    return with_bodies(
        tree, {uid: finished(body, tree.by_uid[uid].text.body) for uid, body in _marked(tree, corrigenda)}
    )


def tree_for_file(
    tree: SectionTree, corrigenda: Sequence[Corrigendum], reference: Callable[[int], str]
) -> SectionTree:
    """The same for a file: the corrected words underlined, with the number of the corrigendum behind them."""
    return with_bodies(tree, {uid: for_file(body, reference) for uid, body in _marked(tree, corrigenda)})


def _marked(tree: SectionTree, corrigenda: Sequence[Corrigendum]) -> Iterator[tuple[str, Json]]:
    for uid in {str(one.uid) for one in corrigenda if one.language == tree.language}:
        own = of_section(corrigenda, uid, tree.language)
        yield uid, marked(tree.by_uid[uid].text.body, [one.correction for one in own])


def with_bodies(tree: SectionTree, bodies: dict[str, Json]) -> SectionTree:
    """The tree with other bodies in some of its sections."""
    if not bodies:
        return tree
    sections = (
        replace(one, text=SectionText(one.text.label, bodies[one.uid])) if one.uid in bodies else one
        for one in tree.sections
    )
    return replace(tree, sections=tuple(sections))


def corrected_outline(
    rows: Sequence[OutlineRow], edition: Edition, corrigenda: Sequence[Corrigendum], language: str
) -> list[OutlineRow]:
    """The contents with corrected headings."""
    touched = {str(one.uid) for one in corrigenda if one.language == language}
    if not touched:
        return list(rows)
    tree = load_tree(edition, language).by_uid
    return [
        replace(
            row,
            heading=inline_text(
                corrected_body(tree[row.uid].text.body, of_section(corrigenda, row.uid, language))["heading"]
            ).replace("\n", " "),
        )
        if row.uid in touched
        else row
        for row in rows
    ]
