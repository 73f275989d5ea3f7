"""Recordings, audio and video in the audit trail, and the last check of who may change files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import audit
from audit import labels
from audit.labels import Named, numbers
from public.models.hotlines import Hotline
from public.publishing import acting_user, may_publish, require
from public.shown_files import is_shown
from recordings.models import Medium, Recording
from recordings.rights import may_see
from recordings.script import short_form


def _recordings(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Recording.objects.filter(pk__in=numbers(ids)).select_related("page", "hotline")
    return {str(one.pk): _named(user, one) for one in found}


def _named(user: Any, one: Recording) -> Named:
    owner = one.page or one.hotline
    title = str(owner) if isinstance(owner, Hotline) else getattr(owner, "title", "")
    kind, part = ("page", one.block or "top") if one.page else ("number", one.language)
    seen = owner is not None and may_see(user, owner.country_id)
    url = reverse("kodeks_recording", args=[kind, owner.pk, part]) if owner and seen else ""
    return Named(f"{title} ({one.language}, {short_form(one.text_sha256)})", url)


def _media(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Medium.objects.filter(pk__in=numbers(ids))
    return {
        str(one.pk): Named(
            one.title,
            reverse("wagtailmedia:edit", args=[one.pk]) if may_publish(user, one.country_id) else "",
        )
        for one in found
    }


labels.kind("recording", _("Recording"), _recordings)
labels.kind("medium", _("Audio or video"), _media)


@receiver(pre_save, sender=Medium)
def only_own(instance: Medium, **kwargs: Any) -> None:
    """Of the stored country and of the one to come, whichever way of the admin led here."""
    user = acting_user()
    if user is None or kwargs.get("raw"):
        return
    stored = Medium.objects.filter(pk=instance.pk).first()
    require(may_publish(user, instance.country_id))
    require(stored is None or may_publish(user, stored.country_id))
    require(stored is None or stored.seen == instance.seen or not is_shown(stored))


@receiver(pre_delete, sender=Medium)
def record_deletion(instance: Medium, **kwargs: Any) -> None:
    user = acting_user()
    require(user is None or may_see(user, instance.country_id))
    with transaction.atomic():
        audit.record("delete_medium", instance, user, sha256=instance.sha256, country=instance.country_id)
