"""Run by test_killed.py on a PostgreSQL database of its own: an adoption whose process is killed in the
middle of it, by ``kill -9``, and done again; then two sign-offs and an adopted text to be altered in a dump.
Each step is a process of its own, and tells what is there before and after it.
"""

from __future__ import annotations

import json
import os
import signal
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from audit.models import Entry  # noqa: E402
from audit.verify import problems  # noqa: E402
from documents.actions.adopt_edition import adopt_edition, enter_due  # noqa: E402
from documents.choices import State  # noqa: E402
from documents.comments.decide import decide  # noqa: E402
from documents.models import AdoptionAct, Edition  # noqa: E402
from documents.signals import edition_moved  # noqa: E402
from people.models import User  # noqa: E402
from tests.support.reviews import act, make_cast, seat_of  # noqa: E402
from workflows.actions.comments import write_comment  # noqa: E402
from workflows.actions.sign_off import sign_off  # noqa: E402
from workflows.models import Review, SignOff  # noqa: E402

TODAY = timezone.localdate()


def prepare() -> None:
    """A text that all have signed off, with a comment that was answered."""
    cast = make_cast()
    review = cast.start()
    comment = write_comment(cast.goran, review, cast.uids[0], "mk", "A remark to the deadline.")
    decide(cast.coordinator, comment, "rejected", "The law says so.")
    for person, body in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        sign_off(person, seat_of(review, body), "agree", "", review.manifest.sha256)


def adopt(valid_from: date) -> None:
    coordinator = User.objects.get(email="elena@example.org")
    adopt_edition(coordinator, Edition.objects.get(), [act()], valid_from)


def die(sender: Any, edition: Edition, before: str, **kwargs: Any) -> None:
    """Everything is written, nothing is committed: here the power goes."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed_adopting() -> None:
    edition_moved.connect(die, weak=False)
    adopt(TODAY)


def adopted() -> None:
    adopt(TODAY + timedelta(days=1))


def killed_entering() -> None:
    """The worker, on the day on which the text comes into force."""
    edition_moved.connect(die, weak=False)
    enter_due(TODAY + timedelta(days=1))


def entered() -> None:
    enter_due(TODAY + timedelta(days=1))


def tell() -> None:
    """What is there."""
    edition, review = Edition.objects.get(), Review.objects.get()
    verbs = Entry.objects.filter(refused=False).values_list("verb", flat=True)
    said = {
        "state": State(edition.state).value,
        "review": str(review.state),
        "acts": AdoptionAct.objects.count(),
        "sign_offs": SignOff.objects.count(),
        "adopt": sum(verb == "adopt" for verb in verbs),
        "enter": sum(verb == "enter_into_force" for verb in verbs),
        "wrong": list(problems()),
    }
    print(json.dumps(said))


STEPS = (prepare, killed_adopting, adopted, killed_entering, entered)


def main(step: str) -> None:
    if step != "prepare":
        tell()
    for one in STEPS:
        if one.__name__ == step:
            one()
            tell()
