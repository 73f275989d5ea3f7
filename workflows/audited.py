"""What the audit trail is told of reviews: to which country things belong, and that sign-offs are as it tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.models import Entry
from audit.scopes import of_country
from audit.verify import check
from documents.tree import sha256_of
from workflows.choices import StageKind
from workflows.models import Delegate, Review, Seat, SignOff, Stage

of_country(Review, "edition__instrument__country")
of_country(Stage, "review__edition__instrument__country")
of_country(Seat, "stage__review__edition__instrument__country")
of_country(Delegate, "institution__country")
of_country(SignOff, "seat__stage__review__edition__instrument__country")


def told_of(choice: str, manifest_sha256: str, seat: int, reason: str) -> dict[str, Any]:
    """What the trail is told of a sign-off: of its reason the hash alone."""
    return {
        "seat": seat,
        "choice": choice,
        "sha256": manifest_sha256,
        "reason_sha256": sha256_of(reason.encode()),
    }


@check
def sign_offs() -> Iterator[str]:
    """Every sign-off has its entry, every entry its sign-off, and both say the same; none was voided behind the trail."""
    told = {
        entry.thing: entry for entry in Entry.objects.filter(verb="sign_off", refused=False).order_by("id")
    }
    voided = set(Entry.objects.filter(verb="void_sign_off", refused=False).values_list("thing", flat=True))
    for given in SignOff.objects.select_related("person", "manifest").order_by("pk"):
        name = f"signoff:{given.pk}"
        entry = told.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
            continue
        now = told_of(given.choice, given.manifest_sha256, given.seat_id, given.reason)
        if any(entry.detail.get(key, value) != value for key, value in now.items()):
            yield f"{name}: it does not say what the trail says"
        if entry.actor != given.person.actor:
            yield f"{name}: the trail names another person"
        if given.manifest.sha256 != given.manifest_sha256:
            yield f"{name}: it is bound to another text"
        if given.voided_at is not None and name not in voided:
            yield f"{name}: it was voided, and the trail does not say so"
        if given.voided_at is None and name in voided:
            yield f"{name}: it counts again, and the trail says that it was voided"
    for name in told:
        yield f"{name}: the trail tells of it, and it is gone"


@check
def stages() -> Iterator[str]:
    """Every stage that ended came to what the trail tells, and silence was taken as assent only where it says so."""
    ended: dict[str, str] = {
        thing: detail["outcome"]
        for thing, detail in Entry.objects.filter(verb="end_stage", refused=False)
        .order_by("id")
        .values_list("thing", "detail")
    }
    # A stage that was kept from a round before ended there, and an adoption ends with the entry that tells of it.
    own = Stage.objects.filter(kept=None).exclude(outcome="").exclude(kind=StageKind.ADOPTION)
    for stage in own.order_by("pk"):
        if ended.get(f"stage:{stage.pk}") != stage.outcome:
            yield f"stage:{stage.pk}: the trail tells that it ended otherwise"
    assents = set(Entry.objects.filter(verb="silent_assent", refused=False).values_list("thing", flat=True))
    for pk in Seat.objects.filter(assented__isnull=False).order_by("pk").values_list("pk", flat=True):
        if f"seat:{pk}" not in assents:
            yield f"seat:{pk}: its silence was taken as assent, and the trail does not say so"
