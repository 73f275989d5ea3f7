"""The summary that a reviewer sees before the last button of an answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.pages.case_data import warning_answers
from theme import check_answers
from theme.check_answers import Answer
from theme.templatetags.kodeks_ui import check_number, time_of
from workflows.actions.advance_stages import effect_of
from workflows.actions.take_back import MINUTES
from workflows.choices import Choice, Outcome
from workflows.models import Seat
from workflows.pages.languages_behind import behind_answers
from workflows.pages.review.page import RoomPage


def check_page(request: HttpRequest, page: RoomPage, seat: Seat, choice: str, reason: str) -> HttpResponse:
    """What is signed, for whom, and in which words; what was not read; what follows."""
    signs = seat.stage.locked
    return check_answers.page(
        request,
        title=_("Check your answer before you sign") if signs else _("Check your answer"),
        subject=page.title,
        lead=_lead(page),
        answers=[
            Answer(_("Institution"), seat.body),
            Answer(_("Your answer"), Choice(choice).label),
            Answer(_("Reason"), reason.strip() or _("None given")),
            *warning_answers(reason),
            *_text(page, seat),
            Answer(_("Stage"), seat.stage.title),
            *_behind(page),
        ],
        warning=_warning(seat, choice),
        button=_("Sign") if signs else _("Send the answer"),
        trail=[(page.title, page.links.back_url)],
    )


def _text(page: RoomPage, seat: Seat) -> list[Answer]:
    """The text that an answer is about; of one that is signed, exactly which it is."""
    edition = Answer(_("Document"), _("Edition %(number)s") % {"number": page.edition.number})
    if not seat.stage.locked:
        return [edition]
    manifest = page.review.manifest
    return [
        edition,
        Answer(_("Languages"), page.reader.signed_names),
        Answer(_("Submitted"), time_of(manifest.made)),
        Answer(_("Check number"), check_number(manifest.sha256)),
    ]


def _behind(page: RoomPage) -> list[Answer]:
    """A language that is signed may lag behind the one that was read."""
    rows = behind_answers(page.edition)
    if because := page.reason_of_submission:
        rows.append(Answer(_("Why it was submitted all the same"), because))
    return rows


def _lead(page: RoomPage) -> str:
    """How much of what changed was read; asked once, and nothing is refused for it."""
    changes = page.changes
    if changes.read == changes.count:
        return ""
    return _(
        "You have marked %(read)d of %(all)d changed sections as read (%(language)s). You can still answer."
    ) % {"read": changes.read, "all": changes.count, "language": changes.language}


def _warning(seat: Seat, choice: str) -> str:
    """What this answer does to the stage and to the others who are asked."""
    effect = effect_of(seat, choice)
    if not effect.outcome:
        return _("You can take your answer back for %(minutes)d minutes, while the stage is open.") % {
            "minutes": MINUTES
        }
    ended = {
        Outcome.PASSED: _(
            "Yours is the last answer that is needed. The stage ends at once, and you cannot take it back."
        ),
        Outcome.RETURNED: _(
            "Your return ends this round at once, for all institutions. You cannot take it back."
        ),
        Outcome.FAILED: _(
            "With your answer too few institutions can agree. This round ends at once, and you cannot take "
            "it back."
        ),
    }[Outcome(effect.outcome)]
    if not effect.dropped:
        return ended
    dropped = ngettext(
        "%(n)d institution has not answered and will no longer be asked.",
        "%(n)d institutions have not answered and will no longer be asked.",
        effect.dropped,
    )
    return f"{ended} {dropped % {'n': effect.dropped}}"
