"""Have a second person approve a redacted edition, publish it, and end it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from audit.models import Entry, Reason
from audit.trail import thing_name
from documents.access.rights import who_may_second
from documents.actions import explain_case_data
from documents.actions.adopt_edition import bring_into_force
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.actions.redact import CONFIRMS, Redacted, hold_redaction, make
from documents.actions.redact_acts import known_acts
from documents.actions.store_redacted import store_redacted
from documents.choices import State
from documents.models import (
    AdoptionAct,
    CaseDataAnswer,
    Edition,
    Instrument,
    Redaction,
)
from documents.models.instruments import OPEN_TO_ALL
from documents.models.redactions import SHAPING
from documents.signals import edition_moved
from documents.text import case_data, plain_text, sha256_of
from documents.text.section import SectionTree
from people.access import may, require
from people.models import User
from people.roles import Verb
from proposals.actions.decide import confirm, may_confirm, refuse
from proposals.actions.propose import propose
from proposals.kinds import Kind, register
from proposals.models import Proposal


def is_outdated(redaction: Redaction) -> bool:
    """Whether the original reads differently since the proposal: another act, a corrigendum or a language."""
    later = AdoptionAct.objects.filter(edition=redaction.edition).exclude(pk__in=known_acts(redaction))
    return later.exists() or make(redaction).source_sha256 != redaction.source_sha256


@record_refusals("propose_redaction", of=lambda redaction: redaction.edition)
def propose_redaction(by: User, redaction: Redaction, confirmed: str = "") -> None:
    """Asks a second coordinator. Raises NotReady where nothing is marked, or where it holds case data.
    ``confirmed``: see :func:`check_case_data`."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with hold_redaction(redaction) as locked:
        if not locked.marks.exclude(CONFIRMS).exists():
            raise NotReady([Problem(_("Mark at least one place that is left out."))])
        made = make(locked)
        check_case_data(locked.edition, made, confirmed)
        locked.state = Redaction.State.PROPOSED
        locked.source_sha256, locked.sha256 = made.source_sha256, made.sha256
        locked.proposed_by, locked.proposed = by, timezone.now()
        locked.save()
        hashes = {"source_sha256": made.source_sha256, "sha256": made.sha256}
        values = hashes | {"redaction": locked.pk}
        propose(by, RedactionProposal, locked.edition, values, sha256=made.sha256)


@dataclass(frozen=True)
class Left:
    """A title or a section that may still contain case data once redacted. ``answer``: why its original is
    none; None where nobody said so."""

    uid: str
    language: str
    sha256: str
    kinds: tuple[case_data.Kind, ...]
    quotes: tuple[str, ...]
    answer: CaseDataAnswer | None


def case_data_left(edition: Edition, made: Redacted) -> list[Left]:
    """What everybody will read that may be case data, with the reasons given for the original."""
    found = explain_case_data.find(edition, list(made.trees))
    answers = {(one.uid, one.language): one.answer for one in found}
    left = []
    for language, tree in made.trees.items():
        for uid, label, body in _bodies(tree):
            if found_here := case_data.traces_by_block(body, label):
                every = [one for hits in found_here.values() for _text, of in hits for one in of]
                kinds = tuple(dict.fromkeys(one.kind for one in every))
                quotes = tuple(dict.fromkeys(one.quote for one in every))
                answer = answers.get((uid, language))
                left.append(Left(uid, language, sha256_of([label, body]), kinds, quotes, answer))
    return left


def _bodies(tree: SectionTree) -> Iterator[tuple[str, str, Any]]:
    yield explain_case_data.TITLE, "", {"heading": [{"type": "text", "text": tree.title}], "blocks": []}
    yield from ((one.uid, one.text.label, one.text.body) for one in tree)


def confirmation_of(left: list[Left]) -> str:
    """The hash of the redacted texts by which somebody confirms that the reasons hold for them too."""
    return sha256_of([[one.uid, one.language, one.sha256] for one in left]) if left else ""


def check_case_data(edition: Edition, made: Redacted, confirmed: str = "") -> None:
    """What everybody will read holds no case data that nobody explained. A reason was given for the original:
    whoever proposes and whoever approves confirms that it holds for what is left of it."""
    left = case_data_left(edition, made)
    if any(one.answer is None for one in left):
        message = _(
            "What is left may contain case data. Leave it out, or let a second person say why it is none."
        )
        raise NotReady([Problem(message, "case_data", "case_data")])
    if confirmed != confirmation_of(left):
        raise NotReady([Problem(_("Confirm that what is left is no case data."), "case_data", "case_data")])


def send_back(by: User, redaction: Redaction, reason: str) -> None:
    """The second person returns it, or who proposed it takes it back: it is prepared again."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    reason = plain_text(reason)[:1000]
    if by.pk != redaction.proposed_by_id and not reason:
        raise ActionError(_("Enter what should change."), "no_reason")
    refuse(by, proposal_of(redaction), reason)


def sent_back_because(redaction: Redaction) -> str:
    """Why the second person sent it back last, while it is prepared again; without a reason removed since."""
    here = {"entry__thing": thing_name(redaction.edition), "entry__at__gte": redaction.created}
    last = Reason.objects.filter(entry__verb="return_redaction", entry__refused=False, **here)
    found = last.order_by("entry").values_list("text", flat=True).last()
    return found or "" if redaction.state == Redaction.State.DRAFT else ""


def proposal_of(redaction: Redaction) -> Proposal:
    """The last proposal of a redacted edition. Raises ActionError where nobody proposed it."""
    rows = Proposal.objects.about(redaction.edition).filter(kind=RedactionProposal.name)
    found = rows.filter(values__redaction=redaction.pk).select_related("proposed_by").first()
    if found is None:
        raise ActionError(_("You can't do this in the current state of the text."))
    return found


def why_not(by: User, redaction: Redaction) -> str:
    """Why a person may not approve a redaction; empty where they may."""
    if may_confirm(by, proposal_of(redaction)):
        return ""
    return _("You prepared this. Another coordinator must approve it.")


def approve(by: User, redaction: Redaction, source_sha256: str, sha256: str, confirmed: str = "") -> Edition:
    """Publishes the redacted edition that the page showed, by the hashes of the original and of itself. The
    one before it is withdrawn. ``confirmed``: see :func:`check_case_data`."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    confirm(by, proposal_of(redaction), (source_sha256, sha256, confirmed))
    return Edition.objects.get(redaction=redaction)


