"""What the audit trail is told of reviews: to which country things belong, and that reviews, sign-offs and delegates are as it
tells (stages and whom they ask: workflows.trail.check_stages)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, lacking, last_told, other_moment, told
from audit.visibility import of_country
from documents.models import Manifest
from documents.text.canonical import language_version_hash
from documents.text_storage import tree_key
from workflows.choices import Outcome, ReviewState
from workflows.models import AnsweredText, Delegate, Review, RoundText, Seat, SignOff, Stage
from workflows.trail.audit_payloads import delegate_hash, review_hash, sign_off_told, words_hash

of_country(Review, "edition__instrument__country")
of_country(Stage, "review__edition__instrument__country")
of_country(Seat, "stage__review__edition__instrument__country")
of_country(Delegate, "institution__country")
of_country(SignOff, "seat__stage__review__edition__instrument__country")

BEGAN = ("start_review", "restart")


@check
def entries() -> Iterator[str]:
    """Every entry says what an entry of its kind says, so that there is something to compare with."""
    yield from lacking(
        {
            "start_review": ("edition", "round"),
            "restart": ("of", "order"),
            "open_stage": ("review", "due"),
            "extend": ("due",),
            "end_stage": ("review", "outcome"),
            "silent_assent": ("stage",),
            "hand_over_seat": ("to",),
            "sign_off": ("seat", "choice", "sha256"),
            "void_sign_off": ("seat",),
            "delegate": ("asked", "to", "until"),
        }
    )


@check
def reviews() -> Iterator[str]:
    """Every round has the text, the procedure, the stages and the institutions with which it started, ended as the trail tells,
    and none is gone."""
    began = last_told(*BEGAN)
    texts = last_told(*BEGAN, "lock_text")
    ends = _ends()
    found = Review.objects.select_related("manifest", "submitted_by").defer("manifest__texts")
    for review in found.order_by("pk"):
        name = f"review:{review.pk}"
        entry = began.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
            continue
        if entry.detail.get("procedure_sha256", now := review_hash(review)) != now:
            yield f"{name}: its procedure, its stages or whom they ask are not those with which it started"
        if texts[name].detail.get("sha256", review.manifest.sha256) != review.manifest.sha256:
            yield f"{name}: it is about another text than the trail tells"
        if entry.actor != review.submitted_by.actor:
            yield f"{name}: the trail names another person"
        if other_moment(entry, review.started):
            yield f"{name}: it began at another moment than the trail tells"
        yield from _end(name, review, ends.get(review.pk))
    for name in began:
        yield f"{name}: the trail tells of it, and it is gone"


def _ends() -> dict[Any, Entry]:
    """By review, the entry that tells how it ended; none while it runs."""
    ends: dict[Any, Entry] = {}
    for entry in told("end_stage", "void_review", "review_done", "restart"):
        if entry.verb == "end_stage":
            if entry.detail.get("outcome") in (Outcome.RETURNED, Outcome.FAILED):
                ends[entry.detail.get("review")] = entry
        elif entry.verb == "restart":
            # Where an older Kodeks ended a review with nothing but the start of the next.
            ends.setdefault(entry.detail.get("of"), entry)
        elif entry.verb != "void_review" or "state" in entry.detail or _number(entry) not in ends:
            ends[_number(entry)] = entry
    return ends


def _number(entry: Entry) -> int | None:
    number = entry.thing.partition(":")[2]
    return int(number) if number.isdecimal() else None


def _end(name: str, review: Review, entry: Entry | None) -> Iterator[str]:
    if review.state not in _states(entry):
        yield f"{name}: its state is not the one of which the trail tells"
    if (review.ended is None) != (entry is None):
        yield f"{name}: whether it has ended is not as the trail says"
    elif entry is not None and entry.verb != "restart" and other_moment(entry, review.ended):
        yield f"{name}: it ended at another moment than the trail tells"
    reason = words_hash("")
    if entry is not None and entry.verb != "end_stage":
        reason = entry.detail.get("reason_sha256")
    if reason is not None and reason != words_hash(review.end_reason):
        yield f"{name}: why it ended is not what the trail was told"


def _states(entry: Entry | None) -> tuple[Any, ...]:
    """The states that a review can have after the entry that tells of its end."""
    if entry is None:
        return (ReviewState.RUNNING,)
    if entry.verb == "end_stage":
        return (ReviewState.RETURNED,)
    if entry.verb == "review_done":
        return (ReviewState.DONE,)
    if entry.verb == "restart":
        return (ReviewState.VOIDED,)
    if "state" in entry.detail:
        return (entry.detail["state"],)
    return (ReviewState.VOIDED, ReviewState.WITHDRAWN)


@check
def reopened() -> Iterator[str]:
    """A text that was reopened took its review with it."""
    editions = {f"review:{pk}": f"edition:{of}" for pk, of in Review.objects.values_list("pk", "edition")}
    running: dict[str, str] = {}  # by edition, its review
    left: set[str] = set()
    for entry in told(*BEGAN, "reopen", "void_review"):
        if entry.verb in BEGAN:
            running[editions.get(entry.thing, "")] = entry.thing
        elif entry.verb == "void_review":
            left.discard(entry.thing)
            if running.get(edition := editions.get(entry.thing, "")) == entry.thing:
                del running[edition]
        elif entry.thing in running:
            left.add(running[entry.thing])
    # Of what was returned an older Kodeks told less.
    went_on = Review.objects.filter(state__in=(ReviewState.RUNNING, ReviewState.DONE))
    for pk in went_on.order_by("pk").values_list("pk", flat=True):
        if f"review:{pk}" in left:
            yield f"review:{pk}: its text was reopened, and it went on"


@check
def delegates() -> Iterator[str]:
    """Every delegate has their entry, every entry its delegate, and both say the same; an end stays an end."""
    named, ended = last_told("delegate"), last_told("end_delegate")
    for given in Delegate.objects.order_by("pk"):
        name = f"delegate:{given.pk}"
        entry = named.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
        elif entry.detail.get("sha256", now := delegate_hash(given)) != now:
            yield f"{name}: it does not say what the trail says"
        elif other_moment(entry, given.given):
            yield f"{name}: it was given at another moment than the trail tells"
        if (given.ended is not None) != (name in ended):
            yield f"{name}: whether it has ended is not as the trail says"
        elif name in ended and other_moment(ended[name], given.ended):
            yield f"{name}: it ended at another moment than the trail tells"
    for name in named:
        yield f"{name}: the trail tells of it, and it is gone"


@check
def sign_offs() -> Iterator[str]:
    """Every sign-off has its entry, every entry its sign-off, and both say the same; none was voided behind the trail."""
    said, voided = last_told("sign_off"), last_told("void_sign_off")
    given_ones = SignOff.objects.select_related("person", "manifest").defer("manifest__texts")
    for given in given_ones.order_by("pk"):
        name = f"signoff:{given.pk}"
        entry = said.pop(name, None)
        if entry is None:
            yield f"{name}: the trail does not know it"
            continue
        now = sign_off_told(given)
        if any(entry.detail.get(key, value) != value for key, value in now.items()):
            yield f"{name}: it does not say what the trail says"
        if entry.actor != given.person.actor:
            yield f"{name}: the trail names another person"
        if given.manifest.sha256 != given.manifest_sha256:
            yield f"{name}: it is bound to another text"
        yield from _voided(name, given, voided.get(name))
    for name in said:
        yield f"{name}: the trail tells of it, and it is gone"


def _voided(name: str, given: SignOff, entry: Entry | None) -> Iterator[str]:
    if given.voided_at is not None and entry is None:
        yield f"{name}: it was voided, and the trail does not say so"
    elif given.voided_at is None and entry is not None:
        yield f"{name}: it counts again, and the trail says that it was voided"
    elif entry is None:
        if given.void_reason:
            yield f"{name}: it counts, and has a reason for which it was voided"
    else:
        why = words_hash(given.void_reason)
        if entry.detail.get("reason_sha256", why) != why or other_moment(entry, given.voided_at):
            yield f"{name}: why or when it was voided is not what the trail was told"


@check
def round_texts() -> Iterator[str]:
    """The text of a round that has ended, hashed anew, is the one that was signed; where it was not locked, the one of which the
    trail tells that it stood then. Of a round that runs, or that ended with an adoption, none is kept."""
    then: dict[Any, Any] = {}
    for entry in told("end_stage", "void_review"):
        if "kept" in entry.detail:
            review = entry.detail["review"] if entry.verb == "end_stage" else _number(entry)
            then.setdefault(review, entry.detail["kept"])
    versions = dict(Manifest.objects.filter(pk__in=then.values()).values_list("pk", "versions"))
    kept = RoundText.objects.select_related("review__manifest").defer("review__manifest__texts")
    for text in kept.order_by("pk").iterator():
        if text.review.state in (ReviewState.RUNNING, ReviewState.DONE):
            yield f"roundtext:{text.pk}: its round has not ended so that its text is kept"
            continue
        noted = then.get(text.review_id)
        named = versions.get(noted, {}) if noted is not None else text.review.manifest.versions
        if language_version_hash(text.tree) != named.get(text.language):
            yield f"roundtext:{text.pk}: it is not the text of its round"


@check
def answered_texts() -> Iterator[str]:
    """Every text that was answered while it was open, hashed anew, is the one that was answered; none is gone, and none was added."""
    said = {entry.detail["kept"] for entry in told("sign_off") if "kept" in entry.detail}
    named = {
        (manifest.edition_id, language, sha256)
        for manifest in Manifest.objects.filter(pk__in=said).defer("texts")
        for language, sha256 in manifest.versions.items()
    }
    for text in AnsweredText.objects.order_by("pk").iterator():
        tree, own = text.tree, (text.edition_id, text.language, text.sha256)
        if own not in named or language_version_hash(tree) != text.sha256 or tree_key(tree) != text.key:
            yield f"answeredtext:{text.pk}: it is not a text that was answered"
        named.discard(own)
    for edition, language, sha256 in sorted(named):
        yield f"edition:{edition}: a text that was answered is gone ({language}, {sha256[:12]})"
