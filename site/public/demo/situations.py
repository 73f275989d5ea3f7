"""The situations of the first page and the check of an offer, in every language of the public site.

Texts stand in ``texts/LANGUAGE.toml``, the same in each but for the words; Serbian in Latin is made.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from public.demo.homes import languages, set_up_homes, texts
from public.demo.plant import Planned, plant

SLUGS = {
    "offer": "check-offer",
    "work": "offered-work",
    "papers": "papers-held",
    "harm": "hurt-or-forced",
    "move": "on-the-move",
    "child": "worried-about-a-child",
    "online": "followed-online",
    "other": "worried-about-somebody",
    "practice": "work-with-people",
}
PICTURES = {
    "work": ("debt", "warn", "passport"),
    "papers": ("passport", "door", "debt"),
    "harm": ("warn", "debt", "threat"),
    "move": ("debt", "threat", "door"),
    "child": ("eye", "phone", "rest"),
    "online": ("heart", "phone", "threat"),
    "other": ("eye", "door", "rest"),
    "practice": ("passport", "eye", "warn"),
}
Block = tuple[str, dict[str, Any]]
CHECKS = ("job", "journey", "marriage", "friend")


def load_situations(tags: list[str] | None = None) -> None:
    """Published as by an editor; what is there stays. Needs the numbers of load_hotlines."""
    written = {tag: texts(tag) for tag in tags or languages()}
    with transaction.atomic():
        set_up_homes(list(written))
        plant(
            [
                Planned(
                    SLUGS[situation],
                    {tag: _content(situation, words) for tag, words in written.items()},
                    {"situation": situation},
                )
                for situation in SLUGS
            ]
        )


def _content(situation: str, words: dict[str, Any]) -> dict[str, Any]:
    body = _check(words) if situation == "offer" else _situation(situation, words)
    title, lead = words[situation]["title"], words[situation]["lead"]
    return {"title": title, "lead": lead, "search_description": lead, "body": body}


def _situation(situation: str, words: dict[str, Any]) -> list[Block]:
    own, heads = words[situation], words["words"]
    signs = [
        {"picture": picture, "text": text}
        for picture, text in zip(PICTURES[situation], own["signs"], strict=True)
    ]
    body = [
        ("now", {"heading": heads["now"], "points": own["now"]}),
        ("numbers", {"heading": heads["numbers"]}),
        ("signs", {"heading": heads["signs"], "signs": signs, "closing": heads["closing"]}),
    ]
    if "prepare" in own:
        body.append(("prepare", {"heading": heads["prepare"], "points": own["prepare"]}))
    return body


def _check(words: dict[str, Any]) -> list[Block]:
    checks = [("check", words["offer"][kind]) for kind in CHECKS]
    return [*checks, ("numbers", {"heading": words["words"]["numbers"]})]
