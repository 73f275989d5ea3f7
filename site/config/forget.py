"""What the worker deletes when its time is over (config.retention), and what goes with a person's name."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry

from config.retention import LINKS_LAST, LOG_LASTS, MAILS_LAST, NAME_LASTS, OWN_LASTS, TASKS_LAST
from mail.models import DigestReader, Message
from people.actions.make_nameless import NOBODY, made_nameless, remove_name
from people.models import Invitation, MailLink, Membership, User

log = logging.getLogger("kodeks.forget")

OF_ONE = (
    "search.SavedSearch",
    "workflows.CalendarFeed",
    "workflows.SectionRead",
    "documents.LastRead",
    "documents.WorkingCopy",
    "documents.Presence",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailusers.UserProfile",
    "wagtailcore.APIToken",
    "wagtailcore.PageSubscription",
)
"""Models whose rows only their ``user`` sees."""
TYPED_NAMES = ("documents.Comment", "documents.Suggestion")
"""Models with the name of an author as a Word file has it, in ``author_name``."""


def forget_mails() -> int:
    """Delete mails of long ago, whether they left or not; a digest goes with its last part."""
    old = Message.objects.filter(written__lt=timezone.now() - MAILS_LAST)
    parts = old.filter(digest__isnull=False).delete()[0]
    return parts + old.filter(parts__isnull=True).delete()[0]


def forget_links() -> int:
    """Delete links and invitations that stopped working some time ago."""
    over = timezone.now() - LINKS_LAST
    return sum(rows.filter(expires__lt=over).delete()[0] for rows in (MailLink.objects, Invitation.objects))


def forget_traces() -> int:
    """Delete ended sessions, old log entries of the admin, its unfinished forms and finished tasks."""
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    old = (
        ModelLogEntry.objects.filter(timestamp__lt=now - LOG_LASTS),
        PageLogEntry.objects.filter(timestamp__lt=now - LOG_LASTS),
        DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_LAST),
        EditingSession.objects.stale(),
        FormState.objects.stale(),
    )
    return sum(rows.delete()[0] for rows in old)


def left_before(lasts: timedelta) -> QuerySet[User]:
    """People whose last role ended so long ago, and who did not sign in since."""
    over = timezone.now() - lasts
    roles = Membership.objects.filter(user=OuterRef("pk"))
    later = roles.filter(Q(ends__isnull=True) | Q(ends__gt=timezone.localdate(over)))
    return User.objects.filter(Exists(roles), ~Exists(later), is_superuser=False).exclude(
        last_login__gte=over
    )


def forget_own() -> int:
    """Delete what only people who left could see."""
    people = left_before(OWN_LASTS)
    DigestReader.objects.filter(email__in=people.values("email")).delete()
    return sum(apps.get_model(one)._default_manager.filter(user__in=people).delete()[0] for one in OF_ONE)


def forget_names() -> int:
    """Remove the names of people who left long ago. Nobody had to think of it."""
    people = list(left_before(NAME_LASTS).exclude(email__endswith=NOBODY))
    for user in people:
        remove_name(user, None)
    return len(people)


@receiver(made_nameless, dispatch_uid="config.made_nameless")
def forget_person(sender: Any, user: User, name: str, instead: str, **kwargs: Any) -> None:
    """Delete what only the person saw, and replace the name where it was typed or logged."""
    for model in OF_ONE:
        apps.get_model(model)._default_manager.filter(user=user).delete()
    for model in TYPED_NAMES if name else ():
        rows = apps.get_model(model)._default_manager.filter(author_name__contains=name)
        for pk, typed in rows.values_list("pk", "author_name"):
            rows.filter(pk=pk).update(author_name=re.sub(rf"\b{re.escape(name)}\b", instead, typed))
    people = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=people, object_id=str(user.pk)).update(label=instead, data={})
