"""Sealed records: still PDF/A, judged by the same code, verified by command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from documents.exports.typeset import typeset
from documents.signatures.seal import NoSeal, holder_of, load_key, seal, valid_until
from tests.support.documents.signatures.papers import replace_text, update
from tests.support.documents.signatures.pki import pki
from tests.support.services import verapdf
from tests.support.services.missing import Missing
from workflows.record.cli import verify
from workflows.record.pdf import TEMPLATE

DATA: dict[str, Any] = {
    **dict.fromkeys(("title", "heading", "owner", "running"), "Approval record"),
    "lang": "en",
    "timestamp": 1_760_000_000,
    "sha256": "a" * 64,
    "page": "{n} / {all}",
    "facts": [["Document", "mk/sop"]],
    "acts": [],
    "rounds": [],
    "corrigenda": [],
    "proof": [],
    "words": dict.fromkeys(("acts", "corrigenda", "proof", "how"), "Words"),
}


def check(*arguments: object) -> tuple[int, str]:
    out = StringIO()
    return verify([str(one) for one in arguments], StringIO(), out, out), out.getvalue()


def test_a_sealed_record_is_whole_and_says_whose_seal_it_has(tmp_path: Path) -> None:
    key_file, password = tmp_path / "seal.p12", tmp_path / "password"
    key_file.write_bytes(pki().seal.pkcs12(b"secret"))
    password.write_text("secret\n")
    key = load_key(str(key_file), str(password))
    assert holder_of(key) == "Government" and valid_until(key) == pki().seal.certificate.not_valid_after_utc
    password.write_text("wrong\n")
    for wrong in (str(password), str(tmp_path / "none")):
        with pytest.raises(NoSeal):
            load_key(str(key_file), wrong)

    record = typeset(DATA, {}, template=TEMPLATE)
    sealed, plain, list_ = tmp_path / "sealed.pdf", tmp_path / "plain.pdf", tmp_path / "list.xml"
    sealed.write_bytes(seal(record, key, "Approval record"))
    plain.write_bytes(record)
    list_.write_bytes(pki().trusted_list())
    assert check(sealed) == (0, check(sealed)[1]) and "intact, and no list" in check(sealed)[1]
    assert check(sealed, "--trust", list_)[0] == 0
    assert "seal of Government" in check(sealed, "--trust", list_)[1]
    assert check(plain)[0] == 2 and "without a seal" in check(plain)[1]
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(update(sealed.read_bytes(), replace_text))
    assert check(altered) == (1, check(altered)[1]) and "changed after it was signed" in check(altered)[1]
    assert check(sealed, "--trust", plain)[0] == 2
    try:
        assert verapdf.failures([sealed]) == []
    except Missing as reason:
        pytest.skip(str(reason))
