"""Notes stand in the order of their references: LibreOffice counts them, whatever their ids say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import archive, heading, p, parts_of, read, word_file
from tests.support.services.office import Office

SIGNS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{at}"><w:p/></w:footnote>'
    for at, kind in enumerate(("separator", "continuationSeparator"))
)
ALL = [("Прво", "Белешка 1."), ("Второ", "Белешка 2."), ("Трето", "Белешка 3."), ("Четврто", "Белешка 4.")]
CASES = {
    "goes": ALL[1:],
    "its reference goes": [("Прво", ""), *ALL[1:]],
    "moves": [ALL[1], ALL[0], *ALL[2:]],
    "comes": [ALL[0], ("Ново", "Белешка нова."), *ALL[1:]],
}


def file_of(rows: list[tuple[str, str]]) -> bytes:
    body, notes = heading("Опсег"), SIGNS
    for at, (word, note) in enumerate(rows, 2):
        sign = f'<w:r><w:footnoteReference w:id="{at}"/></w:r>' if note else ""
        body += p(f"{word} стои тука и продолжува.").replace("</w:p>", f"{sign}</w:p>")
        notes += f'<w:footnote w:id="{at}">{p(note)}</w:footnote>' if note else ""
    return word_file(body, footnotes=notes)


def in_turn(data: bytes) -> list[tuple[str, str]]:
    """Each reference's paragraph with the note that is counted to it: the third with the third, by their
    place and their ids."""
    parts = parts_of(data)
    body, notes = (ns.parse(parts[f"word/{name}.xml"]) for name in ("document", "footnotes"))
    written = [note for note in notes if note.get(ns.w("type"), "normal") == "normal"]
    references = list(body.iter(ns.w("footnoteReference")))
    assert len(written) == len(references)
    ids = [int(note.get(ns.w("id")) or 0) for note in written]
    assert ids == sorted(ids)
    found = []
    for reference, note in zip(references, written, strict=True):
        assert reference.get(ns.w("id")) == note.get(ns.w("id"))
        paragraph = next(reference.iterancestors(ns.w("p")))
        words = "".join(node.text or "" for node in paragraph.iter(ns.w("t"), ns.w("delText")))
        found.append((words.split()[0], ns.words(note)))
    return found


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("back", [False, True])
def test_of_a_redline(case: str, back: bool) -> None:
    old, new = (file_of(rows) for rows in ((CASES[case], ALL) if back else (ALL, CASES[case])))
    data = redline(open_package(old), open_package(new))
    in_turn(data)
    for accept, meant in ((True, new), (False, old)):
        assert in_turn(resolve(open_package(data), accept=accept)) == in_turn(meant)


def edited(source: bytes, meant: bytes) -> bytes:
    tree = read(source, "mk").tree
    section = replace(tree.sections[0], text=read(meant, "mk").tree.sections[0].text)
    return write_own_file(source, replace(tree, sections=(section,)), [section.uid])


@pytest.mark.parametrize("case", CASES)
def test_of_the_own_file(case: str) -> None:
    meant = file_of(CASES[case])
    assert in_turn(edited(file_of(ALL), meant)) == in_turn(meant)


def test_names_that_word_may_ignore_stay_declared() -> None:
    """Word opens no file in which mc:Ignorable names a prefix that is not declared."""
    parts = parts_of(file_of(ALL))
    names = "".join(f' xmlns:{name}="urn:{name}"' for name in ("w14", "w16se")) + ' mc:Ignorable="w14 w16se"'
    for part, tag in (("word/document.xml", b"<w:document"), ("word/footnotes.xml", b"<w:footnotes")):
        parts[part] = parts[part].replace(tag, tag + names.encode(), 1)
    made = parts_of(edited(archive(parts), file_of(CASES["moves"])))
    for part in ("word/document.xml", "word/footnotes.xml"):
        root = ns.parse(made[part])
        ignored = next(value for key, value in root.attrib.items() if str(key).endswith("}Ignorable"))
        assert set(str(ignored).split()) == {"w14", "w16se"} <= set(root.nsmap)


def test_a_file_of_the_strict_standard_stays_one() -> None:
    parts = parts_of(file_of(ALL))
    for part in parts:
        for strict, transitional in ns.STRICT:
            parts[part] = parts[part].replace(transitional, strict)
    made = edited(archive(parts), file_of(CASES["moves"]))
    assert in_turn(made) == in_turn(file_of(CASES["moves"]))
    for part in ("word/document.xml", "word/footnotes.xml"):
        assert b"http://schemas.openxmlformats.org/wordprocessingml" not in parts_of(made)[part]


def test_a_file_whose_notes_are_out_of_order_keeps_them_so() -> None:
    parts = parts_of(file_of(ALL))
    first, second = (f'<w:footnote w:id="{at}">{p(f"Белешка {at - 1}.")}</w:footnote>' for at in (2, 3))
    notes = parts["word/footnotes.xml"].decode().replace(first + second, second + first)
    assert notes != parts["word/footnotes.xml"].decode()
    data = archive(parts | {"word/footnotes.xml": notes})
    tree = read(data, "mk").tree
    section = tree.sections[0]
    made = write_own_file(data, replace(tree, sections=(replace(section, text=section.text),)), [section.uid])
    assert parts_of(made)["word/footnotes.xml"].decode() == notes


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_reads_the_note_that_belongs_to_each(case: str, writer: Office, tmp_path: Path) -> None:
    old, new = file_of(ALL), file_of(CASES[case])
    path, own = tmp_path / "redline.docx", tmp_path / "own.docx"
    path.write_bytes(redline(open_package(old), open_package(new)))
    saved = open_package(writer.convert(path, "docx").read_bytes())
    for accept, meant in ((True, new), (False, old)):
        assert in_turn(resolve(saved, accept=accept)) == in_turn(meant)
    own.write_bytes(edited(old, new))
    assert in_turn(writer.convert(own, "docx").read_bytes()) == in_turn(new)
