"""What waits for a coordinator after an adoption: corrigenda, and languages that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.actions.adopt_language import may_check
from documents.choices import FOLLOWED
from documents.models import Corrigendum, Edition, LanguageVersion, VersionCheck
from people.access import memberships
from people.models import User
from people.roles import Role
from theme.locales import native_name
from theme.localized_names import localized_name
from workflows.texts import title_for


@dataclass(frozen=True)
class Waiting:
    """One task: what, of which document, who asked for it, and the button."""

    big: str
    title: str
    text: str
    words: str
    url: str


def waiting_for(user: User) -> list[Waiting]:
    """The corrigenda, then the languages, of the institutions for which the user coordinates."""
    owners = [m.institution_id for m in memberships(user) if m.role == Role.COORDINATOR]
    owned = Edition.objects.visible_to(user).filter(instrument__owner__in=owners)
    return [*_corrigenda(owned.values("pk"), user), *_languages(owned.values("pk"), user)]


def to_check(user: User, most: int) -> list[Waiting]:
    """The languages that the user may check, oldest first; none where they coordinate."""
    active = memberships(user)
    runs = {m.institution_id for m in active if m.role == Role.COORDINATOR}
    owners = {m.institution_id for m in active if m.role in (Role.REVIEWER, Role.DRAFTER)} - runs
    spoken_there = [(m.institution.country_id, m.languages) for m in active if m.role == Role.TRANSLATOR]
    theirs = Q(edition__instrument__owner__in=owners)
    for country, languages in spoken_there:
        theirs |= Q(edition__instrument__country=country, language__in=languages)
    if not owners and not spoken_there:
        return []
    found = _submitted(Edition.objects.visible_to(user).exclude(instrument__owner__in=runs)).filter(theirs)
    found = found.exclude(pk__in=VersionCheck.objects.standing().values("version"))
    return [_language(one, False, user) for one in found[: 2 * most] if not may_check(user, one)][:most]


def _corrigenda(owned: Any, user: User) -> list[Waiting]:
    found = Corrigendum.objects.waiting().filter(edition__in=owned)
    found = found.select_related("edition__instrument__country", "proposed_by").order_by("pk")
    return [
        Waiting(
            _("A corrigendum was proposed"),
            title_for(one.edition),
            _("Proposed by you. A second person must record it.")
            if one.proposed_by_id == user.pk
            else _("By %(name)s.") % {"name": localized_name(one.proposed_by.name)},
            _("See details") if one.proposed_by_id == user.pk else _("Check and record"),
            reverse("desk:corrigendum", args=[one.pk]),
        )
        for one in found
    ]


def _languages(owned: Any, user: User) -> list[Waiting]:
    found = _submitted(owned)
    checked = set(VersionCheck.objects.standing().filter(version__in=found).values_list("version", flat=True))
    return [_language(version, version.pk in checked, user) for version in found]


def _submitted(editions: Any) -> QuerySet[LanguageVersion]:
    """The language versions of these editions that are submitted and not finished."""
    return (
        LanguageVersion.objects.filter(
            edition__in=editions, edition__state__in=FOLLOWED, unfinished=True, submitted__isnull=False
        )
        .select_related("edition__instrument__country", "submitted_by")
        .order_by("submitted")
    )


def _language(version: LanguageVersion, checked: bool, user: User) -> Waiting:
    name = {"language": native_name(version.language)}
    title, place = title_for(version.edition), [version.edition_id, version.language]
    if checked:
        return Waiting(
            _("A text awaits its act (%(language)s)") % name,
            title,
            _("A second person has checked it."),
            _("Record the act"),
            reverse("desk:adopt_language", args=place),
        )
    waits = _("A translation awaits its check (%(language)s)") % name
    if why := may_check(user, version):
        return Waiting(waits, title, why, _("See details"), reverse("desk:versions", args=place[:1]))
    by = localized_name(version.submitted_by.name) if version.submitted_by else ""
    return Waiting(
        waits,
        title,
        _("Submitted by %(name)s.") % {"name": by},
        _("Check the translation"),
        reverse("desk:check_version", args=place),
    )
