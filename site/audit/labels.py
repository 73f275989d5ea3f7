"""Names of objects in the audit trail: a registry that each app fills for its own kinds."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from audit.details import HIDDEN, KEYS, OF_KIND, PEOPLE
from people.models import Country, Institution, Invitation, Membership, User
from people.roles import Role
from theme.check_number import check_groups
from theme.dates import of_date
from theme.locales import native_name
from theme.localized_names import localized_name, with_country


@dataclass(frozen=True)
class Named:
    """An object in words, and the page where it is looked at, if there is one."""

    words: str
    url: str = ""


_DIGEST = re.compile("[0-9a-f]{64}")
log = logging.getLogger(__name__)

Namer = Callable[[Any, Collection[str]], Mapping[str, Named]]
"""Gives the objects with these ids that a person may see, by id. It needs one or two queries for all of
them."""

_kinds: dict[str, tuple[Any, Namer, Any]] = {}
_values: dict[str, list[Callable[[str], str]]] = defaultdict(list)
_addresses: list[Callable[[Any, Collection[str]], Collection[str]]] = []


def kind(name: str, words: Any, namer: Namer, unnamed: Any = "") -> None:
    """Registers the names of a kind. ``words`` is for the kind, ``namer`` for each object, ``unnamed`` for
    one that the reader may not see. Without it the kind and the number are shown."""
    _kinds[name] = words, namer, unnamed


def seen(name: str, user: Any, ids: Collection[str]) -> Collection[str]:
    """Which of the objects of a kind a person may see; none of an unregistered kind."""
    return _named(name, user, ids).keys() if name in _kinds else ()


def addresses(ask: Callable[[Any, Collection[str]], Collection[str]]) -> None:
    """Registers which of some addresses, as they were asked for, lead to what a person may not see."""
    _addresses.append(ask)


def closed_addresses(user: Any, paths: Collection[str]) -> set[str]:
    """Those of the addresses that lead to what ``user`` may not see."""
    return {path for ask in _addresses for path in ask(user, paths)} if paths else set()


def values(key: str, say: Callable[[str], str]) -> None:
    """Registers labels for the values of a detail; ``say`` gives "" for a value it does not know."""
    _values[key].append(say)


class EntryLabels:
    """The words for the entries of one page, for one reader: everything is asked for at once.

    Never raises, whatever a row or an entry holds: the trail must stay readable above all when something is
    wrong. What has no words is shown as the trail keeps it, and the defect is logged.
    """

    def __init__(self, user: Any, entries: Iterable[Any]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        actors: set[UUID] = set()
        bodies: set[str] = set()
        countries: set[str] = set()
        for entry in entries:
            self._ask(wanted, *entry.thing.partition(":")[::2])
            for key, value in _object(entry.detail).items():
                if key in OF_KIND:
                    self._ask(wanted, OF_KIND[key], str(value))
                elif key in PEOPLE and (actor := _uuid(value)):
                    actors.add(actor)
                elif key in ("institution", "institutions"):
                    bodies.update(str(one) for one in (value if isinstance(value, list) else [value]))
                elif key == "country":
                    countries.add(str(value))
        self.known = {name: _named(name, user, ids) for name, ids in wanted.items() if name in _kinds}
        self.people = (
            dict(User.objects.filter(actor__in=actors).values_list("actor", "name")) if actors else {}
        )
        found = Institution.objects.filter(key__in=bodies).select_related("country") if bodies else ()
        self.bodies = {one.key: with_country(one) for one in found}
        lands = Country.objects.filter(pk__in=countries) if countries else ()
        self.countries = {one.pk: localized_name(one) for one in lands}

    @staticmethod
    def _ask(wanted: dict[str, set[str]], name: str, number: str) -> None:
        if number:
            wanted[name].add(number)

    def thing(self, name: str) -> Named:
        """An object of the trail, e.g. "edition:12"."""
        what, _colon, number = name.partition(":")
        if what == "path":  # a page that was refused: its address, as it was asked for
            return Named(number)
        if name == "audit":
            return Named(str(_("Audit trail")))
        found = self.known.get(what, {}).get(number)
        if found is not None:
            return found
        if what not in _kinds or not number:
            return Named(name)
        words, _namer, unnamed = _kinds[what]
        return Named(str(unnamed) or f"{words} {number}")

    def details(self, detail: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The details of an entry as labels and values. A round without an edition is an old submission's:
        left out."""
        values = dict(_object(detail))
        if isinstance(values.get("before"), dict):  # of the former values those that changed
            values["before"] = {key: was for key, was in values["before"].items() if values.get(key) != was}
        shown = {key: value for key, value in values.items() if key != "round" or "edition" in values}
        return [
            (str(self._key(key, value)), self._label_of(key, value))
            for key, value in shown.items()
            if key not in HIDDEN and value not in ("", None, [], {})
        ]

    def _label_of(self, key: str, value: Any) -> str:
        try:
            return self._value(key, value)
        except Exception:
            log.exception("no words for the detail %s", key)
            return str(value)

    def _key(self, key: str, value: Any) -> Any:
        if key == "to" and not _uuid(value):
            return KEYS["after"]
        return KEYS.get(key, key)

    def _value(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            one_of = "language" if key == "follow" else key.removesuffix("s")
            return ", ".join(self._value(one_of, one) for one in value)
        if key == "before" and isinstance(value, dict):
            return "; ".join(f"{label}: {text}" for label, text in self.details(value))
        if isinstance(value, dict):
            return ", ".join(f"{native_name(str(name))}: {number}" for name, number in value.items())
        text = str(value)
        if key == "uid" and text not in self.known.get("section", {}):
            return str(pgettext("in the audit trail", "a section"))
        if key in OF_KIND:
            return self.thing(f"{OF_KIND[key]}:{text}").words
        if key in PEOPLE and (actor := _uuid(value)):
            return self.people.get(actor, text)
        simple: dict[str, Callable[[str], str]] = {
            "institution": lambda pk: self.bodies.get(pk, pk),
            "country": lambda code: self.countries.get(code, code),
            "language": native_name,
            "role": lambda role: str(Role(role).label) if role in Role.values else role,
            "sha256": lambda digest: " ".join(check_groups(digest)) if _DIGEST.fullmatch(digest) else digest,
        }
        if key in simple:
            return simple[key](text)
        words_of_value = next((words for say in (*_values[key], _day) if (words := say(text))), "")
        return words_of_value or text


def _named(name: str, user: Any, ids: Collection[str]) -> Mapping[str, Named]:
    try:
        # A savepoint, where a transaction runs: after a statement that fails PostgreSQL takes no other in it.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return _kinds[name][1](user, ids)
    except Exception:
        log.exception("no words for things of the kind %s", name)
        return {}


def _object(detail: Any) -> Mapping[str, Any]:
    """The details of an entry; none where somebody made something else of them."""
    return detail if isinstance(detail, dict) else {}


def _day(text: str) -> str:
    """A date as it is written in the language of the page."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return ""
    try:
        found = datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)
    except ValueError:
        return ""
    return of_date(found, get_language() or "en")


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _people(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return {
        str(pk): Named(name)
        for pk, name in User.objects.filter(pk__in=numbers(ids)).values_list("pk", "name")
        if name
    }


def _memberships(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Membership.objects.filter(pk__in=numbers(ids)).select_related("user", "institution__country")
    return {str(one.pk): Named(f"{one.user.name} · {with_country(one.institution)}") for one in found}


def _invitations(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Invitation.objects.filter(pk__in=numbers(ids)).select_related("institution__country")
    return {str(one.pk): Named(f"{_('Invitation')} · {with_country(one.institution)}") for one in found}


def _institutions(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Institution.objects.filter(pk__in=numbers(ids)).select_related("country")
    return {str(one.pk): Named(with_country(one)) for one in found}


def _countries(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return {one.pk: Named(localized_name(one)) for one in Country.objects.filter(pk__in=ids)}


def numbers(ids: Collection[str]) -> list[int]:
    """The ids that a row may have."""
    return [int(one) for one in ids if one.isdecimal() and len(one) < 19]


def _way_in(text: str) -> str:
    ways = {
        "password": pgettext("in the audit trail", "a password"),
        "mail_link": pgettext("in the audit trail", "a link in an e-mail"),
        "code": pgettext("in the audit trail", "a code in an e-mail"),
        "passkey": pgettext("in the audit trail", "a passkey"),
        "identity": pgettext("in the audit trail", "a government's sign-in"),
    }
    return ways.get(text, "")


def _factor(text: str) -> str:
    factors = {
        "totp": pgettext("in the audit trail", "an authenticator app"),
        "webauthn": pgettext("in the audit trail", "a passkey"),
    }
    return factors.get(text, "")


values("by", _way_in)
values("kind", _factor)
kind("country", _("Country"), _countries)
kind("user", _("Person"), _people)
kind("membership", _("Role"), _memberships)
kind("invitation", _("Invitation"), _invitations)
kind("institution", _("Institution"), _institutions)
