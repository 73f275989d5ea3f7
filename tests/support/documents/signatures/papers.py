"""Forty PDF files that a test PKI signed well and badly, each with what Kodeks must say of it."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from documents.signatures.verdicts import Covers, Paper, Quality, Revocation, Verdict
from tests.support.documents.signatures.pki import SIGNED, Holder, Pki

PADES = fields.SigSeedSubFilter.PADES


def plain(text: str = "Decision no. 12 of 2 March 2026") -> bytes:
    """An unsigned PDF: a page with text, an overlay, a second page that nothing shows, a form field."""
    writer = PdfFileWriter(stream_xrefs=False)
    font = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type1"),
            pdf_name("/BaseFont"): pdf_name("/Helvetica"),
        }
    )
    fonts = generic.DictionaryObject({pdf_name("/F1"): writer.add_object(font)})
    resources = generic.DictionaryObject({pdf_name("/Font"): fonts})
    contents = [_content(f"BT /F1 12 Tf 50 750 Td ({one}) Tj ET") for one in (text, "Another decision")]
    pages = [
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                pdf_name("/Contents"): writer.add_object(content),
                pdf_name("/Resources"): resources,
            }
        )
        for content in contents
    ]
    page = writer.insert_page(pages[0])
    writer.root[pdf_name("/Spare")] = writer.add_object(pages[1])
    overlay = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 700, 595, 842))),
        }
    )
    entry = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string("entry"),
            pdf_name("/V"): pdf_string(""),
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 600, 250, 620))),
        }
    )
    entry_ref = writer.add_object(entry)
    page.get_object()[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(overlay), entry_ref])
    writer.root[pdf_name("/AcroForm")] = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject([entry_ref])}
    )
    return _bytes(writer)


def _content(commands: str) -> generic.StreamObject:
    return generic.StreamObject(stream_data=commands.encode())


def _bytes(writer: Any) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(data: bytes, holder: Holder, field: str = "Signature1", stamper: Any = None, **how: Any) -> bytes:
    given: dict[str, Any] = {"field_name": field, "subfilter": PADES, "md_algorithm": "sha256"}
    metadata = PdfSignatureMetadata(**given | how)
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    return signers.sign_pdf(writer, metadata, holder.signer(), timestamper=stamper).getvalue()


def stamp(data: bytes, holder: Holder) -> bytes:
    """A time stamp on the whole file."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    return PdfTimeStamper(holder.stamper()).timestamp_pdf(writer, "sha256").getvalue()


