"""Mails about translations and corrigenda, each in the language of its reader, none with a word of the text."""

from __future__ import annotations

from django.conf import settings

import mail
from documents.choices import Classification
from documents.models import Corrigendum, Edition, LanguageVersion
from people.models import Membership, User
from people.roles import Role
from theme.locales import native_name


def tell_of_check(by: User, version: LanguageVersion) -> None:
    """Writes to the owner's coordinators, but not to who submitted it, that a translation waits for the check of a second person:
    they check it, or ask one of those who may."""
    page = f"desk/{version.edition_id}/versions/{version.language}/check/"
    _tell(by, version.edition, "to_check", page, name=native_name(version.language))


def tell_of_corrigendum(by: User, corrigendum: Corrigendum) -> None:
    """Writes to the owner's coordinators, but not to who proposed it, that a corrigendum waits for a second person and its act."""
    _tell(by, corrigendum.edition, "to_record", f"desk/corrigenda/{corrigendum.pk}/")


def _tell(by: User, edition: Edition, template: str, page: str, **more: str) -> None:
    if edition.instrument.classification == Classification.TLP_RED:
        return  # Of what is TLP:RED nothing is mailed.
    held = Membership.objects.active().filter(institution=edition.instrument.owner, role=Role.COORDINATOR)
    told = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=by.pk)
    for user in told.order_by("pk"):
        mail.send(
            template,
            to=user.email,
            language=user.language,
            context={
                "title": edition.title_in(edition.instrument.source_language),
                "by": by.name,
                "url": f"{settings.OFFICE_BASE_URL}/{user.language}/{page}",
                **more,
            },
            about=edition,
            may_wait=True,
        )
