"""Judge the signatures of a PDF, offline, against trusted services and revocation lists.

Nothing is fetched. Run it in a confined process (:mod:`documents.signatures.files`): the file is foreign."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import collect_timing_info
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.qualified.assess import QualificationAssessor
from pyhanko.sign.validation.qualified.tsp import QcCertType
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    ModificationInfo,
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from documents.signatures.read_list import name_of
from documents.signatures.revocations import Answer, look_up, read_lists
from documents.signatures.trusted import Trusted
from documents.signatures.verdicts import Covers, Kind, Paper, Quality, Revocation, Signature, Verdict

KEY_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
EVER = timedelta(days=36_500)
"""A certificate that an old list revokes stays revoked, however old the list is."""
WANTED, NOT_ASKED = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
NEVER = RevocationCheckingPolicy(NOT_ASKED, NOT_ASKED)
OF_SIGNER = RevocationCheckingPolicy(WANTED, NOT_ASKED)
OF_AUTHORITIES = RevocationCheckingPolicy(NOT_ASKED, WANTED)
OF_ALL = RevocationCheckingPolicy(WANTED, WANTED)
"""Whose revocation is looked up. What a list does not answer must hide no other's."""
PROBLEMS: dict[AdESSubIndic, Verdict] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Verdict.UNKNOWN,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Verdict.UNKNOWN,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Verdict.USAGE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Verdict.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Verdict.WEAK,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Verdict.EXPIRED,
    AdESIndeterminate.REVOKED_NO_POE: Verdict.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Verdict.REVOKED,
    AdESIndeterminate.NOT_YET_VALID: Verdict.NOT_YET,
}
COVERS = {
    SignatureCoverageLevel.ENTIRE_FILE: Covers.FILE,
    SignatureCoverageLevel.ENTIRE_REVISION: Covers.REVISION,
}


def judge(data: bytes, trusted: Trusted, now: datetime) -> Paper:
    """What the signatures of a PDF are worth at a moment. Never raises for what a file is like."""
    try:
        return _judge(data, trusted, now, strict=True)
    except (MemoryError, RecursionError):
        return Paper(Verdict.TOO_MUCH)
    except Exception:  # whatever a damaged or hostile file makes the reader raise
        return _leniently(data, trusted, now)


def _leniently(data: bytes, trusted: Trusted, now: datetime) -> Paper:
    """A file against the rules of PDF: programs may show it differently, so no signature on it is good."""
    try:
        paper = _judge(data, trusted, now, strict=False)
    except (MemoryError, RecursionError):
        return Paper(Verdict.TOO_MUCH)
    except Exception:
        return Paper(Verdict.UNREADABLE)
    order, most = list(Verdict), Verdict.IRREGULAR
    found = [replace(one, verdict=max(one.verdict, most, key=order.index)) for one in paper.signatures]
    return Paper.of(found) if found else paper


def _judge(data: bytes, trusted: Trusted, now: datetime, *, strict: bool) -> Paper:
    reader = PdfFileReader(BytesIO(data), strict=strict)
    if reader.encrypted:
        return Paper(Verdict.LOCKED)
    return Paper.of(asyncio.run(_signatures(_Case(reader, trusted, now))))


class _Case:
    """A file, with what is known of certificates: what it brings itself and what was imported."""

    def __init__(self, reader: PdfFileReader, trusted: Trusted, now: datetime) -> None:
        self.reader, self.trusted, self.now = reader, trusted, now
        self.certificates: list[x509.Certificate] = []
        self.revocation_lists: list[bytes] = list(trusted.revocation_lists)
        self.responses: list[bytes] = []
        self._read_store()

    def _read_store(self) -> None:
        try:
            store = DocumentSecurityStore.read_dss(self.reader)
        except NoDSSFoundError:
            return
        self.certificates += store.load_certs()
        self.revocation_lists += [ref.get_object().data for ref in store.crls]
        self.responses += [ref.get_object().data for ref in store.ocsps]

    def add(self, signed: EmbeddedPdfSignature) -> None:
        """What a signature brings about revocations, and the authorities whose lists may be asked for it."""
        with suppress(Exception):  # damaged certificates are judged where they count
            for one in (signed.signer_cert, *signed.other_embedded_certs):
                self.certificates += self.trusted.issuers_of(one)
        for value in _attribute(signed.signer_info, "adobe_revocation_info_archival"):
            self.revocation_lists += [one.dump() for one in value["crl"] or ()]
            self.responses += [one.dump() for one in value["ocsp"] or ()]

    def context(self, moment: datetime, policy: RevocationCheckingPolicy = NEVER) -> ValidationContext:
        if policy is OF_ALL:
            fresh = CertRevTrustPolicy(policy, retroactive_revinfo=moment < self.now)
        else:
            fresh = CertRevTrustPolicy(
                policy,
                freshness=EVER,
                freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
            )
        return ValidationContext(
            trust_manager=self.trusted,
            other_certs=self.certificates,
            moment=moment,
            allow_fetching=False,
            crls=self.revocation_lists,
            ocsps=self.responses,
            revinfo_policy=fresh,
        )