def update(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Appends a new version to a file, as an editor of PDF does."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    return _bytes(writer)


def replace_text(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(_content("BT /F1 12 Tf 50 750 Td (No decision) Tj ET"))
    writer.update_container(page)


def remove_overlay(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Annots")] = generic.ArrayObject(list.__getitem__(page["/Annots"], slice(1, None)))
    writer.update_container(page)


def show_spare_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    spare = writer.root.raw_get("/Spare")
    pages[pdf_name("/Kids")] = generic.ArrayObject([spare])
    writer.update_container(pages)


def change_font(writer: IncrementalPdfFileWriter) -> None:
    font = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]["/F1"]
    font[pdf_name("/BaseFont")] = pdf_name("/Symbol")
    writer.update_container(font)


def fill(writer: IncrementalPdfFileWriter) -> None:
    entry = next(one for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == "entry")
    entry.get_object()[pdf_name("/V")] = pdf_string("filled in")
    writer.update_container(entry.get_object())


def empty_field(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec("Signature1"))
    return _bytes(writer)


def with_revocations(data: bytes, lists: list[bytes]) -> bytes:
    """The same, with revocation lists in the file."""
    from asn1crypto import crl

    out = BytesIO(data)
    DocumentSecurityStore.add_dss(
        out, sig_contents=None, crls=[crl.CertificateList.load(one) for one in lists]
    )
    return out.getvalue()


def irregular(data: bytes) -> bytes:
    """A form field that says its type twice."""
    return data.replace(b"/Subtype /Widget", b"/Type /Widget".ljust(16))


def encrypted(data: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(data)))
    writer.encrypt("owner", "user")
    return _bytes(writer)


def flip(data: bytes, place: bytes) -> bytes:
    """One byte changed, in the first occurrence of ``place``."""
    at = data.index(place)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _range(data: bytes) -> tuple[re.Match[bytes], tuple[int, ...]]:
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *", data)
    assert found
    return found, tuple(map(int, found.groups()))


def flip_in_signature(data: bytes) -> bytes:
    """One bit of the signature itself, before its padding."""
    _found, (_first, start, end, _rest) = _range(data)
    at = start + len(data[start:end].rstrip(b"0>")) - 8
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


def no_signature_in(data: bytes) -> bytes:
    """Bytes in the place of the signature that are none."""
    _found, (_first, start, _end, _rest) = _range(data)
    return data[: start + 1] + b"ff" * 20 + data[start + 41 :]


def signed_in_part(data: bytes, holder: Holder) -> bytes:
    """A true signature, on all but the last bytes of the file."""
    signed = sign(data, holder)
    found, (first, length, second, rest) = _range(signed)
    shorter = rest - 200
    written = f"/ByteRange [{first} {length} {second} {shorter}]".encode().ljust(len(found[0]))
    signed = signed[: found.start()] + written + signed[found.end() :]
    covered = signed[:length] + signed[second : second + shorter]
    cms = asyncio.run(holder.signer().async_sign(hashlib.sha256(covered).digest(), "sha256", use_pades=True))
    hexed = cms.dump().hex().encode()
    assert len(hexed) <= second - length - 2
    return signed[: length + 1] + hexed.ljust(second - length - 2, b"0") + signed[second - 1 :]


@dataclass(frozen=True)
class Case:
    """A file with the verdicts on it, on its signatures in order, and what else must be found out."""

    name: str
    data: bytes
    verdict: Verdict
    signatures: tuple[Verdict, ...]
    more: dict[str, Any]

    def problems(self, paper: Paper) -> Iterator[str]:
        found = tuple(one.verdict for one in paper.signatures)
        if (paper.verdict, found) != (self.verdict, self.signatures):
            yield f"{self.name}: {paper.verdict} {[str(one) for one in found]}"
        for name, value in self.more.items():
            if not paper.signatures or getattr(paper.signatures[0], name) != value:
                got = getattr(paper.signatures[0], name) if paper.signatures else None
                yield f"{self.name}: {name} is {got!r}, not {value!r}"


@functools.cache
def cases(pki: Pki) -> list[Case]:
    v, doc = Verdict, plain()
    good = sign(doc, pki.ana)
    stamped = pki.stamps.stamper()
    twice = sign(good, pki.boris, "Signature2")
    certified: dict[str, Any] = {"certify": True, "docmdp_permissions": fields.MDPPerm.NO_CHANGES}
    own = [pki.lists["qualified.crl"]]
    at, stamps = SIGNED.isoformat(), {"stamped": SIGNED.isoformat(), "stamped_by": "Time Stamps"}
    full = {"quality": Quality.QUALIFIED, "covers": Covers.FILE, "name": "Ana Anevska"}
    rows: list[tuple[Any, ...]] = [
        (
            "qualified signature",
            good,
            v.GOOD,
            full | {"kind": "signature", "revocation": Revocation.NOT_REVOKED},
        ),
        ("qualified seal", sign(doc, pki.seal), v.GOOD, {"quality": Quality.QUALIFIED, "kind": "seal"}),
        (
            "qualified certificate, key in no device",
            sign(doc, pki.soft_key),
            v.GOOD,
            {"quality": "certificate"},
        ),
        ("not qualified, by a qualified service", sign(doc, pki.simple), v.GOOD, {"quality": ""}),
        ("says qualified, by a plain authority", sign(doc, pki.of_plain), v.GOOD, {"quality": ""}),
        ("with a time stamp", sign(doc, pki.ana, stamper=stamped), v.GOOD, full | stamps),
        ("a byte of the text changed", flip(good, b"Decision"), v.ALTERED, {}),
        ("a byte of the signature changed", flip_in_signature(good), v.ALTERED, {}),
        ("shadow: text replaced", update(good, replace_text), v.ALTERED, {"covers": Covers.REVISION}),
        ("shadow: overlay removed", update(good, remove_overlay), v.ALTERED, {}),
        ("shadow: hidden page shown", update(good, show_spare_page), v.ALTERED, {}),
        ("shadow: font replaced", update(good, change_font), v.ALTERED, {}),
        ("expired, without a time stamp", sign(doc, pki.expired), v.EXPIRED, {}),
        ("expired, with a time stamp", sign(doc, pki.expired, stamper=stamped), v.GOOD, stamps),
        (
            "expired, with a time stamp of an unknown authority",
            sign(doc, pki.expired, stamper=pki.other_stamps.stamper()),
            v.EXPIRED,
            {"stamped": ""},
        ),
        (
            "expired, the whole file stamped since",
            stamp(sign(doc, pki.expired), pki.stamps),
            (v.GOOD, v.GOOD),
            {"stamped": at},
        ),
        ("revoked, without a time stamp", sign(doc, pki.revoked_late), v.REVOKED, {"revocation": "revoked"}),
        ("revoked after its time stamp", sign(doc, pki.revoked_late, stamper=stamped), v.GOOD, stamps),
        ("revoked before its time stamp", sign(doc, pki.revoked_early, stamper=stamped), v.REVOKED, {}),
        ("the authority revoked", sign(doc, pki.of_lost), v.REVOKED, {}),
        ("signed twice", twice, (v.GOOD, v.GOOD), {"covers": Covers.REVISION}),
        (
            "signed, changed, signed",
            sign(update(good, replace_text), pki.boris, "Signature2"),
            (v.ALTERED, v.GOOD),
            {},
        ),
        ("unknown authority", sign(doc, pki.of_unknown), v.UNKNOWN, {"name": "Ana Anevska", "quality": ""}),
        ("signed by its own certificate", sign(doc, pki.alone), v.UNKNOWN, {}),
        ("another authority of the same name", sign(doc, pki.of_twin), v.UNKNOWN, {}),
        ("a certificate for other uses", sign(doc, pki.for_sites), v.USAGE, {}),
        ("a service that was withdrawn", sign(doc, pki.of_ended), v.WITHDRAWN, {}),
        (
            "stamped before the service was withdrawn",
            sign(doc, pki.of_ended, stamper=stamped),
            v.GOOD,
            stamps,
        ),
        ("SHA-1", sign(doc, pki.ana, md_algorithm="sha1"), v.WEAK, {}),
        ("empty field for a signature", empty_field(doc), v.UNSIGNED, None),
        ("no signature", doc, v.UNSIGNED, None),
        ("covers a part of the file", signed_in_part(doc, pki.ana), v.PARTIAL, {"covers": Covers.PART}),
        ("form filled in since", update(good, fill), v.FILLED, {}),
        (
            "certified against changes, form filled in",
            update(sign(doc, pki.ana, **certified), fill),
            v.ALTERED,
            {},
        ),
        ("against the rules of PDF", sign(irregular(doc), pki.ana), v.IRREGULAR, {}),
        ("revocation lists in the file", with_revocations(sign(doc, pki.seal), own), v.GOOD, {}),
        ("encrypted", encrypted(doc), v.LOCKED, None),
        ("no signature in its place", no_signature_in(good), v.BROKEN, {}),
        ("time stamp only", stamp(doc, pki.stamps), v.STAMPED, {"stamped": at}),
        ("cut off", good[: len(good) // 2], v.UNREADABLE, None),
    ]
    return [_case(*row) for row in rows]


def _case(name: str, data: bytes, verdict: Any, more: dict[str, Any] | None) -> Case:
    order = list(Verdict)
    if more is None:
        return Case(name, data, verdict, (), {})
    if isinstance(verdict, tuple):
        return Case(name, data, max(verdict, key=order.index), verdict, more)
    single = Verdict.GOOD if verdict == Verdict.STAMPED else verdict
    return Case(name, data, verdict, (single,), more)
