"""What the audit trail is told of reviews: to which country things belong, and that sign-offs are as it tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import rfc8785

from audit.models import Entry
from audit.scopes import of_country
from audit.verify import check
from documents.tree import sha256_of
from workflows.choices import StageKind
from workflows.deadlines import day_there
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


FROZEN = (
    "order",
    "step",
    "kind",
    "name",
    "quorum",
    "days",
    "working",
    "silence",
    "delegate",
    "second_factor",
    "locked",
    "kept_id",
)
"""What of a stage never changes once its review has begun."""


def review_hash(review: Review) -> str:
    """The hash of what a round started with and keeps: its edition, its copy of the procedure, its stages, whom each asks."""
    asked: dict[int, list[int]] = {}
    for stage, institution in Seat.objects.filter(stage__review=review).values_list("stage", "institution"):
        asked.setdefault(stage, []).append(institution)
    stages = [
        {"asked": sorted(asked.get(row["pk"], []))} | {name: row[name] for name in FROZEN}
        for row in Stage.objects.filter(review=review).order_by("order").values("pk", *FROZEN)
    ]
    return _hash(
        {
            "edition": review.edition_id,
            "round": review.round,
            "procedure": review.procedure,
            "stages": stages,
        }
    )


def delegate_hash(given: Delegate) -> str:
    """The hash of who lets whom answer, for which institution, from when until when and why."""
    return _hash(
        {
            "institution": given.institution_id,
            "asked": given.asked_id,
            "to": given.to_id,
            "starts": str(given.starts),
            "until": str(given.until),
            "reason": given.reason,
            "given_by": given.given_by_id,
            "by_coordinator": given.by_coordinator,
        }
    )


def _hash(value: dict[str, Any]) -> str:
    return sha256_of(rfc8785.dumps(value))


def _told(*verbs: str) -> dict[str, Entry]:
    """The last entry of these verbs for each thing."""
    entries = Entry.objects.filter(verb__in=verbs, refused=False).order_by("id")
    return {entry.thing: entry for entry in entries}


@check
def reviews() -> Iterator[str]:
    """Every round has the procedure, the stages and the institutions with which it started, and none is gone."""
    told = _told("start_review", "restart")
    for review in Review.objects.order_by("pk"):
        name = f"review:{review.pk}"
        entry = told.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
        elif "procedure_sha256" in entry.detail and entry.detail["procedure_sha256"] != review_hash(review):
            yield f"{name}: its procedure, its stages or whom they ask are not those with which it started"
    for name in told:
        yield f"{name}: the trail tells of it, and it is gone"


@check
def deadlines() -> Iterator[str]:
    """The deadline of every stage is the one with which it was opened, or to which it was moved with a reason."""
    told = _told("open_stage", "extend")
    opened = Stage.objects.filter(kept=None, opened__isnull=False)
    for stage in opened.select_related("review__edition__instrument__country").order_by("pk"):
        entry = told.get(f"stage:{stage.pk}")
        if entry is None:
            yield f"stage:{stage.pk}: it was opened, and the trail does not say so"
            continue
        day = entry.detail["due"]
        if entry.verb == "open_stage":
            day = str(day_there(datetime.fromisoformat(day), stage.review.zone))
        if day != str(stage.due_day):
            yield f"stage:{stage.pk}: its deadline is not the one of which the trail tells"


@check
def delegates() -> Iterator[str]:
    """Every delegate has their entry, every entry its delegate, and both say the same; an end stays an end."""
    told, ended = _told("delegate"), _told("end_delegate")
    for given in Delegate.objects.order_by("pk"):
        name = f"delegate:{given.pk}"
        entry = told.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
        elif entry.detail.get("sha256", delegate_hash(given)) != delegate_hash(given):
            yield f"{name}: it does not say what the trail says"
        if (given.ended is not None) != (name in ended):
            yield f"{name}: whether it has ended is not as the trail says"
    for name in told:
        yield f"{name}: the trail tells of it, and it is gone"


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
