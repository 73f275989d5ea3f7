"""What the codes of refusals say to a reader of the audit trail, which stores the codes alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from audit.labels import values

_WORDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        pgettext_lazy("why it was refused", "someone else was asked"),
        ("not_asked", "no_right", "nobody"),
    ),
    (
        pgettext_lazy("why it was refused", "it had already been done"),
        ("answered", "decided", "waits", "reminded", "running", "too_many", "brought_back"),
    ),
    (
        pgettext_lazy("why it was refused", "it was not its turn yet"),
        ("not_yet", "not_reached", "not_open", "not_late"),
    ),
    (
        pgettext_lazy("why it was refused", "it had already ended"),
        ("stage_ended", "review_ended", "ended", "voided", "over"),
    ),
    (
        pgettext_lazy("why it was refused", "authors can't sign off their own text"),
        ("author", "author_by_delegate"),
    ),
    (
        pgettext_lazy("why it was refused", "you can't sign off a text that you submitted"),
        ("submitter", "submitter_by_delegate"),
    ),
    (
        pgettext_lazy("why it was refused", "one person can answer for only one institution in a stage"),
        ("answered_beside", "answered_beside_by_delegate", "asked_beside"),
    ),
    (
        pgettext_lazy("why it was refused", "a second person is needed"),
        ("proposed_it", "not_second", "not_checked", "case_data"),
    ),
    (
        pgettext_lazy("why it was refused", "the text had changed by then"),
        ("other_text", "changed_meanwhile", "changed"),
    ),
    (
        pgettext_lazy("why it was refused", "it was changed in the database"),
        ("altered",),
    ),
    (
        pgettext_lazy("why it was refused", "something was missing"),
        ("not_ready", "no_answer", "none_chosen", "quote", "suggestion", "incomplete", "numbers_differ"),
    ),
    (pgettext_lazy("why it was refused", "no answer was chosen"), ("no_choice",)),
    (pgettext_lazy("why it was refused", "no reason was given"), ("no_reason",)),
    (
        pgettext_lazy(
            "why it was refused", "the new deadline was not later than the old one, or more than a year later"
        ),
        ("no_later_day",),
    ),
    (pgettext_lazy("why it was refused", "the deadline was not possible"), ("deadline",)),
    (pgettext_lazy("why it was refused", "the date was not possible"), ("day",)),
    (pgettext_lazy("why it was refused", "some comments had no response yet"), ("comments",)),
    (pgettext_lazy("why it was refused", "the accepted words were not in the text"), ("left_out",)),
    (pgettext_lazy("why it was refused", "too few institutions were listed"), ("too_few",)),
    (pgettext_lazy("why it was refused", "an institution was listed twice"), ("asked_twice",)),
    (
        pgettext_lazy("why it was refused", "the person is not a reviewer of the institution"),
        ("no_reviewer",),
    ),
    (
        pgettext_lazy("why it was refused", "the person does not have permission to read the document"),
        ("may_not_read",),
    ),
    (pgettext_lazy("why it was refused", "the procedure could not be chosen"), ("procedure",)),
    (
        pgettext_lazy("why it was refused", "a translation was incomplete or out of date"),
        ("behind",),
    ),
    (pgettext_lazy("why it was refused", "the text had no sections"), ("no_text",)),
    (pgettext_lazy("why it was refused", "its review was not completed successfully"), ("not_passed",)),
    (
        pgettext_lazy("why it was refused", "the adopting body or the number of the act was missing"),
        ("no_act",),
    ),
    (pgettext_lazy("why it was refused", "the signed file was missing"), ("no_file",)),
    (pgettext_lazy("why it was refused", "the date was before the date of the act"), ("before_act",)),
    (pgettext_lazy("why it was refused", "the date was before the text in force"), ("before_former",)),
    (pgettext_lazy("why it was refused", "the date was in the future"), ("day_to_come",)),
    (pgettext_lazy("why it was refused", "the date of the gazette was not correct"), ("published",)),
    (pgettext_lazy("why it was refused", "the procedure does not allow delegation"), ("no_delegates",)),
    (pgettext_lazy("why it was refused", "the year could not be correct"), ("odd_year",)),
    (pgettext_lazy("why it was refused", "the file was not a table of comments"), ("no_table",)),
    (pgettext_lazy("why it was refused", "some rows of the table could not be saved"), ("rows",)),
    (pgettext_lazy("why it was refused", "it was too long"), ("too_long",)),
    (pgettext_lazy("why it was refused", "two-factor authentication was missing"), ("second_factor",)),
    (pgettext_lazy("why it was refused", "the text was locked"), ("locked",)),
    (pgettext_lazy("why it was refused", "the reason was given only to that person"), ("not_possible",)),
)
CODES = {code: label for label, codes in _WORDS for code in codes}


def describe(codes: str) -> str:
    """The text of one code, or of several (:class:`documents.actions.errors.NotReady`)."""
    return ", ".join(dict.fromkeys(str(CODES[code]) for code in codes.split() if code in CODES))


values("why", describe)
