"""The last check of who saves a record, whichever way of the admin led there; nobody deletes one."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from directory.models import Organisation, Place, Record, Service, Town
from public.publishing import acting_user, may_confirm_number, require


@receiver(pre_save, sender=Organisation)
@receiver(pre_save, sender=Place)
@receiver(pre_save, sender=Service)
@receiver(pre_save, sender=Town)
def only_own_records(instance: Record, **kwargs: Any) -> None:
    """The second person saves it too; what of it may be shown the database holds (directory.guards)."""
    user = acting_user()
    require(user is None or may_confirm_number(user, instance.country_id))


@receiver(pre_delete, sender=Organisation)
@receiver(pre_delete, sender=Place)
@receiver(pre_delete, sender=Service)
@receiver(pre_delete, sender=Town)
def never_deleted(instance: Record, **kwargs: Any) -> None:
    """A record is hidden: its changes and the trail name it."""
    require(acting_user() is None)
