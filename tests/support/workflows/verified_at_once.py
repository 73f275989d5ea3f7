"""Run by test_votes_at_once.py on a database of its own: somebody signs off while the audit trail is checked,
after the trail of sign-offs was read and before the sign-offs are. Prints what was found."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from audit.verify import problems  # noqa: E402
from tests.support.reviews import make_cast, seat_of  # noqa: E402
from workflows.actions.sign_off import sign_off  # noqa: E402
from workflows.models import SignOff  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    cast = make_cast()
    review = cast.start()
    seat = seat_of(review, cast.interior)
    said: list[str] = []

    def vote() -> None:
        try:
            sign_off(cast.goran, seat, "agree", "", review.manifest.sha256)
            said.append("kept")
        except Exception as problem:  # whatever it is, the test must see it
            said.append(repr(problem))
        finally:
            connection.close()

    def meanwhile(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'FROM "workflows_signoff"' in sql and not said:
            voter = threading.Thread(target=vote)
            voter.start()
            voter.join(timeout=60)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        during = list(problems())
    print(
        json.dumps(
            {
                "said": said,
                "votes": SignOff.objects.count(),
                "during": during,
                "after": list(problems()),
            }
        )
    )


if __name__ == "__main__":
    main()
