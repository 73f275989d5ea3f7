"""The situations of the first page and the check of an offer, in every language of the public site.

Texts stand in ``texts/LANGUAGE.toml``, the same in each but for the words; Serbian in Latin is made.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from documents.translation.scripts import to_latin
from public.models import CampaignPage
from public.set_up import first_page_in, set_up_site

FOLDER = Path(__file__).parent / "texts"
SLUGS = {
    "offer": "check-offer",
    "work": "offered-work",
    "papers": "papers-held",
    "move": "on-the-move",
    "child": "worried-about-a-child",
    "online": "followed-online",
    "other": "worried-about-somebody",
    "practice": "work-with-people",
}
PICTURES = {
    "work": ("debt", "warn", "passport"),
    "papers": ("passport", "door", "debt"),
    "move": ("debt", "threat", "door"),
    "child": ("eye", "phone", "rest"),
    "online": ("heart", "phone", "threat"),
    "other": ("eye", "door", "rest"),
    "practice": ("passport", "eye", "warn"),
}
CHECKS = ("job", "journey", "marriage", "friend")


def languages() -> list[str]:
    """Those that have texts, English first: the others are its translations."""
    written = {file.stem for file in FOLDER.glob("*.toml")}
    return ["en", *sorted((written | ({"sr-latn"} & {_latin(tag) for tag in written})) - {"en"})]


def _latin(tag: str) -> str:
    return "sr-latn" if tag == "sr-cyrl" else tag


def texts(tag: str) -> dict[str, Any]:
    """What stands in the file of a language."""
    source = (FOLDER / f"{'sr-cyrl' if tag == 'sr-latn' else tag}.toml").read_text("utf-8")
    found = tomllib.loads(source)
    return _in_latin(found) if tag == "sr-latn" else found


def _in_latin(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _in_latin(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_latin(part) for part in value]
    return to_latin(value) if isinstance(value, str) else value


def load_situations(tags: list[str] | None = None) -> None:
    """Published as by an editor; what is there stays. Needs the numbers of load_campaign."""
    with transaction.atomic():
        set_up_site()
        for tag in tags or languages():
            words = texts(tag)
            locale = Locale.objects.get(language_code=tag)
            home = first_page_in(tag, words["home"]["title"], words["home"]["lead"])
            own, english = _about(words), _about(texts("en"))
            # A first page of another language begins as a copy of the English one.
            if home.about != own and home.about in ("", english):
                home.title, home.lead, home.about = words["home"]["title"], words["home"]["lead"], own
                home.save_revision().publish()
            for situation in SLUGS:
                _load_page(locale, home, situation, words)


def _about(words: dict[str, Any]) -> str:
    return f"<p>{words['home']['about']}</p>"


def _load_page(locale: Locale, home: Page, situation: str, words: dict[str, Any]) -> None:
    slug = SLUGS[situation]
    if CampaignPage.objects.filter(locale=locale, slug=slug).exists():
        return
    fields = {
        "title": words[situation]["title"],
        "lead": words[situation]["lead"],
        "body": _check(words) if situation == "offer" else _situation(situation, words),
        "search_description": words[situation]["lead"],
    }
    original = CampaignPage.objects.filter(slug=slug).order_by("pk").first()
    if original is None:
        page = CampaignPage(slug=slug, locale=locale, situation=situation, live=False, **fields)
        home.add_child(instance=page)
    else:
        page = original.copy_for_translation(locale)
        for name, value in fields.items():
            setattr(page, name, value)
    page.full_clean()
    page.save_revision().publish()


def _situation(situation: str, words: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
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


def _check(words: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    checks = [("check", words["offer"][kind]) for kind in CHECKS]
    return [*checks, ("numbers", {"heading": words["words"]["numbers"]})]
