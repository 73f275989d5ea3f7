"""Record a text adopted before Kodeks as in force: one person proposes, another confirms."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents import adoption_checks, blobs
from documents.actions.adopt_edition import ActData, bring_into_force, fill_hashes, problems_of
from documents.actions.check_proposal import check_proposed
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold_draft, hold_instrument
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import make_manifest, what_is_missing
from documents.hashing import hash_of_edition, version_hashes
from documents.models import AdoptionAct, Blob, Edition, LanguageVersion, PriorAdoption
from documents.text import plain_text
from documents.trail.audit_payloads import (
    act_hash,
    manifest_payload,
    moment,
    proposal_hash,
)
from people.access import require
from people.models import User
from people.roles import Verb


@record_refusals("propose_prior")
def propose(by: User, edition: Edition, act: ActData, valid_from: date) -> PriorAdoption:
    """Proposes the text with this hash: a later change makes it void. Raises NotReady with what is missing,
    ActionError where it was proposed already or a review runs (:mod:`documents.adoption_checks`)."""
    require(by, Verb.RECORD, edition)
    with transaction.atomic():
        locked = hold_draft(edition)
        _check_that_it_is_free(locked)
        problems = problems_of([act], valid_from, locked) + what_is_missing(locked)
        if act.signed_file is None:
            problems.append(Problem(_("Add the signed file."), code="no_file"))
        if locked.number != 1:
            problems.append(_("Only the first edition can have been adopted before Kodeks."))
        if problems:
            raise NotReady(problems)
        if PriorAdoption.objects.filter(edition=locked, confirmed=None, refused=None).exists():
            raise ActionError(_("This has already been proposed and is waiting for a second person."))
        blob = blobs.put(act.signed_file or b"", Blob.Kind.SIGNED, "application/pdf")
        sha256 = hash_of_edition(locked, version_hashes(locked, locked.instrument.languages))
        prior = PriorAdoption(
            edition=locked,
            valid_from=valid_from,
            edition_sha256=sha256,
            signed_file=blob,
            proposed_by=by,
            **act.fields(),
        )
        # Told first: the database takes no proposal of which the trail does not tell.
        audit.record("propose_prior", locked, by, sha256=sha256, proposal_sha256=proposal_hash(prior))
        prior.save(force_insert=True)
        blobs.link(locked, blob, act.signed_name)
    return prior


@record_refusals("confirm_prior", of=lambda prior: prior.edition)
def confirm(by: User, prior: PriorAdoption) -> None:
    """Brings the text into force, marked as adopted before Kodeks. Raises ActionError for who proposed it.
    Also where the text has changed, a review runs, or the trail has no such proposal."""
    require(by, Verb.RECORD, prior.edition)
    if by.pk == prior.proposed_by_id:
        raise ActionError(_("A second person must confirm your proposal."), "proposed_it")
    with transaction.atomic():
        locked = hold_draft(prior.edition)
        hold_instrument(locked)
        prior = PriorAdoption.objects.select_for_update(no_key=True).get(pk=prior.pk)
        if prior.confirmed or prior.refused:
            raise ActionError(_("This has already been decided."), "decided")
        check_proposed(prior)
        _check_that_it_is_free(locked)
        sha256 = fill_hashes(locked)
        if sha256 != prior.edition_sha256:
            raise ActionError(_("The text has changed since it was proposed. Propose it again."))
        manifest = make_manifest(locked, by)
        prior.confirmed_by, prior.confirmed = by, timezone.now()
        prior.save(update_fields=["confirmed_by", "confirmed"])
        fields = [
            f.name for f in AdoptionAct._meta.fields if f.name in {g.name for g in PriorAdoption._meta.fields}
        ]
        shared = {
            name: getattr(prior, name) for name in fields if name not in ("id", "edition", "edition_sha256")
        }
        authentic = LanguageVersion.objects.filter(edition=locked, authentic=True)
        created = AdoptionAct.objects.create(
            edition=locked,
            edition_sha256=sha256,
            covers=dict(authentic.values_list("language", "sha256")),
            recorded_by=by,
            **shared,
        )
        locked.sha256, locked.valid_from, locked.recorded = sha256, prior.valid_from, True
        locked.save(update_fields=["sha256", "valid_from", "recorded"])
        audit.record(
            "confirm_prior",
            locked,
            by,
            sha256=sha256,
            proposal=prior.pk,
            moment=moment(prior.confirmed),
            valid_from=str(prior.valid_from),
            acts_sha256=[act_hash(created)],
            **manifest_payload(manifest),
        )
        bring_into_force(locked, by)


@record_refusals("refuse_prior", of=lambda prior: prior.edition)
def refuse(by: User, prior: PriorAdoption, reason: str) -> None:
    """Ends a proposal; the draft stays as it is."""
    require(by, Verb.RECORD, prior.edition)
    with transaction.atomic():
        now = timezone.now()
        changed = PriorAdoption.objects.filter(pk=prior.pk, confirmed=None, refused=None).update(refused=now)
        if not changed:
            raise ActionError(_("This has already been decided."), "decided")
        audit.record(
            "refuse_prior",
            prior.edition,
            by,
            reason=plain_text(reason),
            proposal=prior.pk,
            moment=moment(now),
        )


def _check_that_it_is_free(edition: Edition) -> None:
    problems = adoption_checks.recording_problems(edition)
    if problems:
        raise ActionError(" ".join(problems), "running")
