"""The picture of a review in time: every bar in sight, also where much happened on one day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from workflows.pages.coordinator.timeline import LEAST, NARROW, WIDE, Segment, bars, scale_of, svg

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("wide", [WIDE, NARROW])
def test_no_bar_lies_on_another_and_none_leaves_the_picture(wide: int) -> None:
    """A round that was returned on the day on which it began: a stage, two at the same time, and what was
    before."""
    long_ago = DAY - timedelta(days=360)
    segments = [
        Segment(long_ago, DAY, "done", "1", step=1),
        *(Segment(DAY, DAY, "done", str(n), step=n) for n in range(2, 10)),
        Segment(DAY, DAY, "late", "!", 0, 2, step=10),
        Segment(DAY, DAY, "later", "11", 1, 2, step=10),
        Segment(DAY, DAY + timedelta(days=2), "now", "12", step=11),
    ]
    drawn = bars(segments, scale_of(segments, DAY), wide)
    for bar in drawn:
        assert bar.left >= 0 and bar.right <= wide + 0.01 and bar.width >= LEAST, bar
    for one, next_one in pairwise(drawn):
        if one.segment.step != next_one.segment.step:
            before = max(bar.right for bar in drawn if bar.segment.step == one.segment.step)
            assert next_one.left >= before, (one, next_one)
    assert drawn[9].left == drawn[10].left  # at the same time


def test_a_stage_and_two_beside_each_other_on_one_day_are_told_apart() -> None:
    segments = [
        Segment(DAY, DAY, "done", "1", step=1),
        Segment(DAY, DAY, "late", "!", 0, 2, step=2),
        Segment(DAY, DAY, "later", "3", 1, 2, step=2),
    ]
    first, second, third = bars(segments, scale_of(segments, DAY), WIDE)
    assert second.left >= first.right and third.left >= first.right
    assert svg(segments, scale_of(segments, DAY), DAY, "<>").count("&lt;&gt;") == 2


def test_a_scale_reaches_over_six_weeks_at_least_and_a_year_at_most() -> None:
    short = scale_of([Segment(DAY, DAY + timedelta(days=3), "now", "1")], DAY)
    assert short.days == 42
    assert [monday.weekday() for monday in short.mondays()] == [0] * len(short.mondays())
    assert len(short.mondays()) in (6, 7)
    long = scale_of([Segment(DAY - timedelta(days=900), DAY, "done", "1")], DAY)
    assert long.days < 366 and long.mondays() == []


def test_what_ended_before_the_scale_is_not_drawn() -> None:
    scale = scale_of([Segment(DAY, DAY + timedelta(days=20), "now", "1")], DAY)
    before = Segment(DAY - timedelta(days=60), DAY - timedelta(days=50), "done", "1")
    across = Segment(DAY - timedelta(days=60), DAY + timedelta(days=2), "done", "2")
    assert scale.within([before, across]) == [
        Segment(scale.first, DAY + timedelta(days=2), "done", "2"),
    ]
