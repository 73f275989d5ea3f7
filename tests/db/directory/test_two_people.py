"""Records in the admin: a second person confirms what changes, whoever writes the row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from audit.models import Entry
from audit.verify import problems
from directory.actions.change_record import (
    NumbersDiffer,
    change_record,
    check_service,
    version_of,
)
from directory.levels import Level
from directory.models import Place, Service, Town
from directory.reminders import ask_keepers, mail_validity
from mail.models import Message
from mail.validity import Validity
from people.models import User
from people.roles import Role
from proposals.actions.decide import confirm, refuse
from proposals.errors import Decided, Stale, Waits
from proposals.models import Proposal
from public.checks.case_data import LOOKS_LIKE_IT
from tests.support.admin.campaigns import a_number, write
from tests.support.directory.records import (
    make_all,
    make_organisation,
    make_place,
    make_service,
    make_town,
    somewhere_else,
)
from tests.support.factories import make_institution, make_person

SignIn = Callable[..., Client]
ADMIN = "/admin/snippets/directory/"


def publisher(country: str = "mk") -> User:
    return make_person(Role.PUBLISHER, make_institution(f"{country}-coordinator", country))


def changed(record: Service, **values: Any) -> Service:
    found = Service.objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(found, name, value)
    return found


def test_a_change_is_seen_once_another_person_confirms_it(db: None, reader: Client) -> None:
    first, second, other = publisher(), publisher(), publisher("al")
    operator = make_person(Role.OPERATOR, make_institution("mk-coordinator"))
    service = make_service(make_organisation())
    new = {"number": "02 555 0999", "tel": "025550999"}
    for nobody in (other, operator):
        with pytest.raises(Http404):
            change_record(nobody, changed(service, **new))
    with pytest.raises(NumbersDiffer):
        change_record(first, changed(service, number="02 555 0999"))
    seen = version_of(service)
    change = change_record(first, changed(service, **new), seen)
    assert change is not None
    with pytest.raises(Waits):
        change_record(second, changed(service, hours=""))
    page = "/en/services/mk/quiet-house/"
    assert "02 555 0111" in reader.get(page).content.decode()
    for nobody in (first, other):
        with pytest.raises(Http404):
            confirm(nobody, change)
    confirm(second, change)
    assert "02 555 0999" in reader.get(page).content.decode()
    with pytest.raises(Decided):
        refuse(second, change)
    with pytest.raises(Stale):
        change_record(first, changed(service, hours=""), seen)
    service.refresh_from_db()
    assert service.confirmed == timezone.localdate() and service.confirmed_by == second
    back = change_record(first, changed(service, hours=""))
    assert back is not None
    refuse(first, back)
    assert Service.objects.get().hours
    assert not any(one.values for one in Proposal.objects.all()), "what was decided is not kept"
    last = change_record(first, changed(service, hours=""))
    assert last is not None
    confirm(operator, last)  # all of it is public
    assert not Service.objects.get().hours
    verbs = list(Entry.objects.filter(thing=service.thing).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "enter_record",
        "change_record",
        "confirm_record",
        "change_record",
        "refuse_record",
        "change_record",
        "confirm_record",
    ]
    assert not any("0999" in str(one.detail) for one in Entry.objects.all())
    assert list(problems()) == []


def test_only_who_may_read_all_changes_and_confirms(db: None) -> None:
    first, second, unnamed = publisher(), publisher(), publisher()
    operator = make_person(Role.OPERATOR, make_institution("mk-coordinator"))
    _service, place = make_all(Level.NAMED, [first, second])
    place.address = "Other Lane 1"
    with pytest.raises(Http404):
        change_record(unnamed, place)
    change = change_record(first, place)
    assert change is not None
    for nobody in (unnamed, operator):
        for act in (confirm, refuse):
            with pytest.raises(Http404):
                act(nobody, change)
    confirm(second, change)
    assert Place.objects.get().address == "Other Lane 1"
    # Who opens a record for all needs a second person who could read it before.
    opened = Place.objects.get()
    opened.seen_level = opened.town_level = opened.address_level = Level.PUBLIC
    change = change_record(first, opened)
    assert change is not None
    with pytest.raises(Http404):
        confirm(unnamed, change)


def test_the_database_shows_nothing_that_is_not_confirmed(db: None) -> None:
    service, place = make_all(Level.NAMED)
    for row, values in (
        (service, {"tel": "020000000"}),
        (service, {"number_level": "public"}),
        (place, {"address": "Elsewhere 1"}),
        (place, {"address_level": "public"}),
        (place, {"latitude": "42.000000"}),
    ):
        with pytest.raises(IntegrityError, match="the trail does not confirm"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert list(problems()) == []
    place.reader_people.add(publisher())
    place.save()
    assert [one for one in problems() if "other readers" in str(one)]


def test_whatever_way_of_the_admin(db: None) -> None:
    service = make_service(make_organisation())
    for who in (publisher("al"), make_person(Role.PUBLISHER, somewhere_else("rs"))):
        with LogContext(user=who):
            for act in (service.save, service.delete):
                with pytest.raises(PermissionDenied), transaction.atomic():
                    act()
    with LogContext(user=publisher()), pytest.raises(PermissionDenied), transaction.atomic():
        service.delete()


def in_english(bring: str = "") -> dict[str, Any]:
    text = {
        "language": "en",
        "name": "New help",
        "description": "Help.",
        "cost": "",
        "reach": "",
        "bring": bring,
    }
    found: dict[str, Any] = inline_formset([text])
    return found


def service_data(**fields: Any) -> dict[str, Any]:
    data = {
        "key": "new-help", "country": "mk", "kind": "advice", "is_shown": "on", "number": "02 555 0123",
        "tel": "025550123", "hours": "Mo-Fr 08:00-16:00", "free": "on", "version": "",
        "texts": in_english(),
        **dict.fromkeys(Service.LEVELS, "public"),
    }  # fmt: skip
    return nested_form_data(data | fields) | {"languages": ["mk"], "for_whom": ["women"]}


def test_the_form_proposes_and_the_page_asks_the_second_person(sign_in: SignIn) -> None:
    browser, second = sign_in(Role.PUBLISHER), sign_in(Role.PUBLISHER)
    organisation = make_organisation()
    for wrong, message in (
        ({"hours": "always"}, "Write the hours like"),
        ({"tel": "02999"}, "same digits"),
        ({"age_from": "20", "age_to": "10"}, "cannot be below"),
        ({"country": "al"}, "Select a valid choice"),
        ({"number_level": "named"}, "Nobody could confirm this"),
        ({"texts": in_english("Ask for the person with JMBG 0101006500006.")}, str(LOOKS_LIKE_IT)),
    ):
        answer = browser.post(f"{ADMIN}service/add/", service_data(organisation=organisation.pk, **wrong))
        assert answer.status_code == 200 and message in answer.content.decode(), wrong
    texts = in_english("Bring your identity card, call 025550123.")
    data = service_data(organisation=organisation.pk, texts=texts)
    answer = browser.post(f"{ADMIN}service/add/", data, follow=True)
    text = answer.content.decode()
    assert "must confirm the record first" in text and "not in the list of number ranges" not in text
    assert str(LOOKS_LIKE_IT) not in text, "its own number is none"
    service, change = Service.objects.get(), Proposal.objects.get()
    assert not service.is_shown
    edit = f"{ADMIN}service/edit/{service.pk}/"
    decide = f"/en/proposals/{change.pk}/"
    assert browser.get(edit).url == decide
    assert "somebody else must confirm" in browser.get(decide).content.decode()
    assert browser.post(decide, {"decision": "confirm"}).status_code == 404
    assert "02 555 0123" in second.get(decide).content.decode()
    assert second.post(decide, {"decision": "confirm"}).status_code == 302
    service.refresh_from_db()
    assert service.is_shown
    row = {"id": service.texts.get().pk, "language": "en", "name": "Better", "description": "D."}
    data = service_data(
        organisation=organisation.pk,
        tel="0255501",
        number="02 555 01",
        version=version_of(service),
        texts=inline_formset([row], initial=1),
    )
    text = browser.post(edit, data, follow=True).content.decode()
    assert "shows the old record until" in text and "not in the list of number ranges" in text
    assert Service.objects.get().tel == "025550123"
    assert sign_in(Role.OPERATOR).get(f"{ADMIN}service/").status_code == 200
    assert sign_in(Role.DRAFTER).get(f"{ADMIN}service/").status_code in (302, 403, 404)


def test_a_town_is_there_at_once(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    data = {"key": "bitola", "country": "mk", "latitude": "41.03", "longitude": "21.33", "is_shown": "on"}
    names = inline_formset([{"language": "en", "name": "Bitola"}])
    assert browser.post(f"{ADMIN}town/add/", nested_form_data(data | {"texts": names})).status_code == 302
    town = Town.objects.get()
    assert town.is_shown and Entry.objects.filter(verb="add_record", thing=town.thing).exists()
    wrong = nested_form_data(data | {"key": "x", "latitude": "12", "texts": names})
    assert browser.post(f"{ADMIN}town/add/", wrong).status_code == 200
    for model in ("place", "organisation", "service"):
        assert browser.get(f"{ADMIN}{model}/add/").status_code == 200


def test_an_old_record_shows_no_number_and_its_keeper_is_asked(sign_in: SignIn, reader: Client) -> None:
    browser = sign_in(Role.PUBLISHER)
    keeper, line, today = browser.person, a_number(), timezone.localdate()  # type: ignore[attr-defined]
    service = make_service(make_organisation(), keeper=keeper, number_level=Level.PUBLIC)
    page = "/en/services/mk/quiet-house/"
    for days, shown, asked in ((89, True, 0), (90, True, 1), (179, True, 0), (180, False, 0)):
        Service.objects.update(confirmed=today - timedelta(days=days))
        text = reader.get(page).content.decode()
        for number in ("02 555 0111", "025550111", "025550222", "quiet@secret.example"):
            assert (number in text) is shown, (days, number)
        assert ("Nobody has confirmed the number" in text) is not shown and line.tel in text
        assert ask_keepers() == asked, days
    mail = Message.objects.get()
    assert mail.to == keeper.email and f"/directory/services/{service.pk}/check/" in mail.text
    assert ask_keepers(today + timedelta(days=29)) == 0
    assert mail_validity(mail, keeper) == Validity.AS_WRITTEN
    assert mail_validity(mail, publisher("al")) == Validity.NOT_AT_ALL
    assert "Quiet house help" in browser.get("/en/").content.decode()
    check = f"/admin/directory/services/{service.pk}/check/"
    assert browser.post(check, {"version": "of another"}).status_code == 302
    assert Service.objects.get().is_stale(today)
    assert browser.get(check).status_code == 200
    assert browser.post(check, {"version": version_of(Service.objects.get())}).status_code == 302
    assert "02 555 0111" in reader.get(page).content.decode()
    assert mail_validity(mail, keeper) == Validity.NOT_AT_ALL
    with pytest.raises(Http404):
        check_service(publisher("al"), service, "")
    # The keeper may not change it any more: every publisher who may is asked.
    Service.objects.update(confirmed=today - timedelta(days=100))
    keeper.memberships.update(ends="2020-01-01")
    publisher()
    publisher("al")
    assert ask_keepers() == 1


def test_the_page_of_a_number_lists_what_uses_it(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    number = a_number()
    write(browser, publish=True)
    organisation = make_organisation()
    make_service(organisation, number="", tel="", sms="")
    make_service(organisation, key="second", number="0800 000 000", tel="0800000000")
    edit = f"/admin/snippets/public/hotline/edit/{number.pk}/"
    text = browser.get(edit).content.decode()
    for use in ("Safe work", "Numbers to call", "services/mk/quiet-house/", "services/mk/second/"):
        assert use in text, use
    assert text.count("Change it there too") == 1, "the second service has digits of its own"
    assert "not in the list of number ranges" in text
    service = Service.objects.get(key="second")
    assert "services/mk/second/" in browser.get(f"{ADMIN}service/edit/{service.pk}/").content.decode()


def test_a_place_and_town_are_of_one_country(db: None) -> None:
    place = make_place(make_town())
    place.town = make_town("tirana", "al", "Tirana")
    with pytest.raises(Exception, match="same country"):
        place.full_clean()
