"""Answer for an institution: sign off, sign off with remarks, return, abstain."""

from __future__ import annotations

from django.utils.translation import gettext as _

import audit
from documents.actions.submit_edition import is_as_submitted
from documents.authorship import authors
from documents.choices import State
from documents.models import LanguageVersion, Manifest
from documents.text import plain_text
from people.access import may, require
from people.models import User
from people.roles import Verb
from theme.localized_names import localized_name
from workflows.actions.advance_stages import settle
from workflows.actions.errors import Refused
from workflows.actions.locking import hold_review, refusals
from workflows.actions.store_texts import keep_answered, manifest_now
from workflows.choices import Choice, ReviewState
from workflows.models import Review, Seat, SignOff
from workflows.rules.submitters import answered_beside, submitters
from workflows.trail.audit_payloads import sign_off_payload

LONGEST = 10_000


def sign_off(
    by: User,
    seat: Seat,
    choice: str,
    reason: str,
    seen_manifest_sha: str,
    *,
    second_factor: bool | None = None,
) -> SignOff:
    """Keeps the institution's one answer, bound to the text that was shown; ends the stage when the quorum is
    reached.

    ``second_factor`` says whether one was shown in the session; None for what is done outside of one.
    ``seen_manifest_sha`` is the hash of the text that the page showed. While the text is open for changes (a
    consultation) the answer is kept with the text as it stands at that moment, and a change after it voids
    nothing. Raises Refused, in words, for a stage that is not open, a second vote, another institution's
    vote, an author of the text, a text that has changed or was altered in the database, or a reason that is
    missing or too long; Http404 where ``by`` may not even see the review.
    """
    require(by, Verb.READ, seat.stage.review)
    reason = plain_text(reason)
    with refusals("sign_off", seat, by):
        review = hold_review(seat.stage.review_id)
        seat = Seat.objects.select_related("stage", "institution", "user").get(pk=seat.pk)
        seat.stage.review = review
        # What is asked below holds until this is through: a delegate is ended, a document closed, with the
        # trail in hand.
        audit.hold()
        require(by, Verb.READ, review)
        _check_that_it_may(by, seat, review)
        if seat.stage.second_factor and second_factor is False:
            raise Refused(
                "second_factor", _("This procedure asks for a code from your app before you answer.")
            )
        _check_the_answer(choice, reason)
        if seat.stage.locked:
            _check_the_text(seen_manifest_sha, review)
            check_as_submitted(review)
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
        settle(review, seat.stage)
    return given


def covered(manifest: Manifest) -> dict[str, str]:
    """The language versions that a sign-off speaks of: the authentic ones, each with its hash."""
    authentic = LanguageVersion.objects.filter(edition=manifest.edition_id, authentic=True)
    return {
        language: manifest.versions[language]
        for language in authentic.values_list("language", flat=True)
        if language in manifest.versions
    }


def _check_that_it_may(by: User, seat: Seat, review: Review) -> None:
    asked = Seat.objects.asked_of(by).filter(pk=seat.pk).exists()
    if not asked:
        raise Refused(
            "not_asked",
            _("This answer is asked of %(whom)s. You can't answer for them.")
            % {"whom": localized_name(seat.user.name) if seat.user else seat.body},
        )
    earlier = seat.answer
    if earlier is not None:
        _refuse_second(earlier, seat, review)
    _check_the_stage(seat, review)
    _check_the_submitter(by, seat, review)
    _check_one_voice(by, seat)
    wrote = authors(review.edition)
    if seat.user is not None and seat.user_id != by.pk and seat.user.actor in wrote:
        raise Refused(
            "author_by_delegate",
            _("%(name)s, for whom you would answer, wrote in this text. Nobody signs it off for its author.")
            % {"name": localized_name(seat.user.name)},
        )
    if by.actor in wrote:
        raise Refused(
            "author",
            _("You wrote in this text, so you can't sign it off. Ask a colleague, or tell the coordinator."),
        )
    if not may(by, Verb.SIGN_OFF, seat):
        raise Refused("no_right", _("You can't sign off in this review any more. Ask the coordinator."))


