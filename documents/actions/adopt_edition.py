"""Record what made an edition law or policy; bring it into force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.audit_payloads import act_hash
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold, hold_instrument
from documents.actions.plan_adoption import plan_adoption
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import check_against_manifest
from documents.choices import ActKind, State
from documents.editions import adoption_checks, blobs
from documents.editions.hashing import hash_of_edition, version_hashes
from documents.models import AdoptionAct, Blob, Edition, Instrument, LanguageVersion
from documents.models.acts import ActFields
from documents.signals import edition_moved
from documents.text import plain_line
from people.access import require
from people.models import User
from people.roles import Verb

FIRST_DAY, LONGEST_WAIT = date(1900, 1, 1), timedelta(days=3653)
"""A date beyond these is a slip of the hand."""
Act = TypeVar("Act", bound=ActFields)
Day = date
"""The type, where a field is named like it."""


@dataclass(frozen=True)
class ActData:
    """What is known of an act. ``signed_file`` holds the bytes of the signed paper, a PDF as a rule."""

    body: str
    kind: ActKind
    number: str
    date: date
    protocol: str = ""
    session: str = ""
    gazette: str = ""
    gazette_number: str = ""
    gazette_year: int | None = None
    published: Day | None = None
    signed_file: bytes | None = None
    signed_name: str = "act.pdf"

    def fields(self) -> dict[str, object]:
        """The columns of an act, without its file."""
        return {
            "body": plain_line(self.body),
            "kind": self.kind,
            "number": plain_line(self.number),
            "date": self.date,
            "protocol": plain_line(self.protocol),
            "session": plain_line(self.session),
            "gazette": plain_line(self.gazette),
            "gazette_number": plain_line(self.gazette_number),
            "gazette_year": self.gazette_year,
            "published": self.published,
        }


def today_in(edition: Edition) -> date:
    """Today's date in the country of the edition: validity is in local dates."""
    return timezone.now().astimezone(ZoneInfo(edition.instrument.country.time_zone)).date()


@record_refusals("adopt")
def adopt_edition(
    by: User,
    edition: Edition,
    acts: Sequence[ActData],
    valid_from: date,
    languages: Collection[str] | None = None,
    antedated: Sequence[date] = (),
    because: str = "",
) -> None:
    """Records the acts and freezes the text of the ``languages``, by the plan of
    :func:`documents.actions.plan_adoption.plan_adoption`. The others follow later
    (:mod:`documents.actions.adopt_language`). ``antedated``: dates of acts before the sign-off that somebody
    confirmed. ``because``: why an authentic text is adopted that is older than its original.

    In force at once where ``valid_from`` has come, else approved until that day. Raises NotReady with all
    obstacles. Raises ActionError where the text is not the submitted one, hash by hash.
    """
    require(by, Verb.ADOPT, edition)
    with transaction.atomic():
        locked = hold(edition)
        hold_instrument(locked)
        # Before anything stands in the trail: whoever mends that edition holds it while they wait for the
        # trail.
        _former(locked)
        if locked.state != State.IN_REVIEW:
            raise ActionError(_("A text can be adopted only after its review."))
        because = plain_line(because)[:400]
        plan = plan_adoption(locked, languages)
        problems = adoption_checks.problems(locked) + problems_of(acts, valid_from, locked)
        if problems := problems + plan.problems(because):
            raise NotReady(problems)
        manifest = check_against_manifest(locked)
        if not plan.adopted:
            raise ActionError(_("The act must cover at least one authentic language."))
        LanguageVersion.objects.filter(edition=locked, language__in=plan.later).update(
            later=True, unfinished=True, sha256=""
        )
        covers = {language: manifest.versions[language] for language in plan.adopted}
        locked.sha256 = plan.sha256(manifest)
        written = write_acts(by, locked, acts, locked.sha256, covers)
        locked.valid_from = valid_from
        locked.state = State.APPROVED
        more: dict[str, Any] = {"follow": plan.later} if plan.later else {}
        more |= {"behind": plan.outdated, "reason": because} if plan.outdated else {}
        more |= confirmed_payload(antedated)
        audit.record(
            "adopt",
            locked,
            by,
            sha256=locked.sha256,
            valid_from=valid_from.isoformat(),
            acts_sha256=[act_hash(act) for act in written],
            **more,
        )
        locked.save(update_fields=["sha256", "valid_from", "state"])
        edition_moved.send(sender=Edition, edition=locked, before=State.IN_REVIEW)
        if valid_from <= today_in(locked):
            bring_into_force(locked, by)


def confirmed_payload(antedated: Sequence[date]) -> dict[str, list[str]]:
    """The dates of acts that somebody confirmed although they lie before the text was there."""
    return {"antedated": [day.isoformat() for day in antedated]} if antedated else {}


