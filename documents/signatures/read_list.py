"""Read what an operator imports: a trusted list (ETSI TS 119 612), certificates (PEM), a revocation list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from asn1crypto import crl, pem, x509
from cryptography.x509 import load_der_x509_certificate
from lxml import etree
from pyhanko.sign.validation.qualified.eutl_parse import read_qualified_service_definitions
from pyhanko.sign.validation.qualified.tsp import CA_QC_URI, QTST_URI, QualifiedServiceInformation
from signxml.exceptions import InvalidInput, InvalidSignature
from signxml.xades import XAdESSignatureConfiguration, XAdESVerifier

from documents.signatures.trusted import WITHDRAWN, encode, service_as_json
from documents.text import plain_line
from documents.text.types import Json

LIST = "{http://uri.etsi.org/02231/v2#}"
GRANTED_URI = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"


class ListKind(StrEnum):
    SERVICES = "services"
    CERTIFICATES = "certificates"
    REVOCATIONS = "revocations"


class NotRead(ValueError):
    """The file is none of these, or its signature is not the operator's. ``code`` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_list(data: bytes, operator: bytes = b"") -> Json:
    """What a file says. ``operator``: the certificates of the list's operator, with which its signature must
    be verified. Raises NotRead."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _services(data, operator)
    if operator:
        raise NotRead("not_signed")
    try:
        parts = list(pem.unarmor(data, multiple=True)) if pem.detect(data) else [("", {}, data)]
        return _certificates_or_revocations(parts)
    except NotRead:
        raise
    except (ValueError, TypeError, KeyError):
        raise NotRead("unknown") from None


def _certificates_or_revocations(parts: list[tuple[str, dict[str, str], bytes]]) -> Json:
    revocations = [der for name, _headers, der in parts if name == "X509 CRL" or (not name and _is_crl(der))]
    if revocations:
        return _revocations(revocations)
    certificates = [x509.Certificate.load(der, strict=True) for _name, _headers, der in parts]
    if not certificates or not all(one.ca for one in certificates):
        raise NotRead("no_authority")
    return {
        "kind": ListKind.CERTIFICATES,
        "name": plain_line(", ".join(name_of(one.subject) for one in certificates))[:300],
        "issued": "",
        "until": min(one.not_valid_after for one in certificates).isoformat(),
        "certificates": [encode(one.dump()) for one in certificates],
    }


def _revocations(revocations: list[bytes]) -> Json:
    lists = [crl.CertificateList.load(der, strict=True) for der in revocations]
    until = [one["tbs_cert_list"]["next_update"].native for one in lists]
    return {
        "kind": ListKind.REVOCATIONS,
        "name": name_and_organisation(lists[0].issuer),
        "issued": lists[0]["tbs_cert_list"]["this_update"].native.isoformat(),
        "until": min(until).isoformat() if all(until) else "",
        "revocation_lists": [encode(der) for der in revocations],
    }


def _is_crl(der: bytes) -> bool:
    try:
        return bool(crl.CertificateList.load(der, strict=True)["tbs_cert_list"]["this_update"].native)
    except (ValueError, TypeError):
        return False


def name_of(name: x509.Name) -> str:
    """The common name, else the organisation, else all of it."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return plain_line(found if isinstance(found, str) else ", ".join(map(str, found)))


def name_and_organisation(name: x509.Name) -> str:
    """The common name with its organisation, which tells two of the same name apart."""
    organisation = name.native.get("organization_name")
    parts = dict.fromkeys([name_of(name), *([organisation] if isinstance(organisation, str) else [])])
    return plain_line(", ".join(parts))


def _services(data: bytes, operator: bytes) -> Json:
    signed_by = ""
    if operator:
        data, signed_by = _verified(data, operator)
    root = _parse(data)
    if root.tag != f"{LIST}TrustServiceStatusList":
        raise NotRead("unknown")
    services = [service_as_json(one) for one in _granted(data.decode("utf-8", "replace"))]
    services += list(_withdrawn(root))
    return {
        "kind": ListKind.SERVICES,
        "name": _text(root, "SchemeInformation/SchemeOperatorName/Name") or _text(root, "SchemeTerritory"),
        "territory": _text(root, "SchemeInformation/SchemeTerritory"),
        "number": _text(root, "SchemeInformation/TSLSequenceNumber"),
        "issued": _moment(_text(root, "SchemeInformation/ListIssueDateTime")),
        "until": _moment(_text(root, "SchemeInformation/NextUpdate/dateTime")),
        "signed_by": signed_by,
        "services": services,
    }


def _granted(xml: str) -> Iterator[QualifiedServiceInformation]:
    try:
        yield from read_qualified_service_definitions(xml)
    except Exception as problem:  # whatever a damaged list makes its reader raise
        raise NotRead("broken") from problem


def _withdrawn(root: etree._Element) -> Iterator[Json]:
    """Services whose status ended, so that a paper can be told why its signature is not trusted."""
    for service in root.iter(f"{LIST}TSPService"):
        kind = _text(service, "ServiceInformation/ServiceTypeIdentifier")
        status = _text(service, "ServiceInformation/ServiceStatus")
        if kind not in (CA_QC_URI, QTST_URI) or status == GRANTED_URI:
            continue
        path = "ServiceInformation/ServiceDigitalIdentity/DigitalId/X509Certificate"
        found = ["".join((one.text or "").split()) for one in service.iterfind(_path(path))]
        yield {
            "status": WITHDRAWN,
            "type": kind,
            "name": _text(service, "ServiceInformation/ServiceName/Name"),
            "from": _moment(_text(service, "ServiceInformation/StatusStartingTime")),
            "until": "",
            "certificates": found,
        }


def _verified(data: bytes, operator: bytes) -> tuple[bytes, str]:
    """What the operator of the list signed, and whose certificate verifies it."""
    try:
        parts = list(pem.unarmor(operator, multiple=True)) if pem.detect(operator) else [("", {}, operator)]
        certificates = [x509.Certificate.load(der, strict=True) for _name, _headers, der in parts]
    except (ValueError, TypeError):
        raise NotRead("operator") from None
    expected = XAdESSignatureConfiguration(require_x509=True, expect_references=True)
    for certificate in certificates:
        try:
            found = XAdESVerifier().verify(
                data, x509_cert=load_der_x509_certificate(certificate.dump()), expect_config=expected
            )
        except (InvalidSignature, InvalidInput, ValueError, KeyError, etree.XMLSyntaxError):
            continue
        for one in found:
            if one.signed_xml is not None and one.signed_xml.tag == f"{LIST}TrustServiceStatusList":
                return one.signed_data, name_of(certificate.subject)
    raise NotRead("signature")


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise NotRead("broken") from None


def _path(path: str) -> str:
    return "/".join(f"{LIST}{part}" for part in path.split("/"))


def _text(node: etree._Element, path: str) -> str:
    return plain_line(node.findtext(_path(path)) or "")[:300]


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        return ""
