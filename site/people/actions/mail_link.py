"""Sign in by a link in a mail: asked for by a reviewer, used once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

import audit
import mail
from people.models import Invitation, MailLink, Membership, User
from people.roles import Role
from people.tokens import hash_token

MINUTES = 60
MOST_AN_HOUR = 5
BY_PASSWORD_ALONE = (Role.COORDINATOR, Role.DRAFTER, Role.PUBLISHER, Role.OPERATOR)
"""Whoever has one of these, beside what else they are, signs in by password (docs/decisions/0013)."""


class LinkClosed(Exception):
    """The link was used, is too old, never was, or is no longer its reader's."""


def send_link(address: str) -> None:
    """Mails a link to a reviewer. The page says the same to everybody, whatever the address."""
    user = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    membership = _reviews(user).order_by("pk").first() if user else None
    if user is None or membership is None:
        return
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        lately = MailLink.objects.filter(user=user, made__gt=timezone.now() - timedelta(hours=1))
        if lately.count() >= MOST_AN_HOUR:
            audit.record("mail_link", user, user, refused=True, why="too_many")
            return
        token, token_sha256 = Invitation.new_token()
        MailLink.objects.create(
            user=user,
            email=user.email,
            institution=membership.institution,
            token_sha256=token_sha256,
            expires=timezone.now() + timedelta(minutes=MINUTES),
        )
        audit.record("mail_link", user, user, institution=membership.institution.key)
        mail.send(
            "mail_link",
            to=user.email,
            language=user.language,
            context={
                "minutes": MINUTES,
                "url": f"{settings.OFFICE_BASE_URL}/{user.language}/mail-link/{token}/",
            },
        )


def find_open(token: str) -> MailLink:
    """The link behind a token, if it still works. Raises LinkClosed."""
    link = MailLink.objects.select_related("user").filter(token_sha256=hash_token(token)).first()
    if link is None or not _works(link):
        raise LinkClosed
    return link


def use_link(token: str) -> User:
    """Uses the link up, and gives who signs in by it. A second use is refused, and written into the trail."""
    with transaction.atomic():
        link = (
            MailLink.objects.select_for_update(of=("self",), no_key=True)
            .select_related("user")
            .filter(token_sha256=hash_token(token))
            .first()
        )
        works = link is not None and _works(link)
        if link is not None and works:
            link.used = timezone.now()
            link.save(update_fields=["used"])
            audit.record("sign_in", link.user, link.user, by="mail_link")
    if link is None or not works:
        audit.refused("sign_in", link.user if link else "mail_link", None, by="mail_link")
        raise LinkClosed
    return link.user


def _works(link: MailLink) -> bool:
    return (
        link.used is None
        and link.expires > timezone.now()
        and link.user.is_active
        and link.user.email == link.email
        and _reviews(link.user).filter(institution=link.institution_id).exists()
    )


def _reviews(user: User) -> models.QuerySet[Membership]:
    """The reviewer roles for which a link may be sent; none where the account opens more."""
    active = Membership.objects.active().filter(user=user)
    if user.is_superuser or active.filter(role__in=BY_PASSWORD_ALONE).exists():
        return active.none()
    return active.filter(role=Role.REVIEWER).select_related("institution")
