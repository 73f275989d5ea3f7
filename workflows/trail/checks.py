"""Checks of ``verify_audit``: sign-offs, silence, delegates and stored texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.verify import check, last_entries
from audit.visibility import of_country
from documents.models import Manifest
from documents.text.canonical import language_version_hash
from documents.text_storage import tree_key
from documents.trail.audit_payloads import moment
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


@check(workflows_seat="assented")
def silence() -> Iterator[str]:
    """Silence was taken as assent where the trail says so."""
    told = last_entries("silent_assent")
    for seat in Seat.objects.exclude(assented=None).select_related("stage__review").order_by("pk"):
        entry = told.get(f"seat:{seat.pk}")
        if entry is None and not _is_imported(seat):
            yield f"seat:{seat.pk}: the trail does not take its silence as assent"
        elif entry is not None and entry.detail.get("moment") != moment(seat.assented):
            yield f"seat:{seat.pk}: the trail tells of another moment of its assent"


def _is_imported(seat: Seat) -> bool:
    """Of a review that was taken in from another site the trail has the sign-offs alone."""
    started = last_entries("start_review", "restart").get(f"review:{seat.stage.review_id}")
    return started is None or "origin_sha256" in started.detail


@check(workflows_delegate="asked_id to_id until ended")
def delegates() -> Iterator[str]:
    given, ended = last_entries("delegate"), last_entries("end_delegate")
    for one in Delegate.objects.select_related("asked", "to").order_by("pk"):
        name = f"delegate:{one.pk}"
        entry = given.get(name)
        if entry is None:
            yield f"{name}: the trail does not tell of it"
            continue
        now = {"asked": str(one.asked.actor), "to": str(one.to.actor), "until": str(one.until)}
        if any(entry.detail.get(key, value) != value for key, value in now.items()):
            yield f"{name}: the trail tells of another one"
        if (name in ended) != (one.ended is not None):
            yield f"{name}: whether it ended is not as the trail says"
