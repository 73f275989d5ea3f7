"""Publish a campaign: an editor asks, a second publisher confirms exactly this version."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogContext
from wagtail.models import PageLogEntry, Revision

import audit
from people.models import User
from proposals.actions.propose import propose
from proposals.errors import Refused, Stale
from proposals.kinds import Kind, register
from proposals.models import Proposal
from public.checks.faults import Fault
from public.models.confirmed_versions import (
    KIND,
    confirmed,
    hash_of,
    is_unchanged,
    revision_of,
    versions_proposed,
)
from public.models.pages import CampaignPage
from public.publication import must_be_mended
from public.publishing import may_publish, may_second_campaign, second_persons
from public.shown_files import hash_of_files

log = logging.getLogger("kodeks.public")


class Incomplete(Refused):
    """Something must be mended first, or a question is not answered yet."""

    says = _("Something must be corrected first.")
    code = "incomplete"


class TakenOff(Exception):
    """Somebody else took the page off the site: a second person confirms that it goes back."""


class Over(Refused):
    """The version has an end, and that is past."""

    says = _("This version has an end, and that day is past.")
    code = "over"


class Rewritten(Stale):
    says = _("The draft was changed after it was sent. Send it again.")


def ask_second_person(by: User, page: CampaignPage, revision: Revision, ticks: Collection[str]) -> Proposal:
    """Asks for a second person. Raises Http404, Waits, Stale where ``revision`` is not the latest any more,
    and Incomplete."""
    if not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        stored = _locked(page.pk)
        if stored.latest_revision_id != revision.pk:
            raise Rewritten
        revision.refresh_from_db()  # as the database has it: the hash is of that
        _require_complete(revision)
        if {*Fault} - {*ticks}:
            raise Incomplete
        files = hash_of_files(revision.as_object())
        about = {"revision": revision.pk, "sha256": hash_of(revision)}
        values = about | {"files": files, "ticks": sorted(ticks)}
        return propose(by, CampaignProposal, stored, values, **about)


@register
class CampaignProposal(Kind):
    """Exactly this version of a campaign. Confirmed, it goes live, or is scheduled."""

    name = KIND
    proposes, confirms, refuses = "ask_page", "confirm_page", "refuse_page"

    def thing(self, proposal: Proposal) -> CampaignPage:
        return CampaignPage.objects.select_related("locale", "country").get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> CampaignPage:
        return _locked(int(proposal.key))

    def may_propose(self, by: User, thing: CampaignPage) -> bool:
        return may_publish(by, thing.country_id)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may_second_campaign(by, self.thing(proposal).country_id)

    def wrote(self, proposal: Proposal) -> set[int | None]:
        revision = revision_of(proposal)
        return {revision.user_id} if revision else set()

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return second_persons(self.thing(proposal).country_id)

    def apply(self, by: User, proposal: Proposal, thing: CampaignPage, given: Any) -> dict[str, Any]:
        revision = revision_of(proposal)
        if revision is None or not is_unchanged(proposal, revision):
            raise Rewritten
        _publish(by, revision)
        return _details(proposal)

    def refused(self, by: User, proposal: Proposal, thing: CampaignPage) -> dict[str, Any]:
        return _details(proposal)


def go_back(by: User, page: CampaignPage, revision: Revision) -> CampaignPage:
    """Publishes a version that two people have confirmed before. The draft stays as it is. Raises Http404,
    Incomplete, Over, and TakenOff: then :func:`ask_to_go_back`."""
    before = confirmed(revision.pk, page.pk)
    if before is None or not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        if _is_off_by_another(by, _locked(page.pk)):
            raise TakenOff
        _publish(by, revision)
        audit.record("restore_page", page, by, **_details(before))
    return CampaignPage.objects.get(pk=page.pk)


def ask_to_go_back(by: User, page: CampaignPage, revision: Revision) -> Proposal:
    """Asks a second person for a version that was confirmed before. Raises Http404, Waits and Incomplete."""
    before = confirmed(revision.pk, page.pk)
    if before is None or not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        stored = _locked(page.pk)
        _require_complete(revision)
        return propose(by, CampaignProposal, stored, before.values, **_details(before))


def _is_off_by_another(by: User, page: CampaignPage) -> bool:
    if page.live:
        return False
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.unpublish")
    last = entries.order_by("-timestamp", "-pk").first()
    return last is not None and last.action == "wagtail.unpublish" and last.user_id != by.pk


def versions(page: CampaignPage) -> list[tuple[Proposal, Revision]]:
    """The versions that somebody can go back to, the newest first; not the one that is live."""
    every = versions_proposed(page).filter(confirmed=True).order_by("-decided")
    found = ((one, revision_of(one)) for one in every if one.values["revision"] != page.live_revision_id)
    return [(one, revision) for one, revision in found if revision and is_unchanged(one, revision)]


def publish_due() -> int:
    """Publishes what is due and ends what is over; gives how many. A version that no longer is the one that
    was confirmed is taken off the schedule."""
    now, done = timezone.now(), 0
    for page in CampaignPage.objects.filter(live=True, expire_at__lt=now):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            done += 1
        except PermissionDenied:
            log.warning("version %s was changed after its confirmation and is not published", revision.pk)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    return done


def _publish(by: User, revision: Revision) -> None:
    _require_complete(revision)
    page: Any = revision.as_object()
    if page.expire_at and page.expire_at <= timezone.now():
        raise Over
    with LogContext(user=by):
        revision.publish(user=by, skip_permission_checks=True)


def _require_complete(revision: Revision) -> None:
    if must_be_mended(revision.as_object()):
        raise Incomplete


def _details(proposal: Proposal) -> dict[str, Any]:
    return {name: proposal.values[name] for name in ("revision", "sha256")}


def _locked(pk: int) -> CampaignPage:
    return CampaignPage.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
