"""What the codes of refusals say to a person who reads the audit trail. The trail keeps the codes; their words may change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from audit.things import values

_WORDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        pgettext_lazy("why it was refused", "it was asked of somebody else"),
        ("not_asked", "no_right", "nobody"),
    ),
    (
        pgettext_lazy("why it was refused", "it was done already"),
        ("answered", "decided", "reminded", "running", "too_many"),
    ),
    (
        pgettext_lazy("why it was refused", "its turn had not come"),
        ("not_yet", "not_reached", "not_open", "not_late"),
    ),
    (pgettext_lazy("why it was refused", "it had ended"), ("stage_ended", "review_ended", "ended", "voided")),
    (
        pgettext_lazy("why it was refused", "an author does not sign off their own text"),
        ("author", "author_by_delegate"),
    ),
    (
        pgettext_lazy("why it was refused", "nobody signs off what they submitted"),
        ("submitter", "submitter_by_delegate"),
    ),
    (
        pgettext_lazy("why it was refused", "a second person is needed"),
        ("proposed_it", "not_second", "not_checked"),
    ),
    (
        pgettext_lazy("why it was refused", "it was another text by then"),
        ("other_text", "changed_meanwhile"),
    ),
    (
        pgettext_lazy("why it was refused", "it was altered in the database"),
        ("altered",),
    ),
    (
        pgettext_lazy("why it was refused", "something was missing"),
        ("no_choice", "no_reason", "no_later_day", "not_ready", "comments"),
    ),
    (pgettext_lazy("why it was refused", "the second factor was not shown"), ("second_factor",)),
    (pgettext_lazy("why it was refused", "the text was locked"), ("locked",)),
    (pgettext_lazy("why it was refused", "for a reason that only the person was told"), ("not_possible",)),
)
CODES = {code: said for said, codes in _WORDS for code in codes}

values("why", lambda code: str(CODES.get(code, "")))
