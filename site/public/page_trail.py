"""Campaigns and first pages: who changed them, in the audit trail, and the last check of who may.

Wagtail writes a log entry for whatever its views, bulk actions and API do to a page; each becomes an entry
of the trail. A copy for a translation is logged as a copy, too, and is one entry. Saving a draft is one
entry an hour for a person and page.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents.models import Document
from wagtail.models import Page, PageLogEntry, Revision

import audit
from audit.models import Entry
from proposals.models import Proposal
from public.actions.make_latin import is_latin_of_live
from public.models import CampaignPage, HomePage, Hotline, Picture
from public.models.confirmed_versions import KIND, confirmed, hash_of
from public.publication import must_be_mended
from public.publishing import acting_user, may_confirm_number, may_publish, require
from public.shown_files import digest, is_shown, seen_of

VERBS = {
    "wagtail.create": "create_page",
    "wagtail.copy": "create_page",
    "wagtail.create_alias": "create_page",
    "wagtail.edit": "edit_page",
    "wagtail.revert": "edit_page",
    "wagtail.convert_alias": "edit_page",
    "wagtail.move": "move_page",
    "wagtail.reorder": "move_page",
    "wagtail.publish": "publish_page",
    "wagtail.publish.scheduled": "publish_page",
    "wagtail.publish.schedule": "schedule_page",
    "wagtail.schedule.cancel": "unschedule_page",
    "wagtail.unpublish": "unpublish_page",
    "wagtail.unpublish.scheduled": "unpublish_page",
    "wagtail.delete": "delete_page",
    "wagtail.lock": "lock_page",
    "wagtail.unlock": "unlock_page",
    "wagtail.view_restriction.create": "restrict_page",
    "wagtail.view_restriction.edit": "restrict_page",
    "wagtail.view_restriction.delete": "restrict_page",
}


@receiver(post_save, sender=PageLogEntry)
def record_page(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    verb = VERBS.get(instance.action)
    model = instance.content_type.model_class() if instance.content_type else None
    if not created or verb is None or model not in (CampaignPage, HomePage):
        return
    if model is HomePage and instance.user is None:
        return  # the first page that an installation begins with is nobody's change
    thing = f"{model._meta.model_name}:{instance.page_id}"
    with transaction.atomic():
        write = audit.record_hourly if verb == "edit_page" else audit.record
        write(verb, thing, instance.user, **_state(verb, thing, instance, model))


def _state(verb: str, thing: str, entry: PageLogEntry, model: type[Page]) -> dict[str, Any]:
    """What the public sees of the page now; for a page that is published, what it saw before, too."""
    page = model.objects.filter(pk=entry.page_id).first()
    if page is None:
        return {}
    found: dict[str, Any] = {"address": page.slug, "language": page.locale.language_code}
    if isinstance(page, CampaignPage):
        blocks = (block.value["hotline"] for block in page.body if block.block_type == "hotline")
        numbers = [number.key for number in blocks if number]
        found |= {"country": page.country_id, "numbers": numbers}
    if verb == "publish_page":
        before = Entry.objects.filter(thing=thing, verb=verb).order_by("-id").first()
        names = (*found, "revision")
        found |= {"revision": entry.revision_id or page.live_revision_id}
        if page.live_revision is not None:
            found["sha256"] = hash_of(page.live_revision)
        if before is not None:
            found["before"] = {name: before.detail.get(name) for name in names if before.detail.get(name)}
    return found


@receiver(pre_save, sender=CampaignPage)
@receiver(pre_delete, sender=CampaignPage)
def only_own_campaigns(instance: CampaignPage, **kwargs: Any) -> None:
    """Of the stored country and of the one to come; who takes a page off the site changes neither."""
    user = acting_user()
    if user is None or kwargs.get("raw"):
        return
    stored = CampaignPage.objects.filter(pk=instance.pk).first()
    own = may_publish(user, instance.country_id) and (stored is None or may_publish(user, stored.country_id))
    taken_off = (
        stored is not None
        and stored.live
        and not instance.live
        and stored.country_id == instance.country_id
        and stored.permissions_for_user(user).can_unpublish()
    )
    second = confirmed(instance.live_revision_id, instance.pk) if instance.live else None
    by_second = second is not None and second.decided_by_id == user.pk
    require(own or taken_off or by_second or _follows(stored, instance))


PUBLISHED = (
    "title", "slug", "lead", "situation", "art", "picture_id", "country_id", "seo_title",
    "search_description", "phrases", "expire_at", "live",
)  # fmt: skip
"""What a reader gets of a campaign, with its body."""


@receiver(pre_save, sender=CampaignPage)
def only_confirmed_campaigns(instance: CampaignPage, update_fields: Any = None, **kwargs: Any) -> None:
    """The last check of what goes live, whichever way of the admin it came: a second person has confirmed
    this version, and nothing in it must be mended (public.publication). A command
    publishes what it brings along; the worker only what two people put on the schedule. Serbian in Latin
    follows the page in Cyrillic."""
    if not instance.live or kwargs.get("raw") or (acting_user() is None and not _is_scheduled(instance)):
        return
    if update_fields is not None and not {*PUBLISHED, "body"} & {*update_fields}:
        return
    stored = CampaignPage.objects.filter(pk=instance.pk).first()
    if is_latin_of_live(instance) or _follows(stored, instance):
        return
    if stored is None or differs(stored, instance):
        was = stored.live_revision_id if stored else None
        change = confirmed(instance.live_revision_id, instance.pk)
        require(change is not None and instance.live_revision_id != was)
        version: CampaignPage = Revision.objects.get(pk=instance.live_revision_id).as_object()
        version.clean_lines()
        require(not differs(version, instance, but="live"))
        require(not must_be_mended(instance))


def _follows(stored: CampaignPage | None, instance: CampaignPage) -> bool:
    """Whether an alias that was there gets what readers see of its source; its address is its own."""
    if stored is None or instance.alias_of_id is None or instance.slug != stored.slug:
        return False
    source = CampaignPage.objects.filter(pk=instance.alias_of_id, live=True).first()
    return source is not None and not differs(source, instance, but="slug")


def _is_scheduled(page: CampaignPage) -> bool:
    """Whether the version that is published now had a date: in the database Wagtail has cleared it."""
    known = CampaignPage.live_revision.is_cached(page)
    return bool(known and page.live_revision and page.live_revision.approved_go_live_at)


def differs(stored: CampaignPage, instance: CampaignPage, but: str = "") -> bool:
    return stored.body.get_prep_value() != instance.body.get_prep_value() or any(
        getattr(stored, name) != getattr(instance, name) for name in PUBLISHED if name != but
    )


@receiver(pre_save, sender=CampaignPage)
def no_new_aliases(instance: CampaignPage, **kwargs: Any) -> None:
    """An alias goes live with its source, at an address that no second person has seen."""
    require(acting_user() is None or not (instance._state.adding and instance.alias_of_id))


@receiver(pre_save, sender=Revision)
def only_confirmed_schedules(instance: Revision, **kwargs: Any) -> None:
    """A live page with a date for its next version is not saved, its version is."""
    if instance.approved_go_live_at is None or acting_user() is None or kwargs.get("raw"):
        return
    model = instance.content_type.model_class()
    require(model is not CampaignPage or confirmed(instance.pk, int(instance.object_id)) is not None)


@receiver(pre_save, sender=Revision)
def never_written_over(instance: Revision, update_fields: Any = None, **kwargs: Any) -> None:
    """Nobody writes over a version that readers see or that a second person reads or has read."""
    if instance.pk is None or acting_user() is None or kwargs.get("raw"):
        return
    if update_fields is not None and "content" not in update_fields:
        return
    seen = Proposal.objects.filter(kind=KIND, values__revision=instance.pk).exists()
    if seen or CampaignPage.objects.filter(live_revision=instance.pk).exists():
        require(hash_of(Revision.objects.get(pk=instance.pk)) == hash_of(instance))


@receiver(pre_save, sender=Picture)
@receiver(pre_save, sender=Document)
def only_hidden_files(
    sender: type[Picture | Document], instance: Picture | Document, update_fields: Any = None, **kwargs: Any
) -> None:
    """What a published page shows, a second person has seen."""
    user = acting_user()
    fields = {*Picture.seen_fields} if sender is Picture else {"file", "title"}
    if user is None or (update_fields is not None and not fields & {*update_fields}):
        return
    stored = sender.objects.filter(pk=instance.pk).first()
    if stored is not None and seen_of(stored) != seen_of(instance):
        require(not is_shown(stored))
        if sender is Document:
            return
        with transaction.atomic():
            hashes = {"before_sha256": digest(stored.seen), "sha256": digest(instance.seen)}
            audit.record("change_picture", f"campaignpicture:{instance.pk}", user, **hashes)


@receiver(pre_save, sender=HomePage)
@receiver(pre_delete, sender=HomePage)
def only_own_homes(instance: HomePage, **kwargs: Any) -> None:
    user = acting_user()
    require(user is None or instance.may_change(user))


@receiver(pre_save, sender=Hotline)
@receiver(pre_delete, sender=Hotline)
def only_own_numbers(instance: Hotline, **kwargs: Any) -> None:
    """The second person saves it too; which digits may be shown the database holds (public.guards)."""
    user = acting_user()
    require(user is None or may_confirm_number(user, instance.country_id))


@receiver(pre_delete, sender=Hotline)
def record_deletion(instance: Hotline, **kwargs: Any) -> None:
    with transaction.atomic():
        audit.record("delete_hotline", instance, acting_user())
