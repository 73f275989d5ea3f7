"""Somebody comments while others vote, answer, end a coordination or delegation, or move the deadline."""

from __future__ import annotations

import json
import threading
import time
import uuid
from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection, transaction
from django.utils import timezone

from audit.models import Entry
from documents.actions import record_corrigendum
from documents.actions.adopt_edition import adopt_edition
from documents.actions.locking import hold_instrument
from documents.actions.start_revision import start_revision
from documents.comments import actions as commenting
from documents.comments.decide import decide
from documents.models import Comment, Edition
from people.access import may
from people.actions.mail_link import send_link
from people.roles import Role, Verb
from tests.support.reviews import Cast, act, make_cast, open_review, person, seat_in, seat_of, sign
from tests.support.workflows.at_once import ROUNDS, at_once
from workflows.actions.comments import write_comment
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.end_coordination import end_coordination
from workflows.actions.locking import hold_review
from workflows.actions.remind import extend_deadline

DAY = date(2026, 2, 1)


def one_round(cast: Cast, number: int) -> dict[str, list[str]]:
    """What each came to, by what was done at one moment."""
    here = cast.another(f"text-{number}")
    review = open_review(here)
    said: dict[str, list[str]] = {}

    def comment(**more: object) -> Comment:
        return write_comment(here.biljana, review, here.uids[0], "mk", "Late.", **more)  # type: ignore[arg-type]

    first = review.stages.get(order=1)
    later = timezone.localdate() + timedelta(days=90)
    thread = comment()
    said["answered"] = at_once(
        lambda: comment(parent=thread), lambda: decide(here.coordinator, thread, "accepted", "")
    )
    said["deadline"] = at_once(
        lambda: comment(), lambda: extend_deadline(here.coordinator, first, later, "Time.")
    )
    said["vote"] = at_once(
        lambda: comment(), lambda: sign(here.goran, seat_in(review, 1, here.interior)), lambda: comment()
    )
    sign(here.biljana, seat_in(review, 1, here.social))
    for waiting in Comment.objects.filter(edition=here.edition, parent=None, outcome=""):
        decide(here.coordinator, waiting, "accepted", "")
    second = review.stages.get(order=2)
    came = at_once(lambda: comment(), lambda: end_coordination(here.coordinator, second, "Behind."))
    # One after the other: no comment stands in the trail before the end of a coordination that did not see
    # it.
    verbs = Entry.objects.filter(verb__in=("comment", "lock_text", "decide_comment")).order_by("-id")[:2]
    told = [entry.verb for entry in verbs]
    fine = came == ["kept", "comments"] or (came == ["kept", "kept"] and told == ["comment", "lock_text"])
    said["coordination"] = ["kept" if fine else f"{came}, {told}"]
    return said


def corrected(cast: Cast, number: int) -> list[str]:
    """A corrigendum of the edition in force is recorded while the next one takes its place."""
    here = cast.another(f"text-{number}")

    def agreed() -> Edition:
        review = here.start()
        for who, body in (
            (here.goran, here.interior),
            (here.biljana, here.social),
            (here.teuta, here.justice),
        ):
            sign(who, seat_of(review, body))
        return Edition.objects.get(pk=here.edition.pk)

    adopt_edition(here.coordinator, agreed(), [act()], DAY)
    former = Edition.objects.get(pk=here.edition.pk)
    slip = record_corrigendum.propose_corrigendum(
        here.drafter, former, uuid.UUID(here.uids[0]), "mk", "24", "48", "A slip."
    )
    here.edition = start_revision(here.coordinator, former)
    following = agreed()
    acts, day = [act(date=DAY)], DAY + timedelta(days=10)
    return at_once(
        lambda: adopt_edition(here.coordinator, following, acts, day),
        lambda: record_corrigendum.record(here.second, slip, acts, day),
    )


def held_aside(cast: Cast) -> list[str]:
    """The tables whose rows nobody can point to while somebody holds them for an action."""
    here = cast.another("text-1000")
    review = open_review(here)
    thread = write_comment(here.biljana, review, here.uids[0], "mk", "A remark.")
    rows = [here.edition, here.edition.instrument, review, thread, here.goran]
    left: list[str] = []

    def points(row: object) -> None:
        table, pk = row._meta.db_table, row.pk  # type: ignore[attr-defined]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE NOWAIT", [pk])

    with transaction.atomic():
        hold_instrument(here.edition)
        hold_review(review.pk)
        decide(here.coordinator, thread, "accepted", "")
        send_link(here.goran.email)
        for row in rows:
            left += [row._meta.db_table for said in at_once(lambda row=row: points(row)) if said != "kept"]  # type: ignore[misc]
    return left


def delegate_ends(cast: Cast) -> dict[str, object]:
    """A delegation is ended after its delegate began to comment, and before the comment stands in the
    trail."""
    here = cast.another("text-2000")
    review = here.start()
    vesna = person("Vesna", here.interior, Role.REVIEWER)
    today = timezone.localdate()
    made = delegate(here.goran, here.goran, here.interior, vesna, today, today + timedelta(days=5), "Leave.")
    begun = threading.Event()
    record = commenting.audit.record

    def late(verb: str, *args: object, **more: object) -> object:
        if verb == "comment":
            begun.set()
            time.sleep(1)
        return record(verb, *args, **more)

    def ends() -> None:
        begun.wait(timeout=30)
        end_delegate(here.goran, made)

    with patch.object(commenting.audit, "record", late):
        said = at_once(lambda: write_comment(vesna, review, here.uids[0], "en", "Too long."), ends)
    return {
        "said": said,
        "reads": may(vesna, Verb.READ, here.edition),
        "signs": may(vesna, Verb.SIGN_OFF, seat_of(review, here.interior)),
    }


def commented() -> None:
    cast = make_cast()
    came = {
        "aside": held_aside(cast),
        "delegate": delegate_ends(cast),
        "said": [one_round(cast, number) for number in range(ROUNDS)],
        "corrected": [corrected(cast, 100 + number) for number in range(ROUNDS)],
    }
    print(json.dumps(came))
