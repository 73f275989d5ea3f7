"""Sign in by a link in a mail, used once. A reviewer asks for it, or a request to review carries it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

import audit
import mail
from people.models import Institution, Invitation, MailLink, Membership, User
from people.onward import safe_path
from people.roles import Role
from people.second_factor import has_factor
from people.tokens import hash_token

MINUTES = 60
HOURS = 24
"""How long a link in a request works."""
MOST_AN_HOUR = 5
MOST_REQUESTS_AN_HOUR = 30
BY_PASSWORD_ALONE = (Role.COORDINATOR, Role.DRAFTER, Role.PUBLISHER, Role.OPERATOR)
"""Everybody with one of these roles, whatever their others, signs in by password (docs/decisions/0013)."""

_still_open: dict[str, Callable[[MailLink], bool]] = {}


class LinkClosed(Exception):
    """The link was used, is too old, never was, or is no longer its reader's."""


def register(kind: str, still_open: Callable[[MailLink], bool]) -> None:
    """``still_open`` says of links about objects of that kind (``MailLink.about``) whether they still
    work."""
    _still_open[kind] = still_open


def send_link(address: str, onward: str = "", institution: Institution | None = None) -> None:
    """Mails a link to a reviewer. The page says the same to everybody, whatever the address."""
    user = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    membership = _membership(user, institution)
    if user is None or membership is None:
        return
    with transaction.atomic():
        if _too_many(user, MOST_AN_HOUR, about=""):
            return
        token = _make(user, membership.institution, timedelta(minutes=MINUTES), onward=safe_path(onward))
        mail.send(
            "mail_link",
            to=user.email,
            language=user.language,
            context={
                "minutes": MINUTES,
                "url": f"{settings.OFFICE_BASE_URL}/{user.language}/mail-link/{token}/",
            },
        )


def may_come_by_mail(user: User) -> bool:
    """Whether a code in a mail may be the first step: of reviewers, and of whoever is asked for a second
    factor after it."""
    return has_factor(user) or _reviews(user).exists()


def send_again(token: str) -> None:
    """Mails a fresh link in place of one that no longer works: to the same address, for the same page."""
    link = MailLink.objects.select_related("institution").filter(token_sha256=hash_token(token)).first()
    if link is not None:
        send_link(link.email, link.onward, link.institution)


def link_to(address: str, url: str, institution: str, about: str) -> str:
    """The address in a mail that signs its reader in and opens ``url``; ``url`` itself for who may not so."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    place = Institution.objects.filter(key=institution).first()
    membership = _membership(user, place)
    onward = safe_path(url.removeprefix(settings.OFFICE_BASE_URL))
    if user is None or place is None or membership is None or not onward:
        return url
    with transaction.atomic():
        if membership.institution_id != place.pk or _too_many(user, MOST_REQUESTS_AN_HOUR, about=about):
            return url
        token = _make(user, place, timedelta(hours=HOURS), onward=onward, about=about)
    return f"{settings.OFFICE_BASE_URL}/{urlsplit(onward).path.split('/')[1]}/mail-link/{token}/"


def find_open(token: str) -> MailLink:
    """The link behind a token, if it still works. Raises LinkClosed."""
    link = _known(token)
    if link is None or not _works(link):
        raise LinkClosed
    return link


def onward_of(token: str, user: User) -> str:
    """The page that a link opens for who is signed in as its reader; empty for everybody else."""
    link = _known(token)
    return link.onward if link is not None and link.user_id == user.pk else ""


def use_link(token: str) -> MailLink:
    """Uses the link up, and gives it: its user signs in. A second use is refused, and written into the
    trail."""
    with transaction.atomic():
        link = (
            MailLink.objects.select_for_update(of=("self",), no_key=True)
            .select_related("user", "institution")
            .filter(token_sha256=hash_token(token))
            .first()
        )
        works = link is not None and _works(link)
        if link is not None and works:
            link.used = timezone.now()
            link.save(update_fields=["used"])
            audit.record("use_mail_link", link.user, link.user, **_of(link.about))
    if link is None or not works:
        with transaction.atomic():
            audit.record_hourly(
                "sign_in", link.user if link else "mail_link", None, refused=True, by="mail_link"
            )
        raise LinkClosed
    return link


def _known(token: str) -> MailLink | None:
    known = MailLink.objects.select_related("user", "institution")
    return known.filter(token_sha256=hash_token(token)).first()


def _make(user: User, institution: Institution, lasting: timedelta, *, onward: str, about: str = "") -> str:
    token, token_sha256 = Invitation.new_token()
    MailLink.objects.create(
        user=user,
        email=user.email,
        institution=institution,
        token_sha256=token_sha256,
        onward=onward,
        about=about,
        expires=timezone.now() + lasting,
    )
    audit.record(
        "mail_link",
        user,
        None if about else user,
        institution=institution.key,
        link_sha256=token_sha256,
        **_of(about),
    )
    return token


def _too_many(user: User, most: int, *, about: str) -> bool:
    """Whether a person got as many links within an hour as they may; those they asked for are counted
    apart."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    lately = MailLink.objects.filter(user=user, made__gt=timezone.now() - timedelta(hours=1))
    if lately.exclude(about="").count() < most if about else lately.filter(about="").count() < most:
        return False
    audit.record_hourly("mail_link", user, None if about else user, refused=True, why="too_many")
    return True


def _of(about: str) -> dict[str, int]:
    """The detail of an entry that names what a link is about."""
    kind, _, pk = about.partition(":")
    return {kind: int(pk)} if pk else {}


def _works(link: MailLink) -> bool:
    kind = link.about.partition(":")[0]
    return (
        link.used is None
        and link.expires > timezone.now()
        and link.user.is_active
        and link.user.email == link.email
        and _reviews(link.user).filter(institution=link.institution_id).exists()
        and (not kind or (kind in _still_open and _still_open[kind](link)))
    )


def _membership(user: User | None, institution: Institution | None) -> Membership | None:
    """The reviewer role for which a link may be sent: in that institution, where there is one."""
    if user is None:
        return None
    found = _reviews(user).order_by("pk")
    return (institution and found.filter(institution=institution).first()) or found.first()


def _reviews(user: User) -> models.QuerySet[Membership]:
    """The reviewer roles for which a link may be sent; none where the account opens more."""
    active = Membership.objects.active().filter(user=user)
    if user.is_superuser or active.filter(role__in=BY_PASSWORD_ALONE).exists():
        return active.none()
    return active.filter(role=Role.REVIEWER).select_related("institution")
