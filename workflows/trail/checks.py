"""Checks of ``verify_audit``: rounds, answers, rights and stored texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from audit.models import Entry
from audit.verify import check, last_entries
from audit.visibility import of_country
from documents.actions.audit_payloads import moment
from documents.editions.text_storage import tree_key
from documents.models import Manifest
from documents.text.canonical import language_version_hash
from people.models import Grant, Membership
from people.roles import Role, Verb
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.guards import STARTING, UNFOUNDED_GRANTS
from workflows.models import AnsweredText, Delegate, Review, RoundText, Seat, SignOff, Stage
from workflows.trail.audit_payloads import sign_off_payload, void_payload

of_country(Review, "edition__instrument__country")
of_country(Stage, "review__edition__instrument__country")
of_country(Seat, "stage__review__edition__instrument__country")
of_country(Delegate, "institution__country")
of_country(SignOff, "seat__stage__review__edition__instrument__country")


@check(
    workflows_signoff="seat_id choice reason person_id instead_of_id manifest_id manifest_sha256 covers at "
    "voided_at void_reason taken_back"
)
def sign_offs() -> Iterator[str]:
    """Every sign-off has its entry, says the same, and is bound to its text's hash."""
    given_entries, void_entries = last_entries("sign_off"), last_entries("void_sign_off")
    back_entries = last_entries("take_back_answer")
    rows = SignOff.every.select_related("person", "manifest").defer("manifest__texts").order_by("pk")
    for given in rows:
        name = f"signoff:{given.pk}"
        entry = given_entries.pop(name, None)
        void = (back_entries if given.taken_back else void_entries).get(name)
        if entry is None:
            yield f"{name}: the trail does not know it"
            continue
        detail = entry.detail
        if entry.actor != given.person.actor:
            yield f"{name}: the trail names another person"
        if any(detail.get(key, value) != value for key, value in sign_off_payload(given).items()):
            yield f"{name}: it does not say what the trail says"
        if given.manifest.sha256 != given.manifest_sha256:
            yield f"{name}: it is bound to another text"
        if (given.voided_at is None) != (void is None):
            yield f"{name}: whether it counts is not as the trail says"
        elif void is not None and any(
            void.detail.get(key, value) != value for key, value in void_payload(given).items()
        ):
            yield f"{name}: why or when it was voided is not what the trail was told"
    for name in given_entries:
        yield f"{name}: the trail tells of it, and it is gone"


@check(
    workflows_roundtext="review_id language text",
    workflows_answeredtext="edition_id language text sha256 key",
)
def stored_texts() -> Iterator[str]:
    """The stored texts, hashed again, are named by a manifest."""
    known: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for edition, versions in Manifest.objects.values_list("edition", "versions"):
        known[edition] |= set(versions.items())
    for ended in RoundText.objects.select_related("review").order_by("pk").iterator():
        named = (ended.language, language_version_hash(ended.tree))
        if named not in known[ended.review.edition_id]:
            yield f"roundtext:{ended.pk}: it is not the text of its round"
    for answered in AnsweredText.objects.order_by("pk").iterator():
        tree, named = answered.tree, (answered.language, answered.sha256)
        same = language_version_hash(tree) == answered.sha256 and tree_key(tree) == answered.key
        if not same or named not in known[answered.edition_id]:
            yield f"answeredtext:{answered.pk}: it is not a text that was answered"


@check(
    workflows_seat="stage_id institution_id",
    workflows_stage="review_id",
    workflows_review="started",
    added="workflows_review workflows_stage workflows_seat",
)
def plans() -> Iterator[str]:
    """Every review, stage and seat is one with which the trail began it. An older Kodeks named no stages."""
    began = last_entries(*STARTING)
    for pk, started in Review.objects.order_by("pk").values_list("pk", "started"):
        if _differs(began.get(f"review:{pk}"), started):
            yield f"review:{pk}: the trail does not say that it began then"
    for pk, review in Stage.objects.order_by("pk").values_list("pk", "review"):
        entry = began.get(f"review:{review}")
        if entry and str(pk) not in entry.detail.get("stages", [str(pk)]):
            yield f"stage:{pk}: the trail tells of no such stage"
    seats = Seat.objects.order_by("pk").values_list("pk", "stage__review", "institution__key")
    for pk, review, institution in seats:
        entry = began.get(f"review:{review}")
        if entry and entry.detail.get("seats", {str(pk): institution}).get(str(pk)) != institution:
            yield f"seat:{pk}: the trail does not ask this institution"


