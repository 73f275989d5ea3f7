"""Order materials: each is a row that waits for the worker. The same inputs are not made twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit
from materials.codes import new_code, new_code_word, sound
from materials.current import Today
from materials.models import Material
from materials.sheet import inputs_of
from people.models import User
from public.models import CampaignPage, Hotline

State = Material.State


@dataclass
class Order:
    """``waiting``: ordered now; ``there``: had been made already; ``impossible``: the language and country
    that have no published page or no number."""

    waiting: list[Material] = field(default_factory=list)
    there: list[Material] = field(default_factory=list)
    impossible: list[tuple[str, str]] = field(default_factory=list)

    def __add__(self, other: Order) -> Order:
        return Order(
            self.waiting + other.waiting, self.there + other.there, self.impossible + other.impossible
        )


def order(
    by: User | None,
    campaign: UUID,
    *,
    languages: Collection[str],
    countries: Collection[str],
    sizes: Collection[str],
    logos: Sequence[int] = (),
    publish: bool = False,
) -> Order:
    """Who may is asked before (materials.access). ``publish``: the public gets them once they are made."""
    today, found = Today([campaign]), Order()
    with transaction.atomic():
        # Code words sound unlike each other in a country, whatever their language: one order at a time.
        audit.hold()
        taken = _code_words(countries)
        checked = dict(Hotline.objects.values_list("pk", "checked"))
        for tag, country in product(sorted(languages), sorted(countries)):
            shown = today.sheet(campaign, tag, country, logos)
            if shown is None:
                found.impossible.append((tag, country))
                continue
            for size in sizes:
                row = Material.objects.filter(
                    campaign=campaign, language=tag, country=country, size=size,
                    inputs=inputs_of(shown, size),
                ).first()  # fmt: skip
                if row is None:
                    word = new_code_word(tag, taken[country])
                    taken[country].add(sound(word))
                    row = Material(
                        campaign=campaign, language=tag, country_id=country, size=size,
                        inputs=inputs_of(shown, size), shown=shown, logos=list(logos), code=new_code(),
                        title=shown["title"], country_name=shown["country"],
                        partners=", ".join(one["name"] for one in shown["logos"]),
                        code_word=word, checked=checked[shown["numbers"][0]], by=by,
                    )  # fmt: skip
                    found.waiting.append(row)
                elif row.state == State.FAILED:
                    row.state, row.problem, row.changed = State.WAITING, "", timezone.now()
                    found.waiting.append(row)
                else:
                    row.stale_since = None
                    found.there.append(row)
                if publish and row.published_at is None:
                    row.published_at = timezone.now()
                row.save()
        if found.waiting:
            record(by, "make_materials", found.waiting, published=publish)
    return found


def order_again(by: User, rows: Iterable[Material]) -> Order:
    """The same materials with the texts and numbers of today; what was public stays so."""
    done = Order()
    for row in rows:
        done += order(
            by, row.campaign, languages=[row.language], countries=[row.country_id], sizes=[row.size],
            logos=row.logos, publish=row.published_at is not None,
        )  # fmt: skip
    return done


def record(by: User | None, verb: str, rows: Sequence[Material], **detail: Any) -> None:
    """One entry of the trail for each campaign."""
    for campaign in sorted({row.campaign for row in rows}):
        source = CampaignPage.objects.filter(translation_key=campaign).order_by("pk").first()
        own = [row for row in rows if row.campaign == campaign]
        if source is not None:
            audit.record(
                verb, source, by, number=len(own), codes=[row.code for row in own],
                sizes=dict(Counter(row.size for row in own)),
                languages=sorted({row.language for row in own}),
                countries=sorted({row.country_id for row in own}), **detail,
            )  # fmt: skip


def _code_words(countries: Collection[str]) -> dict[str, set[str]]:
    taken: dict[str, set[str]] = {country: set() for country in countries}
    rows = Material.objects.filter(country__in=countries).values_list("country", "code_word")
    for country, word in rows:
        taken[country].add(sound(word))
    return taken
