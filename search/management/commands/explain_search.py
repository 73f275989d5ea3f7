"""`manage.py explain_search QUERY`: how a query is understood, and why what comes first does."""

from __future__ import annotations

import argparse
import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from people.models import User
from search.engines.base import EngineError
from search.engines.plan import Plan, make_plan
from search.factory import analyser, engine
from search.pages.params import FILTERS, parse_params
from search.pages.service import Found, query_of, reader_for, run_search

# An address, or what stands behind the ? in it; a word with an = in it is none.
_ADDRESS = re.compile(rf"(?:\S*\?)?(?P<query>(?:q|in|on|sort|across|abroad|exact|{'|'.join(FILTERS)})=\S*)\Z")


class Command(BaseCommand):
    help = "Shows how a query is understood, for whom, and what is found, best first."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "query", help="what is typed, or what stands behind the ? of a search page's address"
        )
        parser.add_argument(
            "--user", metavar="EMAIL", help="whose rights to search with; nobody's where not given"
        )
        parser.add_argument("--lang", default="en", metavar="TAG", help="the language of the page")
        parser.add_argument("--top", type=int, default=10, help="how many results to list")

    def handle(self, *args: Any, query: str, user: str | None, lang: str, top: int, **options: Any) -> None:
        who: Any = AnonymousUser()
        if user:
            who = User.objects.filter(email=user.lower()).first()
            if who is None:
                raise CommandError(f"There is nobody with the address {user}.")
        if lang not in settings.KODEKS_OFFICE_LANGUAGES:
            raise CommandError(
                f"There is no page in {lang!r}; there are {', '.join(settings.KODEKS_OFFICE_LANGUAGES)}."
            )
        address = _ADDRESS.match(query)
        params = parse_params(QueryDict(address["query"] if address else urlencode({"q": query})))
        reader = reader_for(who, lang)
        say = self.stdout.write
        say(f"searched for   {params.words}")
        say(f"filters        {dict(params.filters)}")
        say(f"keys           {' '.join(sorted(reader.keys))}")
        say(f"kept back      {' '.join(sorted(query_of(params, reader).denied)) or 'nothing'}")
        try:
            found = run_search(params, reader)
        except EngineError as error:
            raise CommandError(f"{engine().name}: {error}") from error
        self.say_plan(make_plan(found.query, analyser()))
        self.say_found(found, top)

    def say_plan(self, plan: Plan) -> None:
        say = self.stdout.write
        for group in plan.groups:
            words = " ".join(
                word.lemma
                + (f"({word.prefix}…)" if word.prefix else "")
                + (f"×{word.times}" if word.times > 1 else "")
                for word in group.words
            )
            phrases = " ".join(
                " or ".join(f'"{" ".join(phrase)}"' for phrase in ways) for ways in group.phrases
            )
            say(
                f"read as {group.family:<6} {words} {phrases} (at least {group.least}, weight {group.weight})"
            )
        for phrase in plan.excluded:
            say(f"without        {' '.join(phrase)}")

    def say_found(self, found: Found, top: int) -> None:
        say, result = self.stdout.write, found.result
        say(f"found          {result.total}{' with some of the words' if found.loose else ''}")
        for facet, counts in result.facets.items():
            if facet not in ("instrument", "edition"):
                say(f"  {facet:<12} {' '.join(f'{one.value}={one.count}' for one in counts)}")
        for place, hit in enumerate(result.hits[:top], start=1):
            one = hit.document
            marked = "".join(f"[{part.text}]" if part.marked else part.text for part in hit.heading)
            say(
                f"{place:>3}. {hit.score:8.3f}  {one.instrument}/{one.edition_number} {one.language} {marked}"
            )
            say(f"               opened by {' '.join(sorted(one.keys))}")
        if found.abroad_total:
            say(f"after these    {found.abroad_total} of other countries")
