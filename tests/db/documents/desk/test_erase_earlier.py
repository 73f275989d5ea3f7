"""An operator erases the earlier texts of a draft's section; the present one and the trail stay."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.verify import problems
from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.models import SectionChange
from documents.models.sections import ERASED
from documents.removed_sections import removals
from documents.text import text_hash
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
    assert "[erased]" in shown and NUMBER not in shown
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
