"""Record a change of how somebody gets in, and tell them by mail: whoever did it may not be them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

import audit
import mail
from people.models import User

CHANGES = {
    "change_password": gettext_noop("Your password was changed."),
    "new_password": gettext_noop("A new password was set by a link in an e-mail."),
    "set_up_second_factor": gettext_noop("An authenticator app or a passkey was set up."),
    "remove_second_factor": gettext_noop("An authenticator app or a passkey was removed."),
    "new_recovery_codes": gettext_noop("New recovery codes were made. The old ones no longer work."),
    "link_identity": gettext_noop("Your account was linked to your government's sign-in."),
    "join": gettext_noop("You accepted a role."),
    "end_membership": gettext_noop("A role of yours was removed."),
    "take_over": gettext_noop("You took over a role."),
}


def record_change(user: User, verb: str, **detail: Any) -> None:
    """In the transaction of the change, which the person made themselves."""
    audit.record(verb, user, user, **detail)
    tell(user, verb)


def tell(user: User, verb: str) -> None:
    mail.send(
        "access_changed",
        to=user.email,
        language=user.language,
        context={
            "change": CHANGES[verb],
            "at": timezone.now(),
            "url": f"{settings.OFFICE_BASE_URL}/{user.language}/account/sessions/",
        },
    )
