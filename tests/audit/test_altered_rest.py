"""Whatever else somebody alters, takes out or puts in behind the guards: `verify_audit` names it."""

from __future__ import annotations

from datetime import date

import pyotp
import pytest
from django.db import connection, transaction

from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.actions import follow_languages
from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept
from documents.actions.keep_contacts import ContactData, add_contact
from documents.actions.share import share
from documents.actions.withdraw import repeal
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, SectionChange, Suggestion
from mail.models import Message
from people.actions import confirm, invite, second_factor
from people.models import Membership, User
from people.roles import Role
from tests.audit.test_altered import adopted as adopted  # (fixtures)
from tests.audit.test_altered import one
from tests.audit.test_altered_reviews import reviewed as reviewed
from tests.documents.desk.test_back_again import drafter as drafter
from tests.documents.desk.test_back_again import edited, one_comment
from tests.documents.desk.test_back_again import edition as edition
from tests.documents.following import Cast as Following
from tests.documents.following import approved, version, write
from tests.documents.following import cast as cast
from tests.documents.following import no_review as no_review
from tests.factories import PASSWORD, make_act, make_in_force, make_institution, make_person
from tests.workflows.conftest import Cast
from tests.workflows.test_procedure import open_review
from workflows.actions.reopen import reopen
from workflows.models import Review

pytestmark = pytest.mark.django_db
THEN = "2020-01-01 00:00:00+00:00"


def found_after(*statements: str) -> list[str]:
    """What is found when somebody has run these by hand; the database is as it was afterwards."""
    json, now = ("::jsonb", "now()") if connection.vendor == "postgresql" else ("", "CURRENT_TIMESTAMP")
    found: list[str] = []
    guards.remove()
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql.replace("{json}", json).replace("{now}", now))
                assert cursor.rowcount > 0, sql
        found += problems()
        transaction.set_rollback(True)
    guards.install()
    return found


def other(table: str, column: str, of: str = "people_user") -> str:
    """Somebody or something else in a column of every row."""
    return f"UPDATE {table} SET {column} = (SELECT max(id) FROM {of} WHERE id <> COALESCE({column}, 0))"


def check(altered: dict[str, tuple[str, str]]) -> None:
    """Each statement alone is named; as it stands nothing is."""
    assert list(problems()) == []
    for what, (sql, said) in altered.items():
        found = found_after(*sql.split(";"))
        assert [line for line in found if said in line], (what, found)
    assert list(problems()) == []


