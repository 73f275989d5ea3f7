"""A text as Akoma Ntoso: valid by the schema, whole and in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from documents.text import SectionTree
from documents.text.akoma_ntoso import NS, Metadata, Publication, Surroundings, write_document
from tests.support.documents.exports.akoma_ntoso import problems, words_in, words_of
from tests.support.documents.exports.files import UID, rich_tree
from tests.support.documents.word.any_text import PARTS, PICTURES, Part, tree_of

ABOUT = Metadata(
    country="mk", kind="sop", name="sop-2", language="mk", language_tag="mk", adopted="2024-01-05",
    expressed="2024-02-01", author="Влада", author_key="mk-gov", address="https://k.example/mk/sop/2/", version=1,
    authentic=True, source_language="mk",
    publications=[Publication("2024-01-10", "Службен весник", "Службен весник 7/2024", "7")],
    topics=[("children", "Деца")], statements=["Во сила.", "SHA-256: aa"],
)  # fmt: skip
AROUND = Surroundings(pictures={sha256: f"https://k.example/files/{sha256}/p" for sha256 in PICTURES})


def read(tree: SectionTree, about: Metadata = ABOUT) -> etree._Element:
    data = write_document(tree, about, AROUND)
    assert not problems(data)
    return etree.fromstring(data)


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_any_text_is_valid_whole_and_in_order(parts: list[Part]) -> None:
    tree = tree_of(parts)
    root = read(tree)
    body: Any = root.find(f".//{{{NS}}}mainBody")
    for picture in body.iter(f"{{{NS}}}span"):
        if picture.get("class") == "picture":
            picture.text = ""
    expected = "".join(map(words_of, tree))
    assert "".join(words_in(body).split()) == expected
    ids = [one.get("wId") for one in body.iter() if (one.get("wId") or "").startswith("s-")]
    assert ids == [f"s-{section.uid}" for section in tree]


def test_what_a_text_has_keeps_its_meaning() -> None:
    root = read(rich_tree())

    def found(path: str) -> Any:
        return root.xpath(path, namespaces={"a": NS})

    first = found(f"//a:section[@wId='s-{UID(1)}']")[0]
    assert first.get("eId") == "sec_1"
    assert [found("//a:section")[1].get("eId"), found("//a:ref")[0].get("href")] == [
        "sec_1__sec_1",
        "#sec_1__sec_1",
    ]
    assert [one.text for one in first.findall(f"{{{NS}}}num")] == ["1"]
    assert found("//a:authorialNote[@marker='1'][@placement='bottom']/a:p")[0].text == "Белешка под текстот."
    assert found("//a:th[@colspan='2']/a:p")[0].text == "Глава на табелата"
    assert found("//a:td[@rowspan='2']/a:p")[0].text == "долу"
    assert found("//a:blockList[@class='ordered']/a:item/a:num")[0].text == "а)"
    assert found("//a:blockContainer[@class='step']/a:p[@class='limit']")[0].text == "2 часа"
    assert found("//a:span[@class='picture']")[0].text == "[Picture: карта]"  # this one nobody may fetch
    values = {one.tag.partition("}")[2]: one.get("value") for one in found("//a:FRBRWork/*")}
    assert values["FRBRuri"] == "/akn/mk/doc/sop/mk-gov/2024-01-05/sop-2"
    assert found("//a:FRBRExpression/a:FRBRuri")[0].get("value").endswith("/sop-2/mkd@2024-02-01")
    assert found("//a:publication")[0].get("showAs") == "Службен весник 7/2024"
    assert found("//a:docTitle")[0].text == "Процедури за постапување"


def test_a_text_without_sections_and_a_translation_are_valid_too() -> None:
    translation = replace(
        ABOUT, language="sr", language_tag="sr-Latn", authentic=False, publications=[], topics=[]
    )
    root = read(SectionTree("sr", "Naslov", ()), translation)
    assert root.find(f".//{{{NS}}}FRBRtranslation").get("fromLanguage") == "mk"
    assert root.find(f".//{{{NS}}}publication") is None
