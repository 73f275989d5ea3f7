"""The demonstration's countries, institutions and people, from documents/demo/people.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from documents import demo
from people import demo_factor
from people.actions.groups import sync_groups
from people.actions.invite import enter_role
from people.models import Country, Institution, User
from people.roles import Role
from people.second_factor import needs_factor

FOLDER = Path(demo.__file__).parent
PASSWORD = demo_factor.DEMO_PASSWORD


def read_people() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))


def load_people() -> dict[str, User]:
    """Gives everybody by their key in the file."""
    data = read_people()
    for row in data["country"]:
        fields = {"languages": row["languages"], "time_zone": row["time_zone"]}
        fields |= _translated("name", row["name"]) | _translated("footnote", row.get("footnote", {}))
        Country.objects.update_or_create(code=row["code"], defaults=fields)
    for row in data["institution"]:
        fields = {"country_id": row["country"], "kind": row["kind"]} | _translated("name", row["name"])
        Institution.objects.update_or_create(key=row["key"], defaults=fields)
    # One hash for all: hashing a password takes a fifth of a second, on purpose.
    password = make_password(PASSWORD)
    people = {}
    for row in data["person"]:
        user, created = User.objects.get_or_create(
            email=row["email"],
            defaults={
                "name": row["name"],
                "language": row["language"],
                "password": password if row.get("password", True) else make_password(None),
            },
        )
        if created:
            for m in row["memberships"]:
                institution = Institution.objects.get(key=m["institution"])
                enter_role(user, institution, Role(m["role"]), languages=m.get("languages", []))
            sync_groups(user)
            if needs_factor(user):
                demo_factor.set_up(user)
        people[row["key"]] = user
    return people


def _translated(field: str, values: dict[str, str]) -> dict[str, str]:
    return {f"{field}_{lang}": values.get(lang, "") for lang in settings.MODELTRANSLATION_LANGUAGES}
