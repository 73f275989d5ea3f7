"""What happened in reviews: answers, comments, stages, and what became of one's own comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from documents.models import Comment, Edition
from people.access import memberships
from people.models import User
from people.roles import Role
from theme.home_panels import News
from workflows.models import Review, SignOff
from workflows.texts import title_for

MOST = 8


def in_reviews(request: HttpRequest, since: datetime) -> Iterator[News]:
    """For coordinators the answers and comments of others, for all what became of their comments."""
    user: User = request.user  # type: ignore[assignment]
    owners = [m.institution_id for m in memberships(user) if m.role == Role.COORDINATOR]
    if owners:
        owned = Edition.objects.visible_to(user).filter(instrument__owner__in=owners)
        yield from _answers(user, since, owned)
        yield from _comments(user, since, owned)
    yield from _own_comments(user, since)


def _answers(user: User, since: datetime, owned: QuerySet[Edition]) -> Iterator[News]:
    given = SignOff.objects.filter(at__gt=since).exclude(person=user)
    found = (
        given.filter(seat__stage__review__edition__in=owned.values("pk"))
        .select_related("seat__institution__country", "seat__stage__review__edition__instrument__country")
        .defer("seat__stage__review__procedure")
        .order_by("-at")
    )
    for one in found[:MOST]:
        review = one.seat.stage.review
        text = f"{one.seat.body}: {one.get_choice_display()}"
        yield News(one.at, text, reverse("coordinate:review", args=[review.pk]), title_for(review.edition))


def _comments(user: User, since: datetime, owned: QuerySet[Edition]) -> Iterator[News]:
    """How many comments each review got."""
    fresh = Comment.objects.filter(edition__in=owned.values("pk"), parent=None, written__gt=since)
    counted = fresh.exclude(author=user).values("edition").annotate(n=Count("pk"), last=Max("written"))
    rows = {row["edition"]: row for row in counted.order_by("-last")[:MOST]}
    reviews = Review.objects.filter(edition__in=list(rows)).select_related("edition__instrument__country")
    for edition, review in {one.edition_id: one for one in reviews.order_by("round")}.items():
        row = rows[edition]
        text = ngettext("%(n)d new comment", "%(n)d new comments", row["n"]) % {"n": row["n"]}
        url = reverse("review:room", args=[review.pk]) + "?view=comments#changes"
        yield News(row["last"], text, url, title_for(review.edition))


def _own_comments(user: User, since: datetime) -> Iterator[News]:
    """The person's comments that were answered."""
    decided = Comment.objects.filter(author=user, decided__gt=since).exclude(outcome="")
    if not decided:
        return
    by_edition: dict[int, list[Comment]] = defaultdict(list)
    for comment in decided:
        by_edition[comment.edition_id].append(comment)
    seen = Review.objects.visible_to(user, spoken_in=True).filter(edition__in=list(by_edition))
    reviews = {
        review.edition_id: review
        for review in seen.select_related("edition__instrument__country").defer("procedure").order_by("round")
    }
    for edition, comments in by_edition.items():
        if (review := reviews.get(edition)) is None:
            continue
        n = len(comments)
        text = ngettext("%(n)d of your comments was answered", "%(n)d of your comments were answered", n)
        last = max(one.decided for one in comments if one.decided)
        url = reverse("review:room", args=[review.pk]) + "?view=comments#changes"
        yield News(last, text % {"n": n}, url, title_for(review.edition))
