"""Forty PDF files of a test PKI, each judged as the table says (tests/support/documents/signatures/papers.py)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from lxml import etree
from signxml.xades import XAdESSigner

from documents.signatures.files import ListRefused, judge_file, read_list_file
from documents.signatures.judge import judge
from documents.signatures.read_list import read_list
from documents.signatures.trusted import Trusted
from documents.signatures.verdicts import Paper, Verdict
from documents.text.types import Json
from tests.support.documents.signatures.papers import cases, plain, sign
from tests.support.documents.signatures.pki import NOW, Holder, issue, pki, revocations


def imported() -> list[Json]:
    """The lists of the PKI as they are stored."""
    found: list[Json] = json.loads(json.dumps([read_list(data) for data in pki().lists.values()]))
    return found


def test_forty_papers_are_judged_as_the_pki_says(capsys: pytest.CaptureFixture[str]) -> None:
    table, trusted = cases(pki()), Trusted(imported())
    papers = [judge(case.data, trusted, NOW) for case in table]
    wrong = [list(case.problems(paper)) for case, paper in zip(table, papers, strict=True)]
    with capsys.disabled():
        print(f"\nsigned PDFs judged as the test PKI says: {wrong.count([])} of {len(table)}")
    assert wrong == [[]] * 40
    for paper in papers:
        assert Paper.from_json(json.loads(json.dumps(paper.as_json()))) == paper


def test_without_lists_nobody_is_known_and_what_was_altered_is_still_seen() -> None:
    table = {case.name: judge(case.data, Trusted(), NOW).verdict for case in cases(pki())}
    assert table["qualified signature"] == table["with a time stamp"] == Verdict.UNKNOWN
    assert table["shadow: text replaced"] == Verdict.ALTERED


def test_it_is_judged_in_a_process_of_its_own() -> None:
    signed = sign(plain(), pki().ana)
    assert judge_file(signed, imported(), NOW).verdict == Verdict.GOOD
    assert judge_file(b"%PDF-1.7\nsigned\n", imported(), NOW).verdict == Verdict.UNREADABLE


def test_a_list_says_who_trusts_whom_until_when() -> None:
    services, plain_ones, revoked = (read_list_file(data) for data in pki().lists.values())
    assert (services["kind"], services["territory"], services["number"]) == ("services", "MK", "7")
    assert services["name"] == "Ministry of Test Lists" and services["until"].startswith("2027-04-01")
    assert services["signed_by"] == ""
    states = [(one["name"], one["status"]) for one in services["services"]]
    assert ("Qualified certificates", "granted") in states and ("Other certificates", "withdrawn") in states
    assert plain_ones["kind"] == "certificates" and plain_ones["name"] == "Plain CA"
    assert revoked["kind"] == "revocations" and revoked["until"] == (NOW + timedelta(days=6)).isoformat()


def signed_list(by: Holder) -> bytes:
    root = etree.fromstring(pki().trusted_list())
    key = by.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signed = XAdESSigner(signature_algorithm="ecdsa-sha256").sign(root, key=key, cert=[by.certificate])
    return etree.tostring(signed)


def test_the_signature_of_a_list_is_verified_with_its_operators_certificate() -> None:
    operator, other = issue("List operator"), issue("Somebody else")
    data = signed_list(operator)
    assert read_list_file(data, operator.pem)["signed_by"] == "List operator"
    assert read_list_file(data, other.pem + operator.pem)["signed_by"] == "List operator"
    altered = data.replace(b"Other certificates", b"Other certificate!")
    for wrong, certificate, code in (
        (data, other.pem, "signature"),
        (altered, operator.pem, "signature"),
        (pki().trusted_list(), operator.pem, "signature"),
        (data, b"no certificate", "operator"),
        (pki().plain.pem, operator.pem, "not_signed"),
        (b"<html></html>", b"", "unknown"),
        (b"<a", b"", "broken"),
        (b"words", b"", "unknown"),
        (pki().ana.pem, b"", "no_authority"),
    ):
        with pytest.raises(ListRefused) as problem:
            read_list_file(wrong, certificate)
        assert problem.value.code == code


def test_certificates_and_revocation_lists_come_as_pem_too() -> None:
    der = revocations(pki().plain, {})
    pem = x509.load_der_x509_crl(der).public_bytes(serialization.Encoding.PEM)
    for data in (der, pem):
        read = read_list_file(data)
        assert read["kind"] == "revocations" and "Common Name" not in read["name"]
    assert len(read_list_file(pki().plain.pem + pki().unknown.pem)["certificates"]) == 2
    assert read_list_file(pki().plain.der)["kind"] == "certificates"
