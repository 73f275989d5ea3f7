"""An edition's file without a database: a text as it would be published."""

from __future__ import annotations

from documents.exports.edition import EditionFile
from documents.text import Section, SectionText, SectionTree, normalise_body
from theme.state_labels import CLASSIFICATIONS

Json = dict[str, object]


def edition_file(tree: SectionTree) -> EditionFile:
    """The text as an edition in force."""
    return EditionFile(
        tag="mk",
        tree=tree,
        states={},
        untranslated=(),
        source_tag="mk",
        remark="",
        owner="Министерство",
        country="Северна Македонија",
        kind="Стратегија",
        classification=CLASSIFICATIONS["public"],
        edition_line="Издание 1",
        number=1,
        short_state="во сила",
        strong="Во сила",
        rest="",
        act=True,
        notice="",
        demo="",
        language_note="",
        acts=(),
        footnote="",
        sha256="a" * 64,
        check_of="",
        redacted=False,
        address="https://kodeks.example/mk/i/mk/sop/1/",
        base_url="https://kodeks.example",
        made="2026-01-02",
        pictures={},
    )


def text_of(*sections: tuple[int, str, list[Json]], title: str = "Наслов") -> SectionTree:
    """A text of sections, each with its level, heading ("" for none) and blocks."""
    return SectionTree(
        "mk",
        title,
        tuple(
            Section(
                f"00000000-0000-4000-8000-{number:012d}",
                level,
                "section",
                SectionText(
                    "",
                    normalise_body(
                        {
                            "heading": [{"type": "text", "text": heading}] if heading else [],
                            "blocks": blocks,
                        }
                    ),
                ),
            )
            for number, (level, heading, blocks) in enumerate(sections, start=1)
        ),
    )
