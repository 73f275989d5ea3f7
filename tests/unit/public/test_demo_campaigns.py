"""The texts of the demonstration's campaigns: the same in every language but for the words."""

from __future__ import annotations

import re
from typing import Any

from config.catalogues import LOCALE
from public.blocks import BODY
from public.demo.campaigns import FOLDER, slugs
from public.demo.homes import languages, read
from public.languages import PUBLIC
from public.translation.parts import parts_of


def shape(value: Any) -> Any:
    """Names, numbers of items and what is no text; "" where a text is empty."""
    if isinstance(value, dict):
        return {
            name: part if name in ("kind", "picture", "pages") else shape(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [shape(part) for part in value]
    return bool(value.strip()) if isinstance(value, str) else value


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_all_languages_of_a_campaign_have_the_same_shape() -> None:
    assert len(slugs()) == 5
    for slug in slugs():
        assert sorted(languages(FOLDER / slug)) == sorted(PUBLIC), slug
        english = shape(read(FOLDER / slug, "en"))
        for tag in languages(FOLDER / slug):
            words = read(FOLDER / slug, tag)
            assert shape(words) == english, (slug, tag)
            assert all(text.strip() for text in texts(words)), (slug, tag)
            assert {one for block in words["block"] for one in block.get("pages", ())} <= set(slugs())


def test_every_text_fits_its_field() -> None:
    for slug in slugs():
        for tag in languages(FOLDER / slug):
            words = read(FOLDER / slug, tag)
            assert len(words["title"]) <= 255 and len(words["lead"]) <= 400, (slug, tag)
            body = [
                {"type": block["kind"], "value": block, "id": str(number)}
                for number, block in enumerate(words["block"])
            ]
            top = {"title": "x", "lead": "x", "search_description": "x"}
            for part in parts_of(top | {"body": body}).values():
                assert part.key in top or part.kind in BODY.child_blocks
                for text in part.texts:
                    limit = getattr(text.block.field, "max_length", None)
                    assert limit is None or len(text.text) <= limit, (slug, tag, text)


def test_arabic_addresses_women_and_men() -> None:
    """By the plural: the singular would be a man's."""
    to_one_man = re.compile(
        r"\b(لست|وحدك|بنفسك|يمكنك|عليك|إليك|لك|بك|معك|اتصل|أنتَ|بلدك|لغتك|هاتفك|أوراقك|اسمك|سفرك|تثق|تريد)\b"
    )
    files = [FOLDER / slug for slug in slugs()] + [FOLDER.parent / "texts"]
    found = [text for folder in files for text in texts(read(folder, "ar")) if to_one_man.search(text)]
    catalogue = (LOCALE / "ar" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    assert found + to_one_man.findall(catalogue) == []
