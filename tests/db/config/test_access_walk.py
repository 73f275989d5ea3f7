"""Every route is refused to who may not: a small walk. The whole one is bench/test_trust_access.py."""

from __future__ import annotations

from typing import Any

from documents.choices import Classification, State
from tests.support.access.addresses import Route
from tests.support.access.cast import make_world
from tests.support.access.walk import walk


def in_admin(route: Route) -> bool:
    return route.path.startswith("admin/")


def in_the_rooms(route: Route) -> bool:
    return not in_admin(route)


def at_work(route: Route) -> bool:
    return route.name.startswith(("documents:", "desk:", "review:", "coordinate:"))


def test_who_may_not_gets_nothing_and_who_may_gets_there(db: None, settings: Any) -> None:
    """A text in review that a few named people read. The coordinator shows that the addresses lead somewhere:
    else a refusal would prove nothing."""
    settings.KODEKS_DEMO = False
    world = make_world([Classification.TLP_RED])
    who = {one.name: one for one in world.readers}
    text = [one for one in world.texts if one.edition.state == State.IN_REVIEW]
    coordinator = walk(world, [who["coordinator"]], {}, ("get",), text, at_work)
    found = [
        walk(world, [who["anonymous"], who["anonymous in the office"]], {}, ("get",), text),
        walk(world, [who["other institution"]], {}, texts=text, chosen=in_the_rooms),
        walk(world, [who["publisher"]], {}, ("get",), text, in_admin),
        coordinator,
    ]
    assert [wrong for one in found for wrong in one.wrong] == []
    assert sum(one.cells for one in found) > 1300
    opened = {key for _, key in coordinator.opened}
    assert {"documents:edition", "review:room", "desk:classification", "coordinate:desk"} <= opened
