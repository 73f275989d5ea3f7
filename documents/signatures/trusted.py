"""Trusted services as plain data, and as pyHanko asks for them.

A list is read once, at its import (:mod:`documents.signatures.read_list`), and stored as JSON."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.sign.validation.qualified.tsp import (
    CA_QC_URI,
    BaseServiceInformation,
    CAServiceInformation,
    CertSubjectDNCriterion,
    CriteriaCombination,
    CriteriaList,
    Criterion,
    KeyUsageCriterion,
    PolicySetCriterion,
    QcCertType,
    QTSTServiceInformation,
    Qualification,
    QualifiedServiceInformation,
    Qualifier,
    TSPRegistry,
    TSPTrustManager,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.authority import Authority, AuthorityWithCert, TrustAnchor

from documents.text.types import Json

GRANTED, WITHDRAWN = "granted", "withdrawn"


class Trusted(TSPTrustManager):
    """All that an operator imported: qualified services, plain certificates, revocation lists."""

    def __init__(self, lists: Iterable[Json] = ()) -> None:
        super().__init__(TSPRegistry())
        self.plain: set[Authority] = set()
        self.withdrawn: list[AuthorityWithCert] = []
        self.revocation_lists: list[bytes] = []
        self.verified: list[QualifiedServiceInformation] = []
        for one in lists:
            self.revocation_lists += [b64decode(data) for data in one.get("revocation_lists", ())]
            self.plain.update(AuthorityWithCert(_certificate(data)) for data in one.get("certificates", ()))
            for service in one.get("services", ()):
                self._add(service, verified=bool(one.get("signed_by")))

    def _add(self, service: Json, *, verified: bool) -> None:
        if service["status"] != GRANTED:
            certs = map(_certificate, service["certificates"])
            self.withdrawn += [AuthorityWithCert(certificate) for certificate in certs]
            return
        information = service_from_json(service)
        if isinstance(information, CAServiceInformation):
            self.tsp_registry.register_ca(information)
        elif isinstance(information, QTSTServiceInformation):
            self.tsp_registry.register_tst(information)
        if verified:
            self.verified.append(information)

    def as_trust_anchor(self, authority: Authority) -> TrustAnchor | None:
        return super().as_trust_anchor(authority) or (
            TrustAnchor(authority) if authority in self.plain else None
        )

    def find_potential_issuers(self, cert: x509.Certificate) -> Generator[TrustAnchor, None, None]:
        yield from super().find_potential_issuers(cert)
        for authority in self.plain:
            if authority.is_potential_issuer_of(cert):
                yield TrustAnchor(authority)

    def issuers_of(self, cert: x509.Certificate) -> list[x509.Certificate]:
        """The certificates of authorities that may have issued it: their revocation lists are signed so."""
        found = (anchor.authority for anchor in self.find_potential_issuers(cert))
        return [one.certificate for one in found if isinstance(one, AuthorityWithCert)]

    def is_verified(self, service: QualifiedServiceInformation) -> bool:
        """Whether it is from a list whose operator's signature was verified."""
        return any(service is one for one in self.verified)

    def is_withdrawn(self, cert: x509.Certificate) -> bool:
        """Whether a service issued it whose status the list ended."""
        return any(authority.is_potential_issuer_of(cert) for authority in self.withdrawn)


def _certificate(data: str) -> x509.Certificate:
    return x509.Certificate.load(b64decode(data))


def encode(data: bytes) -> str:
    return b64encode(data).decode()


def service_as_json(service: QualifiedServiceInformation) -> Json:
    """A granted service."""
    base = service.base_info
    return {
        "status": GRANTED,
        "type": base.service_type,
        "name": base.service_name,
        "from": base.valid_from.isoformat(),
        "until": base.valid_until.isoformat() if base.valid_until else "",
        "certificates": [encode(one.dump()) for one in base.provider_certs],
        "for": sorted(one.value for one in base.additional_info_certificate_type),
        "qualifications": [
            {
                "qualifiers": sorted(one.value for one in each.qualifiers),
                "criteria": _criterion_as_json(each.criteria_list),
            }
            for each in service.qualifications
        ],
    }


def service_from_json(data: Json) -> QualifiedServiceInformation:
    base = BaseServiceInformation(
        service_type=data["type"],
        service_name=data["name"],
        valid_from=datetime.fromisoformat(data["from"]),
        valid_until=datetime.fromisoformat(data["until"]) if data["until"] else None,
        provider_certs=tuple(map(_certificate, data["certificates"])),
        additional_info_certificate_type=frozenset(QcCertType(one) for one in data["for"]),
        other_additional_info=frozenset(),
    )
    qualifications = frozenset(
        Qualification(
            qualifiers=frozenset(Qualifier(name) for name in one["qualifiers"]),
            criteria_list=_criteria(one["criteria"]),
        )
        for one in data["qualifications"]
    )
    if data["type"] == CA_QC_URI:
        return CAServiceInformation(base, qualifications, expired_certs_revocation_info=None)
    return QTSTServiceInformation(base, qualifications)


def _criterion_as_json(criterion: Criterion) -> Json:
    if isinstance(criterion, CriteriaList):
        parts = [_criterion_as_json(one) for one in criterion.criteria]
        return {"combine": criterion.combine_as.value, "parts": sorted(parts, key=repr)}
    if isinstance(criterion, KeyUsageCriterion):
        usage = criterion.settings
        return {
            "usage": sorted(usage.key_usage or ()),
            "not": sorted(usage.key_usage_forbidden or ()),
            "extended": None if usage.extd_key_usage is None else sorted(usage.extd_key_usage),
        }
    if isinstance(criterion, PolicySetCriterion):
        return {"policies": sorted(criterion.required_policy_oids)}
    if isinstance(criterion, CertSubjectDNCriterion):
        return {"subject": sorted(criterion.required_rdn_part_oids)}
    raise ValueError(f"no criterion that is known: {type(criterion).__name__}")


def _criteria(data: dict[str, Any]) -> CriteriaList:
    return CriteriaList(
        combine_as=CriteriaCombination(data["combine"]),
        criteria=frozenset(map(_criterion, data["parts"])),
    )


def _criterion(data: dict[str, Any]) -> Criterion:
    if "combine" in data:
        return _criteria(data)
    if "policies" in data:
        return PolicySetCriterion(frozenset(data["policies"]))
    if "subject" in data:
        return CertSubjectDNCriterion(frozenset(data["subject"]))
    usage = KeyUsageConstraints(
        key_usage=frozenset(data["usage"]),
        key_usage_forbidden=frozenset(data["not"]),
        extd_key_usage=None if data["extended"] is None else frozenset(data["extended"]),
        match_all_key_usages=True,
    )
    return KeyUsageCriterion(usage)
