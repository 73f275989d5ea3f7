"""The adopted texts of the demonstration as documents of an index, without a database."""

from __future__ import annotations

from collections.abc import Iterator

from config.demo.instruments import Source
from search.engines.base import Document


def documents_of(source: Source) -> Iterator[Document]:
    country, slug = source.data["country"], source.data["slug"]
    open_to_all = source.data["classification"] in ("public", "tlp_green")
    adopted = [one["number"] for one in source.data["edition"] if one.get("act")]
    for language in source.languages if adopted else ():
        tree = source.tree(adopted[-1], language)
        for position, section in enumerate(tree.sections):
            yield Document(
                id=f"{source.folder}-{section.uid}-{language}", instrument=f"{country}/{slug}",
                edition=source.folder, uid=section.uid, language=language, title=tree.title,
                heading=section.text.heading, text=section.text.plain, label=section.text.label,
                keys=frozenset({"pub" if open_to_all else f"c:{country}:official"}), country=country,
                status="in_force", position=position, fingerprint="1",
            )  # fmt: skip
