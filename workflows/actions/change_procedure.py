"""Change a procedure: a changed copy belongs to the coordinator's country. Running reviews keep theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError, NotReady
from documents.actions.record_refusal import record_refusals
from documents.text import plain_line
from people.access import require
from people.models import Country, User
from people.roles import Verb
from workflows.models import Procedure
from workflows.models.procedures import clean_stages, too_late
from workflows.procedures.deadlines import day_there
from workflows.procedures.names import MOST


def seen_of(procedure: Procedure) -> str:
    """A mark of a procedure's present state: who saves names the one that they opened."""
    says: Any = [procedure.name, procedure.names, clean_stages(procedure.stages), procedure.active]
    return hashlib.sha256(rfc8785.dumps(says)).hexdigest()


@record_refusals("change_procedure")
def change_procedure(
    by: User,
    procedure: Procedure,
    country: Country,
    name: str,
    stages: Sequence[dict[str, Any]],
    *,
    active: bool,
    seen: str,
    names: Mapping[str, str] | None = None,
) -> Procedure:
    """Keep the procedure for the country; a shared one is copied and stays for the others.

    Raises NotReady with what is wrong, ActionError where it was changed since it was opened (``seen``).
    """
    require(by, Verb.ASSIGN, Procedure(country=country))
    with transaction.atomic():
        # One lock for all who change a country's procedures: its own copy may not be there yet to be held.
        Country.objects.select_for_update(no_key=True).get(pk=country.pk)
        key = procedure.key if procedure.country_id else f"{country.pk}-{procedure.key}"
        own = Procedure.objects.filter(key=key, country=country).first()
        now = own or Procedure.objects.filter(key=procedure.key, country=None).first()
        if now is None or seen_of(now) != seen:
            raise ActionError(
                _(
                    "Somebody else has changed this procedure. Check the current version, then "
                    "make your changes."
                )
            )
        name = plain_line(name)[:MOST]
        cut = {language: plain_line(one)[:MOST] for language, one in (names or {}).items()}
        own_names = {language: one for language, one in cut.items() if one}
        if not name:
            raise NotReady([_("Enter a name for the procedure.")])
        try:
            cleaned = clean_stages(list(stages))
        except ValidationError as problem:
            raise NotReady(list(problem.messages)) from problem
        late = _too_late(cleaned, country)
        if late:
            raise NotReady(late)
        before = seen_of(now)
        if own is None:
            own = Procedure(key=key, country=country, order=now.order)
        own.name, own.names, own.stages, own.active = name, own_names, cleaned, active
        own.save()
        audit.record(
            "change_procedure",
            own,
            by,
            country=country.pk,
            before_sha256=before,
            after_sha256=seen_of(own),
        )
    return own


def _too_late(stages: Sequence[dict[str, Any]], country: Country) -> list[str]:
    """The stages whose deadline would be more than a year away if they opened today."""
    today = day_there(timezone.now(), country.time_zone)
    reasons = [too_late(stage["days"], country.pk, today, working=stage["working"]) for stage in stages]
    text = _("Stage %(number)d: %(what)s")
    return [text % {"number": number, "what": what} for number, what in enumerate(reasons, 1) if what]
