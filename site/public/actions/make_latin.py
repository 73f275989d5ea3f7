"""Make the page in Serbian Latin from the one in Cyrillic, each time that this one is published."""

from __future__ import annotations

from typing import Any

from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale

from documents.translation.scripts import to_latin
from public.blocks import BODY
from public.languages import CYRILLIC, LATIN
from public.models import BlockTranslation, CampaignPage
from public.translation.parts import TOP, Content, content_of, parts_of, rewrite
from public.translation.states import Origin

SAME = ("situation", "art", "picture", "country", "expire_at", "phrases")


def make_latin(cyrillic: CampaignPage, user: Any = None) -> CampaignPage | None:
    """Publishes the page in Latin; None where the first page in Latin is not there yet."""
    page = latin_of(cyrillic)
    if page is None:
        try:
            page = cyrillic.copy_for_translation(Locale.objects.get(language_code=LATIN))
        except (ParentNotTranslatedError, Locale.DoesNotExist):
            return None
    own = in_latin(content_of(cyrillic))
    for name in TOP:
        setattr(page, name, own[name])
    page.body = BODY.to_python(own["body"])
    for name in SAME:
        setattr(page, name, getattr(cyrillic, name))
    keep_marks_in_latin(cyrillic, page)
    page.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)
    return page


def latin_of(cyrillic: CampaignPage) -> CampaignPage | None:
    if cyrillic.tag != CYRILLIC:
        return None
    pages = CampaignPage.objects.filter(translation_key=cyrillic.translation_key, locale__language_code=LATIN)
    return pages.first()


def in_latin(content: Content) -> dict[str, Any]:
    body = [
        raw | {"value": rewrite(raw["type"], raw["value"], lambda _path, text: to_latin(text))}
        if raw["type"] in BODY.child_blocks
        else raw
        for raw in content["body"]
    ]
    return {name: to_latin(content[name] or "") for name in TOP} | {"body": body}


def keep_marks_in_latin(cyrillic: CampaignPage, page: CampaignPage | None = None) -> None:
    """What is known of each part in Cyrillic holds in Latin too."""
    page = page or latin_of(cyrillic)
    if page is None:
        return
    page.block_translations.all().delete()
    rows = list(cyrillic.block_translations.all())
    made = [
        BlockTranslation(
            page=page,
            block=row.block,
            source_hash=row.source_hash,
            source_texts=row.source_texts,
            origin=row.origin if row.origin == Origin.MACHINE else Origin.DERIVED,
            by=row.by,
            at=row.at,
            reviewed=row.reviewed,
            reviewed_by=row.reviewed_by,
        )
        for row in rows
    ]
    if not rows:
        parts = parts_of(content_of(cyrillic)).values()
        made = [BlockTranslation.of(page, part, origin=Origin.DERIVED) for part in parts if part.filled]
    BlockTranslation.objects.bulk_create(made)


def is_latin_of_live(page: CampaignPage) -> bool:
    """Whether a page has just what readers see of the page in Cyrillic, in the other script."""
    if page.tag != LATIN:
        return False
    pages = CampaignPage.objects.filter(translation_key=page.translation_key, live=True)
    cyrillic = pages.filter(locale__language_code=CYRILLIC).first()
    return (
        cyrillic is not None
        and in_latin(content_of(cyrillic)) == content_of(page)
        and all(getattr(cyrillic, name) == getattr(page, name) for name in SAME)
    )
