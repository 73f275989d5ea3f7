"""``kodeks read``, without a site."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.cli import COMMANDS, main
from documents.demo.markdown import read_markdown
from documents.word.show.cli import read as kodeks_read
from tests.support.documents.schema import check
from tests.support.documents.word.build import NAMES, OFFICE, heading, p, word_file
from tests.support.documents.word.sample import ministry_docx

STYLE = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
DATA = word_file(heading("1. Цел") + p("Текст на одделот.") + p("крие", rpr="<w:vanish/>"), styles=STYLE)


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    written, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(written, "utf-8")
    code = kodeks_read(argv, io.TextIOWrapper(io.BytesIO(stdin)), out, err)
    out.flush()
    return code, written.getvalue().decode(), err.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> str:
    target = tmp_path / "sop.docx"
    target.write_bytes(DATA)
    return str(target)


def test_text(path: str) -> None:
    code, out, err = run(path)
    assert (code, err) == (0, "")
    assert "# 1.  Цел\nТекст на одделот.\n" in out
    assert "left out  1 x Hidden text" in out


def test_json(path: str) -> None:
    code, out, _ = run(path, "--json", "--language", "mk")
    found = json.loads(out)
    assert code == 0
    assert found["language"] == "mk"
    check(found, "read")
    (section,) = found["sections"]
    assert (section["level"], section["label"], section["heading"]) == (1, "1.", "Цел")
    assert section["blocks"][0]["attrs"]["ooxml"] in found["blobs"]
    assert {line["code"] for line in found["report"]} >= {"headings", "hidden_text"}


def test_markdown_and_html(path: str) -> None:
    code, out, _ = run(path, "--markdown")
    assert code == 0 and re.search(
        r"^# 1\\\. Цел \{#s-[0-9a-f-]{36}\}\n\nТекст на одделот\.$", out, re.MULTILINE
    )
    code, out, _ = run(path, "--html", "--language", "mk")
    assert code == 0 and '<html lang="mk">' in out
    assert "<h2>1. Цел</h2>" in out and "<p>Текст на одделот.</p>" in out and "крие" not in out


def test_several_files_are_read_though_one_is_refused(path: str, tmp_path: Path) -> None:
    other = tmp_path / "x.docx"
    other.write_bytes(b"%PDF-1.4")
    code, out, err = run(path, str(other), path)
    assert code == 1 and out.count(f"== {path} ==") == out.count("# 1.  Цел") == 2 and "(not_docx)" in err
    assert run("--html", path, path)[0] == 2


def test_standard_input() -> None:
    code, out, _ = run("-", stdin=DATA)
    assert code == 0
    assert "Цел" in out


def test_a_pipe_that_the_shell_names_is_read() -> None:
    """``kodeks read <(kodeks accept …)``: no other process can open it by that name."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(DATA)
    try:
        code, out, err = run(f"/dev/fd/{reading}")
    finally:
        os.close(reading)
    assert (code, err) == (0, "")
    assert "Цел" in out


