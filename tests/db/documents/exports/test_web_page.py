"""HTML and Markdown of an edition, in one language and in two: what they say, and that they need and fetch
nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree, html

from documents.choices import Classification
from documents.editions import blobs
from documents.exports import web_page
from documents.models import Blob, Edition
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.markdown import Inlines, escaped
from tests.support.documents.exports.files import (
    HOSTILE,
    PIXEL,
    UID,
    as_drafter,
    draft_notice,
    get,
    rich_tree,
    text,
)
from tests.support.factories import make_draft, make_in_force
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
SAID = (
    "Прв дел",
    "Воведен текст",
    "Прв чекор",
    "полиција",
    "2 часа",
    "Глава на табелата",
    "четири",
    "прва точка",
    "Внимание.",
    "Слика на картата",
    "формула",
    "Белешка под текстот.",
    "Крај.",
)


def page(data: bytes) -> Any:
    return html.document_fromstring(data.decode())


@pytest.fixture
def draft() -> Edition:
    sha256 = blobs.put(PIXEL, Blob.Kind.IMAGE, "image/png").sha256
    edition = make_draft(tree=rich_tree(sha256=sha256), translations=[])
    blobs.link(edition, Blob.objects.get(pk=sha256), "map.png")
    return edition


def test_the_page_says_everything_and_needs_nothing_beside_it(draft: Edition) -> None:
    found = page(get(as_drafter(draft), f"/mk/i/{draft.instrument.path}/1.html"))
    assert found.get("lang") == "mk" and found.get("dir") == "ltr"
    words = " ".join(found.text_content().split())
    assert not [one for one in SAID if one not in words]
    assert draft_notice("mk") in words
    assert not found.xpath("//script|//iframe|//object|//embed|//form|//@onclick|//@style")
    # What a browser would fetch by itself stands in the file.
    assert [src[:22] for src in found.xpath("//@src")] == ["data:image/png;base64,"]
    assert found.xpath("//link/@rel") == ["canonical"]
    css = found.findtext(".//style")
    assert "url(" not in css and "@import" not in css
    assert "default-src 'none'" in found.xpath("//meta[@http-equiv]/@content")[0]
    # Every link within the file leads somewhere in it, and no id is there twice.
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in found.xpath("//a/@href") if href.startswith("#")]
    assert inner and set(inner) <= set(ids)
    assert [one.tag for one in found.xpath("//section//*[self::h2 or self::h3]")] == ["h2", "h3"]


def test_a_text_in_force_carries_its_hash_and_address_on_both_hosts() -> None:
    edition = make_in_force()
    public = PageClient(headers={"host": "public.test"})
    answer = public.get("/mk/library/i/mk/sop/1.html")
    assert answer.status_code == 200
    assert 'filename="mk-sop-1-mk.html"' in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    said = page(answer.content)
    assert edition.sha256 in said.text_content()
    assert said.xpath("//link[@rel='canonical']/@href") == ["http://public.test/mk/library/i/mk/sop/1/"]
    assert draft_notice("mk") not in said.text_content()
    markdown = get(public, "/mk/library/i/mk/sop/1.md").decode()
    assert f'sha256: "{edition.sha256}"' in markdown
    assert 'address: "http://public.test/mk/library/i/mk/sop/1/"' in markdown


def test_who_may_not_read_gets_neither_and_red_goes_into_no_file(draft: Edition) -> None:
    red = make_draft(slug="red", classification=Classification.TLP_RED)
    for kind in ("html", "md", "bilingual.html", "bilingual.docx"):
        query = "?with=sq" if kind.startswith("bilingual") else ""
        assert (
            PageClient(headers={"host": "public.test"})
            .get(f"/mk/library/i/mk/sop/1.{kind}{query}")
            .status_code
            == 404
        )
        assert as_drafter(red).get(f"/mk/i/{red.instrument.path}/1.{kind}{query}").status_code == 404


def test_two_languages_stand_beside_each_other_section_by_section() -> None:
    edition = make_draft()
    client = as_drafter(edition)
    base = f"/mk/i/{edition.instrument.path}/1"
    other = next(one for one in edition.instrument.languages if one != "mk")
    found = page(get(client, f"{base}.bilingual.html?with={other}"))
    rows = found.xpath("//section")
    assert rows and all(len(row.xpath("./div")) == 2 for row in rows)
    assert {tuple(row.xpath("./div/@lang")) for row in rows} == {("mk", other)}
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    for wrong in ("", "mk", "xx", "hr", "../../etc"):
        assert client.get(f"{base}.bilingual.html", {"with": wrong}).status_code == 404, wrong
    assert f"bilingual.html?with={other}" in client.get(f"{base}/").content.decode()


@pytest.mark.parametrize(
    "words", [*HOSTILE, "</style></title><script>x</script>", "[a](javascript:x) ![b](c) ^[d]"]
)
def test_no_text_is_read_as_markup(words: str) -> None:
    body = normalise_body(
        {
            "heading": [text(words[:300])],
            "blocks": [
                {
                    "type": "paragraph",
                    "content": [
                        text(words, {"type": "link", "attrs": {"href": 'https://x.example/#"<>)(]['}})
                    ],
                },
                {"type": "step", "attrs": {"title": words[:900], "who": words[:900]}, "content": []},
            ],
            "notes": {},
        }
    )
    tree = SectionTree("mk", words[:380], (Section(UID(1), 1, "section", SectionText(words[:100], body)),))
    edition = make_draft(tree=tree, translations=[], languages=["mk"])
    Edition.objects.filter(pk=edition.pk).update(title_mk=words[:380])
    client = as_drafter(edition)
    found = page(get(client, f"/mk/i/{edition.instrument.path}/1.html"))
    assert not found.xpath("//script|//label|//i") and " ".join(words.split())[:300] in " ".join(
        found.text_content().split()
    )
    markdown = get(client, f"/mk/i/{edition.instrument.path}/1.md").decode()
    assert not re.search(r"(?<!\\)<(script|label|/style)", markdown)
    assert not re.search(r"(?<!\\)\]\(javascript:", markdown)
    assert "%22%3C%3E)(][>" in markdown


def test_the_markdown_has_lists_tables_notes_and_links(draft: Edition) -> None:
    said = get(as_drafter(draft), f"/mk/i/{draft.instrument.path}/1.md").decode()
    assert said.startswith("---\ntitle: ") and f'notice: "{escaped(draft_notice("mk"))}"' in said
    assert f"# 1 Прв дел {{#s-{UID(1)}}}" in said and f"## 1.1.1 Втор дел {{#s-{UID(2)}}}" in said
    assert f"**Воведен текст**[^1]\\\n[види](#s-{UID(2)})" in said
    assert "[^1]: Белешка под текстот." in said
    assert "1.  **Прв чекор**" in said and "2.  **Прв чекор**" in said
    assert '<th colspan="2">\n\nГлава на табелата\n\n</th>' in said and '<td rowspan="2">' in said
    assert "-   а) прва точка" in said
    assert "::: warning\n\nВнимание.\n\n:::" in said
    assert re.search(r"!\[карта\]\(http://testserver/files/[0-9a-f]{64}/picture\)", said)


def test_marks_that_touch_stay_apart() -> None:
    write = Inlines((), {}, {}, "Picture").paragraph
    bold, italic = {"type": "bold"}, {"type": "italic"}
    assert write([text("a ", bold), text("b", bold, italic), text("c")]) == "**a *b***c"
    assert write([text("a", bold), text("b", italic)]) == "**a**<!-- -->*b*"
    assert write([text(" x ", bold), {"type": "break"}, text("1. y")]) == "**x**\\\n1\\. y"
    assert write([text("2*3_4 <b> #1 C:\\x")]) == "2\\*3\\_4 \\<b> \\#1 C:\\\\x"


def test_a_table_without_merged_cells_is_markdowns_own() -> None:
    def cell(words: str, **attrs: Any) -> dict[str, Any]:
        return {"type": "cell", "attrs": attrs, "content": [{"type": "paragraph", "content": [text(words)]}]}

    rows = [[cell("A", header=True), cell("B|C", header=True)], [cell("1"), cell("2")]]
    table = {"type": "table", "content": [{"type": "row", "content": row} for row in rows]}
    body = normalise_body({"heading": [text("X")], "blocks": [table], "notes": {}})
    tree = SectionTree("mk", "T", (Section(UID(1), 1, "section", SectionText("", body)),))
    edition = make_draft(tree=tree, translations=[], languages=["mk"])
    said = get(as_drafter(edition), f"/mk/i/{edition.instrument.path}/1.md").decode()
    assert "| A | B\\|C |\n|---|---|\n| 1 | 2 |" in said


def test_a_picture_in_very_many_places_makes_no_endless_file(
    draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_page, "MOST_PICTURES", 50)
    found = page(get(as_drafter(draft), f"/mk/i/{draft.instrument.path}/1.html"))
    assert not found.xpath("//img") and "карта" in etree.tostring(found, encoding="unicode")
