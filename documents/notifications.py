"""Mails about what waits for a second person, without a word of the text."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

import mail
from audit.models import Entry
from audit.trail import thing_name
from documents.choices import Classification
from documents.models import Assignment, Edition, Instrument, LanguageVersion
from documents.models.instruments import let_in
from documents.text.case_data import traces
from mail.models import Message
from mail.validity import Validity
from people.models import Membership, User
from people.roles import Role
from theme.locales import native_name


def validity(message: Message, user: User) -> Validity:
    """The validity of an unsent mail about an edition."""
    _kind, _, pk = message.about.partition(":")
    return validity_of(Instrument.objects.filter(editions__pk=pk), message, user)


def validity_of(instruments: QuerySet[Instrument], message: Message, user: User) -> Validity:
    """The validity of a mail about the instrument. It is not sent to who has no role any more. It has no
    names where the instrument is closed to the person, or became TLP:RED since."""
    instrument = instruments.first()
    if instrument is None:
        return Validity.AS_WRITTEN
    if not has_a_role(user):
        return Validity.NOT_AT_ALL
    if not let_in(user, instrument):
        return Validity.WITHOUT_NAMES
    again = Entry.objects.filter(verb="classify", thing=thing_name(instrument), at__gt=message.written)
    red = instrument.classification == Classification.TLP_RED
    return Validity.WITHOUT_NAMES if red and again.exists() else Validity.AS_WRITTEN


def has_a_role(user: User) -> bool:
    """Whether a person works for an institution still."""
    return Membership.objects.active().filter(user=user).exists()


def tell_of_assignment(assignment: Assignment) -> None:
    """Writes to a person that they are asked to work on a draft; of what is TLP:RED without its title."""
    edition, user = assignment.edition, assignment.user
    with translation.override(user.language):
        red = edition.instrument.classification == Classification.TLP_RED
        title = _("a document") if red else edition.title_in(assignment.language)
    mail.send(
        "assigned",
        to=user.email,
        language=user.language,
        context={
            "title": title,
            "by": assignment.assigned_by.name if assignment.assigned_by else "",
            "due": assignment.due,
            "url": f"{settings.OFFICE_BASE_URL}/{user.language}/desk/{edition.pk}/",
        },
        about=edition,
    )


def tell_of_check(by: User, version: LanguageVersion) -> None:
    """Tells the owner's coordinators, except who submitted it, that a translation waits for a second person's
    check. They check it, or ask one of those who may."""
    page = f"desk/{version.edition_id}/versions/{version.language}/check/"
    _tell(by, version.edition, "to_check", page, name=native_name(version.language))


def tell_of_number(by: User, edition: Edition, uid: str) -> None:
    """Tells the owner's other coordinators that a number to call waits for a second person. Without the
    number: whoever confirms it reads it on the page."""
    _tell(by, edition, "to_confirm_number", f"desk/{edition.pk}/calls/{uid}/")


def tell_of_ready(by: User, edition: Edition) -> None:
    """Tells the owner's coordinators that a draft is ready for its review."""
    _tell(by, edition, "draft_ready", f"desk/{edition.pk}/")


def tell_of_case_data(by: User, edition: Edition) -> None:
    """Tells the owner's other coordinators that somebody must say why a text holds no case data."""
    _tell(by, edition, "to_explain", f"desk/{edition.pk}/case-data/")


def _tell(
    by: User,
    edition: Edition,
    template: str,
    page: str,
    **more: str,
) -> None:
    if edition.instrument.classification == Classification.TLP_RED:
        return  # Of what is TLP:RED nothing is mailed.
    roles = Membership.objects.active().filter(institution=edition.instrument.owner, role=Role.COORDINATOR)
    entries = User.objects.filter(pk__in=roles.values("user"), is_active=True)
    title = edition.title_in(edition.instrument.source_language)
    for user in entries.exclude(pk=by.pk).order_by("pk"):
        with translation.override(user.language):
            shown = _("a document") if traces(title) else title
        mail.send(
            template,
            to=user.email,
            language=user.language,
            context={
                "title": shown,
                "by": by.name,
                "url": f"{settings.OFFICE_BASE_URL}/{user.language}/{page}",
                **more,
            },
            about=edition,
            may_wait=True,
        )
