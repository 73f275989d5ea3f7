"""A database altered by hand is found; the trail on screen and as CSV."""

from __future__ import annotations

import ast
import csv
import html
import io
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404
from django.test import Client

import audit
from audit import guards
from audit.details import HIDDEN, KEYS
from audit.models import Entry
from audit.verbs import VERBS
from audit.verify import head, problems
from audit.views import safe_cell
from documents.models import Section
from documents.trail.refusals import CODES
from people.actions.make_nameless import StillHere, make_nameless
from people.models import Membership, User
from people.roles import Role
from tests.factories import make_in_force, make_institution, make_person
from tests.workflows.conftest import make_cast
from tests.workflows.test_sign_off import sign
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.sign_off import sign_off
from workflows.models import Review

pytestmark = pytest.mark.django_db


def verify(*options: str) -> str:
    """What the command says of a trail that does not hold; empty where it does."""
    said = StringIO()
    try:
        call_command("verify_audit", *options, stdout=StringIO(), stderr=said)
    except CommandError as problem:
        assert problem.returncode == 1
        return said.getvalue()
    return ""


def by_hand(sql: str) -> None:
    """What somebody does who can write to the database and knows of the guards."""
    guards.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    guards.install()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_trail_that_holds():
    edition = make_in_force()
    audit.record("try", edition, None, words="мк")
    assert verify() == "" and verify("--head", str(head())) == ""
    with pytest.raises(CommandError) as wrong:
        call_command("verify_audit", "--head", "nonsense")
    assert wrong.value.returncode == 2


def test_a_changed_entry_and_a_removed_one_are_named():
    entries = [audit.record("try", f"thing:{n}") for n in range(5)]
    by_hand(f"UPDATE audit_entry SET verb = 'other' WHERE id = {entries[1].pk}")
    assert f"entry {entries[1].pk}: it was changed" in verify()
    by_hand(f"DELETE FROM audit_entry WHERE id = {entries[2].pk}")
    assert f"entry {entries[3].pk}: an entry before it" in verify()


def test_a_tail_that_was_cut_off_is_found_by_the_head_that_was_kept():
    entries = [audit.record("try", f"thing:{n}") for n in range(3)]
    kept = str(head())
    by_hand(f"DELETE FROM audit_entry WHERE id = {entries[2].pk}")
    assert verify() == ""
    assert "some were removed" in verify("--head", kept)


def test_an_adopted_text_altered_by_hand_is_found():
    edition = make_in_force()
    section = Section.objects.filter(edition=edition).order_by("position")[1]
    body = section.body_mk
    body["blocks"][0]["content"][0]["text"] += "!"
    guards.remove()
    Section.objects.filter(pk=section.pk).update(body_mk=body)
    guards.install()
    assert f"edition:{edition.pk}: the text in mk is not the one" in verify()


def test_who_reads_which_entries():
    home, abroad = make_institution("mk-coordinator"), make_institution("al-coordinator")
    here, there = make_person(Role.COORDINATOR, home), make_person(Role.COORDINATOR, abroad)
    operator = make_person(Role.OPERATOR, home, name="Olga")
    audit.record("of_mk", home, None)
    audit.record("of_al", abroad, None)
    audit.record("by_al", "thing:1", there)
    page = client_of(here).get("/en/audit/").content.decode()
    assert "of_mk" in page and "of_al" not in page and "by_al" not in page
    page = client_of(operator).get("/en/audit/").content.decode()
    assert "of_mk" in page and "of_al" in page
    for role in (Role.DRAFTER, Role.REVIEWER):
        client = client_of(make_person(role, home))
        assert client.get("/en/audit/").status_code == client.get("/en/audit.csv").status_code == 404


def test_filters_and_hostile_ones(django_assert_max_num_queries):
    coordinator = make_person(Role.COORDINATOR, name="Ana Anić")
    with_name = make_institution()
    for n in range(70):
        audit.record(("comment", "resolve")[n % 2], with_name, coordinator, refused=n == 69)
    client = client_of(coordinator)
    with django_assert_max_num_queries(20):
        page = client.get("/en/audit/?page=2").content.decode()
    assert "Ana Anić" in page
    page = client.get("/en/audit/?verb=comment&who=anić").content.decode()
    assert "commented</td>" in page and "settled a comment</td>" not in page
    page = client.get("/en/audit/?refused=on").content.decode()
    assert page.count("settled a comment<br>") == 1
    assert client.get("/en/audit/?verb=no_such").status_code == 400
    assert client.get("/en/audit/?since=2026-99-99").status_code == 400
    assert client.get("/en/audit/?thing=%00&page=999999999999").status_code in (200, 400)


