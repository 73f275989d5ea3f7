"""What is kept of reviews: procedures, reviews with their stages and seats, sign-offs, what each reader has
read."""

from workflows.models.calendar_feeds import CalendarFeed
from workflows.models.delegates import Delegate
from workflows.models.procedures import Procedure
from workflows.models.reminders import Reminder
from workflows.models.reviews import Review, Seat, Stage
from workflows.models.signoffs import SignOff
from workflows.models.stage_grants import StageGrant
from workflows.models.stored_texts import AnsweredText, RoundText, SectionRead

__all__ = [
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
