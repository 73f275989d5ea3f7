"""Invite a person into an institution, and take up an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
import mail
from people.actions import access_changes
from people.actions.confirm import may_give, needs_confirming, propose_role
from people.actions.groups import sync_groups
from people.models import Institution, Invitation, Membership, User
from people.roles import Role
from people.tokens import hash_token

DAYS = 14


class InvitationClosed(Exception):
    """The link was used, is too old, or never was."""


class NotYourself(Exception):
    """Somebody would give a role to themselves. It takes two people: else one could vote for any
    institution and confirm their own proposal."""


def invite(
    by: User,
    institution: Institution,
    email: str,
    role: Role,
    languages: Sequence[str] = (),
    language: str = "en",
) -> Invitation:
    """Mails ``email`` a link to join. Raises Http404 where ``by`` may not give that role in that institution,
    NotYourself for their own address."""
    if not may_give(by, role, institution):
        raise Http404
    if email.strip().lower() == by.email.lower():
        raise NotYourself
    token, token_sha256 = Invitation.new_token()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email.strip().lower(),
            institution=institution,
            role=role,
            languages=list(languages),
            language=language,
            token_sha256=token_sha256,
            invited_by=by,
            expires=timezone.now() + timedelta(days=DAYS),
        )
        audit.record("invite", invitation, by, institution=institution.key, role=str(role))
        mail.send(
            "invitation",
            to=invitation.email,
            language=language,
            context={
                # Named in the language of the mail: neither is put into words here.
                "institution": institution,
                "role": Role(role).label,
                "by": by.name,
                "days": DAYS,
                "url": f"{settings.OFFICE_BASE_URL}/{language}/invitation/{token}/",
            },
        )
    return invitation


def enter_role(user: User, institution: Institution, role: Role, **fields: Any) -> Membership:
    """Gives a role without an invitation: the demonstration's people, and those of tests."""
    with transaction.atomic():
        membership = Membership.objects.create(user=user, institution=institution, role=role, **fields)
        audit.record(
            "enter_role",
            membership,
            None,
            institution=institution.key,
            role=str(role),
            to=str(user.actor),
            address_sha256=user.address_sha256,
            name_sha256=user.name_sha256(user.name),
        )
    return membership


def find_open(token: str) -> Invitation:
    """The invitation behind a link. Raises InvitationClosed."""
    invitation = Invitation.objects.filter(token_sha256=hash_token(token)).first()
    if invitation is None or not invitation.open:
        raise InvitationClosed
    return invitation


def accept(token: str, name: str, password: str) -> User:
    """Makes the person (or takes the one with that address) a member. Raises InvitationClosed.

    In a role that counts as the second person they are one once somebody else has confirmed it
    (people.actions.confirm)."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(no_key=True).get(pk=find_open(token).pk)
        if not invitation.open:
            raise InvitationClosed
        user = User.objects.filter(email=invitation.email).first()
        if user is not None:
            access_changes.tell(user, "join")
        else:
            user = User.objects.create_user(
                invitation.email, password or None, name=name, language=invitation.language
            )
        membership = Membership.objects.create(
            user=user,
            institution=invitation.institution,
            role=invitation.role,
            languages=invitation.languages,
            given_by=invitation.invited_by,
            confirmed=None if needs_confirming(invitation) else timezone.now(),
        )
        invitation.accepted = timezone.now()
        invitation.save(update_fields=["accepted"])
        sync_groups(user)
        waits = membership.confirmed is None
        audit.record(
            "join",
            membership,
            user,
            institution=invitation.institution.key,
            role=invitation.role,
            waits=waits,
            invitation=invitation.pk,
            moment=invitation.accepted.isoformat(),
            address_sha256=user.address_sha256,
            name_sha256=user.name_sha256(user.name),
        )
        if waits:
            propose_role(membership)
    return user
