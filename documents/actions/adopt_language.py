"""Languages that follow the adoption: an authentic one by its own act, a translation as its next number.

The text is written while the others are frozen, and submitted. A second person, who did not write it, checks
it. Then it is bound to its hash. If authentic, an act that names that hash adopts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from audit.models import Reason
from audit.trail import thing_name
from documents.access.authorship import authors_in
from documents.access.rights import Text, writes_all
from documents.actions import explain_case_data
from documents.actions.adopt_edition import ActData, confirmed_payload, problems_of_acts, write_acts
from documents.actions.audit_payloads import act_hash, check_payload, moment
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.choices import FOLLOWED, Translation
from documents.editions.hashing import version_hashes
from documents.editions.language_versions import keep_texts
from documents.editions.text_storage import check_language, language_states
from documents.models import Edition, LanguageVersion, VersionCheck, VersionText
from documents.notifications import tell_of_check
from documents.signals import texts_changed
from documents.text import plain_text
from people.access import are_two_people, memberships, require
from people.models import Institution, User
from people.roles import Role, Verb


@record_refusals("begin_translation")
def begin_next(by: User, edition: Edition, language: str) -> LanguageVersion:
    """Opens a courtesy translation of an adopted edition for its next number; readers keep the one before it.
    Raises ActionError where that can't be."""
    require(by, Verb.RECORD, edition)
    check_language(language)
    with transaction.atomic():
        locked = hold(edition)
        if locked.state not in FOLLOWED:
            raise ActionError(
                _("You can start a new translation only of a text that is adopted and not superseded.")
            )
        versions = LanguageVersion.objects.select_for_update(no_key=True).filter(
            edition=locked, language=language
        )
        last = versions.order_by("-number").first()
        if last is None or last.authentic:
            raise ActionError(_("You can't replace an authentic text. Correct an error with a corrigendum."))
        if last.unfinished:
            raise ActionError(_("A new translation is already being written."))
        # Nothing is kept of a number that readers have; the guards of a former Kodeks let it be put in by
        # SQL.
        if VersionText.objects.filter(version=last).exists():
            foreign = _(
                "The database contains an earlier text of this translation that Kodeks did not "
                "save. Contact the operator."
            )
            raise ActionError(f"{foreign} {_('Nothing was changed; ask the operator.')}", "altered")
        created = LanguageVersion.objects.create(
            edition=locked, language=language, number=last.number + 1, unfinished=True, later=True
        )
        keep_texts(last)
        audit.record("begin_translation", locked, by, language=language, number=created.number)
        texts_changed.send(sender=Edition, edition=locked, uids=None)
    return created


@record_refusals("submit_translation", of=lambda version: version.edition)
def submit(by: User, version: LanguageVersion) -> None:
    """Gives a full version to be checked; until then nobody writes in it. Raises NotReady where sections are
    missing, ActionError for who was asked for single sections only, and where it was submitted."""
    require(by, Verb.DRAFT, Text(version.edition, version.language))
    with _unfinished(version) as locked:
        if not writes_all(by, locked.edition, locked.language):
            raise ActionError(
                _("You were assigned only some sections, so you can't submit the whole translation.")
            )
        if locked.submitted is not None:
            raise ActionError(_("This translation is already waiting to be checked."))
        counts = language_states(locked.edition)[locked.language]
        missing, stale = counts.get(Translation.MISSING, 0), counts.get(Translation.STALE, 0)
        if missing or stale:
            behind = _("%(count)d sections are not translated or out of date.")
            raise NotReady([Problem(behind % {"count": missing + stale}, code="behind")])
        if found := explain_case_data.problems(locked.edition, [locked.language]):
            raise NotReady(found)
        locked.sha256 = version_hashes(locked.edition, [locked.language])[locked.language]
        locked.submitted, locked.submitted_by = timezone.now(), by
        locked.save(update_fields=["sha256", "submitted", "submitted_by"])
        tell_of_check(by, locked)
        _record("submit_translation", locked, by)


def may_check(by: User, version: LanguageVersion) -> str:
    """Why a person may not check a version, in words; empty where they may. They must be a reviewer,
    coordinator or drafter of the owner, or a translator of that language in its country. And they did not
    write it."""
    if by.pk == version.submitted_by_id or by.actor in authors_in(version.edition, version.language):
        return _("You can't check a translation that you wrote or submitted.")
    if version.submitted_by is not None and not are_two_people(by, version.submitted_by):
        return _("One of you invited the other. A third person must check this translation.")
    if speaks_for(by, version) is None:
        return _(
            "A translation must be checked by a reviewer or coordinator of the responsible "
            "institution, or by a translator of that language."
        )
    return ""


