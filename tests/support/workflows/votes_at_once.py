"""Run by test_votes_at_once.py on a PostgreSQL database of its own: many vote in one moment. Prints what came
of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402

from mail.models import Message  # noqa: E402
from people.models import Institution, User  # noqa: E402
from people.roles import Role  # noqa: E402
from tests.support.reviews import make_cast, person, seat_of  # noqa: E402
from workflows.actions.errors import Refused  # noqa: E402
from workflows.actions.sign_off import sign_off  # noqa: E402
from workflows.actions.start_review import Asked, Plan, start_review  # noqa: E402
from workflows.models import Seat, SignOff, Stage  # noqa: E402

MANY = 20


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Runs the jobs in threads that begin together; gives what each came to."""
    ready = threading.Barrier(len(jobs))
    said = [""] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=30)
            job()
            said[place] = "kept"
        except Refused as refusal:
            said[place] = refusal.code
        except Exception as problem:  # whatever it is, the test must see it
            said[place] = repr(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return said


def vote(user: User, seat: Seat, choice: str = "agree") -> Callable[[], object]:
    sha256 = seat.stage.review.manifest.sha256
    return lambda: sign_off(user, seat, choice, "A reason.", sha256)


def main() -> None:
    cast = make_cast()
    asked = []
    for number in range(MANY):
        institution = Institution.objects.create(
            key=f"mk-body{number}", country=cast.country, name_en=f"Body {number}"
        )
        asked.append(Asked(institution, person(f"Body{number}", institution, Role.REVIEWER)))
    colleague = person("Vera", cast.justice, Role.REVIEWER)
    plans = [Plan(tuple(asked)), Plan((Asked(cast.justice),)), Plan()]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    many = at_once(
        *(vote(one.person, seat_of(review, one.institution)) for one in asked if one.person is not None)
    )
    legal = seat_of(review, cast.justice)
    asked_once = Message.objects.filter(template="asked", to=cast.teuta.email).count()
    two = at_once(vote(cast.teuta, legal), vote(colleague, legal))
    print(
        json.dumps(
            {
                "many": many,
                "votes": SignOff.objects.filter(seat__stage__order=1).count(),
                "outcomes": list(Stage.objects.filter(review=review).values_list("outcome", flat=True)),
                "asked_once": asked_once,
                "two": sorted(two),
                "legal_votes": SignOff.objects.filter(seat=legal).count(),
                "passed_mails": Message.objects.filter(template="review_passed").count(),
            }
        )
    )
