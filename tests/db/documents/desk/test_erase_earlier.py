"""An operator erases the earlier texts of a draft's section; the present one and the trail stay."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.verify import problems
from documents.actions.edit_outline import fingerprint, remove_section, restore_section
from documents.actions.errors import ActionError
from documents.actions.replace_in_draft import undo_replace
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.editions.removed_sections import removals
from documents.models import SectionChange
from documents.models.sections import ERASED
from documents.text import normalise_body, text_hash
from people.roles import Role
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import beside, body, make_institution, make_person

NUMBER = "0101006500006"


def write(desk: Desk, text: str, uid: str = UID) -> None:
    now = desk.row(uid).text_hash_mk or ""
    save_section(
        desk.drafter, desk.edition, uid, "mk", body("Општо", text), now, seen=beside(desk.edition, uid)
    )


def erase(desk: Desk, by: str, uid: str = UID) -> str:
    out = StringIO()
    call_command("erase_earlier", str(desk.edition.pk), uid, "mk", by=by, stdout=out)
    return out.getvalue()


def texts() -> str:
    return str(list(SectionChange.objects.values_list("before", "after")))


def test_earlier_texts_are_erased_once_and_for_all(desk: Desk, as_: As) -> None:
    operator = make_person(Role.OPERATOR, make_institution())
    for text in ("Прв.", f"ЈМБГ {NUMBER}", "Без број."):
        write(desk, text)
    number = SectionChange.objects.filter(uid=UID, verb="save").order_by("-pk")[1].pk
    url = f"{desk.section('mk')}earlier/{number}/"
    shown = as_(desk.drafter).get(url).content.decode()
    assert "This version may contain case data." in shown and NUMBER in shown

    for nobody in (desk.coordinator.email, "nobody@x.example"):
        with pytest.raises(CommandError):
            erase(desk, nobody)
    assert NUMBER in texts() and "Erased in 3 changes." in erase(desk, operator.email)
    assert NUMBER not in texts() and "Прв." not in texts() and "Без број." in texts()
    shown = as_(desk.drafter).get(url).content.decode()
    assert "An operator erased this version." in shown and NUMBER not in shown
    entry = Entry.objects.get(verb="erase_earlier")
    assert entry.actor == operator.actor
    assert text_hash(body("Општо", f"ЈМБГ {NUMBER}")) in entry.detail["texts_sha256"][str(number)]
    assert list(problems()) == [] and "Erased in 0" in erase(desk, operator.email)

    # Nothing else of the log changes, with an entry or without.
    write(desk, "Друго.", UID2)
    for uid in (UID, UID2):
        pk = SectionChange.objects.filter(uid=uid).latest("pk").pk
        for new in ({"after": body("Општо", "Ново.")}, {"actor": None}, {"before": ERASED, "verb": "add"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                SectionChange.objects.filter(pk=pk).update(**new)
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionChange.objects.filter(pk=pk).update(before=ERASED)


def test_an_erased_version_is_never_a_text_again(desk: Desk, as_: As) -> None:
    operator, client = make_person(Role.OPERATOR, make_institution()), as_(desk.drafter)
    for text in ("Прв.", f"ЈМБГ {NUMBER}", "Без број."):
        write(desk, text)
    erase(desk, operator.email)
    now = desk.row(UID)
    *_, second, last = SectionChange.objects.filter(uid=UID, language="mk", verb="save").order_by("pk")
    listed = client.get(f"{desk.section('mk')}earlier/").content.decode()
    assert listed.count("An operator erased this version. It can't be restored.") == 3
    assert "View this version" not in listed and "an earlier version was restored" not in listed
    assert "erased]" not in listed and 'class="small"' not in listed, "no summary of a change"

    url = f"{desk.section('mk')}earlier/{second.pk}/"
    shown = client.get(url).content.decode()
    assert "Restore this version" not in shown and "What has changed since" not in shown
    assert "[erased]" not in shown
    answer = client.post(url, {"expected": now.text_hash_mk}, follow=True)
    assert "It can&#x27;t be restored." in answer.content.decode()
    for erased in (ERASED, normalise_body(ERASED)):
        with pytest.raises(ActionError, match="can't be restored"):
            save_section(desk.drafter, desk.edition, UID, "mk", erased, now.text_hash_mk)
    outcome = undo_replace(desk.drafter, desk.edition, "mk", [last.pk])
    assert outcome.left_out == [UID] and not outcome.changes
    assert desk.row(UID).body_mk == now.body_mk


def test_a_section_is_restored_without_what_was_erased(desk: Desk, as_: As) -> None:
    operator = make_person(Role.OPERATOR, make_institution())
    write(desk, f"ЈМБГ {NUMBER}", UID3)
    desk.save("sq", body("Tjetër", "Pa numër."), UID3)
    remove_section(desk.coordinator, desk.edition, UID3, fingerprint(desk.edition))
    erase(desk, operator.email, UID3)
    assert restore_section(desk.coordinator, desk.edition, UID3) == [UID3]
    row = desk.row(UID3)
    assert not row.body_mk and not row.text_hash_mk and row.body_sq == body("Tjetër", "Pa numër.")
    client = as_(desk.drafter)
    for language in ("mk", "sq"):
        assert client.get(desk.section(language, UID3)).status_code == 200
    write(desk, "Без број.", UID3)
    assert client.get(f"/en/desk/{desk.edition.pk}/").status_code == 200


def test_a_removed_section_loses_its_words_and_what_was_submitted_stays(desk: Desk) -> None:
    operator = make_person(Role.OPERATOR, make_institution())
    write(desk, f"ЈМБГ {NUMBER}", UID3)
    remove_section(desk.coordinator, desk.edition, UID3, fingerprint(desk.edition))
    assert NUMBER in texts() and erase(desk, operator.email, UID3)
    assert NUMBER not in texts()
    assert [one.first.heading("mk") for one in removals(desk.edition)]
    submit_edition(desk.coordinator, desk.edition)
    with pytest.raises(CommandError, match="submitted"):
        erase(desk, operator.email)
    assert list(problems()) == []
