"""Change one's own name. What was signed before keeps the former one, and the coordinators are told."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import audit
import mail
from people.actions.look_after import who_looks_after_person
from people.models import FormerName, User

FORBIDDEN = ("<", ">", "://", "www.")
"""A name stands in e-mails, where an address in it would become a link."""


def check_name(name: str) -> None:
    """Raises ValidationError for a name with an address or with marks of HTML in it."""
    if any(part in name.lower() for part in FORBIDDEN) or not name.isprintable():
        raise ValidationError(_("Enter a name without an internet address, “<” or “>”."))


def change_name(user: User, name: str) -> None:
    """Stores the former name with the moment. The trail has hashes of both names; ``make_nameless`` removes
    the names and the salt of the hashes."""
    with transaction.atomic():
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if (former := row.name) == name:
            return
        stored = FormerName.objects.create(user=row, name=former)
        row.name = user.name = name
        row.save(update_fields=["name"])
        audit.record(
            "change_name",
            row,
            row,
            former_sha256=row.name_sha256(former),
            name_sha256=row.name_sha256(name),
            moment=stored.until.isoformat(),
        )
        for person, _membership in who_looks_after_person(row):
            mail.send(
                "name_changed",
                to=person.email,
                language=person.language,
                context={"former": former, "name": name, "email": row.email},
            )