def _attribute(info: cms.SignerInfo, name: str) -> Iterator[cms.Any]:
    try:
        yield find_unique_cms_attribute(info["signed_attrs"], name)
    except (LookupError, ValueError):
        return


async def _signatures(case: _Case) -> list[Signature]:
    found: list[Signature] = []
    readable: list[EmbeddedPdfSignature] = []
    for name, _value, field in enumerate_sig_fields(case.reader, filled_status=True):
        try:
            readable.append(EmbeddedPdfSignature(case.reader, field, name))
        except Exception:  # its bytes are no signature
            found.append(Signature(Verdict.BROKEN))
    readable.sort(key=lambda one: one.signed_revision)
    for one in readable:
        case.add(one)
    stamps = {one.field_name: await _stamp(case, one) for one in readable if _is_stamp(one)}
    for one in readable:
        later = [
            stamps[other.field_name].stamped
            for other in readable
            if _is_stamp(other)
            and other.signed_revision > one.signed_revision
            and stamps[other.field_name].verdict == Verdict.GOOD
        ]
        found.append(stamps[one.field_name] if _is_stamp(one) else await _signature(case, one, later))
    return found


def _is_stamp(signed: EmbeddedPdfSignature) -> bool:
    return signed.sig_object_type == "/DocTimeStamp"


async def _stamp(case: _Case, signed: EmbeddedPdfSignature) -> Signature:
    try:
        status = await async_validate_pdf_timestamp(signed, case.context(case.now))
    except (SignatureValidationError, ValueError, PdfReadError):
        return Signature(Verdict.BROKEN, kind=Kind.STAMP)
    return Signature(
        _verdict(status, case, case.now),
        kind=Kind.STAMP,
        stamped=_moment(status.timestamp),
        stamped_by=name_of(status.signing_cert.subject),
        **_place(signed),
    )


async def _signature(case: _Case, signed: EmbeddedPdfSignature, later: list[str]) -> Signature:
    """``later``: moments of time stamps on the whole file that were added after it."""
    try:
        timing = await collect_timing_info(signed.signer_info, case.context(case.now), signed.compute_digest)
        stamp = timing.get("timestamp_validity")
        known = [datetime.fromisoformat(one) for one in later]
        if stamp and stamp.intact and stamp.trusted:
            known.append(stamp.timestamp)
        moment = min([*known, case.now])
        status = await _status(case, signed, moment)
        looked_up = await _revocation(case, signed, status, moment)
    except (SignatureValidationError, ValueError, PdfReadError):
        return Signature(Verdict.BROKEN, **_identity(signed))
    verdict = _verdict(status, case, moment)
    if looked_up.revoked and verdict in (Verdict.GOOD, Verdict.FILLED):
        verdict = Verdict.REVOKED
    return Signature(
        verdict,
        **_identity(signed),
        **_place(signed),
        revoked=_moment(looked_up.revoked),
        revocation=_in_words(looked_up),
        claimed=_moment(status.signer_reported_dt),
        stamped=_moment(min(known)) if known else "",
        stamped_by=name_of(stamp.signing_cert.subject) if stamp and stamp.trusted else "",
        **await _standing(case, status.validation_path, moment),
    )


async def _status(
    case: _Case,
    signed: EmbeddedPdfSignature,
    moment: datetime,
    policy: RevocationCheckingPolicy = NEVER,
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        signed, case.context(moment, policy), case.context(case.now), key_usage_settings=KEY_USAGE
    )


