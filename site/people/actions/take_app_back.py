"""Take the app of a second factor back from an account. A stranger set it up, or the phone is lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
import mail
from people.actions.confirm import may_give
from people.actions.look_after import who_looks_after_person
from people.models import Membership, User
from people.second_factor import has_factor


class NoApp(Exception):
    """There is none, or it was removed already."""


def may_take_back(by: User, membership: Membership) -> bool:
    """Those who look after the institution's people, and never from oneself."""
    return by.pk != membership.user_id and may_give(by, membership.role, membership.institution)


def take_app_back(by: User, membership: Membership) -> None:
    """The app gives no codes any more and the password opens nothing. Every session of this person ends.
    They set a new password by mail, and an app a day later (people.second_factor). Raises Http404,
    NoApp."""
    if not may_take_back(by, membership):
        raise Http404
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
        if not has_factor(user):
            raise NoApp
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        audit.record("take_back_second_factor", user, by)
        mail.send(
            "app_taken_back",
            to=user.email,
            language=user.language,
            context={"by": by.name, "url": f"{settings.OFFICE_BASE_URL}/{user.language}/password/"},
        )


def tell_of_app(user: User) -> None:
    """Tells by mail that an app was set up for the account. It goes to the coordinators of the person's
    institutions, or to the country's where there is none. Nobody learns of their own."""
    for person, membership in who_looks_after_person(user):
        if may_take_back(person, membership):
            mail.send(
                "app_set_up",
                to=person.email,
                language=person.language,
                context={
                    "name": user.name,
                    "email": user.email,
                    "institution": membership.institution,
                    "at": timezone.now(),
                    "url": f"{settings.OFFICE_BASE_URL}/{person.language}/people/{membership.pk}/app/",
                },
            )