SPEAKS = "what it speaks of, for whom or to whom"
IS_GONE = "the trail tells of it, and it is gone"
UNKNOWN = "the trail does not know it"
OF_ADOPTED = {
    "the words that a comment quotes": (one("documents_comment", "quote", "48 часа"), SPEAKS),
    "the words before them": (one("documents_comment", "prefix", "не "), SPEAKS),
    "for which institution": (other("documents_comment", "institution_id", "people_institution"), SPEAKS),
    "whom it mentions": (other("documents_comment", "to_person_id"), SPEAKS),
    "which institution it mentions": (
        other("documents_comment", "to_institution_id", "people_institution"),
        SPEAKS,
    ),
    "when it was written": (one("documents_comment", "written", THEN), SPEAKS),
    "when it was decided": (one("documents_comment", "decided", THEN), "it was decided at another moment"),
    "that its words were put in": (
        f"UPDATE documents_comment SET applied = '{THEN}'",
        "whether its words were put in",
    ),
    "when a text was submitted": (
        one("documents_manifest", "made", THEN),
        "it does not say what the trail says",
    ),
    "who submitted it": (other("documents_manifest", "made_by_id"), "it does not say what the trail says"),
    "the hashes of its sections": (
        "UPDATE documents_manifest SET texts = '{}'{json}",
        "it does not say what the trail says",
    ),
    "a courtesy text with its manifest": (
        "UPDATE documents_edition SET title_en = 'Another';"
        f"UPDATE documents_languageversion SET sha256 = '{'0' * 64}' WHERE language = 'en';"
        "UPDATE documents_manifest SET versions = replace(CAST(versions AS TEXT), 'en', 'sq'){json}",
        "manifest:",
    ),
    "a manifest, removed": ("DELETE FROM documents_manifest", IS_GONE),
    "an adopted edition, removed": ("DELETE FROM documents_edition", IS_GONE),
    "a document, removed": ("DELETE FROM documents_instrument", IS_GONE),
    "the owner": (
        other("documents_instrument", "owner_id", "people_institution"),
        "its owner or its languages",
    ),
    "the languages": (
        "UPDATE documents_instrument SET authentic_languages = '[\"en\"]'{json}",
        "its owner or its languages",
    ),
    "the mark of an earlier adoption": (
        "UPDATE documents_edition SET recorded = NOT recorded",
        "whether it was adopted before Kodeks",
    ),
    "which edition it follows": (
        "UPDATE documents_edition SET supersedes_id = id",
        "it follows another edition",
    ),
    "a language version, removed": (
        "DELETE FROM documents_languageversion WHERE language = 'en'",
        "en, number 1: the trail tells of it, and it is gone",
    ),
    "the hash beside a section": (
        one("documents_section", "text_hash_mk", "0" * 64),
        "a hash of a section in mk is not the one of its text",
    ),
    "the hash beside a translated section": (
        one("documents_section", "text_hash_en", "0" * 64),
        "a hash of a section in en is not the one of its text",
    ),
    "who recorded an act": (
        other("documents_adoptionact", "recorded_by_id"),
        "another person recorded it than the trail tells",
    ),
    "when an act was recorded": (
        one("documents_adoptionact", "recorded", THEN),
        "it was recorded at another moment",
    ),
    "who recorded the act of a corrigendum": (
        other("documents_corrigendumact", "recorded_by_id"),
        "another person recorded it than the trail tells",
    ),
    "when the act of a corrigendum was": (
        one("documents_corrigendumact", "recorded_at", THEN),
        "it was recorded at another moment",
    ),
    "who proposed a corrigendum": (
        other("documents_corrigendum", "proposed_by_id"),
        "by whom or when it was proposed",
    ),
    "when it was recorded": (
        one("documents_corrigendum", "recorded", THEN),
        "by whom or when it was recorded",
    ),
    "its number": (one("documents_corrigendum", "number", "7"), "it has another number"),
    "that it was taken back": (
        one("documents_corrigendum", "withdrawn", THEN),
        "whether it was withdrawn is not as",
    ),
    "a corrigendum, removed": (
        "DELETE FROM documents_corrigendumact;DELETE FROM documents_corrigendum",
        IS_GONE,
    ),
    "a reader, named": (
        "INSERT INTO documents_instrument_named_readers (instrument_id, user_id) "
        "SELECT i.id, u.id FROM documents_instrument i, people_user u",
        "its named readers are not those",
    ),
    "an institution, let in": (
        "INSERT INTO documents_instrument_shared_with (instrument_id, institution_id) "
        "SELECT i.id, n.id FROM documents_instrument i, people_institution n",
        "it is shared with other institutions",
    ),
    "a lowering of the classification, made up": (
        "INSERT INTO documents_classificationproposal (instrument_id, classification, reason, proposed, decided,"
        " proposed_by_id, confirmed_by_id) SELECT i.id, 'public', 'x', {now}, {now}, (SELECT min(id) FROM"
        " people_user), (SELECT max(id) FROM people_user) FROM documents_instrument i",
        "the trail does not know who proposed it",
    ),
}


def test_of_an_adopted_text(adopted: Cast) -> None:
    check(OF_ADOPTED)


def test_of_a_text_adopted_before_kodeks() -> None:
    """Its signed file, its day, its people; then it is repealed, and its last day altered."""
    edition = make_in_force()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    make_person()
    check(
        {
            "the signed file, removed": ("DELETE FROM documents_blob", "the signed file is not there"),
            "the day": (
                one("documents_edition", "valid_from", "2020-01-01"),
                "another day from which it is in",
            ),
            "who proposed it": (
                other("documents_prioradoption", "proposed_by_id"),
                "the trail does not know who proposed it",
            ),
            "who confirmed it": (
                other("documents_prioradoption", "confirmed_by_id"),
                "the trail does not know who confirmed it",
            ),
        }
    )
    repeal(coordinator, edition, "Another law.", date(2026, 3, 1))
    ends = "it ends on another day than the trail tells"
    check({"the last day": (one("documents_edition", "valid_until", "2026-04-01"), ends)})
    # An older Kodeks told no day.
    entry = Entry.objects.get(verb="repealed")
    guards.remove()
    Entry.objects.filter(pk=entry.pk).update(detail={"reason_sha256": entry.detail["reason_sha256"]})
    guards.install()
    assert not [line for line in problems() if ends in line]