@register
class RedactionProposal(Kind):
    """What is left out of an edition before everybody may read it, by the hashes of both texts."""

    name = "redaction"
    proposes, confirms, refuses = "propose_redaction", "approve_redaction", "return_redaction"

    def thing(self, proposal: Proposal) -> Edition:
        return Edition.objects.select_related("instrument").get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> Edition:
        return hold(self.thing(proposal))

    def may_propose(self, by: User, thing: Edition) -> bool:
        return may(by, Verb.CLASSIFY, thing.instrument)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may(by, Verb.CLASSIFY, self.thing(proposal).instrument)

    def wrote(self, proposal: Proposal) -> set[int | None]:
        """Whoever began, marked or unmarked."""
        redaction = Redaction.objects.get(pk=proposal.values["redaction"])
        here = {"thing": proposal.thing, "refused": False, "verb__in": SHAPING}
        shaped = Entry.objects.filter(**here, at__gte=redaction.created)
        people = User.objects.filter(actor__in=shaped.values("actor")).values_list("pk", flat=True)
        return {redaction.created_by_id, *redaction.marks.values_list("by", flat=True), *people}

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return who_may_second(self.thing(proposal).instrument)

    def apply(self, by: User, proposal: Proposal, thing: Edition, given: Any) -> dict[str, Any]:
        source_sha256, sha256, confirmed = given
        if thing.state != State.IN_FORCE or thing.instrument.classification in OPEN_TO_ALL:
            raise ActionError(_("You can't do this in the current state of the text."))
        with hold_redaction(_proposed(proposal), Redaction.State.PROPOSED) as locked:
            made = make(locked)
        now, stored = (made.source_sha256, made.sha256), (locked.source_sha256, locked.sha256)
        if now != stored or now != (source_sha256, sha256):
            raise ActionError(_("The text has changed since it was proposed. Send it back."), "changed")
        check_case_data(thing, made, confirmed)
        return {"sha256": sha256}

    def follow(self, by: User, proposal: Proposal, thing: Edition) -> None:
        """After the entry: the database takes no row of which the trail does not tell."""
        redaction = _proposed(proposal)
        for former in Redaction.objects.filter(edition=thing, state=Redaction.State.PUBLISHED):
            _end(former, by)
        public = store_redacted(by, thing, make(redaction))
        audit.record("publish_redacted", public, by, sha256=redaction.sha256)
        redaction.state, redaction.public_edition = Redaction.State.PUBLISHED, public
        redaction.approved_by, redaction.approved = by, proposal.decided
        redaction.save()
        bring_into_force(public, by)

    def refused(self, by: User, proposal: Proposal, thing: Edition) -> dict[str, Any]:
        redaction = _proposed(proposal)
        redaction.state = Redaction.State.DRAFT
        redaction.save(update_fields=["state"])
        return {}


def _proposed(proposal: Proposal) -> Redaction:
    return Redaction.objects.select_related("edition__instrument").get(pk=proposal.values["redaction"])


@record_refusals("end_redaction", of=lambda redaction: redaction.edition)
def end(by: User, redaction: Redaction, reason: str) -> None:
    """Takes a redacted edition off the public site, at once and by one person."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    reason = plain_text(reason)[:1000]
    if not reason:
        raise ActionError(_("Enter the reason."), "no_reason")
    with hold_redaction(redaction, Redaction.State.PUBLISHED) as locked:
        _end(locked, by, reason)


def _end(redaction: Redaction, by: User, reason: str = "") -> None:
    public = redaction.public_edition
    assert public is not None  # noqa: S101 - what is published has its edition
    redaction.state, redaction.ended = Redaction.State.ENDED, timezone.now()
    redaction.save(update_fields=["state", "ended"])
    audit.record("end_redaction", redaction.edition, by, reason=reason)
    _move(public, State.WITHDRAWN, by)


def _move(public: Edition, state: State, by: User | None, **columns: Any) -> None:
    locked = hold(public)
    was, locked.state = locked.state, state
    for name, value in columns.items():
        setattr(locked, name, value)
    verb = "supersede" if state == State.SUPERSEDED else str(state)
    audit.record(verb, locked, by)  # before the state, as the database wants it (documents.guards)
    locked.save(update_fields=["state", *columns])
    edition_moved.send(sender=Edition, edition=locked, before=was)


def follow(edition: Edition) -> None:
    """A redacted edition ends with its original, on the same day."""
    found = Redaction.objects.filter(edition=edition, state=Redaction.State.PUBLISHED)
    for redaction in found.select_related("public_edition"):
        public = redaction.public_edition
        if public is not None and public.state == State.IN_FORCE:
            _move(public, State(edition.state), None, valid_until=edition.valid_until)


def published(instrument: Instrument) -> bool:
    """Whether everybody reads a redacted edition of a document."""
    return Redaction.objects.filter(edition__instrument=instrument, state=Redaction.State.PUBLISHED).exists()
