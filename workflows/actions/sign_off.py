"""Answer for an institution: sign off, sign off with remarks, return, abstain."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.access.authorship import authors
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import is_as_submitted
from documents.choices import State
from documents.models import LanguageVersion, Manifest
from documents.text import plain_text
from people.access import may, require
from people.models import User
from people.roles import Verb
from theme.check_number import check_groups
from theme.localized_names import localized_name
from workflows import mails
from workflows.actions.advance_stages import settle
from workflows.actions.locking import hold_seat
from workflows.actions.store_texts import keep_answered, manifest_now
from workflows.choices import Choice, ReviewState
from workflows.models import Review, Seat, SignOff
from workflows.rules.vote_conflicts import answered_in_stage, submitters
from workflows.trail.audit_payloads import sign_off_payload

LONGEST = 10_000


@record_refusals("sign_off")
def check_sign_off(
    by: User,
    seat: Seat,
    choice: str,
    reason: str,
    seen_manifest_sha: str,
    *,
    second_factor: bool | None = None,
) -> None:
    """Raises what :func:`sign_off` would; changes nothing."""
    require(by, Verb.READ, seat.stage.review)
    _check(by, seat, choice, plain_text(reason), seen_manifest_sha, second_factor=second_factor)


@record_refusals("sign_off")
def sign_off(
    by: User,
    seat: Seat,
    choice: str,
    reason: str,
    seen_manifest_sha: str,
    *,
    second_factor: bool | None = None,
) -> SignOff:
    """Keep the institution's one answer, bound to the text that was shown; end the stage when it is decided.

    ``second_factor``: whether one was shown, None outside of a session. ``seen_manifest_sha`` is the hash
    of the text that the page showed. On an open text the answer is stored with the current text. Raises
    ActionError with the reason, Http404 where ``by`` may not see the review.
    """
    require(by, Verb.READ, seat.stage.review)
    reason = plain_text(reason)
    with transaction.atomic():
        seat = hold_seat(seat)
        review = seat.stage.review
        # What is asked below holds until this is through: a delegate is ended, a document closed, with the
        # trail in hand.
        audit.hold()
        require(by, Verb.READ, review)
        _check(by, seat, choice, reason, seen_manifest_sha, second_factor=second_factor)
        manifest, noted = (review.manifest, {}) if seat.stage.locked else manifest_now(review.edition)
        given = SignOff.objects.create(
            seat=seat,
            choice=choice,
            reason=reason,
            person=by,
            instead_of=seat.user if seat.user_id not in (None, by.pk) else None,
            manifest=manifest,
            manifest_sha256=manifest.sha256,
            covers=covered(manifest),
        )
        if not seat.stage.locked:
            noted = noted | keep_answered(review.edition, manifest)
        audit.record("sign_off", given, by, **sign_off_payload(given), **noted)
        _send_receipt(given, review)
        settle(review, seat.stage)
    return given


def covered(manifest: Manifest) -> dict[str, str]:
    """The language versions that a sign-off is about: the authentic ones, each with its hash."""
    authentic = LanguageVersion.objects.filter(edition=manifest.edition_id, authentic=True)
    return {
        language: manifest.versions[language]
        for language in authentic.values_list("language", flat=True)
        if language in manifest.versions
    }


def _check(by: User, seat: Seat, choice: str, reason: str, seen: str, *, second_factor: bool | None) -> None:
    review = seat.stage.review
    _check_that_it_may(by, seat, review)
    if seat.stage.second_factor and second_factor is False:
        raise ActionError(
            _("This procedure requires a code from your authenticator app before you answer."),
            "second_factor",
        )
    _check_the_answer(choice, reason)
    if seat.stage.locked:
        _check_the_text(seen, review)


def _send_receipt(given: SignOff, review: Review) -> None:
    """Mail each respondent their answer, its time, and its text."""
    seat = given.seat
    mails.tell(
        given.person,
        "receipt",
        review,
        page=f"review/{review.pk}/?seat={seat.pk}",
        may_wait=False,
        institution=lambda: seat.body,
        stage=lambda: seat.stage.title,
        choice=given.get_choice_display,
        at=given.at.astimezone(ZoneInfo(review.zone)),
        zone=review.zone,
        number=" ".join(check_groups(given.manifest_sha256)),
        signs=seat.stage.locked,
    )


def _check_that_it_may(by: User, seat: Seat, review: Review) -> None:
    if not Seat.objects.for_respondent(by).filter(pk=seat.pk).exists():
        whom = localized_name(seat.user.name) if seat.user else seat.body
        message = _("Only %(whom)s can give this answer. You cannot answer for them.")
        raise ActionError(message % {"whom": whom}, "not_asked")
    earlier = seat.answer
    if earlier is not None:
        _refuse_second(earlier, seat)
    _check_the_stage(seat, review)
    _check_the_submitter(by, seat, review)
    _check_one_voice(by, seat)
    wrote = authors(review.edition)
    if seat.user is not None and seat.user_id != by.pk and seat.user.actor in wrote:
        message = _(
            "%(name)s, whose delegate you are, is an author of this text. You cannot sign it off "
            "as the delegate."
        )
        raise ActionError(message % {"name": localized_name(seat.user.name)}, "author_by_delegate")
    if by.actor in wrote:
        message = _(
            "You are an author of this text, so you cannot sign it off. Ask a colleague or "
            "contact the coordinator."
        )
        raise ActionError(message, "author")
    if not may(by, Verb.SIGN_OFF, seat):
        message = _("You can no longer sign off in this review. Contact the coordinator.")
        raise ActionError(message, "no_right")


def _check_the_stage(seat: Seat, review: Review) -> None:
    """The review runs, and the stage is open."""
    stage = {"stage": seat.stage.title}
    if review.state in (ReviewState.VOIDED, ReviewState.WITHDRAWN, ReviewState.DONE):
        raise ActionError(_ended(review), "review_ended")
    if seat.stage.opened is None:
        raise ActionError(_("The stage “%(stage)s” has not started yet.") % stage, "not_yet")
    if seat.stage.closed is not None:
        message = _(
            "The stage “%(stage)s” has ended. Your answer was not recorded. Give your opinion to "
            "the coordinator."
        )
        raise ActionError(message % stage, "stage_ended")


def _check_one_voice(by: User, seat: Seat) -> None:
    """One person answers for one institution in a stage."""
    answered = answered_in_stage(seat)
    if seat.user is not None and seat.user_id != by.pk and seat.user_id in answered:
        message = _(
            "%(name)s, whose delegate you are, has already answered for %(institution)s in this "
            "stage. One person can answer for one institution only. The coordinator can choose "
            "somebody else."
        )
        names = {"name": localized_name(seat.user.name), "institution": answered[seat.user_id].body}
        raise ActionError(message % names, "answered_beside_by_delegate")
    if by.pk in answered:
        message = _(
            "You have already answered for %(institution)s in this stage. One person can answer "
            "for one institution only. Ask a colleague to answer."
        )
        raise ActionError(message % {"institution": answered[by.pk].body}, "answered_beside")


def _check_the_submitter(by: User, seat: Seat, review: Review) -> None:
    """Nobody approves what they submitted, not through a delegate either."""
    known = submitters(review)
    if by.pk in known:
        message = _(
            "You submitted this text, so you cannot sign it off. Ask a colleague from your institution."
        )
        raise ActionError(message, "submitter")
    if seat.user_id in known:
        message = _(
            "%(name)s, whose delegate you are, submitted this text. You cannot sign it off as the delegate."
        )
        raise ActionError(
            message % {"name": localized_name(known[seat.user_id].name)}, "submitter_by_delegate"
        )


def _ended(review: Review) -> str:
    """That a review has ended, how, and why the coordinator ended it."""
    if review.withdrawn:
        message = _("The review was withdrawn. Your answer was not recorded.")
    elif review.state == ReviewState.VOIDED and review.edition.state == State.DRAFT:
        message = _("The text was reopened. Your answer was not recorded.")
    else:
        message = _("This review has ended. Your answer was not recorded.")
    reason = _("Why: %(reason)s") % {"reason": review.end_reason}
    return f"{message} {reason}" if review.end_reason else message


def _refuse_second(earlier: SignOff, seat: Seat) -> None:
    if earlier.voided_at is not None:
        message = _(
            "The text was reopened after %(institution)s answered. An answer will be "
            "needed in the next round."
        )
        raise ActionError(message % {"institution": seat.body}, "voided")
    message = _("%(institution)s has already answered: %(answer)s, %(name)s. Each institution has one vote.")
    given = {"answer": earlier.get_choice_display(), "name": localized_name(earlier.person.name)}
    raise ActionError(message % {"institution": seat.body, **given}, "answered")


def _check_the_text(seen: str, review: Review) -> None:
    """It is the one that was shown, and still has the hash of its submission, whoever altered it."""
    if seen != review.manifest.sha256 or review.edition.sha256 != seen:
        message = _("The text has changed since you opened it. Read it again, then answer.")
        raise ActionError(message, "other_text")
    if not is_as_submitted(review.edition, review.manifest, covered(review.manifest)):
        message = _("The text is not the one that was submitted. Nothing was recorded. Contact the operator.")
        raise ActionError(message, "altered")


def _check_the_answer(choice: str, reason: str) -> None:
    if choice not in Choice.values:
        raise ActionError(_("Choose one of the four answers."), "no_choice")
    if choice != Choice.AGREE and not reason.strip():
        message = _("Give a reason. It is required unless you choose “Agree”.")
        raise ActionError(message, "no_reason")
    if len(reason) > LONGEST:
        message = _("The reason can have at most %(most)d characters.")
        raise ActionError(message % {"most": LONGEST}, "not_possible")
