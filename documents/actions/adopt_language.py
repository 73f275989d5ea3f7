"""Languages that follow the adoption: a further authentic one by its own act, a courtesy translation as its
next number.

The text of such a language is written while the others are frozen; then it is submitted, checked by a second
person who did not write it, bound to its hash, and (an authentic one) adopted by an act that names that hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from audit.models import Reason
from audit.trail import thing_name
from documents.access import Text, writes_all
from documents.actions.adopt_edition import ActData, confirmed_payload, problems_of_acts, write_acts
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.authorship import authors_in
from documents.choices import FOLLOWED, Translation
from documents.hashing import version_hashes
from documents.language_versions import keep_texts
from documents.models import Edition, LanguageVersion, VersionCheck, VersionText
from documents.notifications import tell_of_check
from documents.signals import texts_changed
from documents.text import plain_text
from documents.text_storage import check_language, language_states
from documents.trail.audit_payloads import act_hash, check_payload, moment
from people.access import memberships, require
from people.models import Institution, User
from people.roles import Role, Verb


@record_refusals("begin_translation")
def begin_next(by: User, edition: Edition, language: str) -> LanguageVersion:
    """Opens a courtesy translation of an adopted edition to be written anew; readers keep the number before
    it.

    Raises ActionError for an authentic language, for one that is being written already, and for an edition
    that is neither approved nor in force; Http404 where ``by`` does not coordinate for its owner.
    """
    require(by, Verb.RECORD, edition)
    check_language(language)
    with transaction.atomic():
        held = hold(edition)
        if held.state not in FOLLOWED:
            raise ActionError(
                _("Only of a text that is adopted, and not superseded, a translation gets a next number.")
            )
        versions = LanguageVersion.objects.select_for_update(no_key=True).filter(
            edition=held, language=language
        )
        last = versions.order_by("-number").first()
        if last is None or last.authentic:
            raise ActionError(
                _("An authentic text is not replaced. A slip in it is mended by a corrigendum.")
            )
        if last.unfinished:
            raise ActionError(_("The next number of this translation is being written already."))
        # Nothing is kept of a number that readers have; the guards of a former Kodeks let it be put in by
        # SQL.
        if VersionText.objects.filter(version=last).exists():
            said = _(
                "A former text of this translation stands in the database that Kodeks did not put there."
            )
            raise ActionError(f"{said} {_('Nothing was changed; ask the operator.')}", "altered")
        made = LanguageVersion.objects.create(
            edition=held, language=language, number=last.number + 1, unfinished=True, later=True
        )
        keep_texts(last)
        audit.record("begin_translation", held, by, language=language, number=made.number)
        texts_changed.send(sender=Edition, edition=held, uids=None)
    return made


@record_refusals("submit_translation", of=lambda version: version.edition)
def submit(by: User, version: LanguageVersion) -> None:
    """Gives a version to be checked: every section of the original must be translated. Nobody writes in it
    meanwhile.

    Raises NotReady where it is not; ActionError for who was asked for single sections only, and where it was
    submitted.
    """
    require(by, Verb.DRAFT, Text(version.edition, version.language))
    with _unfinished(version) as held:
        if not writes_all(by, held.edition, held.language):
            raise ActionError(_("Who was asked for single sections does not submit the whole translation."))
        if held.submitted is not None:
            raise ActionError(_("It waits for its check already."))
        counts = language_states(held.edition)[held.language]
        missing, stale = counts.get(Translation.MISSING, 0), counts.get(Translation.STALE, 0)
        if missing or stale:
            raise NotReady(
                [
                    Problem(
                        _("%(count)d sections are not translated, or older than the original.")
                        % {"count": missing + stale},
                        code="behind",
                    )
                ]
            )
        held.sha256 = version_hashes(held.edition, [held.language])[held.language]
        held.submitted, held.submitted_by = timezone.now(), by
        held.save(update_fields=["sha256", "submitted", "submitted_by"])
        tell_of_check(by, held)
        audit.record(
            "submit_translation",
            held.edition,
            by,
            language=held.language,
            number=held.number,
            sha256=held.sha256,
        )


def may_check(by: User, version: LanguageVersion) -> str:
    """Why a person may not check a version, in words; empty where they may: a reviewer, coordinator or
    drafter of the owner, or a translator of that language in its country, who did not write it."""
    if by.pk == version.submitted_by_id or by.actor in authors_in(version.edition, version.language):
        return _("Who wrote in a translation, or submitted it, does not check it.")
    if speaks_for(by, version) is None:
        return _(
            "A translation is checked by a reviewer or coordinator of the owner, or by a translator of its "
            "language."
        )
    return ""


def speaks_for(by: User, version: LanguageVersion) -> Institution | None:
    """The institution for which a person checks."""
    instrument = version.edition.instrument
    for held in memberships(by):
        of_owner = held.institution_id == instrument.owner_id and held.role in (
            Role.REVIEWER,
            Role.COORDINATOR,
            Role.DRAFTER,
        )
        translates = (
            held.role == Role.TRANSLATOR
            and version.language in held.languages
            and held.institution.country_id == instrument.country_id
        )
        if of_owner or translates:
            return held.institution
    return None


@record_refusals("check_translation", of=lambda version: version.edition)
def check(by: User, version: LanguageVersion, agrees: bool, remarks: str, seen: str) -> VersionCheck:
    """Keeps what the second person says of exactly the text that the page showed (``seen`` is its hash).

    Agreed, a courtesy translation is what readers see from now on; an authentic one waits for its act.
    Otherwise it goes back to be written. Raises ActionError for who may not check it, a text that was not
    submitted, or another text.
    """
    require(by, Verb.READ, version.edition)
    remarks = plain_text(remarks)[:2000]
    with _unfinished(version) as held:
        # Asked of what is held: who wrote in it a moment ago is no second person.
        if why := may_check(by, held):
            raise ActionError(why, "not_second")
        institution = speaks_for(by, held)
        if held.submitted is None or institution is None:
            raise ActionError(_("It was not submitted for a check."))
        if _agreed(held):
            raise ActionError(_("It was checked already, and waits for its act."))
        if not held.sha256 or seen != held.sha256 or _hash(held) != held.sha256:
            raise ActionError(
                _("The text that you saw is not the one that is asked about now. Read it again.")
            )
        if not agrees and not remarks:
            raise ActionError(_("Say what is wrong with the translation."))
        made = VersionCheck.objects.create(
            version=held,
            sha256=held.sha256,
            person=by,
            institution=institution,
            agrees=agrees,
            remarks=remarks,
        )
        end = timezone.now() if agrees and not held.authentic else None
        audit.record("check_translation", held.edition, by, **check_payload(made), finished=moment(end))
        if not agrees:
            _open(held)
        elif end:
            _finish(held, end)
    return made


@record_refusals("return_translation", of=lambda version: version.edition)
def send_back(by: User, version: LanguageVersion, reason: str) -> None:
    """A coordinator gives a submitted version back to be written, checked or not, before its act: a slip is
    seen late, or nobody is there to check it. The reason stands on the page of its writers, and in the trail.

    Raises ActionError without a reason, and where it was not submitted; Http404 for who does not coordinate
    for its owner.
    """
    require(by, Verb.RECORD, version.edition)
    reason = plain_text(reason)[:2000]
    with _unfinished(version) as held:
        if held.submitted is None:
            raise ActionError(_("It was not submitted for a check."))
        if not reason:
            raise ActionError(_("Say why it goes back."))
        audit.record(
            "return_translation",
            held.edition,
            by,
            language=held.language,
            number=held.number,
            sha256=held.sha256,
            reason=reason,
        )
        _open(held)


def sent_back_because(version: LanguageVersion) -> list[str]:
    """Why a version was given back to be written, each time that it was; what somebody has taken out since is
    left out."""
    told = Reason.objects.filter(
        entry__verb="return_translation", entry__thing=thing_name(version.edition), entry__refused=False
    ).exclude(text="")
    place = (version.language, version.number)
    return [
        one.text
        for one in told.select_related("entry").order_by("entry")
        if (one.entry.detail.get("language"), one.entry.detail.get("number")) == place
    ]


@record_refusals("adopt_language", of=lambda version: version.edition)
def adopt_language(
    by: User, version: LanguageVersion, acts: Sequence[ActData], antedated: Sequence[date] = ()
) -> None:
    """Records the act that adopts a further authentic language: only the text that was checked, byte for
    byte. ``antedated`` as in :func:`documents.actions.adopt_edition.adopt_edition`."""
    require(by, Verb.ADOPT, version.edition)
    with _unfinished(version) as held:
        if not held.authentic:
            raise ActionError(_("A courtesy translation needs no act."))
        if held.submitted is None or not _agreed(held):
            raise ActionError(_("It was not checked by a second person yet."), "not_checked")
        if problems := problems_of_acts(acts, held.edition):
            raise NotReady(problems)
        if _hash(held) != held.sha256:
            raise ActionError(
                _("The text is not the one that was checked. Nothing was adopted; ask the operator.")
            )
        written = write_acts(by, held.edition, acts, held.edition.sha256, {held.language: held.sha256})
        now, more = timezone.now(), confirmed_payload(antedated)
        audit.record(
            "adopt_language",
            held.edition,
            by,
            language=held.language,
            number=held.number,
            sha256=held.sha256,
            finished=moment(now),
            acts_sha256=[act_hash(act) for act in written],
            **more,
        )
        _finish(held, now)


def _agreed(version: LanguageVersion) -> bool:
    return VersionCheck.objects.standing().filter(version=version).exists()


def _open(version: LanguageVersion) -> None:
    """Submitted no longer: it is written again."""
    version.sha256, version.submitted, version.submitted_by = "", None, None
    version.save(update_fields=["sha256", "submitted", "submitted_by"])


def _hash(version: LanguageVersion) -> str:
    return version_hashes(version.edition, [version.language])[version.language]


def _finish(version: LanguageVersion, at: datetime) -> None:
    version.unfinished, version.finished = False, at
    version.save(update_fields=["unfinished", "finished"])
    texts_changed.send(sender=Edition, edition=version.edition, uids=None)


@contextmanager
def _unfinished(version: LanguageVersion) -> Iterator[LanguageVersion]:
    """The version as it is now, held with its edition until the end of the transaction."""
    with transaction.atomic():
        edition = hold(version.edition)
        held = LanguageVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
        held.edition = edition
        if not held.unfinished or edition.state not in FOLLOWED:
            raise ActionError(_("This language version is finished, and is not changed any more."))
        yield held
