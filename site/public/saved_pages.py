"""The last good copy of each public page, on disk, for when the database does not answer
(docs/decisions/0055-saved-pages.md)."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from people.models import Country
from public import addresses
from public.languages import PUBLIC
from public.models import CampaignPage, Hotline
from public.placed import campaign_numbers
from public.places import COUNTRY, HOME, OF_COUNTRIES, READING, TWIN, TWINS, Place

TURN, MINUTE, HOUR = 10, 50.0, 3600.0
WEEK = 7 * 24 * HOUR
LONGEST = 300_000
"""The largest page of which a copy is made, in bytes as packed."""
PAGE = re.compile(r"/([a-z-]{2,9})/(?!library/search/)(?!.*/on/)(?!n/0).{0,180}")
"""Not the search, and none of the addresses that have no end (days of an edition, zeros before a number)."""
QUERY = re.compile(rf"(?:(?:{COUNTRY}|{HOME})=[a-z]{{2}})?")
"""What may follow the path: a country. What somebody searched for is never saved."""


KNOWN = frozenset({COUNTRY, HOME, "from"})


@dataclass(frozen=True)
class Copy:
    """A page as it was answered, packed with gzip."""

    made: float
    packed: bytes
    headers: dict[str, str]

    @property
    def age(self) -> float:
        return max(0.0, time.time() - self.made)

    @property
    def html(self) -> str:
        return unpack(self.packed).decode()


def pack(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


def unpack(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def address_of(request: HttpRequest) -> str:
    """The address under which a page is saved; empty for one that never is."""
    if request.path != request.path_info:
        return ""  # all its links begin with what the request put before them
    query = request.META.get("QUERY_STRING", "")
    match = PAGE.fullmatch(request.path_info)
    if not match or match[1] not in PUBLIC or not QUERY.fullmatch(query):
        return ""
    return f"{request.path_info}?{query}" if query else request.path_info


def drop_unknown(request: HttpRequest) -> None:
    """Takes out of the address of a help page or a campaign what these pages don't know: made up for each
    request, it would get round the copies."""
    query = request.META.get("QUERY_STRING", "")
    if not query or QUERY.fullmatch(query):
        return
    try:
        known = resolve(request.path_info, settings.PUBLIC_URLCONF).namespace == "public"
    except Resolver404:
        return
    if known:
        kept = [(name, value) for name, value in parse_qsl(query) if name in KNOWN]
        request.META["QUERY_STRING"] = urlencode(kept)
        vars(request).pop("GET", None)  # it was read before


def find(address: str, most: float = WEEK) -> Copy | None:
    """The copy of a page, where there is one of at most that many seconds."""
    found = _store(address).get(address)
    copy = Copy(*found) if found else None
    return copy if copy and copy.age <= most else None


def take_turn(address: str) -> bool:
    """Whether this process renews an old copy; the others go on with it meanwhile."""
    return _store(address).add(f"turn:{address}", True, TURN)


def end_turn(address: str) -> None:
    _store(address).delete(f"turn:{address}")


def forget(address: str) -> None:
    _store(address).delete(address)


def save(address: str, response: HttpResponseBase) -> Copy | None:
    """Save what was answered, if everybody would get the same at this address."""
    headers = {name: value for name, value in response.items() if name not in NOT_SAVED}
    is_page = headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_page or response.cookies or headers.get("Vary", PACKED) != PACKED:
        return None
    is_packed = response.headers.get("Content-Encoding") == "gzip"
    content: bytes = response.content  # type: ignore[attr-defined]  # it does not stream
    packed = content if is_packed else pack(content)
    if len(packed) > LONGEST or not _is_known(address):
        return None
    copy = Copy(time.time(), packed, headers)
    _store(address).set(address, (copy.made, copy.packed, copy.headers))
    return copy


PACKED = "Accept-Encoding"
NOT_SAVED = frozenset({"Content-Encoding", "Content-Length", "Age"})


def numbers_of(path: str, query: str) -> Copy | None:
    """The numbers to call, for a page that has no copy: of the country in the address, else of all."""
    tag, _, rest = path.lstrip("/").partition("/")
    named = re.search(rf"(?:^|&)(?:{COUNTRY}|{HOME})=([a-z]{{2}})(?:&|$)", query)
    named = named or re.match(rf"(?:{'|'.join(OF_COUNTRIES)})([a-z]{{2}})/", rest)
    discreet = bool(TWIN.match(path))
    countries = [named[1], ""] if named else [""]
    copies = (find(Place(country, discreet).address(f"/{tag}/help/")) for country in countries)
    return next(filter(None, copies), None)


def to_save() -> Iterator[str]:
    """The addresses of first pages, numbers and campaigns: each language, country and twin."""
    campaigns = CampaignPage.published().values_list("locale__language_code", "slug")
    slugs: dict[str, list[str]] = {}
    for tag, slug in campaigns:
        slugs.setdefault(tag, []).append(slug)
    countries = sorted(set(Hotline.objects.shown().values_list("country", flat=True)))
    numbers = campaign_numbers()
    for tag in PUBLIC:
        paths = [addresses.path_of(name, tag) for name in ("help", "home")]
        paths += [addresses.path_of("campaign", tag, slug) for slug in slugs.get(tag, [])]
        yield from (addresses.path_of("country", tag, country) for country in countries)
        for path in paths:
            for country in ("", *countries):
                yield Place(country).address(path)
                yield Place(country, True, numbers).address(path)


NUMBERS = re.compile(rf"/[^/]+/(?:(?:help/(?:[a-z]{{2}}/)?)?|n/(?:{TWINS['']}|{TWINS['help/']})/)(?:\?.*)?")
"""First pages and the numbers to call."""


def _store(address: str) -> BaseCache:
    """Numbers have a store of their own, and documents one: nothing else can push the numbers out."""
    if NUMBERS.fullmatch(address):
        return caches["numbers"]
    return caches["documents" if READING.match(address) else "pages"]


def _is_known(address: str) -> bool:
    """A country that is none makes no copy: else anybody could fill the store."""
    country = address.partition("=")[2]
    return not country or Country.objects.filter(pk=country).exists()


def is_on() -> bool:
    return bool(settings.KODEKS_PAGES)
