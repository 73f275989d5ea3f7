"""The demonstration's past: its events bear the days that its files name, and the trail holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from config.demo.clock import clock_at, day_of, moment_of
from config.demo.instruments import sources
from config.demo.people import load_people
from config.demo.schedule import Story, first_day, run
from workflows.models import Review, SignOff

TODAY = timezone.localdate()


def test_a_day_is_a_date_or_counted_from_today() -> None:
    assert day_of(-3, date(2026, 5, 10)) == date(2026, 5, 7)
    assert day_of(date(2025, 1, 1), TODAY) == date(2025, 1, 1)
    assert moment_of(TODAY) <= timezone.now()


def test_the_clock_stands_elsewhere_in_its_block_alone() -> None:
    then = timezone.now() - timedelta(days=30)
    with clock_at(then):
        assert timedelta() <= timezone.now() - then < timedelta(seconds=5)
        assert timezone.localdate() == timezone.localtime(then).date()
    assert timezone.now() - then > timedelta(days=29)


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def test_a_review_is_late_by_days_and_the_trail_holds() -> None:
    source = next(one for one in sources() if one.folder == "mk-labour")
    with clock_at(moment_of(first_day([Story(source, {}, TODAY)]))):
        people = load_people()
    assert list(run([Story(source, people, TODAY)]))
    review = Review.objects.get()
    assert review.running and timezone.localdate(review.started) == TODAY - timedelta(days=26)
    assert review.stages.get(order=1).days_late == 6
    assert timezone.localdate(SignOff.objects.get().at) == TODAY - timedelta(days=13)
    moments = list(Entry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert list(problems()) == []
