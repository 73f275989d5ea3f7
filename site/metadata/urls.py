"""Addresses of the public host for programs: ``pages`` below /{lang}/, ``files`` without a language."""

from django.urls import URLPattern, URLResolver, path

import documents.pages.url_converters  # noqa: F401  (it registers the parts of addresses)
from metadata import feeds, sitemap, views
from metadata import files as data_files
from public.placed import placed

Pages = tuple[list[URLPattern | URLResolver], str]

pages: Pages = (
    [
        path("data/", placed(views.data), name="data"),
        path("feeds/all.atom", feeds.everything, name="feed"),
        path("feeds/documents.atom", feeds.documents, name="documents_feed"),
        path("feeds/documents/<cc:country>.atom", feeds.of_country, name="country_feed"),
        path("feeds/campaigns.atom", feeds.campaigns, name="campaigns_feed"),
    ],
    "metadata",
)
files: Pages = (
    [
        path("robots.txt", sitemap.robots, name="robots"),
        path("sitemap.xml", sitemap.sitemap, name="sitemap"),
        path("sitemap-<int:number>.xml", sitemap.part, name="sitemap_part"),
        path("oai/", views.harvest, name="oai"),
        path("data/glossary.tbx", data_files.glossary, name="glossary"),
        path("data/translations.tmx", data_files.translations, name="translations"),
    ],
    "data",
)