async def _revocation(
    case: _Case, signed: EmbeddedPdfSignature, status: PdfSignatureStatus, moment: datetime
) -> Answer:
    """Whether a certificate that is good otherwise was revoked by a moment."""
    if status.trust_problem_indic is not None or status.validation_path is None:
        return Answer()
    answer = look_up(status.validation_path, read_lists(case.revocation_lists), moment)
    if answer.revoked or answer.known:
        return answer
    for policy in (OF_SIGNER, OF_AUTHORITIES):
        asked = await _status(case, signed, moment, policy)
        if asked.revocation_details is not None:
            return Answer(asked.revocation_details.revocation_date, known=True)
    checked = await _status(case, signed, moment, OF_ALL)
    return Answer(None, checked.trust_problem_indic is None)


def _in_words(answer: Answer) -> Revocation:
    if answer.revoked:
        return Revocation.REVOKED
    return Revocation.NOT_REVOKED if answer.known else Revocation.UNCHECKED


def _verdict(status: PdfSignatureStatus | DocumentTimestampStatus, case: _Case, moment: datetime) -> Verdict:
    if not status.intact or not status.valid:
        return Verdict.ALTERED
    if _covers(status.coverage) == Covers.PART:
        return Verdict.PARTIAL
    if not _changes_allowed(status):
        return Verdict.ALTERED
    if status.trust_problem_indic is not None:
        return _problem(status.trust_problem_indic, status.signing_cert, case.trusted, moment)
    if isinstance(status, PdfSignatureStatus) and not status.seed_value_ok:
        return Verdict.USAGE
    return Verdict.FILLED if _filled(status, case.reader) else Verdict.GOOD


def _problem(
    problem: AdESSubIndic, certificate: x509.Certificate, trusted: Trusted, moment: datetime
) -> Verdict:
    verdict = PROBLEMS.get(problem, Verdict.UNKNOWN)
    if verdict == Verdict.USAGE and certificate.self_signed != "no":
        return Verdict.UNKNOWN
    if verdict != Verdict.UNKNOWN:
        return verdict
    if trusted.is_withdrawn(certificate):
        return Verdict.WITHDRAWN
    if problem != AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        if certificate.not_valid_before > moment:
            return Verdict.NOT_YET
        if certificate.not_valid_after < moment:
            return Verdict.EXPIRED
    return verdict


def _filled(status: ModificationInfo, reader: PdfFileReader) -> bool:
    """Whether fields of a form were filled in afterwards; a further signature is none."""
    changed: set[str] = getattr(status.diff_result, "changed_form_fields", set())
    signatures = {name for name, _value, _field in enumerate_sig_fields(reader)}
    return bool(changed - signatures)


def _changes_allowed(status: ModificationInfo) -> bool:
    if status.docmdp_ok is not None:
        return status.docmdp_ok
    return status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)


def _identity(signed: EmbeddedPdfSignature) -> dict[str, Any]:
    try:
        certificate = signed.signer_cert
        parts = certificate.subject.native
        return {
            "name": name_of(certificate.subject),
            "organisation": str(parts.get("organization_name") or ""),
            "issuer": name_of(certificate.issuer),
            "valid_until": _moment(certificate.not_valid_after),
        }
    except Exception:  # no certificate, or a damaged one
        return {}


def _place(signed: EmbeddedPdfSignature) -> dict[str, Any]:
    first, second = list(signed.byte_range)[1::2] if len(signed.byte_range) == 4 else (0, 0)
    return {"covers": _covers(signed.coverage), "signed_bytes": int(first) + int(second)}


def _covers(level: SignatureCoverageLevel | None) -> Covers:
    return COVERS.get(level, Covers.PART) if level is not None else Covers.PART


async def _standing(case: _Case, path: ValidationPath | None, moment: datetime) -> dict[str, Any]:
    """Whether the certificate is qualified, for what, by which service, and known not to be revoked."""
    if path is None:
        return {}
    found: dict[str, Any] = {}
    try:
        result = QualificationAssessor(case.trusted.tsp_registry).check_entity_cert_qualified(path, moment)
    except (NotImplementedError, ValueError):  # made for several purposes at once
        return found
    if result.status.qualified:
        certified = result.status.qc_key_security.is_qscd
        found["quality"] = Quality.QUALIFIED if certified else Quality.CERTIFICATE
    if result.service_definition:
        found["service"] = result.service_definition.base_info.service_name
        found["verified"] = case.trusted.is_verified(result.service_definition)
    if result.status.qualified and result.status.qc_type == QcCertType.QC_ESEAL:
        found["kind"] = Kind.SEAL
    return found


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""
