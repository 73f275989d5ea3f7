"""A service in the words of schema.org: what the reader of the page may read of it, and no more."""

from __future__ import annotations

from directory.readable import ServiceView
from theme.linked_data import Property, Thing, thing
from theme.locales import html_lang


def of_service(view: ServiceView, url: str) -> Thing:
    phone = thing("ContactPoint", properties=[Property("telephone", view.tel)]) if view.tel else None
    channel = thing(
        "ServiceChannel",
        properties=[
            Property("servicePhone", thing=phone),
            Property("serviceUrl", url=view.website),
            *(Property("availableLanguage", html_lang(tag)) for tag in view.languages),
        ],
    )
    provider = view.organisation
    return thing(
        "Service",
        url,
        [
            Property("name", view.words.name, view.words.lang),
            Property("description", view.words.description, view.words.lang),
            Property("serviceType", str(view.kind.label)),
            Property("areaServed", view.country.name),
            *(Property("areaServed", town.words.name, town.words.lang) for town in view.towns),
            Property(
                "provider",
                thing=thing(
                    "Organization", properties=[Property("name", provider.words.name, provider.words.lang)]
                )
                if provider
                else None,
            ),
            Property("availableChannel", thing=channel if channel.properties else None),
        ],
    )
