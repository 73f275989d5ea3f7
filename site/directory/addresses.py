"""Addresses of the directory's pages on the public host, for links from the office and for programs."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from public.addresses import absolute


def service_url(country: str, key: str, tag: str = "en") -> str:
    with translation.override(tag):
        return absolute(reverse("directory:service", urlconf=settings.PUBLIC_URLCONF, args=[country, key]))
