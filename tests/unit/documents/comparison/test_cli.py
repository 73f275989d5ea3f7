"""``kodeks compare``: two Word files of the kind that ministries send."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from documents.comparison import compare as compare_trees
from documents.comparison.cli import compare, text_lines
from documents.comparison.render.elements import words_of
from documents.comparison.render.page import html_page, say_english
from documents.comparison.summary import Fact, FactKind
from documents.demo.markdown import read_markdown
from documents.text import SectionTree
from tests.support.documents.comparison import build
from tests.support.documents.schema import check
from tests.support.documents.word.build import heading, p, word_file
from tests.support.documents.word.sample import ministry_docx

DEMO = Path(__file__).parents[4] / "documents" / "demo" / "mk-sop"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Both editions of the demonstration's procedures as Word files that know no uids."""
    folder = tmp_path_factory.mktemp("compare")
    names = []
    for edition in (1, 2):
        source = (DEMO / f"edition-{edition}" / "mk.md").read_text()
        path = folder / f"{edition}.docx"
        path.write_bytes(ministry_docx(read_markdown(source, "mk-sop", "mk")))
        names.append(str(path))
    return names[0], names[1]


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = compare(argv, io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


def test_json_of_two_word_files_names_what_changed(files: tuple[str, str]) -> None:
    code, out, err = run(*files, "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    check(data, "comparison")
    counts = data["counts"]
    # As the texts were written: 40 sections, two new, one removed, one moved; the rest is found by text
    # alone.
    assert (counts["new"], counts["removed"], counts["moved"]) == (2, 1, 1)
    facts = [fact for section in data["sections"] for fact in section["facts"]]
    assert {"kind": "figure_changed", "old": "24 часа", "new": "2 часа"} in facts


def test_text_and_html_say_it_too(files: tuple[str, str]) -> None:
    code, out, _ = run(*files)
    assert code == 0
    assert "[-24-]{+2+} часа" in out.replace("-] {+", "-]{+")
    code, page, _ = run(*files, "--html")
    assert code == 0
    assert page.startswith("<!doctype html>")
    assert ">24</del><ins>2</ins> часа" in page
    assert "http://" not in page and "<script" not in page, "the page asks nobody for anything"


def test_one_of_the_files_may_come_from_standard_input(files: tuple[str, str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    with open(files[0], "rb") as old:
        code = compare(("-", files[1]), io.TextIOWrapper(old), out, err)
    assert (code, out.getvalue(), err.getvalue()) == run(*files)
    assert run("-", "-")[0] == 2


def test_another_title_is_said_in_words_too(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    paths = []
    for name, title in (("old", "Стратегија за жртви"), ("new", "Стратегија за сите жртви")):
        cover = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>'
        path = tmp_path / f"{name}.docx"
        path.write_bytes(word_file(cover + heading("Цел") + p("Текстот останува ист."), styles=styles))
        paths.append(str(path))
    code, out, _ = run(*paths)
    assert code == 0 and "   title: Стратегија за {+сите+} жртви" in out.splitlines()


def test_sections_that_have_only_another_number_are_named() -> None:
    parts = [
        build.section(name, f"The {name} text.", label=f"{n}") for n, name in enumerate(("aim", "scope"), 1)
    ]
    new = [
        build.section("start", "A new text.", label="1"),
        *(replace(one, text=replace(one.text, label=f"{n}")) for n, one in enumerate(parts, 2)),
    ]
    comparison = compare_trees(build.tree(*parts), build.tree(*new))
    said = list(text_lines(comparison))
    assert said[0].startswith("1 of 3 sections change, and 2 only their number (")
    assert "== 3 scope  [renumbered]" in said and "   renumbered: 2 → 3" in said
    assert "1 of 3 sections change, and 2 only their number;" in html_page(comparison)


def test_who_is_responsible_is_said_whole_however_long_and_a_title_is_not() -> None:
    office = "Ministry of Interior, Department for Combating Trafficking in Human Beings, office in"
    facts = [
        Fact(kind, old=f"{office} Skopje", new=f"{office} Bitola")
        for kind in (FactKind.RESPONSIBLE_CHANGED, FactKind.RETITLED)
    ]
    said = [say_english(fact, words_of) for fact in facts]
    assert said[0] == f"responsible changed: <bdi>{office} Skopje</bdi> → <bdi>{office} Bitola</bdi>"
    assert said[1] == "retitled"


def test_a_file_compared_with_itself_has_no_change(files: tuple[str, str]) -> None:
    assert run(files[0], files[0], "--exit-code")[0] == 0
    assert run(*files, "--exit-code")[0] == 3
    code, out, _ = run(files[0], files[0])
    assert code == 0
    assert out.startswith("0 of ")
    assert len(out.splitlines()) == 1


def test_what_cannot_be_read_is_said_and_answered_by_the_exit_code(
    files: tuple[str, str], tmp_path: Path
) -> None:
    text = tmp_path / "notes.docx"
    text.write_text("no Word file")
    code, out, err = run(files[0], str(text))
    assert (code, out) == (1, "")
    assert "not_docx" in err
    code, out, err = run(files[0], str(tmp_path / "nowhere.docx"))
    assert (code, out) == (2, "")
    assert "nowhere.docx" in err
    assert run(files[0])[0] == 2


def test_both_files_and_the_comparison_share_one_limit(files: tuple[str, str]) -> None:
    code, out, err = run(*files, "--megabytes", "64")
    assert (code, out) == (1, "")
    assert "(too_much_memory)" in err
    assert run(*files, "--seconds", "20")[0] == 0


@pytest.mark.parametrize("wrong", [("--seconds", "0"), ("--seconds", "1.5"), ("--megabytes", "-3")])
def test_a_limit_that_is_none_is_a_wrong_call(files: tuple[str, str], wrong: tuple[str, str]) -> None:
    code, out, _err = run(*files, *wrong)
    assert (code, out) == (2, "")


def test_a_title_that_changed_is_marked(tmp_path: Path) -> None:
    trees = [SectionTree("en", title, ()) for title in ("Action plan <2024>", "Action plan <2025>")]
    names = []
    for number, tree in enumerate(trees):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(ministry_docx(tree))
        names.append(str(path))
    _code, page, _ = run(*names, "--html")
    assert '<h1 lang="en">Action plan &lt;<del>2024</del><ins>2025</ins>&gt;</h1>' in page


@pytest.mark.parametrize("between", ["\u00a0", "  ", {"type": "break"}])
def test_a_blank_where_a_word_was_put_in_is_written_once(between: str | dict[str, str]) -> None:
    tail = "names is kept by the police and read in a quiet room of the centre."
    both = (build.paragraph("A list of", between, tail), build.paragraph(f"A list of formally {tail}"))
    lines = list(text_lines(compare_trees(*(build.tree(build.section("s", one)) for one in both))))
    assert lines[-1] == f"   A list of {{+formally+}} {tail}"