@check(workflows_seat="assented user_id")
def seats() -> Iterator[str]:
    """Silence counts where the trail took it as agreement, and who was asked instead is whom it names."""
    silent, handed = last_entries("silent_assent"), last_entries("hand_over_seat")
    for seat in Seat.objects.select_related("user").order_by("pk"):
        name = f"seat:{seat.pk}"
        if _differs(silent.get(name), seat.assented):
            yield f"{name}: whether its silence counts is not as the trail says"
        to = handed[name].detail.get("to") if name in handed else None
        if to is not None and (seat.user is None or str(seat.user.actor) != to):
            yield f"{name}: the trail names somebody else who was asked"


@check(workflows_stage="opened closed outcome")
def stages() -> Iterator[str]:
    """Every stage opened, and ended, when and as the trail says; the adoption with its review. What an older
    Kodeks took in from another site has no entries of its opening."""
    opened, ended, done = last_entries("open_stage"), last_entries("end_stage"), last_entries("review_done")
    started = last_entries(*STARTING)
    for stage in Stage.objects.filter(kept=None).order_by("pk"):
        name = f"stage:{stage.pk}"
        began, entry = started.get(f"review:{stage.review_id}"), opened.get(name)
        if (entry or (began and "origin_entry" not in began.detail)) and _differs(entry, stage.opened):
            yield f"{name}: whether and when it opened is not as the trail says"
        entry = ended.get(name)
        if entry is None and stage.kind == StageKind.ADOPTION and stage.outcome == Outcome.PASSED:
            entry = done.get(f"review:{stage.review_id}")
        elif entry is not None and entry.detail.get("outcome", stage.outcome) != stage.outcome:
            yield f"{name}: the trail tells of another outcome"
        if _differs(entry, stage.closed):
            yield f"{name}: whether and when it ended is not as the trail says"


@check(workflows_review="state ended")
def reviews() -> Iterator[str]:
    """Every review ended when and as the trail says; one was returned by a stage that did not pass."""
    ended = last_entries("review_done", "void_review")
    failed = Stage.objects.filter(kept=None).exclude(outcome__in=["", Outcome.PASSED, Outcome.VOIDED])
    returning = set(failed.values_list("review", "closed"))
    for review in Review.objects.order_by("pk"):
        name, entry = f"review:{review.pk}", ended.get(f"review:{review.pk}")
        if review.state == ReviewState.RETURNED:
            if (review.pk, review.ended) not in returning:
                yield f"{name}: no stage returned it, or at another moment"
        elif entry is not None and entry.detail.get("state", review.state) != review.state:
            yield f"{name}: the trail tells of another end"
        elif _differs(entry, review.ended):
            yield f"{name}: whether and when it ended is not as the trail says"


@check(
    workflows_delegate="institution_id asked_id to_id starts until given ended",
    people_grant="user_id institution_id key verb for_role for_institution_id",
    workflows_stagegrant="grant_id stage_id",
    gone="people_grant workflows_stagegrant",
)
def rights() -> Iterator[str]:
    """Every delegate is whom the trail names, and every right follows from a seat."""
    given, ended = last_entries("delegate"), last_entries("end_delegate")
    for one in Delegate.objects.select_related("asked", "to").order_by("pk"):
        name, entry = f"delegate:{one.pk}", given.get(f"delegate:{one.pk}")
        now = {"asked": str(one.asked.actor), "to": str(one.to.actor), "until": str(one.until)}
        if entry is None or any(entry.detail.get(key, value) != value for key, value in now.items()):
            yield f"{name}: the trail names no such delegate"
        if _differs(ended.get(name), one.ended):
            yield f"{name}: whether it ended is not as the trail says"
    with connection.cursor() as cursor:
        cursor.execute(UNFOUNDED_GRANTS)
        for (pk,) in cursor.fetchall():
            yield f"grant:{pk}: no seat of a review gives this right"
    for seat, user in _lacking():
        yield f"seat:{seat}: user:{user} has no right to answer any more"


def _lacking() -> Iterator[tuple[int, int]]:
    """Who reviews for an institution since before its stage opened, is asked there, and can't answer."""
    open_stages = Stage.objects.filter(review__state=ReviewState.RUNNING, opened__isnull=False, closed=None)
    active = Membership.objects.active().filter(role=Role.REVIEWER, user__is_active=True)
    rights = Grant.objects.active().filter(verb=Verb.SIGN_OFF)
    for stage in open_stages.order_by("pk"):
        for seat in stage.seats_waiting(assented=None):
            asked = active.filter(institution=seat.institution_id, confirmed__lte=stage.opened)
            for user in asked.order_by("user").values_list("user", flat=True).distinct():
                own = rights.filter(user=user, of_stage__stage=stage, for_institution=seat.institution_id)
                if seat.user_id in (None, user) and not own.exists():
                    yield seat.pk, user


def _differs(entry: Entry | None, at: datetime | None) -> bool:
    """Whether something happened that the trail does not tell of, at that moment, or the other way round."""
    return (entry is None) != (at is None) or (
        entry is not None and entry.detail.get("moment", moment(at)) != moment(at)
    )
