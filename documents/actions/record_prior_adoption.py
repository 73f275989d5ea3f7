"""Record a text adopted before Kodeks as in force: one person proposes, another confirms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.access.rights import who_may_second
from documents.actions.adopt_edition import ActData, bring_into_force, fill_hashes, problems_of
from documents.actions.audit_payloads import act_hash, manifest_payload
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold, hold_draft, hold_instrument
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import make_manifest, what_is_missing
from documents.editions import adoption_checks, blobs
from documents.editions.hashing import hash_of_edition, version_hashes
from documents.models import AdoptionAct, Blob, Edition, LanguageVersion
from documents.models.acts import ActFields
from people.access import may, require
from people.models import User
from people.roles import Verb
from proposals.actions.propose import propose
from proposals.errors import Stale
from proposals.kinds import Kind, register
from proposals.models import Proposal

DAYS = ("date", "published")
"""The fields of an act that are days: stored as text in a proposal."""


@record_refusals("propose_prior")
def propose_prior(by: User, edition: Edition, act: ActData, valid_from: date) -> Proposal:
    """Proposes the text with this hash: a later change makes it void. Raises NotReady with what is missing,
    ActionError where a review runs (:mod:`documents.editions.adoption_checks`), and Waits."""
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
        blob = blobs.put(act.signed_file or b"", Blob.Kind.SIGNED, "application/pdf")
        sha256 = hash_of_edition(locked, version_hashes(locked, locked.instrument.languages))
        fields = act.fields()
        days = {name: str(fields[name]) for name in DAYS if fields[name]}
        values = fields | days | {"valid_from": str(valid_from), "sha256": sha256, "signed_file": blob.pk}
        proposal = propose(by, PriorAdoption, locked, values, sha256=sha256)
        blobs.link(locked, blob, act.signed_name)
    return proposal


@register
class PriorAdoption(Kind):
    """A text adopted before Kodeks, with its act. Confirmed, it is in force, marked as adopted before."""

    name = "prior"
    proposes, confirms, refuses = "propose_prior", "confirm_prior", "refuse_prior"

    def thing(self, proposal: Proposal) -> Edition:
        return Edition.objects.select_related("instrument__country").get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> Edition:
        locked = hold(self.thing(proposal))
        hold_instrument(locked)
        return locked

    def may_propose(self, by: User, thing: Edition) -> bool:
        return may(by, Verb.RECORD, thing)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may(by, Verb.RECORD, self.thing(proposal))

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return who_may_second(self.thing(proposal).instrument)

    def apply(self, by: User, proposal: Proposal, thing: Edition, given: Any) -> dict[str, Any]:
        hold_draft(thing)
        _check_that_it_is_free(thing)
        sha256 = fill_hashes(thing)
        if sha256 != proposal.values["sha256"]:
            raise Stale
        manifest = make_manifest(thing, by)
        authentic = LanguageVersion.objects.filter(edition=thing, authentic=True)
        act = act_of(proposal)
        act.edition, act.edition_sha256, act.recorded_by = thing, sha256, by
        act.covers = dict(authentic.values_list("language", "sha256"))
        act.save(force_insert=True)
        thing.sha256, thing.valid_from, thing.recorded = sha256, valid_from_of(proposal), True
        thing.save(update_fields=["sha256", "valid_from", "recorded"])
        return {
            "sha256": sha256,
            "valid_from": str(thing.valid_from),
            "acts_sha256": [act_hash(act)],
            **manifest_payload(manifest),
        }

    def follow(self, by: User, proposal: Proposal, thing: Edition) -> None:
        bring_into_force(thing, by)


def act_of(proposal: Proposal) -> AdoptionAct:
    """The act that is proposed, unsaved."""
    names = {field.attname: field.name for field in ActFields._meta.fields}
    values = {column: proposal.values[name] for column, name in names.items() if name in proposal.values}
    days = {name: date.fromisoformat(values[name]) for name in DAYS if values[name]}
    return AdoptionAct(**values | days)


def valid_from_of(proposal: Proposal) -> date:
    return date.fromisoformat(proposal.values["valid_from"])


def waiting_for(edition: Edition) -> Proposal | None:
    """The proposal that waits for a second person, if there is one."""
    rows = Proposal.objects.about(edition).waiting().filter(kind=PriorAdoption.name)
    return rows.select_related("proposed_by").first()


def _check_that_it_is_free(edition: Edition) -> None:
    problems = adoption_checks.recording_problems(edition)
    if problems:
        raise ActionError(" ".join(problems), "running")