def test_of_the_log_of_changes(reviewed: Cast) -> None:
    """Whoever wrote in the text must stay in its log: shortened before an answer, they could give one."""
    reviewed.edition.refresh_from_db()
    assert not SectionChange.objects.exists()
    reopen(reviewed.coordinator, Review.objects.get(state="running"), "A word was wrong.")
    reviewed.edition.refresh_from_db()
    for place in range(3):
        reviewed.change(place, "Another text.")
    open_review(reviewed, begin=3)
    line, named = "documents_sectionchange", "its log of changes"
    check(
        {
            "shortened at its end": (f"DELETE FROM {line} WHERE id = (SELECT max(id) FROM {line})", named),
            "shortened at its beginning": (
                f"DELETE FROM {line} WHERE id = (SELECT min(id) FROM {line})",
                named,
            ),
            "emptied": (f"DELETE FROM {line}", named),
            "another author": (one(line, "actor", "ab" * 16), named),
            "another section": (one(line, "uid", "ab" * 16), named),
            "another language": (one(line, "language", "en"), named),
            "why a deadline was moved": (
                "UPDATE workflows_stage SET moved_reason = 'None.' WHERE moved_reason <> ''",
                "why its deadline was moved",
            ),
            "why a deadline was moved that was not": (
                one("workflows_stage", "moved_reason", "None."),
                "why its deadline was moved",
            ),
        }
    )
    # What is written after it is in no hash yet, and no alteration; nor is a reason that was taken out.
    with transaction.atomic():
        assert found_after("UPDATE workflows_stage SET moved_reason = '' WHERE moved_reason <> ''") == []


def test_of_translations_that_follow(cast: Following) -> None:
    write(cast, "sq", "Shqip")
    follow_languages.adopt_language(cast["coordinator"], approved(cast, "sq"), [make_act(number="2/24")])
    follow_languages.begin_next(cast["coordinator"], cast["edition"], "en")
    write(cast, "en", "Better")
    second = approved(cast, "en")
    follow_languages.begin_next(cast["coordinator"], cast["edition"], "en")
    write(cast, "en", "Best")
    follow_languages.submit(cast["translator"], version(cast, "en"))
    last = version(cast, "en")
    follow_languages.check(cast["reviewer"], last, False, "Not yet.", last.sha256)
    check(
        {
            "a check, removed": ("DELETE FROM documents_versioncheck", "a check of its translation"),
            "who checked": (other("documents_versioncheck", "person_id"), UNKNOWN),
            "what the check said": (
                "UPDATE documents_versioncheck SET remarks = 'Fine.' WHERE remarks <> ''",
                "it does not say what the trail says",
            ),
            "who submitted": (
                f"UPDATE documents_languageversion SET submitted_by_id = (SELECT max(id) FROM people_user)"
                f" WHERE id = {second.pk}",
                "another person submitted it",
            ),
            "a number, removed": (
                f"DELETE FROM documents_languageversion WHERE id = {second.pk}",
                "en, number 2: the trail tells of it, and it is gone",
            ),
            "a number, another": (
                f"UPDATE documents_languageversion SET number = 9 WHERE id = {second.pk}",
                "en, number 9: the trail does not know it",
            ),
            "the text of an earlier number, removed": (
                f"DELETE FROM documents_versiontext WHERE version_id = {second.pk}",
                "en, number 2: its text is gone",
            ),
            "the log of a translation": (
                "DELETE FROM documents_sectionchange WHERE language = 'sq'",
                "its log of changes",
            ),
        }
    )


def marked(text: str) -> str:
    """Two new paragraphs, and a comment on one of them."""
    last = "Последен став.</w:t></w:r></w:p>"
    new = (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>Нов став.</w:t></w:r><w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )
    return text.replace(last, last + new).replace("Вториот текст останува.", "Вториот текст се менува.")


def test_of_a_word_file_that_came_back(drafter: User, edition: Edition) -> None:
    out = export_own(drafter, edition, "mk").data
    content = edited(out, marked, comments=one_comment("Зошто?"))
    returned = bring_back(drafter, edition, "mk", content, "back.docx")
    accept(drafter, Suggestion.objects.filter(returned=returned).order_by("pk")[0])
    assert Comment.objects.get().text == "Зошто?"
    make_person()
    check(
        {
            "a suggestion": ("UPDATE documents_suggestion SET new = 'x'", "what it suggested is not what"),
            "a suggestion, removed": (
                "DELETE FROM documents_suggestion WHERE id = (SELECT max(id) FROM documents_suggestion)",
                "what it suggested is not what",
            ),
            "that it was accepted": (
                one("documents_suggestion", "state", "open"),
                "what became of it is not what",
            ),
            "who accepted it": (
                f"UPDATE documents_suggestion SET decided_by_id = (SELECT max(id) FROM people_user WHERE id <> {drafter.pk})"
                " WHERE decided_by_id IS NOT NULL",
                "another person decided it",
            ),
            "who brought it": (other("documents_returnedfile", "by_id"), "or another person brought it"),
            "a comment of it": (
                "UPDATE documents_comment SET text = 'x'",
                "the one that came in the Word file",
            ),
            "who said it": (
                "UPDATE documents_comment SET author_name = 'x'",
                "the one that came in the Word file",
            ),
            "where it stands": (
                one("documents_comment", "language", "en"),
                "the one that came in the Word file",
            ),
            "a comment of it, removed": ("DELETE FROM documents_comment", IS_GONE),
            "the file, removed": (
                "DELETE FROM documents_suggestion;DELETE FROM documents_returnedfile",
                IS_GONE,
            ),
        }
    )


