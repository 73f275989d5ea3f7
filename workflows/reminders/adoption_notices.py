"""Tell everybody who had a part in a text that it was adopted."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from documents.access.authorship import authors
from documents.actions.adopt_edition import today_in
from documents.choices import Classification
from documents.display import links
from documents.models import Comment, Edition
from people.models import Membership, User
from people.roles import Role
from workflows import mails
from workflows.actions.locking import hold_review
from workflows.choices import ReviewState, StageKind
from workflows.models import Reminder, Review, Seat, SignOff, Stage
from workflows.procedures.deadlines import day_there
from workflows.rules.respondents import people_of

TELLING = "adopted"
STILL_NEWS = timedelta(days=3)
"""Of an adoption longer ago nobody is notified any more, whatever an older Kodeks left out."""


def tell_of_adoptions() -> int:
    """Mail every adoption since, each once; gives how many. The worker does it."""
    untold = Stage.objects.filter(
        kind=StageKind.ADOPTION,
        review__state=ReviewState.DONE,
        review__ended__gt=timezone.now() - STILL_NEWS,
    ).exclude(Exists(Reminder.objects.filter(stage=OuterRef("pk"), kind=TELLING)))
    sent = 0
    for stage in untold.select_related("review").order_by("pk"):
        with transaction.atomic():
            review = hold_review(stage.review_id)
            day = day_there(review.ended or timezone.now(), review.zone)
            _row, new = Reminder.objects.get_or_create(stage=stage, due=day, kind=TELLING)
            if new:
                tell_adopted(review)
                sent += 1
    return sent


def tell_adopted(review: Review) -> None:
    """Mail the address of the text and, for who may open it, of the record; TLP:RED leads to the room."""
    edition = Edition.objects.select_related("instrument__country", "instrument__owner").get(
        pk=review.edition_id
    )
    red = edition.instrument.classification == Classification.TLP_RED
    now = edition.valid_from is None or edition.valid_from <= today_in(edition)
    for user in _concerned(edition):
        in_round = Review.objects.visible_to(user, spoken_in=True).filter(pk=review.pk).exists()
        with translation.override(user.language):
            text, record = links.edition_url(edition), reverse("review:record_pdf", args=[review.pk])
            if red:
                text, record = reverse("home"), ""
                if in_round:
                    text = reverse("review:room", args=[review.pk])
        mails.tell(
            user,
            "adopted",
            review,
            url=settings.OFFICE_BASE_URL + text,
            now=now,
            valid_from=edition.valid_from,
            record=settings.OFFICE_BASE_URL + record if record and in_round else "",
        )


def _concerned(edition: Edition) -> list[User]:
    """Who was asked, answered, commented or wrote, and the owner's coordinators; not who recorded it."""
    wanted: set[int] = set()
    for seat in Seat.objects.filter(
        stage__review__edition=edition, stage__opened__isnull=False
    ).select_related("user"):
        wanted |= {user.pk for user in people_of(seat)}
    active = Membership.objects.active().filter(
        institution=edition.instrument.owner_id, role=Role.COORDINATOR
    )
    signed = SignOff.objects.filter(seat__stage__review__edition=edition)
    # Somebody else may have been asked in the place of who commented; who belongs nowhere any more is told
    # nothing.
    commented = Comment.objects.filter(edition=edition, institution__isnull=False)
    found = User.objects.filter(
        Q(pk__in=wanted)
        | Q(pk__in=commented.values("author")) & Q(pk__in=Membership.objects.active().values("user"))
        | Q(pk__in=signed.values("person"))
        | Q(actor__in=authors(edition))
        | Q(pk__in=edition.assignments.values("user"))
        | Q(pk__in=active.values("user")),
        is_active=True,
    )
    return list(found.exclude(pk__in=edition.acts.values("recorded_by")).order_by("pk"))
