"""Whether what was submitted, and the log of who wrote in it, are as the audit trail was told at that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.verify import check, told
from documents.models import Manifest
from documents.trail.audit_payloads import log_states, manifest_hash

NOTING = ("submit", "start_review", "restart", "confirm_prior", "sign_off", "end_stage", "void_review")
"""The entries that tell of a manifest; those of an older Kodeks do not."""


@check
def noted_manifests() -> Iterator[str]:
    """Every manifest says what it said when it was made: every hash in it, when and by whom; none is gone or was added."""
    noted = {}
    for entry in told(*NOTING):
        if isinstance(pk := entry.detail.get("manifest"), int):
            noted[pk] = entry.detail.get("manifest_sha256")
    first = min(noted, default=None)
    for made in Manifest.objects.order_by("pk").iterator(chunk_size=20):
        name = f"manifest:{made.pk}"
        if made.pk in noted:
            if noted.pop(made.pk) != manifest_hash(made):
                yield f"{name}: it does not say what the trail says"
        elif first is not None and made.pk > first:
            yield f"{name}: the trail does not know it"
    for pk in noted:
        yield f"manifest:{pk}: the trail tells of it, and it is gone"


@check
def logs() -> Iterator[str]:
    """The log of changes, hashed anew up to each line at which the trail was told of it, names who wrote where as it did then.
    Whoever stands in it may not sign off."""
    wanted: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for entry in told(*NOTING, "submit_translation"):
        edition, last = entry.detail.get("log_of"), entry.detail.get("log")
        if isinstance(edition, int) and isinstance(last, int) and last:
            wanted[edition].add((last, str(entry.detail.get("log_sha256"))))
    for edition, states in wanted.items():
        now = set(log_states(edition, frozenset(last for last, _sha256 in states)))
        if wrong := sorted(states - now):
            line = wrong[0][0]
            yield f"edition:{edition}: its log of changes, up to line {line}, is not the one of which the trail was told"