def test_of_numbers_to_call_and_of_institutions_that_read() -> None:
    edition = make_in_force(classification="tlp_amber")
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    uid = edition.sections.order_by("position")[0].uid
    data = ContactData({"mk": "Полиција"}, {}, "192", date(2025, 1, 1))
    add_contact(coordinator, edition, uid, data)
    last = add_contact(coordinator, edition, uid, data)
    share(coordinator, edition.instrument, [make_institution("mk-police")])
    check(
        {
            "the number": (one("documents_contact", "tel", "900"), "it is not the number that was kept"),
            "who answers": (
                "UPDATE documents_contact SET names = '{}'{json}",
                "it is not the number that was kept",
            ),
            "a number, removed": ("DELETE FROM documents_contact", IS_GONE),
            "a number, added": (
                "INSERT INTO documents_contact (instrument_id, uid, position, names, hours, number, tel, checked) SELECT"
                f" instrument_id, uid, 9, names, hours, '900', '900', checked FROM documents_contact WHERE id = {last.pk}",
                UNKNOWN,
            ),
            "an institution, put out": (
                "DELETE FROM documents_instrument_shared_with",
                "it is shared with other institutions",
            ),
        }
    )


def invited(by: User, role: Role, address: str) -> Membership:
    invite.invite(by, make_institution(), address, role)
    text = Message.objects.filter(to=address).latest("pk").text
    token = text.partition("/invitation/")[2].partition("/")[0]
    person = invite.accept(token, address, PASSWORD)
    return Membership.objects.get(user=person)


def test_of_roles_invitations_and_apps() -> None:
    first, second = make_person(Role.COORDINATOR), make_person(Role.COORDINATOR)
    held = invited(first, Role.REVIEWER, "ana@test.example")
    confirm.confirm_role(second, held)
    invited(first, Role.DRAFTER, "boris@test.example")
    invite.invite(first, make_institution(), "vera@test.example", Role.PRACTITIONER)
    person = held.user
    second_factor.prove(person, PASSWORD)
    factor = second_factor.begin(person)
    second_factor.confirm(person, pyotp.TOTP(factor.secret).now())
    new = (
        "INSERT INTO people_membership (user_id, institution_id, role, languages, starts, confirmed) "
        f"SELECT {person.pk}, institution_id, 'coordinator', languages, starts, confirmed FROM people_membership"
        f" WHERE id = {held.pk}"
    )
    of_person = f"user:{person.pk}: "
    changed = "it is not as the trail tells"
    role = f"UPDATE people_membership SET {{}} WHERE id = {held.pk}"
    check(
        {
            "a role": (role.format("role = 'coordinator'"), changed),
            "whose role": (role.format("user_id = (SELECT max(id) FROM people_user)"), changed),
            "who confirmed it": (role.format("confirmed_by_id = given_by_id"), changed),
            "until when": (role.format("ends = '2030-01-01'"), changed),
            "a role, added": (new, UNKNOWN),
            "a role, removed": (f"DELETE FROM people_membership WHERE id = {held.pk}", IS_GONE),
            "into which role one is invited": (
                "UPDATE people_invitation SET role = 'coordinator' WHERE accepted IS NULL",
                changed,
            ),
            "who invites": (
                f"UPDATE people_invitation SET invited_by_id = {second.pk}",
                changed,
            ),
            "an invitation, opened again": (
                "UPDATE people_invitation SET accepted = NULL",
                "it was not accepted when the trail tells",
            ),
            "an invitation, taken up": (
                f"UPDATE people_invitation SET accepted = '{THEN}' WHERE accepted IS NULL",
                "it was accepted, and the trail does not say so",
            ),
            "the key of an app": (
                "UPDATE people_secondfactor SET secret = 'A'",
                "is not the one that they set up",
            ),
            "an app, removed": ("DELETE FROM people_secondfactor", of_person + "the app"),
            "an app, given to another": (
                f"UPDATE people_secondfactor SET user_id = {first.pk}",
                f"user:{first.pk}: an app was set up",
            ),
        }
    )
