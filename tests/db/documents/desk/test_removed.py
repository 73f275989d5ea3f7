"""Removed sections are found and restored, with all that they had."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from documents.actions.edit_outline import (
    add_section,
    fingerprint,
    outline_of,
    remove_section,
    restore_section,
)
from documents.actions.errors import ActionError, Locked
from documents.actions.submit_edition import submit_edition
from documents.editions.removed_sections import count_removed, removals
from documents.models import Section, SectionChange
from documents.pages.desk.section_revisions import Revisions
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import body


def kept(desk: Desk) -> list[dict[str, Any]]:
    """All that sections have, without their keys."""
    rows = Section.objects.filter(edition=desk.edition).order_by("position").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def remove(desk: Desk, uid: str) -> None:
    remove_section(desk.drafter, desk.edition, uid, fingerprint(desk.edition))


@pytest.mark.parametrize("uid", [UID, UID2, UID3])
def test_a_restored_section_is_as_it_was(desk: Desk, uid: str) -> None:
    desk.save("mk", body("Цел", "Ново."), UID2)
    desk.save("sq", body("Qëllimi", "E re."), UID2)
    before = kept(desk)
    states = Revisions(desk.edition, UID2, "mk", desk.row(UID2).text_hash_mk).page(None)[1]
    remove(desk, uid)
    assert len(kept(desk)) < len(before) and count_removed(desk.edition) == 1
    restore_section(desk.drafter, desk.edition, uid)
    assert kept(desk) == before and count_removed(desk.edition) == 0
    assert Revisions(desk.edition, UID2, "mk", desk.row(UID2).text_hash_mk).page(None)[1] == states
    assert Entry.objects.filter(verb="restore_section").count() == 1
    assert SectionChange.objects.filter(verb="restore", uid=uid).count() == 1


def test_it_goes_after_what_stands_before_it_by_now(desk: Desk) -> None:
    remove(desk, UID3)
    new = add_section(
        desk.drafter, desk.edition, UID2, 3, "section", {"mk": "Нов"}, fingerprint(desk.edition)
    )
    restore_section(desk.drafter, desk.edition, UID3)
    assert [node.uid for node in outline_of(desk.edition)] == [UID, UID2, new, UID3]
    assert outline_of(desk.edition)[-1].level == 1


def test_it_goes_to_the_beginning_where_nothing_is_left_of_what_stood_before(desk: Desk) -> None:
    remove(desk, UID3)
    remove(desk, UID)
    restore_section(desk.drafter, desk.edition, UID3)
    restore_section(desk.drafter, desk.edition, UID)
    assert [node.uid for node in outline_of(desk.edition)] == [UID, UID2, UID3]


def test_a_section_is_restored_once(desk: Desk) -> None:
    remove(desk, UID3)
    restore_section(desk.drafter, desk.edition, UID3)
    with pytest.raises(ActionError, match="already in the draft"):
        restore_section(desk.drafter, desk.edition, UID3)
    with pytest.raises(ActionError, match="not removed"):
        restore_section(desk.drafter, desk.edition, "00000000-0000-4000-8000-00000000000f")


def test_what_an_older_log_has_goes_before_the_annexes(desk: Desk) -> None:
    for uid in (UID, UID2):
        texts = {"mk": desk.row(uid).body_mk}
        SectionChange.objects.create(edition=desk.edition, uid=uid, verb="remove", before=texts)
    Section.objects.filter(edition=desk.edition, uid__in=[UID, UID2]).delete()
    Section.objects.filter(edition=desk.edition, uid=UID3).update(kind="annex")
    assert len(removals(desk.edition)) == 2
    restore_section(desk.drafter, desk.edition, UID2)
    assert [node.uid for node in outline_of(desk.edition)] == [UID2, UID3]


def test_nothing_is_restored_once_the_text_is_submitted(desk: Desk, as_: As) -> None:
    remove(desk, UID3)
    submit_edition(desk.coordinator, desk.edition)
    with pytest.raises(Locked):
        restore_section(desk.drafter, desk.edition, UID3)
    assert as_(desk.drafter).post(desk.url(f"removed/{UID3}/restore/")).status_code == 409
    assert "Restore<" not in as_(desk.drafter).get(desk.url("removed/")).content.decode()


def test_the_list_has_the_texts_and_the_button(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    data = {"expected": fingerprint(desk.edition)}
    page = client.post(desk.url(f"remove/{UID}/"), data, follow=True).content.decode()
    restore = desk.url(f"removed/{UID}/restore/")
    assert "was removed from the draft" in page and f'action="{restore}"' in page
    assert "Removed sections (1)" in page
    page = client.get(desk.url("removed/")).content.decode()
    assert (
        "with 1 subsection" in page
        and "Dragi" in page
        and "Text in македонски" in page.lower().replace("text in", "Text in")
    )
    page = client.post(restore, follow=True).content.decode()
    assert "2 sections were restored" in page
    assert [node.uid for node in outline_of(desk.edition)] == [UID, UID2, UID3]
    assert "Restore" not in client.get(desk.url("removed/")).content.decode()


def test_who_may_see_the_list_and_who_may_restore(desk: Desk, as_: As) -> None:
    remove(desk, UID3)
    restore = desk.url(f"removed/{UID3}/restore/")
    for person in (desk.stranger, desk.practitioner, desk.reviewer):
        assert as_(person).get(desk.url("removed/")).status_code == 404
        assert as_(person).post(restore).status_code == 404
    translator = as_(desk.translator)
    page = translator.get(desk.url("removed/"))
    assert page.status_code == 200 and "/restore/" not in page.content.decode()
    assert translator.post(restore).status_code == 404
    assert as_(desk.drafter).get(restore).status_code == 302
    assert len(outline_of(desk.edition)) == 2
