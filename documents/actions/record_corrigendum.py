"""Mend a slip in adopted text by a corrigendum: one person proposes it, another records it with its act.

Nothing of the adopted text is written. What a corrigendum says is fixed from its proposal on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from documents.access.rights import who_may_second
from documents.actions.adopt_edition import ActData, problems_of_acts, today_in, write_act
from documents.actions.audit_payloads import act_hash, moment, reason_hash
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.choices import ADOPTED
from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.text_storage import check_language
from documents.models import Corrigendum, CorrigendumAct, Edition, Section
from documents.signals import texts_changed
from documents.text import body_text, plain_line, plain_text, text_hash
from documents.text.correction import Correction, NotThere, correct, correction_hash
from documents.text.text_quote import around
from people.access import may, require
from people.models import User
from people.roles import Verb
from proposals.actions.decide import confirm, refuse
from proposals.actions.propose import propose
from proposals.errors import Altered
from proposals.kinds import Kind, register
from proposals.models import Proposal

LONGEST = 2_000
LONGEST_REASON = 1_000


@record_refusals("propose_corrigendum")
def propose_corrigendum(
    by: User, edition: Edition, uid: UUID, language: str, exact: str, words: str, reason: str
) -> Corrigendum:
    """Keeps the proposal. ``exact`` are words that are in the section once, as it reads with its corrigenda
    so far, within one paragraph. Raises ActionError where they don't, or for a language that is not
    authentic."""
    require(by, Verb.CORRECT, edition)
    exact, words, reason = plain_line(exact), plain_line(words), plain_text(reason)
    with transaction.atomic():
        locked = hold(edition)
        _check(locked, language, exact, words, reason)
        body = _text_now(locked, uid, language)
        prefix, exact, suffix = _quote(body, exact)
        one = Correction(str(uid), language, prefix, exact, suffix, words, text_hash(body))
        try:
            after = correct(body, [one])
        except NotThere:
            raise ActionError(
                _("Enter fewer words. They must be within one paragraph and contain only text.")
            ) from None
        one = replace(one, after=text_hash(after))
        corrigendum = Corrigendum.objects.create(
            edition=locked,
            uid=uid,
            language=language,
            prefix=prefix,
            exact=exact,
            suffix=suffix,
            words=words,
            reason=reason[:LONGEST_REASON],
            before_sha256=one.before,
            after_sha256=one.after,
            sha256=hash_of(locked, one),
            proposed_by=by,
        )
        hashes = {"sha256": corrigendum.sha256, "reason_sha256": reason_hash(corrigendum.reason)}
        details: dict[str, Any] = hashes | {"edition": locked.pk, "uid": str(uid)}
        propose(by, CorrigendumProposal, corrigendum, hashes, **details)
    return corrigendum


def hash_of(edition: Edition, one: Correction) -> str:
    """The hash of a corrigendum of an edition."""
    return correction_hash(edition.instrument.path, edition.number, edition.sha256, one)


def take_back(by: User, corrigendum: Corrigendum) -> None:
    """Ends a proposal. Raises Decided."""
    require(by, Verb.CORRECT, corrigendum)
    refuse(by, proposal_of(corrigendum))


def record(by: User, corrigendum: Corrigendum, acts: Sequence[ActData], valid_from: date) -> None:
    """Records the acts of a corrigendum; from ``valid_from`` on the text reads with it. Raises NotReady for
    acts and day, Http404 for who proposed it, Decided, and Altered. ActionError where its section was
    corrected since."""
    require(by, Verb.RECORD, corrigendum.edition)
    confirm(by, proposal_of(corrigendum), (acts, valid_from))


def proposal_of(corrigendum: Corrigendum) -> Proposal:
    rows = Proposal.objects.about(corrigendum).filter(kind=CorrigendumProposal.name)
    return rows.select_related("proposed_by").get()


@register
class CorrigendumProposal(Kind):
    """A slip in an adopted text. The second person records it with its act."""

    name = "corrigendum"
    proposes, confirms, refuses = "propose_corrigendum", "record_corrigendum", "withdraw_corrigendum"

    def thing(self, proposal: Proposal) -> Corrigendum:
        return Corrigendum.objects.select_related("edition__instrument").get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> Corrigendum:
        edition = hold(self.thing(proposal).edition)
        locked = Corrigendum.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.key)
        locked.edition = edition
        return locked

    def may_propose(self, by: User, thing: Corrigendum) -> bool:
        return may(by, Verb.CORRECT, thing)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may(by, Verb.RECORD, self.thing(proposal).edition)

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return who_may_second(self.thing(proposal).edition.instrument)

    def apply(self, by: User, proposal: Proposal, thing: Corrigendum, given: Any) -> dict[str, Any]:
        acts, valid_from = given
        if problems := problems_of_acts(acts, thing.edition) + _problems_of_day(thing, acts, valid_from):
            raise NotReady(problems)
        sha256 = hash_of(thing.edition, thing.correction)
        hashes = {"sha256": sha256, "reason_sha256": reason_hash(thing.reason)}
        if hashes != proposal.values or thing.sha256 != sha256:
            raise Altered
        if text_hash(_text_now(thing.edition, thing.uid, thing.language)) != thing.before_sha256:
            raise ActionError(
                _(
                    "The section has been corrected in another way since. Withdraw this proposal "
                    "and submit a new one."
                )
            )
        columns = {"corrigendum": thing, "corrigendum_sha256": thing.sha256, "recorded_by": by}
        written = [write_act(CorrigendumAct, thing.edition, act, **columns) for act in acts]
        last = Corrigendum.objects.filter(edition=thing.edition_id).aggregate(n=Max("number"))["n"] or 0
        thing.number, thing.valid_from = last + 1, valid_from
        thing.recorded, thing.recorded_by = proposal.decided, by
        thing.save(update_fields=["number", "valid_from", "recorded", "recorded_by"])
        return {
            "edition": thing.edition_id,
            "number": thing.number,
            "sha256": thing.sha256,
            "valid_from": valid_from.isoformat(),
            "acts_sha256": [act_hash(act) for act in written],
            "moment": moment(thing.recorded),
        }

    def follow(self, by: User, proposal: Proposal, thing: Corrigendum) -> None:
        texts_changed.send(sender=Edition, edition=thing.edition, uids=[str(thing.uid)])

    def refused(self, by: User, proposal: Proposal, thing: Corrigendum) -> dict[str, Any]:
        thing.withdrawn, thing.withdrawn_by = proposal.decided, by
        thing.save(update_fields=["withdrawn", "withdrawn_by"])
        return {"edition": thing.edition_id, "moment": moment(thing.withdrawn)}


def _problems_of_day(corrigendum: Corrigendum, acts: Sequence[ActData], valid_from: date) -> list[str]:
    edition = corrigendum.edition
    problems: list[str] = []
    if valid_from > today_in(edition):
        early = _("You can record a corrigendum only on or after the day it takes effect.")
        problems.append(Problem(early, code="day_to_come"))
    if edition.valid_from and valid_from < edition.valid_from:
        before_text = _("A corrigendum can't take effect before the text it corrects.")
        problems.append(Problem(before_text, code="before_former"))
    adopted = edition.acts.order_by("date").values_list("date", flat=True).first()
    if adopted and any(act.date < adopted for act in acts):
        older = _("The act of a corrigendum can't be older than the act that adopted the text.")
        problems.append(Problem(older, code="before_act"))
    return problems


def _check(edition: Edition, language: str, exact: str, words: str, reason: str) -> None:
    if edition.state not in ADOPTED:
        raise ActionError(_("A corrigendum can correct only an adopted text. Edit the draft instead."))
    if not edition.versions.filter(language=language, authentic=True).exists():
        raise ActionError(
            _("A corrigendum can correct only an authentic text. For a translation, start a new translation.")
        )
    if edition.versions.filter(language=language, unfinished=True).exists():
        raise ActionError(_("The text in this language is not adopted yet. Edit the text itself."))
    problems: list[str] = []
    if not exact:
        problems.append(_("Enter the wrong words exactly as they appear in the text."))
    elif exact == words:
        problems.append(_("The correct words and the wrong words are the same."))
    if not reason:
        problems.append(Problem(_("Explain why this is a clerical error."), code="no_reason"))
    if max(len(exact), len(words)) > LONGEST:
        problems.append(_("A corrigendum can replace at most %(most)d characters.") % {"most": LONGEST})
    if problems:
        raise NotReady(problems)


def _text_now(edition: Edition, uid: UUID, language: str) -> dict[str, object]:
    """The section's text with the corrigenda that were recorded so far."""
    rows = Section.objects.filter(edition=edition, uid=uid)
    row = rows.values_list(f"body_{check_language(language)}").first()
    if row is None:
        raise Http404
    return corrected_body(row[0], of_section(corrigenda_of(edition, language), uid, language))


def _quote(body: dict[str, object], exact: str) -> tuple[str, str, str]:
    """The words as they are, and what is around them."""
    text = body_text(body, heading=True)
    # What was copied from a page has other spaces than the text (a hard one, two of them).
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, exact.split())), text)]
    if not found:
        raise ActionError(_("These words are not in this section. Copy them from the text."))
    if len(found) > 1:
        raise ActionError(
            _("These words appear in this section %(count)d times. Add a few words around them.")
            % {"count": len(found)}
        )
    start, end = found[0]
    before, after = around(text, start, end)
    return before, text[start:end], after
