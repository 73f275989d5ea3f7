"""Import and remove what signatures of papers are checked against. Nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import audit
from audit.trail import hold
from documents.actions.check_papers import want_all
from documents.actions.errors import ActionError
from documents.models import FileTask, TrustList
from documents.signatures.files import ListRefused, read_list_file
from documents.text.canonical import sha256_of
from documents.text.types import Json
from people.models import User

REFUSED = {
    "unknown": gettext_noop("This is no trusted list (XML), certificate (PEM) or revocation list (CRL)."),
    "broken": gettext_noop("The file is damaged."),
    "no_authority": gettext_noop("One of the certificates belongs to no certificate authority."),
    "operator": gettext_noop("The file for the operator of the list contains no certificate."),
    "not_signed": gettext_noop("Only a trusted list (XML) has a signature of its operator."),
    "signature": gettext_noop("The operator’s certificate does not confirm the signature of the list."),
    "too_much": gettext_noop("The file is too large."),
}


IN_OPERATOR = ("operator", "signature", "not_signed")
"""What is wrong with the operator's certificate, and not with the list."""


def read_file(task: FileTask, data: bytes) -> Json:
    """What an uploaded list says. Raises ActionError."""
    return _read(data, base64.b64decode(task.given["operator"]))


def take_file(task: FileTask, data: bytes, found: Json) -> Json:
    """Imports what was read; for the page its name."""
    return {"name": str(_import(task.by, data, found))}


def import_list(by: User | None, data: bytes, operator: bytes = b"") -> TrustList:
    """Reads a list and puts it in the place of its older version; all papers are checked again.

    ``operator``: certificates that must confirm the list's signature. Raises ActionError."""
    return _import(by, data, _read(data, operator))


def _read(data: bytes, operator: bytes) -> Json:
    try:
        return read_list_file(data, operator)
    except ListRefused as refused:
        raise ActionError(_(REFUSED[refused.code]), refused.code) from None


def _import(by: User | None, data: bytes, found: Json) -> TrustList:
    fields = _fields(found)
    with transaction.atomic():
        hold()
        older = TrustList.objects.filter(
            kind=fields["kind"], territory=fields["territory"], name=fields["name"]
        )
        for one in older:
            if _is_newer(one, fields):
                raise ActionError(_("Kodeks has a newer version of this list."))
            if one.signed_by and not fields["signed_by"]:
                raise ActionError(
                    _("This list is verified. Import its new version with the certificate of its operator.")
                )
        sha256 = hashlib.sha256(data).hexdigest()
        for one in {*older, *TrustList.objects.filter(sha256=sha256)}:
            _remove(by, one)
        created = TrustList.objects.create(content=found, sha256=sha256, **fields)
        verified = bool(created.signed_by)
        audit.record(
            "import_trust_list", created, by, sha256=sha256, content=sha256_of(found), verified=verified
        )
        want_all()
    return created


def remove_list(by: User | None, one: TrustList) -> None:
    """Stops trusting a list; all papers are checked again."""
    with transaction.atomic():
        _remove(by, one)
        want_all()


def _remove(by: User | None, one: TrustList) -> None:
    audit.record("remove_trust_list", one, by, sha256=one.sha256)
    one.delete()


def _fields(found: dict[str, Any]) -> dict[str, Any]:
    number = str(found.get("number", ""))
    return {
        "kind": found["kind"],
        "name": (found["name"] or found.get("territory", ""))[:300],
        "territory": found.get("territory", "")[:10],
        "number": int(number) if number.isdecimal() and len(number) < 10 else None,
        "issued": datetime.fromisoformat(found["issued"]) if found["issued"] else None,
        "until": datetime.fromisoformat(found["until"]) if found["until"] else None,
        "signed_by": found.get("signed_by", "")[:300],
    }


def _is_newer(known: TrustList, fields: dict[str, Any]) -> bool:
    if known.number is not None and fields["number"] is not None and known.number != fields["number"]:
        return known.number > fields["number"]
    return bool(known.issued and fields["issued"] and known.issued > fields["issued"])
