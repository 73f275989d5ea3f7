"""Publish a campaign: an editor asks, a second publisher confirms exactly this version."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import PageLogEntry, Revision

import audit
from people.models import User
from public.actions.second_person import ChangeWaits, Stale, decide
from public.checks.faults import Fault
from public.models.campaign_changes import CampaignChange, confirmed, hash_of
from public.models.pages import CampaignPage
from public.publication import must_be_mended
from public.publishing import may_publish, may_second_campaign
from public.shown_files import hash_of_files

log = logging.getLogger("kodeks.public")


class Incomplete(Exception):
    """Something must be mended first, or a question is not answered yet."""


class TakenOff(Exception):
    """Somebody else took the page off the site: a second person confirms that it goes back."""


class Over(Exception):
    """The version has an end, and that is past."""


def ask_second_person(
    by: User, page: CampaignPage, revision: Revision, ticks: Collection[str]
) -> CampaignChange:
    """Asks for a second person. Raises Http404, ChangeWaits, Stale where ``revision`` is not the latest any
    more, and Incomplete."""
    if not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        stored = _locked(page.pk)
        if stored.changes.waiting().exists():
            raise ChangeWaits
        if stored.latest_revision_id != revision.pk:
            raise Stale
        revision.refresh_from_db()  # as the database has it: the hash is of that
        _require_complete(revision)
        if {*Fault} - {*ticks}:
            raise Incomplete
        files = hash_of_files(revision.as_object())
        values = {"sha256": hash_of(revision), "files": files, "ticks": sorted(ticks)}
        change = CampaignChange.objects.create(page=stored, revision=revision, by=by, values=values)
        audit.record("ask_page", stored, by, **_details(change))
    return change


def confirm_campaign(by: User, change: CampaignChange) -> CampaignPage:
    """The second person's word: the version goes live, or is scheduled. Raises Http404, DecidedAlready, Stale
    where it was written over, Incomplete and Over."""
    if not may_confirm_campaign(by, change):
        raise Http404
    with transaction.atomic():
        _locked(change.page_id)
        row = decide(by, change, confirmed=True)
        if not row.holds:
            raise Stale
        _publish(by, row.revision)
        audit.record("confirm_page", row.page, by, **_details(row))
    return CampaignPage.objects.get(pk=change.page_id)


def refuse_campaign(by: User, change: CampaignChange, reason: str = "") -> None:
    """Sends it back; who asked takes it back so. Raises Http404, DecidedAlready."""
    if not may_second_campaign(by, change.page.country_id):
        raise Http404
    with transaction.atomic():
        _locked(change.page_id)
        row = decide(by, change, confirmed=False)
        audit.record("refuse_page", row.page, by, reason=reason, **_details(row))


def may_confirm_campaign(by: User, change: CampaignChange) -> bool:
    """Neither who asked nor who wrote this version."""
    wrote = change.revision.user_id
    return by.pk not in (change.by_id, wrote) and may_second_campaign(by, change.page.country_id)


def go_back(by: User, page: CampaignPage, revision: Revision) -> CampaignPage:
    """Publishes a version that two people have confirmed before. The draft stays as it is. Raises Http404,
    Incomplete, Over, and TakenOff: then :func:`ask_to_go_back`."""
    change = confirmed(revision.pk, page.pk)
    if change is None or not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        if _is_off_by_another(by, _locked(page.pk)):
            raise TakenOff
        _publish(by, change.revision)
        audit.record("restore_page", page, by, **_details(change))
    return CampaignPage.objects.get(pk=page.pk)


def ask_to_go_back(by: User, page: CampaignPage, revision: Revision) -> CampaignChange:
    """Asks a second person for a version that was confirmed before. Raises Http404, ChangeWaits and
    Incomplete."""
    before = confirmed(revision.pk, page.pk)
    if before is None or not may_publish(by, page.country_id):
        raise Http404
    with transaction.atomic():
        stored = _locked(page.pk)
        if stored.changes.waiting().exists():
            raise ChangeWaits
        _require_complete(before.revision)
        change = CampaignChange.objects.create(
            page=stored, revision=before.revision, by=by, values=before.values
        )
        audit.record("ask_page", stored, by, **_details(change))
    return change


def _is_off_by_another(by: User, page: CampaignPage) -> bool:
    if page.live:
        return False
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.unpublish")
    last = entries.order_by("-timestamp", "-pk").first()
    return last is not None and last.action == "wagtail.unpublish" and last.user_id != by.pk


def versions(page: CampaignPage) -> list[CampaignChange]:
    """The versions that somebody can go back to, the newest first; not the one that is live."""
    every = page.changes.filter(confirmed=True).select_related("revision", "by", "decided_by")
    return [
        one for one in every.order_by("-decided") if one.revision_id != page.live_revision_id and one.holds
    ]


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


def _details(change: CampaignChange) -> dict[str, Any]:
    return {"revision": change.revision_id, "sha256": change.values["sha256"]}


def _locked(pk: int) -> CampaignPage:
    return CampaignPage.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