def test_a_refusal_says_why(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(b"%PDF-1.4")
    code, out, err = run(str(target))
    assert (code, out) == (1, "")
    assert "not a Word document" in err
    assert "(not_docx)" in err


def test_no_such_file_and_wrong_calls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(str(tmp_path / "none.docx"))
    assert code == 2
    assert "No such file" in err
    assert run()[0] == 2
    assert run("--what")[0] == 2
    assert run("--help")[0] == 0
    assert "kodeks read" in capsys.readouterr().out


def test_a_folder_is_a_wrong_call(tmp_path: Path) -> None:
    code, out, err = run(str(tmp_path))
    assert (code, out) == (2, "")
    assert "Is a directory" in err


def test_json_of_a_ministrys_file_is_what_its_schema_says(tmp_path: Path) -> None:
    source = Path(__file__).parents[4] / "documents" / "demo" / "mk-sop" / "edition-1" / "mk.md"
    target = tmp_path / "sop.docx"
    target.write_bytes(ministry_docx(read_markdown(source.read_text(), "mk-sop", "mk")))
    code, out, _ = run(str(target), "--json")
    assert code == 0
    check(json.loads(out), "read")


BY = 'w:author="Ана" w:date="2026-01-01T00:00:00Z"'
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def test_json_says_who_changed_and_said_what_in_each_section_and_its_notes() -> None:
    body = (
        heading("1. Цел") + f'<w:p><w:commentRangeStart w:id="7"/><w:ins w:id="1" '
        f'{BY}><w:r><w:t>ново</w:t></w:r></w:ins><w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + heading("2. Опсег")
        + f'<w:p><w:pPr><w:rPr><w:del w:id="3" {BY}/></w:rPr></w:pPr><w:r><w:rPr><w:rPrChange w:id="4" '
        f"{BY}><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>" + p("y")
    )
    notes = (
        f'<w:footnote w:id="2"><w:p><w:del w:id="5" '
        f"{BY}><w:r><w:delText>старо</w:delText></w:r></w:del></w:p></w:footnote>"
    )
    comments = (
        f'<w:comment w:id="7" {BY}><w:p w14:paraId="1A" '
        f'xmlns:w14="{W14}"><w:r><w:t>зошто?</w:t></w:r></w:p></w:comment>'
        f'<w:comment w:id="8" {BY}><w:p w14:paraId="1B" '
        f'xmlns:w14="{W14}"><w:r><w:t>затоа</w:t></w:r></w:p></w:comment>'
    )
    threads = (
        f'<x:commentsEx xmlns:x="{W15}"><x:commentEx x:paraId="1A" x:done="1"/><x:commentEx x:paraId="1B" '
        f'x:paraIdParent="1A"/></x:commentsEx>'
    )
    rel = (
        '<Relationship Id="rEx" '
        'Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="ex.xml"/>'
    )
    data = word_file(
        body, styles=STYLE, footnotes=notes, comments=comments, relations=rel, parts={"word/ex.xml": threads}
    )
    code, out, err = run("-", "--json", stdin=data)
    assert (code, err) == (0, "")
    found = json.loads(out)
    check(found, "read")
    first, second = found["sections"]
    assert [(c["kind"], c["of"], c["inserted"], c["text"]) for c in first["changes"]] == [
        ("inserted", "text", True, "ново"),
        ("deleted", "text", False, "старо"),
    ]
    assert first["changes"][0]["author"] == "Ана"
    assert [(c["kind"], c["of"]) for c in second["changes"]] == [("deleted", "paragraph"), ("format", "text")]
    assert [(c["text"], c["quote"], c["parent"], c["resolved"]) for c in first["comments"]] == [
        ("зошто?", "ново", "", True),
        ("затоа", "", "7", False),
    ]


def test_json_says_who_changed_a_file_whose_only_change_stands_in_a_note() -> None:
    """Files without changes and comments are not gone through for them; a note's changes are changes."""
    note = '<w:ins w:author="Ана" w:date="2026-01-02T03:04:05Z"><w:r><w:t>ново</w:t></w:r></w:ins>'
    body = heading("1. Цел") + '<w:p><w:r><w:t>Текст</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    for inner, told in ((note, [("Ана", "ново")]), ("<w:r><w:t>старо</w:t></w:r>", [])):
        data = word_file(
            body, styles=STYLE, footnotes=f'<w:footnote w:id="2"><w:p>{inner}</w:p></w:footnote>'
        )
        code, out, _ = run("-", "--json", stdin=data)
        assert code == 0
        (section,) = json.loads(out)["sections"]
        assert [(change["author"], change["text"]) for change in section["changes"]] == told


def test_json_holds_the_whole_text_and_what_stands_beside_it() -> None:
    """A title, a cover, a table of contents, tabs and breaks in a heading stay in the text; an import takes
    them off."""
    toc = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of '
        'Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>' + p("1. Цел 3") + "</w:sdtContent></w:sdt>"
    )
    section = '<w:sectPr><w:headerReference w:type="first" r:id="rH"/></w:sectPr>'
    head = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Глава 1: '
        "Цел</w:t><w:br/><w:t>и</w:t><w:tab/><w:t>опсег</w:t></w:r></w:p>"
    )
    body = p("Министерство") + p("Стратегија", rpr="<w:b/>") + p("", ppr="<w:pageBreakBefore/>") + toc + head
    rel = f'<Relationship Id="rH" Type="{OFFICE}header" Target="h.xml"/>'
    data = word_file(
        body + p("крие", rpr="<w:vanish/>") + p("x") + section,
        styles=STYLE,
        relations=rel,
        parts={"word/h.xml": f"<w:hdr {NAMES}>{p('Службен весник')}</w:hdr>"},
    )
    found = json.loads(run("-", "--json", stdin=data)[1])
    check(found, "read")
    front, chapter = found["sections"]
    assert [block["content"][0]["text"] for block in front["blocks"]] == [
        "Министерство",
        "Стратегија",
        "1. Цел 3",
    ]
    assert (chapter["label"], chapter["heading"]) == ("Глава 1:", "Цел и\tопсег")
    assert found["title"] == "Стратегија"
    assert found["hidden"] == ["крие"]
    (header,) = found["headers"]
    assert (header["pages"], header["parts"]) == ("first", [1])
    assert header["blocks"] == [
        {"type": "paragraph", "content": [{"type": "text", "text": "Службен весник"}]}
    ]
    assert {line["code"] for line in found["report"] if line["severity"] == "left_out"} == {
        "headers_footers",
        "hidden_text",
    }
    assert "Службен весник" in run("-", stdin=data)[1]


