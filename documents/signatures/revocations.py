"""Look certificates up in revocation lists that their own issuers signed.

pyHanko finds no list whose issuer is a trust anchor below a root, as those of trusted lists are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from asn1crypto import x509 as asn1
from cryptography import x509
from pyhanko_certvalidator.path import ValidationPath


@dataclass(frozen=True)
class Answer:
    """``revoked``: since when. ``known``: lists that were valid at the time cover each certificate."""

    revoked: datetime | None = None
    known: bool = False


def read_lists(lists: Iterable[bytes]) -> list[x509.CertificateRevocationList]:
    """The lists that are readable."""
    found = []
    for data in lists:
        try:
            found.append(x509.load_der_x509_crl(data))
        except ValueError:
            continue
    return found


def look_up(
    path: ValidationPath, lists: Sequence[x509.CertificateRevocationList], moment: datetime
) -> Answer:
    """Whether a certificate below the trust anchor was revoked by a moment."""
    certificates = list(path.iter_certs(include_root=True))
    answers = [_of(one, issuer, lists, moment) for issuer, one in pairwise(certificates)]
    revoked = [one.revoked for one in answers if one.revoked]
    return Answer(min(revoked, default=None), bool(answers) and all(one.known for one in answers))


def _of(
    certificate: asn1.Certificate,
    issuer: asn1.Certificate,
    lists: Sequence[x509.CertificateRevocationList],
    moment: datetime,
) -> Answer:
    above = x509.load_der_x509_certificate(issuer.dump())
    known = False
    for one in lists:
        if one.issuer != above.subject or not one.is_signature_valid(above.public_key()):  # type: ignore[arg-type]
            continue
        entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None and entry.revocation_date_utc <= moment:
            return Answer(entry.revocation_date_utc, known=True)
        until = one.next_update_utc
        known = known or (until is not None and until >= moment and _is_whole(one))
    return Answer(None, known)


def _is_whole(one: x509.CertificateRevocationList) -> bool:
    """Whether it lists all certificates of its issuer: neither a part of them nor only the latest changes."""
    parts = (x509.IssuingDistributionPoint, x509.DeltaCRLIndicator)
    return not any(isinstance(extension.value, parts) for extension in one.extensions)
