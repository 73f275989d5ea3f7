"""A section's earlier texts: who may look, what is listed, what is put back, and what two people at once do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions.change_log import log_change
from documents.actions.edit_outline import fingerprint, move_section
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.choices import Translation
from documents.editions.text_storage import load_outline, text_columns
from documents.models import Section, SectionChange
from documents.pages.desk.section_revisions import BEGINNING
from documents.text import body_text, normalise_body, text_hash
from documents.text.types import Body
from people.models import User
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import beside, body, make_draft
from tests.support.html import PageClient

WHO = ("coordinator", "drafter", "translator", "reviewer", "practitioner", "stranger")
MAY = {"mk": {"coordinator", "drafter"}, "sq": {"coordinator", "drafter", "translator"}, "hr": set[str]()}


def write(desk: Desk, *texts: str, language: str = "mk", by: User | None = None, uid: str = UID) -> list[int]:
    """Saves these texts one after another; gives the numbers of the changes."""
    for text in texts:
        now = getattr(desk.row(uid), f"text_hash_{language}") or ""
        seen = beside(desk.edition, uid)
        save_section(by or desk.drafter, desk.edition, uid, language, body("Општо", text), now, seen=seen)
    own = SectionChange.objects.filter(edition=desk.edition, uid=uid, language=language, verb="save")
    return list(own.order_by("id").values_list("pk", flat=True))[-len(texts) :]


def earlier(desk: Desk, number: int | str = "", language: str = "mk", uid: str = UID) -> str:
    return desk.section(language, uid) + "earlier/" + (f"{number}/" if number != "" else "")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("language", MAY)
def test_who_may_look_and_put_back(desk: Desk, as_: As, language: str, who: str) -> None:
    first = write(desk, "Прво.", "Второ.", language=language)[0] if language != "hr" else BEGINNING
    client = as_(getattr(desk, who))
    may = who in MAY[language]
    assert client.get(earlier(desk, language=language)).status_code == (200 if may else 404)
    assert client.get(earlier(desk, first, language)).status_code == (200 if may else 404)
    before = desk.row()
    answer = client.post(
        earlier(desk, first, language), {"expected": getattr(before, f"text_hash_{language}", "") or ""}
    )
    assert answer.status_code == (302 if may else 404)
    if language != "hr":
        column = f"body_{language}"
        put_back = getattr(desk.row(), column) == body("Општо", "Прво.")
        assert put_back == may
        assert may or getattr(desk.row(), column) == getattr(before, column)


def test_nobody_without_signing_in_and_no_form_without_its_token(desk: Desk) -> None:
    first, _ = write(desk, "Прво.", "Второ.")
    assert PageClient().get(earlier(desk, first))["Location"].startswith("/en/sign-in/")
    strict = PageClient(enforce_csrf_checks=True)
    strict.force_login(desk.drafter)
    assert strict.post(earlier(desk, first), {"expected": desk.row().text_hash_mk}).status_code == 403


def test_the_list_names_who_wrote_when_and_what_changed(desk: Desk, as_: As) -> None:
    write(desk, "Прво.", by=desk.drafter)
    write(desk, "Второ.", by=desk.coordinator)
    page = as_(desk.drafter).get(earlier(desk)).content.decode()
    assert page.index("Cveta") < page.index("Dragi", page.index("Cveta")) < page.index("At the beginning")
    assert (
        page.count("View this version") == 2
    )  # the first of Dragi's, and the beginning; the last one is the text now
    assert page.count("This is the current version.") == 1
    assert "edited" in page
    assert f'href="{earlier(desk)}"' in as_(desk.drafter).get(desk.section()).content.decode()


def test_a_section_that_nobody_changed_says_so(desk: Desk, as_: As) -> None:
    said = as_(desk.drafter).get(earlier(desk)).content.decode()
    assert "This section has not been edited in this draft yet." in said
    assert as_(desk.drafter).get(earlier(desk, BEGINNING)).status_code == 404


def test_one_text_shows_what_is_different_now(desk: Desk, as_: As) -> None:
    first, _second = write(desk, "Прво.", "Второ.")
    page = as_(desk.drafter).get(earlier(desk, first)).content.decode()
    assert "Прво.</del>" in page and "Второ.</ins>" in page
    began = as_(desk.drafter).get(earlier(desk, BEGINNING))
    assert began.status_code == 200 and "Restore this version" in began.content.decode()


def test_put_back_it_is_a_save_of_who_does_so_and_nothing_is_lost(desk: Desk, as_: As) -> None:
    began = desk.row().body_mk
    _first, second = write(desk, "Прво.", "Второ.")
    client = as_(desk.coordinator)
    client.post(earlier(desk, BEGINNING), {"expected": desk.row().text_hash_mk})
    assert desk.row().body_mk == began
    last = SectionChange.objects.filter(edition=desk.edition, uid=UID, language="mk").latest("id")
    assert (last.verb, last.actor) == ("save", desk.coordinator.actor)
    assert last.before == body("Општо", "Второ.")
    client.post(earlier(desk, second), {"expected": desk.row().text_hash_mk})
    assert desk.row().body_mk == body("Општо", "Второ.")
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE


def test_a_text_that_came_back_is_called_so_and_only_one_is_the_text_now(desk: Desk, as_: As) -> None:
    write(desk, "Прво.", "Второ.", "Прво.")
    page = as_(desk.drafter).get(earlier(desk)).content.decode()
    assert page.count("This is the current version.") == 1 and page.count("Same as the current version.") == 1
    assert page.count("an earlier version was restored") == 1
    assert page.index("an earlier version was restored") < page.index("Same as the current version.")


def test_who_saved_meanwhile_is_not_overwritten(desk: Desk, as_: As) -> None:
    first, _ = write(desk, "Прво.", "Второ.")
    seen = desk.row().text_hash_mk
    write(desk, "Трето, од другиот.", by=desk.coordinator)
    for expected in (seen, "", "x" * 300):
        answer = as_(desk.drafter).post(earlier(desk, first), {"expected": expected})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Cveta saved this section" in page and "Прво." in page and "Трето, од другиот." in page
    assert as_(desk.drafter).post(earlier(desk, first)).status_code == 409
    assert desk.row().body_mk == body("Општо", "Трето, од другиот.")


def test_another_texts_changes_are_not_found(desk: Desk, as_: As) -> None:
    write(desk, "Наше.")
    others = make_draft(slug="other", owner=desk.edition.instrument.owner, by=desk.coordinator)
    uid = str(Section.objects.filter(edition=others).order_by("position").values_list("uid", flat=True)[0])
    row = Section.objects.get(edition=others, uid=uid)
    save_section(desk.drafter, others, uid, "mk", body("Туѓо"), row.text_hash_mk)
    move_section(desk.drafter, desk.edition, UID, UID3, 1, fingerprint(desk.edition))
    wrong = [
        SectionChange.objects.filter(edition=others).latest("id").pk,
        *write(desk, "Друг дел.", uid=UID2),
        *write(desk, "Tjetër.", language="sq"),
        SectionChange.objects.get(edition=desk.edition, verb="move").pk,
        999_999,
        10**30,
    ]
    client = as_(desk.drafter)
    before = desk.row().body_mk
    for number in wrong:
        assert client.get(earlier(desk, number)).status_code == 404, number
        assert client.post(earlier(desk, number), {"expected": desk.row().text_hash_mk}).status_code == 404
    for nonsense in ("-1", "x", "1.5", "0x1"):
        assert client.get(earlier(desk, nonsense)).status_code == 404
    assert client.get(earlier(desk, uid="00000000-0000-4000-8000-00000000ffff")).status_code == 404
    for page in ("-1", "x", "999999999999999999999"):
        assert client.get(earlier(desk) + f"?page={page}").status_code == 200
    assert desk.row().body_mk == before


def test_a_locked_text_is_told_and_not_changed(desk: Desk, as_: As) -> None:
    first, _ = write(desk, "Прво.", "Второ.")
    for language in ("sq", "en"):
        write(desk, "x", language=language)
    submit_edition(desk.coordinator, desk.edition)
    client = as_(desk.drafter)
    assert client.get(earlier(desk)).status_code == 409
    assert client.post(earlier(desk, first), {"expected": desk.row().text_hash_mk}).status_code == 409
    assert as_(desk.stranger).get(earlier(desk)).status_code == 404
    assert desk.row().body_mk == body("Општо", "Второ.")


def marked(*words: str) -> Body:
    """A text as read from Word: every paragraph names the XML that it came from."""
    blocks = [
        {
            "type": "paragraph",
            "attrs": {"ooxml": str(number) * 64},
            "content": [{"type": "text", "text": word}],
        }
        for number, word in enumerate(words, 1)
    ]
    return normalise_body({"heading": [], "blocks": blocks, "notes": {}})


@pytest.mark.parametrize("another_file", [False, True])
def test_what_word_had_comes_back_while_the_file_is_the_same(desk: Desk, as_: As, another_file: bool) -> None:
    read = marked("Едно.", "Две.")
    Section.objects.filter(edition=desk.edition, uid=UID).update(**text_columns("mk", read))
    log_change(desk.edition, UID, SectionChange.Verb.IMPORT, desk.drafter, "mk", after=read)
    number = SectionChange.objects.filter(edition=desk.edition, uid=UID).latest("id").pk
    write(desk, "Сосема друго.")
    if another_file:
        log_change(desk.edition, UID, SectionChange.Verb.IMPORT, desk.drafter, "mk", after=desk.row().body_mk)
    as_(desk.drafter).post(earlier(desk, number), {"expected": desk.row().text_hash_mk})
    assert (desk.row().text_hash_mk == text_hash(read)) != another_file
    assert [block["content"] for block in desk.row().body_mk["blocks"]] == [
        block["content"] for block in read["blocks"]
    ]


def test_a_long_list_asks_no_more_than_a_short_one_and_has_pages(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    write(desk, "Текст 1.", "Текст 2.")
    client.get(earlier(desk))
    with CaptureQueriesContext(connection) as few:
        client.get(earlier(desk))
    write(desk, *(f"Нов текст {number}." for number in range(25)))
    with CaptureQueriesContext(connection) as many:
        page = client.get(earlier(desk)).content.decode()
    assert len(many) <= len(few)
    assert "At the beginning" not in page
    assert "At the beginning" in client.get(earlier(desk) + "?page=2").content.decode()


def test_markup_is_shown_as_words(desk: Desk, as_: As) -> None:
    first, _ = write(desk, "<script>alert(1)</script>", "x")
    for url in (earlier(desk), earlier(desk, first)):
        assert "<script>alert" not in as_(desk.drafter).get(url).content.decode()


def test_a_translation_that_is_put_back_counts_as_older_until_somebody_has_looked(
    desk: Desk, as_: As
) -> None:
    def put(language: str, words: str) -> None:
        sha256 = getattr(desk.row(), f"text_hash_{language}") or ""
        seen = beside(desk.edition, UID)
        save_section(desk.drafter, desk.edition, UID, language, body("Општо", words), sha256, seen=seen)

    for language, words in (
        ("mk", "А е 2."),
        ("sq", "A 2."),
        ("sq", "A 2!"),
        ("mk", "А е 9."),
        ("sq", "A 9."),
    ):
        put(language, words)
    saves = SectionChange.objects.filter(edition=desk.edition, uid=UID, language="sq", verb="save").order_by(
        "id"
    )
    second = saves[1]  # before it the text was "A 2."
    answer = as_(desk.translator).post(
        desk.section("sq", UID) + f"earlier/{second.pk}/", {"expected": desk.row().text_hash_sq}
    )
    assert answer.status_code == 302 and body_text(desk.row().body_sq).startswith("A 2")
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE
    again = as_(desk.translator).post(
        desk.section("sq", UID) + f"earlier/{second.pk}/", {"expected": desk.row().text_hash_sq}
    )
    assert again.status_code == 302 and load_outline(desk.edition, "sq")[0].state == Translation.STALE
