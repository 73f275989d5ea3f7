"""Certificate authorities of the tests: qualified, plain, unknown, withdrawn; with lists and revocations."""

from __future__ import annotations

import functools
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SIGNED = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When the time stamps of the tests were made."""
YEAR = timedelta(days=365)
QUALIFIED, DEVICE = b"\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01", b"\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x04"
FOR_SEALS = b"\x30\x13\x06\x06\x04\x00\x8e\x46\x01\x06\x30\x09\x06\x07\x04\x00\x8e\x46\x01\x06\x02"
"""Statements of ETSI EN 319 412-5: qualified; key in a certified device; for seals."""
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and those above it."""

    certificate: x509.Certificate
    key: Key
    above: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    def signer(self) -> SimpleSigner:
        store = SimpleCertificateStore()
        store.register_multiple(
            asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in self.above
        )
        return SimpleSigner(self.asn1, _asn1_key(self.key), store)

    def stamper(self, moment: datetime = SIGNED) -> DummyTimeStamper:
        return DummyTimeStamper(self.asn1, _asn1_key(self.key), fixed_dt=moment)

    def pkcs12(self, password: bytes) -> bytes:
        protection = serialization.BestAvailableEncryption(password)
        return pkcs12.serialize_key_and_certificates(
            b"seal", self.key, self.certificate, list(self.above), protection
        )


def _asn1_key(key: Key) -> asn1_keys.PrivateKeyInfo:
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1_keys.PrivateKeyInfo.load(der)


def issue(
    name: str,
    issuer: Holder | None = None,
    *,
    since: datetime = NOW - 3 * YEAR,
    until: datetime = NOW + 3 * YEAR,
    usage: Sequence[str] = ("content_commitment",),
    statements: Sequence[bytes] = (),
    authority: bool = False,
    stamps: bool = False,
    organisation: str = "Government of the Republic",
) -> Holder:
    """A certificate for a key of its own; signed by itself where no issuer is named."""
    key: Key = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if stamps
        else ec.generate_private_key(ec.SECP256R1())
    )
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "MK"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(("key_cert_sign", "crl_sign") if authority else usage), critical=True)
    )
    if statements:
        content = b"".join(statements)
        value = b"\x30" + bytes([len(content)]) + content
        oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, value), critical=False)
    if stamps:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purposes, critical=True)
    by = issuer.key if issuer else key
    if issuer:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
        builder = builder.add_extension(above, critical=False)
    certificate = builder.sign(by, hashes.SHA256())
    return Holder(certificate, key, (issuer.certificate, *issuer.above) if issuer else ())


def _usage(names: Sequence[str]) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: name in names for name in every.split()})


def revocations(issuer: Holder, revoked: dict[Holder, datetime]) -> bytes:
    """The issuer's list of revoked certificates (DER)."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - timedelta(days=1))
        .next_update(NOW + timedelta(days=6))
    )
    for holder, moment in revoked.items():
        one = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
        builder = builder.add_revoked_certificate(one.revocation_date(moment).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


SERVICE = """<TSPService><ServiceInformation>
<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/{kind}</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">{name}</Name></ServiceName>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>
</ServiceDigitalIdentity>
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}</ServiceStatus>
<StatusStartingTime>{since}</StatusStartingTime></ServiceInformation>{history}</TSPService>"""
HISTORY = """<ServiceHistory><ServiceHistoryInstance>
<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/{kind}</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">{name}</Name></ServiceName>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>
</ServiceDigitalIdentity>
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted</ServiceStatus>
<StatusStartingTime>2020-01-01T00:00:00Z</StatusStartingTime></ServiceHistoryInstance></ServiceHistory>"""
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="list">
<SchemeInformation><TSLVersionIdentifier>5</TSLVersionIdentifier>
<TSLSequenceNumber>7</TSLSequenceNumber>
<SchemeOperatorName><Name xml:lang="en">Ministry of Test Lists</Name></SchemeOperatorName>
<SchemeTerritory>MK</SchemeTerritory><ListIssueDateTime>2026-10-01T00:00:00Z</ListIssueDateTime>
<NextUpdate><dateTime>2027-04-01T00:00:00Z</dateTime></NextUpdate></SchemeInformation>
<TrustServiceProviderList><TrustServiceProvider><TSPInformation>
<TSPName><Name xml:lang="en">Test Trust</Name></TSPName></TSPInformation>
<TSPServices>{services}</TSPServices></TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>"""