def _check_the_stage(seat: Seat, review: Review) -> None:
    """The review runs, and the stage is open."""
    if review.state in (ReviewState.VOIDED, ReviewState.WITHDRAWN, ReviewState.DONE):
        raise Refused("review_ended", _ended(review))
    if seat.stage.opened is None:
        raise Refused("not_yet", _("The stage “%(stage)s” has not begun yet.") % {"stage": seat.stage.title})
    if seat.stage.closed is not None:
        raise Refused(
            "stage_ended",
            _(
                "The stage “%(stage)s” has ended. Your answer was not recorded; tell the coordinator what "
                "you think."
            )
            % {"stage": seat.stage.title},
        )


def _check_one_voice(by: User, seat: Seat) -> None:
    """One person answers for one institution in a stage."""
    spoken_beside = answered_beside(seat)
    if seat.user is not None and seat.user_id != by.pk and seat.user_id in spoken_beside:
        raise Refused(
            "answered_beside_by_delegate",
            _(
                "%(name)s, for whom you would answer, has answered for %(institution)s in this stage. One "
                "person answers for one institution: the coordinator can ask somebody else."
            )
            % {"name": localized_name(seat.user.name), "institution": spoken_beside[seat.user_id].body},
        )
    beside = spoken_beside.get(by.pk)
    if beside is not None:
        raise Refused(
            "answered_beside",
            _(
                "You have answered for %(institution)s in this stage. One person answers for one "
                "institution: ask a colleague."
            )
            % {"institution": beside.body},
        )


def _check_the_submitter(by: User, seat: Seat, review: Review) -> None:
    """Nobody approves what they submitted, not through a delegate either."""
    known = submitters(review)
    if by.pk in known:
        raise Refused(
            "submitter",
            _("You submitted this text, so you can't sign it off. Ask a colleague of the institution."),
        )
    if seat.user_id in known:
        raise Refused(
            "submitter_by_delegate",
            _("%(name)s, for whom you would answer, submitted this text. Nobody signs it off for them.")
            % {"name": localized_name(known[seat.user_id].name)},
        )


def _ended(review: Review) -> str:
    """That a review has ended, how, and why the coordinator ended it."""
    if review.withdrawn:
        said = _("The review was withdrawn. Your answer was not recorded.")
    elif review.state == ReviewState.VOIDED and review.edition.state == State.DRAFT:
        said = _("The text was reopened. Your answer was not recorded.")
    else:
        said = _("This review has ended. Your answer was not recorded.")
    return f"{said} {_('Why: %(reason)s') % {'reason': review.end_reason}}" if review.end_reason else said


def _refuse_second(earlier: SignOff, seat: Seat, review: Review) -> None:
    if earlier.voided_at is not None:
        raise Refused(
            "voided",
            _("The text was reopened after %(institution)s had answered. A new round will ask again.")
            % {"institution": seat.body},
        )
    raise Refused(
        "answered",
        _("%(institution)s has answered already: %(answer)s, %(name)s. An institution has one vote.")
        % {
            "institution": seat.body,
            "answer": earlier.get_choice_display(),
            "name": localized_name(earlier.person.name),
        },
    )


def _check_the_text(seen: str, review: Review) -> None:
    if seen != review.manifest.sha256 or review.edition.sha256 != seen:
        raise Refused(
            "other_text",
            _("The text that you saw is not the one that is asked about now. Read it again, then answer."),
        )


def check_as_submitted(review: Review) -> None:
    """Hashes the locked text of a review anew, in the languages that a sign-off covers: it must be the one
    that was submitted, whoever altered it. Raises Refused."""
    if not is_as_submitted(review.edition, review.manifest, covered(review.manifest)):
        raise Refused(
            "altered",
            _("The text is not the one that was submitted. Nothing was recorded; ask the operator."),
        )


def _check_the_answer(choice: str, reason: str) -> None:
    if choice not in Choice.values:
        raise Refused("no_choice", _("Choose one of the four answers."))
    if choice != Choice.AGREE and not reason.strip():
        raise Refused("no_reason", _("Give a reason: it is needed for every answer but “Agree”."))
    if len(reason) > LONGEST:
        raise Refused("not_possible", _("A reason has at most %(most)d characters.") % {"most": LONGEST})
