"""`manage.py explain_search QUERY`: how a query is understood, and why what comes first does."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from people.models import User
from search.engines.base import EngineError
from search.factory import engine
from search.pages.explanation import Explanation, explain


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
        try:
            found = explain(query, who, lang)
        except EngineError as error:
            raise CommandError(f"{engine().name}: {error}") from error
        self.print_query(found)
        self.print_results(found, top)

    def print_query(self, found: Explanation) -> None:
        say = self.stdout.write
        say(f"searched for   {found.params.words}")
        say(f"filters        {dict(found.params.filters)}")
        say(f"keys           {' '.join(found.keys)}")
        say(f"kept back      {' '.join(found.denied) or 'nothing'}")
        for group in found.groups:
            words = " ".join((*group.words, *group.phrases))
            say(f"read as {group.family:<6} {words} (at least {group.least}, weight {group.weight})")
            if group.others:
                say(f"  or           {' '.join(group.others)}")
            if group.light:
                say(f"  counts little {' '.join(group.light)}")
        for phrase in found.excluded:
            say(f"without        {phrase}")

    def print_results(self, found: Explanation, top: int) -> None:
        say = self.stdout.write
        loose = " with some of the words" if found.found.loose else ""
        say(f"found          {found.found.result.total}{loose}")
        for facet, counts in found.facets.items():
            say(f"  {facet:<12} {' '.join(f'{one.value}={one.count}' for one in counts)}")
        for hit in found.hits[:top]:
            marked = "".join(f"[{part.text}]" if part.marked else part.text for part in hit.heading)
            say(f"{hit.place:>3}. {hit.score:8.3f}  {hit.document} {hit.language} {marked}")
            say(f"               opened by {' '.join(hit.keys)}")
        if found.found.abroad_total:
            say(f"after these    {found.found.abroad_total} of other countries")
