"""What a program writes anew by itself in a file that was only opened and saved: what fields show that are counted out at each
saving or printing (the date, the name of the file, the number of pages), and the looks of words in content controls, which
LibreOffice drops. Neither says what a person meant, so both are read with signs around them, by which they are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from documents.text import canonical_json
from documents.word.editors.libreoffice import by_libreoffice
from documents.word.editors.restored import restore
from documents.word.file.package import Package
from documents.word.markup import e
from documents.word.ns import Element, child, w
from documents.word.read.fields import field_words
from documents.word.read.result import ReadResult

Json = dict[str, Any]
FIELD, CONTROL = ("\ue0f0", "\ue0f1"), ("\ue0f2", "\ue0f3")
"""Where such words begin and end. Code points that no font of signs uses."""
ANEW = frozenset(
    [
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "LASTSAVEDBY",
        "REVNUM",
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "NUMWORDS",
        "NUMCHARS",
    ]
)
"""Fields whose words are nobody's. What a property of the document says (AUTHOR, TITLE) a person sets."""
CHANGES = frozenset(w(name) for name in ("ins", "del", "moveTo", "moveFrom"))
LOOKS = frozenset(w(name) for name in ("b", "i", "u", "strike", "dstrike", "vertAlign", "rStyle"))
T, RUN, CHAR, SIMPLE = w("t"), w("r"), w("fldChar"), w("fldSimple")


def values_shown(package: Package) -> Iterator[str]:
    """What the fields show that programs count out."""
    for words in _fields(package.xml(package.main)):
        yield "".join(node.text or "" for node in words)


def signed(
    packages: Iterable[Package], read: Callable[[Package], ReadResult], known: Iterable[ReadResult]
) -> dict[str, Json]:
    """The blocks that have such words, with signs around these, by the hash of what Word has of each; headings by
    :func:`heading_key`. ``packages``: the same as was read as ``known``, opened anew; they are changed."""
    found: dict[str, Json] = {}
    for package, as_it_is in zip(packages, known, strict=False):
        restore(package)
        if not _sign(package):
            break
        other = read(package)
        if len(as_it_is.tree.sections) == len(other.tree.sections):
            found |= _differing(as_it_is, other)
    return found


def heading_key(heading: Sequence[Json]) -> str:
    return canonical_json(heading).decode()


def _differing(as_it_is: ReadResult, other: ReadResult) -> Iterator[tuple[str, Json]]:
    for section, twin in zip(as_it_is.tree, other.tree, strict=True):
        body, marked = section.text.body, twin.text.body
        if body["heading"] != marked["heading"]:
            yield heading_key(body["heading"]), {"type": "paragraph", "content": marked["heading"]}
        if len(body["blocks"]) != len(marked["blocks"]):
            continue
        for block, with_signs in zip(body["blocks"], marked["blocks"], strict=True):
            key = (block.get("attrs") or {}).get("ooxml")
            signs = canonical_json(with_signs).decode()
            if key and any(sign in signs for sign in (*FIELD, *CONTROL)):
                yield key, with_signs


def _sign(package: Package) -> bool:
    """Puts the signs into the parsed text; gives whether there was anything to sign."""
    root, found = package.xml(package.main), False
    if any(sign in (node.text or "") for node in root.iter(T) for sign in (*FIELD, *CONTROL)):
        return False
    for words in _fields(root):
        words[0].text, found = FIELD[0] + (words[0].text or ""), True
        words[-1].text = (words[-1].text or "") + FIELD[1]
    for run in list(_controls(root)) if by_libreoffice(package) else ():
        found = True
        run.insert(0 if child(run, "rPr") is None else 1, e("t", CONTROL[0]))
        run.append(e("t", CONTROL[1]))
    return found


def _controls(root: Element) -> Iterator[Element]:
    """The runs without a look in content controls within a paragraph."""
    for control in root.iter(w("sdt")):
        if next(control.iterancestors(w("p")), None) is None:
            continue
        for run in control.iter(RUN):
            looks = child(run, "rPr")
            says = next(run.iterchildren(T, w("br")), None) is not None
            inner = next(run.iterancestors(w("sdt"))) is control
            if says and inner and (looks is None or LOOKS.isdisjoint(node.tag for node in looks)):
                yield run


def _fields(root: Element) -> Iterator[list[Element]]:
    """The words that each such field shows, but for those of a field with tracked changes in it, which a person made."""
    for field in root.iter(SIMPLE):
        if _is_anew(field.get(w("instr")) or "") and (words := _own(field.iter(T), field)):
            yield words
    opened: list[tuple[list[str], list[Element], Element | None]] = []
    shows: list[bool] = []
    for node in root.iter(CHAR, w("instrText"), T):
        kind = node.get(w("fldCharType")) if node.tag == CHAR else ""
        if kind == "begin":
            opened.append(([], [], _paragraph(node)))
            shows.append(False)
        elif kind == "separate" and opened:
            shows[-1] = True
        elif kind == "end" and opened:
            instruction, words, paragraph = opened.pop()
            shows.pop()
            if paragraph is not None and _is_anew("".join(instruction)) and (words := _own(words, paragraph)):
                yield words
        elif opened and node.tag == T and shows[-1]:
            opened[-1][1].append(node)
        elif opened and node.tag != CHAR and not shows[-1]:
            opened[-1][0].append(node.text or "")


def _own(words: Iterable[Element], holder: Element) -> list[Element]:
    """The words, where none was changed with tracking and all stand in one paragraph."""
    found = [node for node in words if node.text]
    if any(not CHANGES.isdisjoint(above.tag for above in node.iterancestors()) for node in found):
        return []
    paragraph = holder if holder.tag == w("p") else _paragraph(holder)
    return found if all(_paragraph(node) is paragraph for node in found) else []


def _paragraph(node: Element) -> Element | None:
    return next(node.iterancestors(w("p")), None)


def _is_anew(instruction: str) -> bool:
    words = field_words(instruction)
    return bool(words) and words[0].upper() in ANEW