def speaks_for(by: User, version: LanguageVersion) -> Institution | None:
    """The institution for which a person checks."""
    instrument = version.edition.instrument
    for membership in memberships(by):
        of_owner = membership.institution_id == instrument.owner_id and membership.role in (
            Role.REVIEWER,
            Role.COORDINATOR,
            Role.DRAFTER,
        )
        translates = (
            membership.role == Role.TRANSLATOR
            and version.language in membership.languages
            and membership.institution.country_id == instrument.country_id
        )
        if of_owner or translates:
            return membership.institution
    return None


@record_refusals("check_translation", of=lambda version: version.edition)
def check(by: User, version: LanguageVersion, agrees: bool, remarks: str, seen: str) -> VersionCheck:
    """Keeps what the second person says of exactly the text that the page showed (``seen`` is its hash). If
    agreed, readers see a courtesy translation from now on, and an authentic one waits for its act. Else it is
    returned."""
    require(by, Verb.READ, version.edition)
    remarks = plain_text(remarks)[:2000]
    with _unfinished(version) as locked:
        # Asked of what is held: who wrote in it a moment ago is no second person.
        if why := may_check(by, locked):
            raise ActionError(why, "not_second")
        institution = speaks_for(by, locked)
        if locked.submitted is None or institution is None:
            raise ActionError(_("This text was not submitted for checking."))
        if _agreed(locked):
            raise ActionError(_("This text has already been checked and is waiting for its act."))
        if not locked.sha256 or seen != locked.sha256 or _hash(locked) != locked.sha256:
            raise ActionError(_("The text has changed since you opened this page. Read it again."))
        if not agrees and not remarks:
            raise ActionError(_("Enter what is wrong with the translation."))
        answer = {"agrees": agrees, "remarks": remarks}
        created = VersionCheck.objects.create(
            version=locked, sha256=locked.sha256, person=by, institution=institution, **answer
        )
        end = timezone.now() if agrees and not locked.authentic else None
        audit.record("check_translation", locked.edition, by, **check_payload(created), finished=moment(end))
        if not agrees:
            _open(locked)
        elif end:
            _finish(locked, end)
    return created


@record_refusals("return_translation", of=lambda version: version.edition)
def send_back(by: User, version: LanguageVersion, reason: str) -> None:
    """A coordinator gives a submitted version back to be written, checked or not, before its act. Its writers
    read the reason. Raises ActionError without one, and where it was not submitted."""
    require(by, Verb.RECORD, version.edition)
    reason = plain_text(reason)[:2000]
    with _unfinished(version) as locked:
        if locked.submitted is None:
            raise ActionError(_("This text was not submitted for checking."))
        if not reason:
            raise ActionError(_("Enter the reason for sending it back."))
        _record("return_translation", locked, by, reason=reason)
        _open(locked)


def sent_back_because(version: LanguageVersion) -> list[str]:
    """Why a version was returned to be written, each time; without the reasons removed since."""
    entries = Reason.objects.filter(
        entry__verb="return_translation", entry__thing=thing_name(version.edition), entry__refused=False
    ).exclude(text="")
    place = (version.language, version.number)
    return [
        one.text
        for one in entries.select_related("entry").order_by("entry")
        if (one.entry.detail.get("language"), one.entry.detail.get("number")) == place
    ]


@record_refusals("adopt_language", of=lambda version: version.edition)
def adopt_language(
    by: User, version: LanguageVersion, acts: Sequence[ActData], antedated: Sequence[date] = ()
) -> None:
    """Records the act that adopts a further authentic language: only the text that was checked."""
    require(by, Verb.ADOPT, version.edition)
    with _unfinished(version) as locked:
        if not locked.authentic:
            raise ActionError(_("An unofficial translation does not need an act."))
        if locked.submitted is None or not _agreed(locked):
            raise ActionError(_("A second person has not checked this text yet."), "not_checked")
        if problems := problems_of_acts(acts, locked.edition):
            raise NotReady(problems)
        if _hash(locked) != locked.sha256:
            raise ActionError(
                _("The text has changed since it was checked, so it was not adopted. Contact the operator.")
            )
        written = write_acts(
            by, locked.edition, acts, locked.edition.sha256, {locked.language: locked.sha256}
        )
        now, hashes = timezone.now(), [act_hash(act) for act in written]
        more = {"finished": moment(now), "acts_sha256": hashes} | confirmed_payload(antedated)
        _record("adopt_language", locked, by, **more)
        _finish(locked, now)


def _record(verb: str, version: LanguageVersion, by: User, **more: Any) -> None:
    audit.record(
        verb, version.edition, by,
        language=version.language, number=version.number, sha256=version.sha256, **more,
    )  # fmt: skip


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
    """The version as it is now, locked with its edition until the end of the transaction."""
    with transaction.atomic():
        edition = hold(version.edition)
        locked = LanguageVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
        locked.edition = edition
        if not locked.unfinished or edition.state not in FOLLOWED:
            raise ActionError(_("This language version is final and can't be changed."))
        yield locked
