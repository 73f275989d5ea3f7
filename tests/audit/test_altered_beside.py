"""As test_altered_rest, of what stands beside a text: translations that follow, Word files, numbers to call, roles and apps."""

from __future__ import annotations

from datetime import date

import pyotp
import pytest

from documents.actions import adopt_language
from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept
from documents.actions.edit_contacts import ContactData, add_contact
from documents.actions.share import share
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, Suggestion
from mail.models import Message
from people.actions import confirm, invite, second_factor
from people.models import Membership, User
from people.roles import Role
from tests.audit.test_altered import one
from tests.audit.test_altered_rest import IS_GONE, THEN, UNKNOWN, check, other
from tests.documents.desk.test_back_again import drafter as drafter
from tests.documents.desk.test_back_again import edited, one_comment
from tests.documents.desk.test_back_again import edition as edition
from tests.documents.following import Cast as Following
from tests.documents.following import approved, version, write
from tests.documents.following import cast as cast
from tests.documents.following import no_review as no_review
from tests.factories import PASSWORD, make_act, make_in_force, make_institution, make_person

pytestmark = pytest.mark.django_db


def test_of_translations_that_follow(cast: Following) -> None:
    write(cast, "sq", "Shqip")
    adopt_language.adopt_language(cast["coordinator"], approved(cast, "sq"), [make_act(number="2/24")])
    adopt_language.begin_next(cast["coordinator"], cast["edition"], "en")
    write(cast, "en", "Better")
    second = approved(cast, "en")
    adopt_language.begin_next(cast["coordinator"], cast["edition"], "en")
    write(cast, "en", "Best")
    adopt_language.submit(cast["translator"], version(cast, "en"))
    last = version(cast, "en")
    adopt_language.check(cast["reviewer"], last, False, "Not yet.", last.sha256)
    check(
        {
            "a check, removed": ("DELETE FROM documents_versioncheck", "a check of its translation"),
            "for whom it was checked": (
                other("documents_versioncheck", "institution_id", "people_institution"),
                "it does not say what the trail says",
            ),
            "when it was checked": (
                "UPDATE documents_versioncheck SET at = '2020-01-01 00:00:00+00:00'",
                "it does not say what the trail says",
            ),
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
            "when a translation was finished": (
                f"UPDATE documents_languageversion SET finished = '{THEN}' WHERE id = {second.pk}",
                "en, number 2: it was finished at another moment",
            ),
            "when an authentic one was": (
                f"UPDATE documents_languageversion SET finished = '{THEN}' WHERE language = 'sq'",
                "sq, number 1: it was finished at another moment",
            ),
            "that one was finished": (
                f"UPDATE documents_languageversion SET finished = '{THEN}' WHERE finished IS NULL",
                "it was finished at another moment",
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