def test_the_csv_has_no_formula_and_is_itself_on_the_trail():
    coordinator = make_person(Role.COORDINATOR, name="=1+1")
    audit.record("+verb", "-thing", coordinator, note="=x")
    answer = client_of(coordinator).get("/en/audit.csv?thing=-thing")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["name"], found["verb"], found["thing"]) == ("'=1+1", "'+verb", "'-thing")
    assert Entry.objects.filter(verb="export_audit").exists()
    assert safe_cell("\tx") == "'\tx" and safe_cell("x=1") == "x=1"


def test_a_name_goes_and_the_trail_holds():
    operator = make_person(Role.OPERATOR)
    leaving = make_person(Role.REVIEWER, name="Ana Anić")
    audit.record("did", "thing:1", leaving)
    with pytest.raises(StillHere):
        make_nameless(operator, leaving)
    Membership.objects.filter(user=leaving).delete()
    User.objects.filter(pk=leaving.pk).update(is_active=False)
    with pytest.raises(Http404):
        make_nameless(leaving, leaving)
    make_nameless(operator, leaving)
    leaving.refresh_from_db()
    assert "Ana" not in leaving.name and leaving.email.endswith(".invalid")
    assert verify() == ""
    assert Entry.objects.get(verb="did").actor == leaving.actor


def test_a_review_that_ends_by_itself_leaves_nothing_to_tell() -> None:
    """Returned, restarted, reopened after it was returned: the trail and the rows say the same."""
    cast = make_cast()
    first = cast.start()
    sign(cast.goran, first.stages.get(order=1).seats.get(user=cast.goran), "return", "No.")
    assert list(problems()) == []
    again = restart(cast.coordinator, Review.objects.get(pk=first.pk), 1, "Once more.")
    assert list(problems()) == []
    sign(cast.goran, again.stages.get(order=1).seats.get(user=cast.goran), "return", "No.")
    reopen(cast.coordinator, Review.objects.get(pk=again.pk), "Returned.")
    assert list(problems()) == []
    assert set(Review.objects.values_list("state", flat=True)) == {"returned"}


def test_every_verb_of_the_source_has_words() -> None:
    root = Path(__file__).resolve().parents[2]
    found = set()
    for room in ("documents", "workflows", "search", "site"):
        for path in (root / room).rglob("*.py"):
            found |= set(re.findall(r"audit\.(?:record|refused)\(\s*\"([a-z_]+)\"", path.read_text("utf-8")))
    assert len(found) > 50
    assert sorted(found - set(VERBS)) == []


def test_things_and_details_are_told_in_words_to_who_may_see_them():
    edition = make_in_force()
    home = make_institution("mk-coordinator")
    section = Section.objects.filter(edition=edition).order_by("position")[0]
    helper = make_person(Role.DRAFTER, home, name="Vesna Vesić")
    audit.record("mark_translated", edition, helper, uid=str(section.uid), language="sq")
    audit.record("assign", edition, helper, to=str(helper.actor), language="mk", uid="")
    audit.record("classify", edition.instrument, helper, before="public", after="tlp_red", sha256="0" * 64)
    audit.record("end_sharing", edition.instrument, helper, institution=home.key, due="2026-03-02")
    audit.record(
        "odd", "nothing:7", helper, uid="not-one", language="xx", edition="4x", sha256="odd", stage=99
    )
    coordinator = client_of(make_person(Role.COORDINATOR, home))
    page = coordinator.get("/en/audit/").content.decode()
    assert ", Edition 1</a>" in page and "edition:" not in page.replace("thing=edition", "")
    assert str(section.uid) not in page
    assert "Language: Shqip" in page and "Person: Vesna Vesić" in page
    assert "0000 0000 0000 0000" in page and "2 March 2026" in page
    assert "mk-coordinator" not in page
    # The operator reads the trail and no text: what it is about has a number, and no title.
    page = client_of(make_person(Role.OPERATOR, home)).get("/en/audit/").content.decode()
    assert "nothing:7" in page


