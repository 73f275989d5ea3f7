"""On a page in Serbian Latin nothing that is Serbian is left in Cyrillic."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from people.roles import Role
from tests.support.factories import make_country, make_draft, make_institution, make_person, make_tree

pytestmark = pytest.mark.django_db


def test_the_peoples_page_my_work_and_the_outline_are_in_latin(client: Client) -> None:
    make_country("rs", name_en="Serbia", name_sr="Србија", languages=["sr"])
    owner = make_institution("rs-coordinator", name_sr="Министарство унутрашњих послова")
    person = make_person(Role.COORDINATOR, owner, name="Љиљана Ћирић")
    tree = make_tree("sr", "Поступци", [(1, "Опште одредбе", "Текст."), (1, "Циљ", "Циљ је.")])
    draft = make_draft(owner=owner, languages=("sr", "en"), by=person, tree=tree)
    client.force_login(person)
    for path, said in (
        ("people/", "Ministarstvo unutrašnjih poslova"),
        ("desk/", "Srbija"),
        (f"desk/{draft.pk}/", "Opšte odredbe"),
        (f"desk/{draft.pk}/add/", "Opšte odredbe"),
    ):
        page = client.get(f"/sr-latn/{path}").content.decode()
        assert said in page, path
        text = re.sub(
            r"<[^>]*>",
            " ",
            re.sub(r'(?s)<ul class="langs.*?</ul>|<details class="langs.*?</details>', "", page),
        )
        assert not set(re.findall(r"[А-Яа-яЂ-џ]{2,}", text)) - {"Српски", "Македонски"}, path
    assert "Опште одредбе" in client.get(f"/sr-cyrl/desk/{draft.pk}/").content.decode()