def test_whoever_reads_may_go_away(tmp_path: Path) -> None:
    target = tmp_path / "long.docx"
    target.write_bytes(word_file(p("word " * 40) * 800))
    for command in (["read", "{}", "--json"], ["accept", "{}", "-o", "-"]):
        kodeks = [sys.executable, "-m", "config.cli", *(part.format(target) for part in command)]
        # The path of the repository's own packages, as pytest has it.
        made = subprocess.Popen(
            kodeks,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert made.stdout is not None
        made.stdout.close()
        assert made.stderr is not None
        said = made.stderr.read()
        assert (made.wait(), said) == (0, b""), command


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    target = tmp_path / "empty.docx"
    target.touch()
    for argv, stdin in (([str(target)], b""), (["-"], b"")):
        code, out, err = run(*argv, stdin=stdin)
        assert (code, out) == (1, "") and "This file is empty" in err and "(empty)" in err


FULL = Path("/dev/full")
SHELL = ("init", "database", "proxy")
"""These print how they are used where errors go."""


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize(
    "argv",
    [
        ["read", "FILE"],
        ["read", "FILE", "--json"],
        ["compare", "FILE", "FILE"],
        ["compare", "FILE", "FILE", "--html"],
        ["redline", "FILE", "FILE", "-o", "-"],
        ["accept", "FILE", "-o", "-"],
        ["reject", "FILE", "-o", "-"],
        ["tokens", "--lang", "mk", "FILE"],
        *([command, "--help"] for command in COMMANDS if command not in SHELL),
        ["--help"],
    ],
)
def test_where_nothing_can_be_written_a_sentence_says_so(argv: list[str], path: str) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "config.cli", *[path if word == "FILE" else word for word in argv]],
            stdout=full, stderr=subprocess.PIPE, env={"PYTHONPATH": os.pathsep.join(sys.path)}, timeout=60,
        )  # fmt: skip
    name = "kodeks --help" if argv == ["--help"] else f"kodeks {argv[0]}"
    assert (done.returncode, done.stderr.decode()) == (
        2,
        f"{name}: standard output: No space left on device\n",
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("argv", [["read", "FILE"], ["compare", "FILE", "FILE", "--html"], ["--help"]])
def test_what_is_written_is_utf_8_whatever_the_system_has(argv: list[str], encoding: str, path: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", *[path if word == "FILE" else word for word in argv]],
        capture_output=True, timeout=60, check=False,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("…" if argv == ["--help"] else "Цел" if "read" in argv else "<html") in done.stdout.decode()


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"kodeks \d+\.\d+\S*\n", capsys.readouterr().out)