def problems_of(acts: Sequence[ActData], valid_from: date, edition: Edition) -> list[str]:
    """What is wrong with acts and date, in words."""
    field, days = "id_valid_from", [act.date for act in acts]
    others = Edition.objects.filter(instrument=edition.instrument, state=State.IN_FORCE).exclude(
        pk=edition.pk
    )
    problems = problems_of_acts(acts, edition)
    if any(day > valid_from for day in days):
        problems.append(
            Problem(
                _("The date of entry into force can't be before the date of the act."), field, "before_act"
            )
        )
    if days and valid_from > max(days) + LONGEST_WAIT:
        problems.append(
            Problem(
                _("Check the year. The text would come into force many years from now."), field, "odd_year"
            )
        )
    if others.filter(valid_from__gte=valid_from).exists():
        problems.append(
            Problem(
                _("The text can't come into force before the edition it replaces."), field, "before_former"
            )
        )
    return problems


def problems_of_acts(acts: Sequence[ActData], edition: Edition) -> list[str]:
    """What is wrong with acts, in words, with the field of the form (documents.pages.desk.act_form)."""
    problems: list[str] = []
    if not acts:
        problems.append(Problem(_("Enter at least one act."), code="no_act"))
    for n, act in enumerate(acts):
        if not plain_line(act.body) or not plain_line(act.number):
            problems.append(
                Problem(_("Enter the body that adopted the act and the number of the act."), code="no_act")
            )
        if act.date > today_in(edition):
            problems.append(
                Problem(_("The date of the act can't be in the future."), f"id_act{n}-date", "day_to_come")
            )
        if act.date < FIRST_DAY:
            problems.append(
                Problem(_("Check the year. The act can't be that old."), f"id_act{n}-date", "odd_year")
            )
        if act.published and not act.date <= act.published <= today_in(edition):
            wrong_day = _(
                "The publication date must be on or after the date of the act, and not in the future."
            )
            problems.append(Problem(wrong_day, f"id_act{n}-published", "published"))
        if act.signed_file is not None and not act.signed_file.startswith(b"%PDF-"):
            problems.append(Problem(_("The signed file must be a PDF."), f"id_act{n}-signed"))
    return problems


def write_acts(
    by: User, edition: Edition, acts: Sequence[ActData], sha256: str, covers: dict[str, str]
) -> list[AdoptionAct]:
    """Keeps acts with their signed files. ``covers``: the authentic language versions that they adopt."""
    return [
        write_act(
            AdoptionAct, edition, act, edition=edition, edition_sha256=sha256, covers=covers, recorded_by=by
        )
        for act in acts
    ]


def write_act(model: type[Act], edition: Edition, act: ActData, /, **columns: Any) -> Act:
    """Keeps an act with its signed file, which the edition uses then."""
    blob = None
    if act.signed_file is not None:
        blob = blobs.put(act.signed_file, Blob.Kind.SIGNED, "application/pdf")
    written: Act = model._default_manager.create(signed_file=blob, **columns, **act.fields())
    if blob is not None:
        blobs.link(edition, blob, act.signed_name)
    return written


def bring_into_force(edition: Edition, by: User | None) -> None:
    """Puts the edition into force and ends the former one. The caller holds the transaction."""
    hold_instrument(edition)
    former = _former(edition)
    if former:
        former.state = State.SUPERSEDED
        former.valid_until = edition.valid_from
        # Before the state, here and below, as the database wants it (documents.guards).
        audit.record("supersede", former, by, by_edition=edition.pk)
        former.save(update_fields=["state", "valid_until"])
        edition_moved.send(sender=Edition, edition=former, before=State.IN_FORCE)
    before = edition.state
    edition.state = State.IN_FORCE
    audit.record("enter_into_force", edition, by, valid_from=str(edition.valid_from))
    edition.save(update_fields=["state"])
    titles = {
        f"title_{language}": getattr(edition, f"title_{language}")
        for language in edition.instrument.languages
    }
    Instrument.objects.filter(pk=edition.instrument_id).update(**titles)
    edition_moved.send(sender=Edition, edition=edition, before=before)


def _former(edition: Edition) -> Edition | None:
    """The edition that this one replaces, locked until the end of the transaction."""
    locked = Edition.objects.select_for_update(no_key=True).filter(instrument=edition.instrument)
    return locked.filter(state=State.IN_FORCE).exclude(pk=edition.pk).first()


def fill_hashes(edition: Edition) -> str:
    """Hashes a draft's language versions and the edition, keeps the hashes, and gives the edition's."""
    versions = version_hashes(edition, edition.instrument.languages)
    for language, sha256 in versions.items():
        LanguageVersion.objects.filter(edition=edition, language=language).update(sha256=sha256)
    return hash_of_edition(edition, versions)


def enter_due(today: date | None = None) -> list[Edition]:
    """Brings every approved edition whose day has come into force; ``today`` is for tests."""
    entered = []
    for candidate in Edition.objects.filter(state=State.APPROVED).order_by("valid_from"):
        with transaction.atomic():
            edition = hold(candidate)
            due = edition.valid_from is not None and edition.valid_from <= (today or today_in(edition))
            if edition.state == State.APPROVED and due:
                bring_into_force(edition, None)
                entered.append(edition)
    return entered
