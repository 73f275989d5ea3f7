"""What is kept of reviews: procedures, reviews with their stages and seats, sign-offs, what each reader has read."""

from workflows.models.delegates import Delegate
from workflows.models.feeds import CalendarFeed
from workflows.models.procedures import Procedure
from workflows.models.readings import AnsweredText, RoundText, SectionRead
from workflows.models.reminders import Reminder
from workflows.models.reviews import Review, Seat, Stage
from workflows.models.signoffs import SignOff

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
]
