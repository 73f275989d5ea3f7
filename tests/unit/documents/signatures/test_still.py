"""PDF files that do something, wherever it stands, and harmless ones."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from documents.signatures.files import look_at_file
from documents.signatures.still import Look, look
from tests.support.documents.signatures.papers import plain, sign
from tests.support.documents.signatures.pki import pki
from tests.support.pdf import PDF, pdf_of

SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    logging.disable(logging.CRITICAL)  # as the confined process does
    yield
    logging.disable(logging.NOTSET)


def packed(dictionary: str, *, key: str = "", password: str | None = None) -> bytes:
    """A PDF with an object in a packed stream; also with one that its catalogue names."""
    writer = PdfFileWriter(stream_xrefs=True)
    page = {
        "/Type": pdf_name("/Page"),
        "/MediaBox": generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9))),
    }
    writer.insert_page(generic.DictionaryObject({pdf_name(name): value for name, value in page.items()}))
    if password is not None:
        writer.encrypt(owner_pass="owner", user_pass=password)
    ref = generic.Reference(99, 0, writer)
    one = generic.read_object(BytesIO(dictionary.encode()), ref)
    found = writer.add_object(one, obj_stream=writer.prepare_object_stream())
    if key:
        writer.root[pdf_name(key)] = found
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def mended(data: bytes) -> bytes:
    """A further revision, in which the catalogue opens nothing any more."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    del writer.root["/OpenAction"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(data: bytes, password: str = "") -> bytes:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(data)))
    writer.encrypt(owner_pass="owner", user_pass=password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_acts_is_named() -> None:
    link = "<< /Type /Annot /Subtype /Link /A << /S /%s >> >>"
    cases = {
        "a script when it opens": pdf_of(f"/OpenAction {SCRIPT}"),
        "a script behind a reference": pdf_of("/OpenAction 5 0 R", SCRIPT),
        "a script in an escaped name": pdf_of("/OpenAction << /S /J#61v#61Script >>"),
        "scripts by name": pdf_of("/Names << /JavaScript << /Names [] >> >>"),
        "a script of a page": pdf_of("", f"<< /AA << /O {SCRIPT} >> >>"),
        "the kind of an action elsewhere": pdf_of("", "<< /S 6 0 R /X (x) >>", "/JavaScript"),
        "an address that opens by itself": pdf_of("/OpenAction << /S /URI /URI (https://x.example) >>"),
        "one after another": pdf_of("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI >> >>"),
        "an address at an event": pdf_of("/AA 5 0 R", "<< /WC 6 0 R >>", "<< /S /URI /URI (https://x) >>"),
        **{kind: pdf_of("", link % kind) for kind in ("Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition")},
        "a film": pdf_of("", "<< /Type /Annot /Subtype /RichMedia >>"),
        "a form of another kind": pdf_of("/AcroForm << /XFA [(a) 4 0 R] >>"),
        "a file": pdf_of("", "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"),
        "files by name": pdf_of("/Names << /EmbeddedFiles << /Names [] >> >>"),
        "a file beside": pdf_of("", "<< /F (a.exe) /EF << /F 4 0 R >> >>"),
        "bytes of another file": pdf_of("", "<< /F (/etc/passwd) /Length 0 >>\nstream\n\nendstream"),
        "a file elsewhere": pdf_of("", "<< /Type /Filespec /UF (//host/share/a.mp4) >>"),
        "a page of another file": pdf_of("", "<< /Ref << /F (b.pdf) /Page 1 >> >>"),
        **{f"a link to {address}": pdf_of("", f"<< /S /URI /URI ({address}) >>") for address in LINKS},
        "packed": packed(SCRIPT, key="/OpenAction"),
        "packed, with nobody who names it": packed("<< /S /Launch /F (a.exe) >>"),
        "packed and encrypted": packed(SCRIPT, key="/OpenAction", password=""),
        "in an older revision": mended(pdf_of(f"/OpenAction {SCRIPT}")),
        "in an older revision, packed": mended(packed("<< /S /URI >>", key="/OpenAction")),
        "encrypted": encrypted(pdf_of(f"/OpenAction {SCRIPT}")),
        "in no table": PDF.replace(b"xref\n0", b"9 0 obj\n<< /S /Launch >>\nendobj\nxref\n0"),
    }  # fmt: skip
    cases["in no table"] = shifted(cases["in no table"], len("9 0 obj\n<< /S /Launch >>\nendobj\n"))
    cases |= {f"in its place as {head!r}": headed(head) for head in HEADS}
    assert [name for name, data in cases.items() if look(data) != Look.ACTIVE] == []


LINKS = (
    "javascript:alert(1)",
    " JavaScript:x",
    "file://///host/share",
    "\\\\\\\\host\\\\share",
    "//host/x",
    "smb://host",
)

HEADS = (
    "5 %x\n0 obj",
    "5 0 %x\robj",
    "5      0      obj",
    "5\0000\000obj",
    "5 0000000 obj",
    "000000000005 0 obj",
    "5 0obj",
)


def headed(head: str) -> bytes:
    """A PDF whose last object, a script, has another header."""
    return shifted(
        pdf_of("/AA << /O 5 0 R >>", SCRIPT).replace(b"5 0 obj", head.encode()), len(head) - len("5 0 obj")
    )


def shifted(data: bytes, by: int) -> bytes:
    """With its table so many bytes further down."""
    head, _, tail = data.rpartition(b"startxref\n")
    place, rest = tail.split(b"\n", 1)
    return head + b"startxref\n%d\n" % (int(place) + by) + rest


def test_a_harmless_pdf_is_still() -> None:
    noise = "/JS /JavaScript(x) /Launch" * 3
    cases = {
        "plain": PDF,
        "its names as text": pdf_of("/Lang (/JavaScript) /URI (https://x.example/Launch)"),
        "such bytes in a stream": pdf_of("", f"<< /Length {len(noise)} >>\nstream\n{noise}\nendstream"),
        "names that begin so": pdf_of("/JSON 1 /Launchpad /JavaScripts"),
        "opens at a page": pdf_of("/OpenAction [3 0 R /XYZ null null 0]"),
        "white space and a comment before an object": headed("\n%x\n  5 0 obj").replace(SCRIPT.encode(), b"<< /S /GoTo >>".ljust(len(SCRIPT))),
        "opens at a place": pdf_of("/OpenAction 5 0 R", "<< /S /GoTo /D [3 0 R /Fit] >>"),
        "links": pdf_of("", "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://x.example) >> >>"),
        **{f"a link to {address}": pdf_of("", f"<< /S /URI /URI ({address}) >>") for address in ("www.x.example", "mailto:a@x.example", "tel:112", "HTTPS://x.example")},
        "flags of a note": pdf_of("", "<< /Type /Annot /F 4 >>"),
        "letters of a font": pdf_of("", "<< /Type /Font /Encoding << /Differences [1 /JS /EF /AA] >> /CharProcs << /EF 4 0 R /AA 4 0 R >> >>"),
        "packed": packed("<< /S /GoTo /D [3 0 R /Fit] >>", key="/OpenAction"),
        "a form, signed": sign(plain(), pki().ana),
        "encrypted for nobody": encrypted(PDF),
    }  # fmt: skip
    assert {name: look(data) for name, data in cases.items() if look(data) != Look.STILL} == {}


def test_a_pdf_that_cannot_be_read_is_refused() -> None:
    twice = pdf_of(f"/OpenAction [3 0 R /Fit] /OpenAction {SCRIPT}")
    cut = packed("<< /S /GoTo /D [3 0 R /Fit] >>")[:-300]
    place = b"%010d 00000 n" % headed("5 0 obj").index(b"5 0 obj")
    lost = [headed(head).replace(place, b"%010d 00000 n" % at) for head in HEADS for at in (0, 7, 99999999)]
    swapped = pdf_of("", "(x)", "(x)").replace(b"6 0 obj", b"5 0 obj")
    nowhere = pdf_of("/OpenAction 9 0 R")
    for data in (
        b"",
        b"%PDF-1.7\nsigned\n",
        PDF[:-40],
        encrypted(PDF, "secret"),
        twice,
        cut,
        *lost,
        swapped,
        nowhere,
    ):
        assert look(data) == Look.UNREADABLE, data[-60:]
    assert (look_at_file(PDF), look_at_file(twice)) == (Look.STILL, Look.UNREADABLE)
    assert look_at_file(packed(SCRIPT)) == Look.ACTIVE
