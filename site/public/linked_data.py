"""Campaigns and numbers to call in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from public import addresses
from public.models.hotlines import Hotline
from public.models.lines import Line
from public.models.pages import CampaignPage
from theme.linked_data import Property, Thing, thing
from theme.locales import html_lang
from theme.localized_names import localized_name


def of_campaign(page: CampaignPage, paths: Iterable[str]) -> Thing:
    """``paths``: those of the campaign in every language."""
    dates = (("datePublished", page.first_published_at), ("dateModified", page.last_published_at))
    return thing(
        "CreativeWork",
        addresses.absolute(page.public_path),
        [
            Property("name", page.title, html_lang(page.tag)),
            Property("abstract", page.lead, html_lang(page.tag)),
            Property("inLanguage", html_lang(page.tag)),
            *(Property(name, moment.date().isoformat()) for name, moment in dates if moment),
            Property("spatialCoverage", localized_name(page.country) if page.country else ""),
            Property("license", url=settings.KODEKS_DATA_LICENCE_URL),
            *(
                Property("workTranslation", url=addresses.absolute(path))
                for path in paths
                if path != page.public_path
            ),
        ],
    )


def of_line(line: Line) -> Thing:
    """A number to call."""
    helpline = line.hotline.kind == Hotline.Kind.HELPLINE
    return thing(
        "ContactPoint",
        properties=[
            Property("name", line.text.name if line.text else line.emergency_name, line.text_lang),
            Property("telephone", line.hotline.tel),
            Property("contactType", "helpline" if helpline else "emergency"),
            Property("areaServed", line.country.name),
            *(Property("availableLanguage", html_lang(tag)) for tag in line.hotline.languages),
            Property("url", url=addresses.absolute(line.country_url)),
        ],
    )
