"""Models of procedures, reviews, sign-offs and stored texts."""

from workflows.models.calendar_feeds import CalendarFeed
from workflows.models.delegates import Delegate
from workflows.models.procedures import Procedure
from workflows.models.reviews import UNANSWERED, Reminder, Review, Seat, SignOff, Stage, StageGrant
from workflows.models.stored_texts import AnsweredText, RoundText, SectionRead

__all__ = [
    "UNANSWERED",
    "AnsweredText",
    "CalendarFeed",
    "Delegate",
    "Procedure",
    "Reminder",
    "Review",
    "RoundText",
    "Seat",
    "SectionRead",
    "SignOff",
    "Stage",
    "StageGrant",
]