def test_every_refusal_of_the_source_has_words() -> None:
    root, found = Path(__file__).resolve().parents[2], set()
    told = re.compile(
        r"Problem\(\s*_\([^()]*\)|"  # its second word is a field of the page
        r'(?:Refused\(\s*|why=|\bcode=|^    code = |\bwhy="[a-z_]+" if [a-z.]+ else )"([a-z_]+)"|_\([^()]*\),\s*"([a-z_]+)"\s*\)',
        re.M,
    )
    for room in ("documents/actions", "documents/annotations", "workflows", "site/people/actions"):
        for path in (root / room).rglob("*.py"):
            found |= {one or other for one, other in told.findall(path.read_text("utf-8"))}
    assert {"answered", "proposed_it", "locked", "running", "changed_meanwhile"} <= found
    assert sorted(found - {"", *CODES}) == []


ROOT = Path(__file__).resolve().parents[2]
SPREAD = {
    "more": {"follow", "until", "antedated"},
    "noted": "manifest_told",
    "why": {"behind", "reason"},
    "kept": {"kept"},
    "returned.counts": {"suggestions", "untracked", "comments"},
    "told": "begun_told",
    "detail": set(),  # audit.refused itself
}
"""What is spread into an entry by a name: the details, or the function of a room's told.py that gives them."""


def told_in_the_source() -> tuple[set[str], set[str]]:
    """Every detail with which the source writes into the trail, and the beginnings of verbs that are put together."""
    calls: list[ast.Call] = []
    gives: dict[str, set[str]] = {}
    for room in ("documents", "workflows", "search", "site"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            calls += [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
            if path.name == "told.py":
                for one in tree.body:
                    if isinstance(one, ast.FunctionDef):
                        last = one.body[-1]
                        made = last.value if isinstance(last, ast.Return) else None
                        if isinstance(made, ast.Dict):
                            gives[one.name] = {
                                str(key.value) for key in made.keys if isinstance(key, ast.Constant)
                            }
    details, begun = set(), set()
    for call in calls:
        name = call.func
        into = (
            isinstance(name, ast.Attribute)
            and name.attr in ("record", "refused")
            and isinstance(name.value, ast.Name)
            and name.value.id == "audit"
        ) or (isinstance(name, ast.Name) and name.id in ("record", "refused") and len(call.args) > 1)
        if not into:
            continue
        if isinstance(call.args[0], ast.JoinedStr):
            begun.add(ast.literal_eval(call.args[0].values[0]))
        for keyword in call.keywords:
            if keyword.arg is not None:
                details.add(keyword.arg)
                continue
            spread: Any = SPREAD.get(ast.unparse(keyword.value))
            if spread is None:
                assert isinstance(keyword.value, ast.Call), ast.unparse(call)
                spread = ast.unparse(keyword.value.func)
            details |= gives[spread] if isinstance(spread, str) else spread
    return details - {"refused"}, begun


def test_every_detail_of_the_source_has_a_label_or_is_hidden_on_purpose() -> None:
    details, begun = told_in_the_source()
    assert {"signed_sha256", "agrees", "follow", "asked_people"} <= details
    assert sorted(details - set(KEYS) - HIDDEN) == []
    assert not set(KEYS) & HIDDEN
    for beginning in begun:
        assert [verb for verb in VERBS if verb.startswith(beginning)], beginning
    assert begun == {"suggestion_", "save_"}


def test_a_review_on_the_trails_page_speaks_in_words() -> None:
    cast = make_cast()
    review = cast.start()
    seat = review.stages.get(order=1).seats.get(institution=cast.interior)
    sign_off(cast.goran, seat, "agree_with_remarks", "A remark.", review.manifest.sha256)
    withdraw_review(cast.coordinator, review, "Not this year.", text_too=True)
    audit.record("remind_all", review.stages.get(order=1), None, kind="after0", people=2)
    audit.record("submit", cast.edition, cast.drafter, behind={"mk": 3}, because="Soon.")
    audit.record("sign_in", cast.goran, cast.goran, by="mail_link")
    audit.record("save_search", "savedsearch:3", cast.coordinator, often="daily")
    page = client_of(cast.coordinator).get("/en/audit/").content.decode()
    rows = html.unescape(page.partition("<tbody>")[2].partition("</tbody>")[0])
    for words in (
        "State: Withdrawn",
        "The text is given up too: yes",
        "Kind: after the deadline",
        "People whose answer no longer counts: 1",
        "Sections older than the original: Македонски: 3",
        "By: a link from a mail",
        "Saved search 3",
        "Mails: Every day",
    ):
        assert words in rows, words
    said = set(re.findall(r"(?:<td class=\"xs\">|<br>)([a-z_0-9]+): ", rows))
    assert said == set(), "raw words"
