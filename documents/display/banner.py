"""Whether one may act on a text: the banner of an edition's pages, the notice in its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from documents.choices import State
from documents.models import Edition
from theme import dates
from theme.dates import one_dot
from theme.state_labels import STATES


@dataclass(frozen=True, slots=True)
class Banner:
    """State, in words: ``strong`` first, then the rest; ``css`` and ``icon`` for the look."""

    strong: str
    rest: str
    css: str
    icon: str
    act: bool
    """Whether the text may be acted on today."""


CSS = {
    State.IN_FORCE: "",
    State.SUPERSEDED: " force-old",
    State.REPEALED: " force-old",
    State.WITHDRAWN: " force-old",
}


def banner(edition: Edition, before: Edition | None, after: Edition | None) -> Banner:
    """What is over the text of an edition. ``before`` is the edition that it replaced, ``after`` the one that
    replaced it, where the reader sees them."""
    state = State(edition.state)
    strong, rest = _sentences(edition, state, before, after)
    if edition.instrument.redacts_id:
        rest += " " + _("Redacted edition: where something is left out, the text says why.")
    return Banner(
        # The name of a state has none, and in a file no bold tells where it ends.
        strong=one_dot(f"{strong}."),
        rest=one_dot(rest),
        css=CSS.get(state, " force-plain"),
        icon=STATES[state].icon
        if state not in (State.SUPERSEDED, State.REPEALED, State.WITHDRAWN)
        else "warn",
        act=state == State.IN_FORCE,
    )


def _sentences(
    edition: Edition, state: State, before: Edition | None, after: Edition | None
) -> tuple[str, str]:
    number = _("Edition %(number)s.") % {"number": edition.number}
    if state == State.IN_FORCE:
        if before is not None:
            number = _("Edition %(number)s, replaced edition %(before)s.") % {
                "number": edition.number,
                "before": before.number,
            }
        if edition.recorded:
            number += " " + _("Adopted before Kodeks.")
        if edition.valid_from is None:
            return _("In force."), number
        return _("In force since %(date)s.") % {"date": _date(edition.valid_from)}, number
    if state == State.SUPERSEDED:
        return _("Do not act on this text."), _superseded(edition, after)
    if state == State.REPEALED:
        if edition.valid_until:
            ended = _("Repealed on %(date)s.") % {"date": _date(edition.valid_until)}
        else:
            ended = _("Repealed.")
        return _("Do not act on this text."), f"{ended} {number}"
    if state == State.WITHDRAWN:
        return _("Do not act on this text."), _("Withdrawn before it came into force.") + " " + number
    if state == State.APPROVED:
        if edition.valid_from:
            return (
                _("Approved, not yet in force."),
                _("In force from %(date)s.") % {"date": _date(edition.valid_from)} + " " + number,
            )
        return _("Approved, not yet in force."), number
    if state == State.IN_REVIEW:
        return pgettext("state of an edition", "In review"), _("This text is not in force.") + " " + number
    return pgettext("state of an edition", "Draft"), _("This text is not in force.") + " " + number


def _superseded(edition: Edition, after: Edition | None) -> str:
    ended = _("Superseded.")
    if edition.valid_until:
        wording = {"date": _date(edition.valid_until), "after": after.number if after else ""}
        ended = _("Superseded on %(date)s by edition %(after)s.") if after else _("Superseded on %(date)s.")
        ended %= wording
    return ended + " " + _("This is edition %(number)s.") % {"number": edition.number}


NOTICES = {
    State.DRAFT: gettext_lazy("DRAFT – not in force"),
    State.IN_REVIEW: gettext_lazy("DRAFT – not in force"),
    State.APPROVED: gettext_lazy("NOT YET IN FORCE"),
    State.SUPERSEDED: gettext_lazy("SUPERSEDED – do not act on this text"),
    State.REPEALED: gettext_lazy("REPEALED – do not act on this text"),
    State.WITHDRAWN: gettext_lazy("WITHDRAWN – do not act on this text"),
}


def notice(edition: Edition) -> str:
    """A few words for every page of a file of a text that is not in force. Empty for one that is."""
    return str(NOTICES.get(State(edition.state), ""))


def _date(day: date) -> str:
    return dates.of_date(day, get_language() or "en")