def service(
    holder: Holder, name: str, kind: str = "CA/QC", ended: str = "", known_before: bool = True
) -> str:
    """A service of a list. ``ended``: since when it is withdrawn; the list may not say what it was before."""
    fields: dict[str, Any] = {"certificate": b64encode(holder.der).decode(), "name": name, "kind": kind}
    history = HISTORY.format(**fields) if ended and known_before else ""
    status, since = ("withdrawn", ended) if ended else ("granted", "2020-01-01T00:00:00Z")
    return SERVICE.format(**fields, status=status, since=since, history=history)


class Pki:
    """All authorities and holders, made once in a run."""

    def __init__(self) -> None:
        ca = functools.partial(issue, authority=True, organisation="Test Trust", until=NOW + 6 * YEAR)
        full = (QUALIFIED, DEVICE)
        self.root = ca("Root", since=NOW - 6 * YEAR)
        self.qualified = ca("Qualified CA", self.root, since=NOW - 6 * YEAR)
        self.branch = ca("Branch CA", self.qualified)
        self.lost = ca("Lost CA", self.qualified)
        self.plain = ca("Plain CA")
        self.unknown = ca("Unknown CA")
        self.twin = ca("Qualified CA", self.unknown)
        self.ended = ca("Ended CA")
        self.never = ca("Never granted CA")
        self.stamps = issue("Time Stamps", self.root, stamps=True, since=NOW - 6 * YEAR)
        self.other_stamps = issue("Other Time Stamps", self.unknown, stamps=True)
        by = functools.partial(issue, "Ana Anevska", statements=full)
        self.ana = by(self.qualified)
        self.boris = issue("Boris Borisov", self.branch, statements=full)
        self.seal = issue("Government", self.qualified, statements=(*full, FOR_SEALS))
        self.soft_key = by(self.qualified, statements=(QUALIFIED,))
        self.simple = by(self.qualified, statements=())
        self.of_plain = by(self.plain)
        self.of_unknown = by(self.unknown)
        self.of_twin = by(self.twin)
        self.of_ended = by(self.ended)
        self.of_never = by(self.never)
        self.of_lost = by(self.lost)
        self.alone = issue("Ana Anevska", statements=full)
        self.expired = by(self.qualified, until=NOW - YEAR / 2)
        self.early = by(self.qualified, since=NOW + YEAR, until=NOW + 2 * YEAR)
        self.revoked_early = by(self.qualified)
        self.revoked_late = by(self.qualified)
        self.for_sites = by(self.qualified, usage=("key_encipherment",))
        self.lists = self._lists()

    def _lists(self) -> dict[str, bytes]:
        """What an operator would import."""
        return {
            "services.xml": self.trusted_list(),
            "plain.pem": self.plain.pem,
            "qualified.crl": revocations(
                self.qualified,
                {
                    self.revoked_early: SIGNED - timedelta(days=30),
                    self.revoked_late: SIGNED + timedelta(days=30),
                    self.lost: SIGNED,
                },
            ),
        }

    def trusted_list(self) -> bytes:
        return LIST.format(
            services=service(self.qualified, "Qualified certificates")
            + service(self.stamps, "Qualified time stamps", "TSA/QTST")
            + service(self.ended, "Ended certificates", ended="2026-06-01T00:00:00Z")
            + service(self.never, "Other certificates", ended="2020-01-01T00:00:00Z", known_before=False)
        ).encode()


@functools.cache
def pki() -> Pki:
    return Pki()
