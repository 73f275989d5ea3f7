"""Reviews: one round of a text through the stages of a procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from documents.models import Comment, Edition, Manifest
from documents.models.instruments import open_by_classification
from people.access import keys, memberships
from people.models import Grant, Institution
from people.roles import Role, Verb
from theme.localized_names import localized_name
from workflows.choices import (
    AGREEING,
    OF_COORDINATOR,
    Choice,
    Delegation,
    Outcome,
    ReviewState,
    Silence,
    StageKind,
    outcome_label,
    too_few_agreed,
)
from workflows.models.delegates import Delegate
from workflows.procedures.deadlines import day_there
from workflows.procedures.names import display_name


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any, *, spoken_in: bool = False) -> ReviewQuerySet:
        """The reviews that ``user`` may open, capped by the classification: of their institution's texts,
        or those that asked them. ``spoken_in``: also those in which they commented before another was asked
        (50 ms more)."""
        own_keys = keys(user)
        owners = [int(key[5:]) for key in own_keys if key.startswith("work:")]
        own = Seat.objects.for_respondent(user)
        seated = Exists(own.filter(stage__review=OuterRef("pk"), stage__opened__isnull=False))
        stored = Stage.objects.filter(review=OuterRef(OuterRef("pk")), kept__isnull=False)
        theirs = Q(edition__instrument__owner__in=owners) | Q(seated)
        theirs |= Q(Exists(own.filter(stage__in=stored.values("kept"))))
        if spoken_in:
            theirs |= Q(Exists(Seat.objects.commented_by(user).filter(stage__review=OuterRef("pk"))))
        return self.filter(
            open_by_classification(own_keys, getattr(user, "pk", None), "edition__instrument__"), theirs
        )

    def owned_by(self, user: Any) -> ReviewQuerySet:
        """The reviews of texts for which the person coordinates."""
        owners = [m.institution_id for m in memberships(user) if m.role == Role.COORDINATOR]
        return self.visible_to(user).filter(edition__instrument__owner__in=owners)


class Review(models.Model):
    """One round: the text exactly as it was submitted, and a copy of the procedure as it then was."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reviews", verbose_name=_("edition"))
    manifest = models.OneToOneField(Manifest, models.PROTECT, related_name="review")
    round = models.PositiveSmallIntegerField(_("round"))
    procedure = models.JSONField(_("procedure"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.RUNNING
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    started = models.DateTimeField(_("started"), default=timezone.now)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.TextField(_("reason"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["edition", "round"], name="review_round"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state="running"), name="one_running_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.round}"

    @property
    def zone(self) -> str:
        return self.edition.instrument.country.time_zone

    @property
    def today(self) -> date:
        return day_there(timezone.now(), self.zone)

    @property
    def running(self) -> bool:
        return self.state == ReviewState.RUNNING

    @property
    def withdrawn(self) -> bool:
        """Whether it was withdrawn; one that was returned first has a reason of its own then."""
        return self.state == ReviewState.WITHDRAWN or (
            self.state == ReviewState.RETURNED and bool(self.end_reason)
        )

    @property
    def too_few(self) -> bool:
        """Whether it was stopped because too few agreed: nobody returned the text."""
        returned = self.state == ReviewState.RETURNED
        return returned and too_few_agreed(self.state, [stage.outcome for stage in self.stages.all()])

    @property
    def state_label(self) -> str:
        """Its state in words; see :class:`workflows.rules.rounds.Rounds` for one that a restart ended."""
        if self.state == ReviewState.VOIDED:
            return pgettext("a round of a review", "Reopened")
        if self.too_few:
            return str(Outcome.FAILED.label)
        if self.state == ReviewState.RETURNED and self.withdrawn:
            return str(_("Returned, then withdrawn"))
        return str(self.get_state_display())

    @property
    def locked(self) -> bool:
        """Whether it has come so far that the text can't be changed."""
        return self.stages.filter(locked=True, opened__isnull=False).exists()


class Stage(models.Model):
    """A part of a review. Stages of one ``step`` run at the same time.

    ``locked``: the text can't be changed, and its sign-offs are bound to the text that is adopted. ``kept``:
    the stage of an earlier round that passed, where this round did not ask again.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField(_("order"))
    step = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=15, choices=StageKind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    names = models.JSONField(_("names"), default=dict, blank=True)
    quorum = models.CharField(_("quorum"), max_length=5)
    days = models.PositiveSmallIntegerField(_("days"))
    working = models.BooleanField(default=False)
    silence = models.CharField(max_length=10, choices=Silence.choices, default=Silence.NOTHING)
    delegate = models.CharField(max_length=12, choices=Delegation.choices, default=Delegation.ASSIGNED)
    second_factor = models.BooleanField(default=False)
    locked = models.BooleanField(default=True)
    kept = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    opened = models.DateTimeField(_("opened"), null=True, blank=True)
    due = models.DateTimeField(_("deadline"), null=True, blank=True)
    moved_reason = models.TextField(blank=True)
    closed = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["review", "order"]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [
            models.UniqueConstraint(fields=["review", "order"], name="stage_order"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name, or the word for its kind."""
        return display_name(self.name, self.names) or str(StageKind(self.kind).label)

    @property
    def asks(self) -> bool:
        """Whether institutions are asked in it."""
        return self.kind not in OF_COORDINATOR

    @property
    def open(self) -> bool:
        return self.opened is not None and self.closed is None

    def seats_waiting(self, **filters: Any) -> list[Seat]:
        """The seats without a sign-off."""
        return list(self.seats.filter(UNANSWERED, **filters).select_related("institution__country", "user"))

    @property
    def outcome_label(self) -> str:
        """How it ended, in words."""
        return outcome_label(self.kind, self.outcome)

    @property
    def due_day(self) -> date | None:
        """The day of the deadline, in the country of the procedure."""
        return None if self.due is None else day_there(self.due, self.review.zone)

    @property
    def late(self) -> bool:
        return self.open and self.due is not None and self.due < timezone.now()

    @property
    def days_late(self) -> int:
        due = self.due_day
        return (self.review.today - due).days if self.late and due else 0


UNANSWERED = ~Q(sign_offs__taken_back=False)
"""Of a query of seats: those without an answer, or with one that was taken back."""


class SeatQuerySet(models.QuerySet["Seat"]):
    def for_respondent(self, user: Any) -> SeatQuerySet:
        """The seats for which the user answers: by name, as any reviewer, or as a delegate."""
        own = [m.institution_id for m in memberships(user) if m.role == Role.REVIEWER]
        pk = getattr(user, "pk", None)
        instead = Delegate.objects.active().filter(
            asked=OuterRef("user"), institution=OuterRef("institution"), to=pk
        )
        by_delegate = Q(Exists(instead), stage__delegate=Delegation.ASSIGNED) | Q(
            Exists(instead.filter(by_coordinator=True)), stage__delegate=Delegation.COORDINATOR
        )
        return self.filter(Q(user=pk) | Q(user__isnull=True) | by_delegate, institution__in=own)

    def commented_by(self, user: Any) -> SeatQuerySet:
        """The seats in whose name the user commented, whether or not they are still asked there."""
        own = [m.institution_id for m in memberships(user) if m.role == Role.REVIEWER]
        return self.filter(Exists(comments_for_seat(user)), institution__in=own)


class Seat(models.Model):
    """An institution's vote in a stage. Without ``user`` any reviewer of the institution is asked."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="seats")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="seats", verbose_name=_("institution")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("assigned reviewer"),
    )
    reminded = models.DateTimeField(_("last reminder"), null=True, blank=True)
    assented = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "id"]
        verbose_name = _("reviewing institution")
        verbose_name_plural = _("reviewing institutions")
        constraints = [
            models.UniqueConstraint(fields=["stage", "institution"], name="one_vote_an_institution")
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.stage}"

    @property
    def body(self) -> str:
        """The institution's name, in the language and script of the page or mail."""
        return localized_name(self.institution)

    @property
    def answer(self) -> Any:
        """The last sign-off here, voided or not. Prefetched with ``sign_offs``."""
        given = list(self.sign_offs.all())
        return given[-1] if given else None

    def answer_of(self, user: Any) -> Any:
        """The same where that person gave it; None where nobody or somebody else did."""
        return self.answer if self.answer and self.answer.person_id == user.pk else None


def comments_for_seat(user: Any) -> QuerySet[Comment]:
    """For a query of seats: what a user wrote in the institution's name while they were asked there. Who
    comments by another right, as a drafter does, was asked nothing."""
    pk = getattr(user, "pk", None)
    return (
        Comment.objects.filter(
            author=pk,
            edition=OuterRef("stage__review__edition"),
            institution=OuterRef("institution"),
            written__gte=OuterRef("stage__opened"),
            written__lte=Coalesce(OuterRef("stage__review__ended"), Now()),
        )
        .annotate(day=TruncDate("written"))
        .filter(Exists(_granted(pk)))
    )


def _granted(pk: int | None) -> QuerySet[Grant]:
    """The grants by which they were asked on the day of a comment, which is the outer row."""
    return Grant.objects.filter(
        # On its last day too: one that was ended with the round was good for what was written before.
        Q(ends=None) | Q(ends__gte=OuterRef("day")),
        user=pk,
        verb=Verb.COMMENT,
        of_stage__stage=OuterRef(OuterRef("stage")),
        for_institution=OuterRef("institution"),
        starts__lte=OuterRef("day"),
    )


class StandingSignOffs(models.Manager["SignOff"]):
    """All but those that were taken back: these were never counted, and their seat waits."""

    def get_queryset(self) -> QuerySet[SignOff]:
        return super().get_queryset().filter(taken_back=False)


class SignOff(models.Model):
    """Never changed and never removed; voided once, with the reason.

    ``covers``: the language versions, each with its hash. ``instead_of``: the person asked, where a delegate
    answered. ``taken_back``: voided by who gave it, a few minutes later; ``objects`` and ``seat.sign_offs``
    leave it out, ``every`` has it.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sign_offs")
    choice = models.CharField(_("answer"), max_length=20, choices=Choice.choices)
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_offs")
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="sign_offs")
    manifest_sha256 = models.CharField(max_length=64)
    covers = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)
    taken_back = models.BooleanField(default=False)

    objects = StandingSignOffs()
    every = models.Manager["SignOff"]()

    class Meta:
        ordering = ["id"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(voided_at__isnull=True), name="one_sign_off_a_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.choice}"

    @property
    def agrees(self) -> bool:
        return self.choice in AGREEING

    @property
    def signer(self) -> str:
        """Who gave it, by the name of that moment."""
        return self.person.called_at(self.at)

    @property
    def asked(self) -> str:
        """For whom a delegate gave it."""
        return self.instead_of.called_at(self.at) if self.instead_of else ""

    @property
    def counts(self) -> bool:
        return self.voided_at is None


class Reminder(models.Model):
    """The reminders of a stage, or the notices of its adoption, that were sent once: kind and deadline."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="reminders")
    due = models.DateField()
    kind = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "due", "kind"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.due} {self.kind}"


class StageGrant(models.Model):
    """A grant that a stage gave. ``Grant.reason`` only says the same in words."""

    grant = models.OneToOneField(Grant, models.CASCADE, primary_key=True, related_name="of_stage")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="grants")

    def __str__(self) -> str:
        return f"{self.grant}: {self.stage}"
