"""``kodeks read``, without a site."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from documents.demo.markdown import read_markdown
from documents.docx.cli import read as kodeks_read
from documents.docx.sample import ministry_docx
from tests.documents.docx.build import heading, p, word_file
from tests.documents.schema import check

STYLE = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
DATA = word_file(heading("1. Цел") + p("Текст на одделот.") + p("крие", rpr="<w:vanish/>"), styles=STYLE)


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = kodeks_read(argv, io.TextIOWrapper(io.BytesIO(stdin)), out, err)
    return code, out.getvalue(), err.getvalue()


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


def test_standard_input() -> None:
    code, out, _ = run("-", stdin=DATA)
    assert code == 0
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


def test_json_of_a_ministrys_file_is_what_its_schema_says(tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "documents" / "demo" / "mk-sop" / "edition-1" / "mk.md"
    target = tmp_path / "sop.docx"
    target.write_bytes(ministry_docx(read_markdown(source.read_text(), "mk-sop", "mk")))
    code, out, _ = run(str(target), "--json")
    assert code == 0
    check(json.loads(out), "read")


def test_json_says_who_changed_what_in_each_section(tmp_path: Path) -> None:
    by = 'w:id="1" w:author="Ана" w:date="2026-01-01T00:00:00Z"'
    body = heading("1. Цел") + f"<w:p><w:ins {by}><w:r><w:t>ново</w:t></w:r></w:ins></w:p>"
    code, out, err = run("-", "--json", stdin=word_file(body, styles=STYLE))
    assert (code, err) == (0, "")
    found = json.loads(out)
    check(found, "read")
    assert found["sections"][0]["changes"] == [
        {"author": "Ана", "date": "2026-01-01T00:00:00Z", "inserted": True, "text": "ново"}
    ]
