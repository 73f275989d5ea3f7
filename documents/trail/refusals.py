"""What the codes of refusals say to a reader of the audit trail, which stores the codes alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from audit.labels import values

_WORDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        pgettext_lazy("why it was refused", "it was asked of somebody else"),
        ("not_asked", "no_right", "nobody"),
    ),
    (
        pgettext_lazy("why it was refused", "it was done already"),
        ("answered", "decided", "reminded", "running", "too_many", "brought_back"),
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
        pgettext_lazy("why it was refused", "one person answers for one institution in a stage"),
        ("answered_beside", "answered_beside_by_delegate", "asked_beside"),
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
        ("not_ready",),
    ),
    (pgettext_lazy("why it was refused", "none of the answers was chosen"), ("no_choice",)),
    (pgettext_lazy("why it was refused", "no reason was given"), ("no_reason",)),
    (
        pgettext_lazy("why it was refused", "the new deadline was not a later day, within a year"),
        ("no_later_day",),
    ),
    (pgettext_lazy("why it was refused", "the deadline was not possible"), ("deadline",)),
    (pgettext_lazy("why it was refused", "comments had no answer yet"), ("comments",)),
    (pgettext_lazy("why it was refused", "accepted words were not in the text"), ("left_out",)),
    (pgettext_lazy("why it was refused", "too few institutions were named"), ("too_few",)),
    (pgettext_lazy("why it was refused", "an institution was named twice"), ("asked_twice",)),
    (
        pgettext_lazy("why it was refused", "who was named does not review for the institution"),
        ("no_reviewer",),
    ),
    (pgettext_lazy("why it was refused", "who was named may not read the document"), ("may_not_read",)),
    (pgettext_lazy("why it was refused", "the procedure could not be chosen"), ("procedure",)),
    (
        pgettext_lazy("why it was refused", "a translation was not whole, or older than the original"),
        ("behind",),
    ),
    (pgettext_lazy("why it was refused", "the text had no sections"), ("no_text",)),
    (pgettext_lazy("why it was refused", "its review was not passed"), ("not_passed",)),
    (pgettext_lazy("why it was refused", "the act had no body or no number"), ("no_act",)),
    (pgettext_lazy("why it was refused", "the signed file was missing"), ("no_file",)),
    (pgettext_lazy("why it was refused", "a day was before that of the act"), ("before_act",)),
    (pgettext_lazy("why it was refused", "a day was before that of the text in force"), ("before_former",)),
    (pgettext_lazy("why it was refused", "a day was still to come"), ("day_to_come",)),
    (pgettext_lazy("why it was refused", "the day of the gazette was not right"), ("published",)),
    (pgettext_lazy("why it was refused", "the procedure lets nobody hand an answer over"), ("no_delegates",)),
    (pgettext_lazy("why it was refused", "a year could not be right"), ("odd_year",)),
    (pgettext_lazy("why it was refused", "the file was no table of comments"), ("no_table",)),
    (pgettext_lazy("why it was refused", "rows of the table could not be kept"), ("rows",)),
    (pgettext_lazy("why it was refused", "it was too long"), ("too_long",)),
    (pgettext_lazy("why it was refused", "the second factor was not shown"), ("second_factor",)),
    (pgettext_lazy("why it was refused", "the text was locked"), ("locked",)),
    (pgettext_lazy("why it was refused", "for a reason that only the person was told"), ("not_possible",)),
)
CODES = {code: said for said, codes in _WORDS for code in codes}


def describe(codes: str) -> str:
    """The text of one code, or of several (:class:`documents.actions.errors.NotReady`)."""
    return ", ".join(dict.fromkeys(str(CODES[code]) for code in codes.split() if code in CODES))


values("why", describe)
