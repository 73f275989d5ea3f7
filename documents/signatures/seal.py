"""Seal a PDF with a key that the operator set: PAdES B-B, or B-T where a time stamp authority is set."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from documents.signatures.read_list import name_of

log = logging.getLogger("kodeks.seal")
FIELD = "Seal"
OUTSIDE = -10
"""An invisible field lies outside of the page: so it needs no tag, and no reader of the page meets it."""
STAMP_SECONDS = 10


class NoSeal(Exception):
    """The key can't be used; the message says why."""


@lru_cache(maxsize=4)
def _load(path: str, password: bytes, _changed: float) -> SimpleSigner:
    try:
        return SimpleSigner.load_pkcs12_data(Path(path).read_bytes(), (), password or None)
    except (OSError, ValueError, TypeError, AttributeError) as problem:
        raise NoSeal(f"{path}: no key and certificate (PKCS#12) that the password opens") from problem


def load_key(path: str, password_file: str) -> SimpleSigner:
    """The key of a PKCS#12 file; its password is the first line of another. Raises NoSeal."""
    try:
        password = Path(password_file).read_text().splitlines()[0].encode() if password_file else b""
        changed = Path(path).stat().st_mtime
    except (OSError, IndexError) as problem:
        raise NoSeal(f"{path} or {password_file}: not readable") from problem
    return _load(path, password, changed)


def valid_until(key: SimpleSigner) -> datetime:
    """When the certificate of a key expires."""
    found: datetime = _certificate(key).not_valid_after
    return found


def holder_of(key: SimpleSigner) -> str:
    return name_of(_certificate(key).subject)


def _certificate(key: SimpleSigner) -> x509.Certificate:
    if key.signing_cert is None:
        raise NoSeal("the key has no certificate")
    return key.signing_cert


def seal(data: bytes, key: SimpleSigner, reason: str, stamps: str = "") -> bytes:
    """The PDF with an invisible seal. ``stamps``: the address of a time stamp authority; where it does not
    answer, the seal has no time stamp."""
    if stamps:
        try:
            return _seal(data, key, reason, RequestsHTTPTimeStamper(stamps, timeout=STAMP_SECONDS))
        except (TimestampRequestError, OSError) as problem:
            log.warning("no time stamp: %s", type(problem).__name__)
    return _seal(data, key, reason, None)


def _seal(data: bytes, key: SimpleSigner, reason: str, stamper: RequestsHTTPTimeStamper | None) -> bytes:
    # PDF/A wants a line's end between the file and what is appended.
    writer = IncrementalPdfFileWriter(BytesIO(data if data.endswith(b"\n") else data + b"\n"))
    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD))
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/Rect"] = generic.ArrayObject([generic.NumberObject(OUTSIDE)] * 4)
    writer.update_container(field)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    signer = PdfSigner(metadata, signer=key, timestamper=stamper)
    out: BytesIO = asyncio.run(signer.async_sign_pdf(writer))
    return out.getvalue()
