"""The entries of the origin's trail that the rows rest on, in the trail of this site.

``verify_audit`` and the guards ask the trail about every manifest, sign-off, act and number. Each such entry
is recorded here once more, with the numbers that the rows have here, and with number, moment and hash of the
original. Before that the original must say what the row says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps import apps

import audit
from backup.errors import BackupError
from directory.actions.change_record import readers_hash, sealed_hash
from documents.actions.audit_payloads import manifest_payload
from documents.guards.contacts import ENTERED
from documents.models import Manifest
from documents.models.redactions import SHAPING
from documents.trail.checks import ADOPTING, SUBMITTING
from handover.evidence import Line
from handover.tables import WAYS, Table
from workflows.guards import STARTING
from workflows.models import SignOff
from workflows.trail.audit_payloads import sign_off_payload, void_payload

VOIDING = ("void_sign_off", "take_back_answer")
LAST = ("confirm_hotline", "enter_hotline", "confirm_record", "enter_record", *ENTERED)
"""Of these the last one for each object tells what is shown."""
REDACTING = (*SHAPING, "propose_redaction", "approve_redaction", "end_redaction")
VERBS = {*ADOPTING, *SUBMITTING, *VOIDING, *LAST, *REDACTING, "adopt_language", "record_corrigendum",
         "reopen", "propose_prior", "propose_classification", "silent_assent",
         "open_stage", "hand_over_seat", "review_done", "check_hotline"}  # fmt: skip

Ids = Mapping[str, Mapping[Any, Any]]
Find = Callable[[str, Any], Any]
"""Gives the row of a table as it was at the origin, as an instance, by its key there."""
KINDS = {Table(label).model._meta.model_name: label for label in WAYS if "_" not in label}


def replay(lines: Iterable[Line], ids: Ids, origin: Find) -> int:
    """Record them; gives how many. Raises BackupError where an entry and its row differ."""
    count = 0
    for line, label, key in _wanted(lines, ids):
        new = ids[label][key]
        detail = _detail(line, label, key, new, ids, origin)
        by = SimpleNamespace(actor=UUID(line["actor"])) if line["actor"] else None
        reason = line.get("reason", "")
        # Of what came here by way of a third site, that of the first one stays.
        told = {"originally": line["at"], "origin_entry": line["id"], "origin_sha256": line["sha256"]}
        told |= {name: value for name, value in detail.items() if name != "reason"}
        kind = line["thing"].partition(":")[0]
        audit.record(line["verb"], f"{kind}:{new}", by, reason=reason, **told)
        count += 1
    return count


def _wanted(lines: Iterable[Line], ids: Ids) -> Iterator[tuple[Line, str, int]]:
    """The entries to record, each with table and key of its object at the origin."""
    found = []
    for line in lines:
        if line.get("verb") not in VERBS or line["refused"]:
            continue
        kind, _colon, key = line["thing"].partition(":")
        label = KINDS.get(kind, "")
        if line["verb"] in ENTERED and kind != "contact":
            continue  # of a release whose trail had no numbers
        if label and key.isdecimal() and int(key) in ids[label]:
            found.append((line, label, int(key)))
    last = {line["thing"]: line["id"] for line, _label, _key in found if line["verb"] in LAST}
    for line, label, key in found:
        if line["verb"] not in LAST or last[line["thing"]] == line["id"]:
            yield line, label, key


def _detail(line: Line, label: str, key: int, new: int, ids: Ids, origin: Find) -> dict[str, Any]:
    """What the entry tells, with the numbers of this site."""
    detail = dict(line["detail"])
    if line["verb"] == "sign_off" and label == "workflows.SignOff":
        _require(line, sign_off_payload(origin(label, key)))
        detail |= sign_off_payload(SignOff.every.select_related("manifest").get(pk=new))
    if line["verb"] in VOIDING:
        _require(line, void_payload(origin(label, key)))
        detail |= void_payload(SignOff.every.get(pk=new))
    if isinstance(detail.get("manifest"), int):
        was = detail["manifest"]
        _require(line, manifest_payload(origin("documents.Manifest", was)))
        detail |= manifest_payload(Manifest.objects.get(pk=ids["documents.Manifest"][was]))
    if line["verb"] in STARTING and "stages" in detail:
        stages, seats = ids["workflows.Stage"], ids["workflows.Seat"]
        detail["stages"] = [str(stages[int(old)]) for old in detail["stages"]]
        detail["seats"] = {str(seats[int(old)]): one for old, one in detail["seats"].items()}
    if "sealed_sha256" in detail:
        record = apps.get_model(label)._base_manager.get(pk=new)
        detail["sealed_sha256"] = sealed_hash(record)
        detail["readers_sha256"] = readers_hash(record, record.values())
    return detail


def _require(line: Line, payload: Mapping[str, Any]) -> None:
    told = line["detail"]
    if any(told.get(name, value) != value for name, value in payload.items()):
        raise BackupError(f"trail, entry {line['id']}: {line['thing']} does not say what the trail says.")
