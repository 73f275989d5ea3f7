"""May this campaign go live? Each rule reads a version of a page and gives what it finds.

The check page, the second person's confirmation, the schedule and the last check before a row is written ask
here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from people.models import Country
from public.checks import personal
from public.checks.case_data import case_data
from public.checks.faults import fault_words, figures, words_that_shame
from public.checks.findings import Check, Finding, Passage
from public.checks.links import calls_a_number, is_well_formed, links_of, no_call_links
from public.checks.own_language import is_in_another_language
from public.checks.passages import passages
from public.checks.rare_words import beginnings, rare_words
from public.checks.readability import Level, level_of, long_sentences, long_words
from public.checks.telephones import numbers_of_no_service, ways_to_write
from public.models import CampaignPage, Hotline, Picture
from public.models.lines import speaks
from public.translation.parts import content_of
from search.models import GlossaryTerm
from theme.localized_names import localized_name

FILE_NAME = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")
Rule = Callable[[CampaignPage], Iterator[Finding]]


class Contact(NamedTuple):
    """How everybody reaches a service, as the database knows it; what it has not is empty."""

    country: str
    numbers: tuple[str, ...] = ()
    mail: str = ""
    address: str = ""


CONTACTS: list[Callable[[], Iterable[Contact]]] = []
"""Apps add what gives the contacts of their services."""


def must_be_mended(page: CampaignPage) -> list[Finding]:
    """What keeps a version of a campaign from going live."""
    return [one for rule in BARRIERS for one in rule(page) if one.must]


def findings(page: CampaignPage) -> list[Finding]:
    """All that a version says about itself; what must be mended first."""
    every = [one for rule in (*BARRIERS, *HINTS) for one in rule(page)]
    return sorted(every, key=lambda one: not one.must)


def reading_level(page: CampaignPage) -> Level:
    return level_of("\n".join([page.title, page.lead, *(one.text for one in passages(page.body))]), page.tag)


def number_of_each_country(page: CampaignPage) -> Iterator[Finding]:
    """A campaign of the whole region is for every country."""
    lines = Hotline.objects.shown().filter(kind=Hotline.Kind.HELPLINE)
    needed = {one.pk: localized_name(one) for one in _countries(page)}
    if problem := no_number(page.body, needed, set(lines.values_list("country", flat=True))):
        yield Finding(Check.NUMBER, must=True, text=problem)


def no_number(body: Any, needed: Mapping[str, str], reached: Collection[str]) -> str:
    """Which number to call is missing, in plain words; empty where none is. ``needed``: the countries that
    the campaign is for, with their names; ``reached``: those that have a helpline."""
    blocks = [block for block in body if block.block_type == "hotline"]
    every = any(block.block_type == "numbers" for block in body)
    if not blocks and not every:
        return _("Add a number to call before you publish this campaign.")
    chosen = [block.value["hotline"] for block in blocks if block.value["hotline"]]
    if not every and not any(number.is_shown for number in chosen):
        return _("The site does not show this number. A second person must confirm it first.")
    foreign = [number for number in chosen if number.country_id not in needed]
    if foreign:
        return _("A number of another country is in this campaign: %(numbers)s. Remove it.") % {
            "numbers": ", ".join(map(str, foreign))
        }
    covered = {number.country_id for number in chosen if number.is_shown} & {*reached}
    missing = [name for code, name in needed.items() if code not in (reached if every else covered)]
    if missing:
        return _("This campaign has no number to call for: %(countries)s.") % {
            "countries": ", ".join(missing)
        }
    return ""


def numbers_in_texts(page: CampaignPage) -> Iterator[Finding]:
    """Only numbers of services of its own countries stand in what a reader reads."""
    own = {one.pk for one in _countries(page)}
    known: dict[bool, set[str]] = {True: set(), False: set()}
    for contact in _contacts():
        for number in contact.numbers:
            known[contact.country in own] |= ways_to_write(number, contact.country)
    for passage in _read(page):
        if any(calls_a_number(html) for html in passage.html):
            yield Finding(Check.TELEPHONES, must=True, block=passage.block, text=no_call_links())
        if found := numbers_of_no_service(passage.text, known[True], known[False]):
            yield Finding(Check.TELEPHONES, must=True, block=passage.block, words=found)


def translation(page: CampaignPage) -> Iterator[Finding]:
    if problem := page.why_not_translated(content_of(page)):
        yield Finding(Check.TRANSLATION, must=True, text=problem)


def own_language(page: CampaignPage) -> Iterator[Finding]:
    top, *others = _read(page)
    every = [(one.block, one.text) for one in others] + [("", text) for text in top.texts]
    blocks = [block for block, text in every if is_in_another_language(text, page.tag)]
    if not blocks and is_in_another_language("\n".join(text for _block, text in every), page.tag):
        blocks = [""]
    for block in dict.fromkeys(blocks):
        text = _("This text is not in the language of the page.")
        yield Finding(Check.TRANSLATION, must=True, block=block, text=text)


def no_data_of_persons(page: CampaignPage) -> Iterator[Finding]:
    """Block by block, and over the whole page: a name may stand in the title and the rest below it."""
    contacts, every, known = _contacts(), _read(page), set()
    mails, places = {one.mail.lower() for one in contacts}, [one.address for one in contacts if one.address]
    whole = Passage("", "", [one.text for one in every])
    for passage in (*every, whole):
        text = passage.text
        hrefs = " ".join(link.target for html in passage.html for link in links_of(html))
        must, look = case_data(text)
        must += [
            *personal.mail_addresses(f"{text} {hrefs}", mails),
            *personal.birth_dates(text),
            *personal.case_numbers(text),
        ]
        look += personal.home_addresses(text, places)
        for is_must, words in ((True, must), (False, look)):
            new = [one for one in dict.fromkeys(words) if one not in known]
            known |= {*new}
            if new:
                yield Finding(Check.CASE_DATA, must=is_must, block=passage.block, words=new)


def links_that_lead_somewhere(page: CampaignPage) -> Iterator[Finding]:
    for passage in passages(page.body):
        links = [link for html in passage.html for link in links_of(html)]
        dead = [link.target for link in links if not _leads_somewhere(link.kind, link.target)]
        if dead:
            yield Finding(Check.LINKS, must=True, block=passage.block, words=dead)


def texts_of_pictures(page: CampaignPage) -> Iterator[Finding]:
    """Pictures of blocks need their text; that of the top is decoration."""
    for child in page.body:
        pictures = [one for one in _rows_in(child.value) if isinstance(one, Picture)]
        without = [one.title for one in pictures if not _is_described(one)]
        if without:
            yield Finding(Check.PICTURES, must=True, block=str(child.id or ""), words=without)


def files_are_clean(page: CampaignPage) -> Iterator[Finding]:
    """What the worker has not cleaned yet, or could not read, nobody can hear or see."""
    for child in page.body:
        if waiting := [str(one) for one in _rows_in(child.value) if not getattr(one, "is_clean", True)]:
            text = _("Readers can't get these files yet: they are being read, or can't be read.")
            yield Finding(Check.PICTURES, must=True, block=str(child.id or ""), text=text, words=waiting)


def plain_words(page: CampaignPage) -> Iterator[Finding]:
    """What a person looks at: length, rare words, words that show a fault, figures without a source."""
    known = _known_words(page)
    for passage in (Passage("", "", [page.title, page.lead]), *passages(page.body)):
        yield from _words(passage, page.tag, known)


def helplines_that_speak_it(page: CampaignPage) -> Iterator[Finding]:
    lines = [one for one in Hotline.objects.shown() if one.kind == Hotline.Kind.HELPLINE]
    spoken = {one.country_id for one in lines if speaks(one, page.tag)}
    silent = [localized_name(one) for one in _countries(page) if one.pk not in spoken]
    if silent:
        text = _("No helpline speaks this language in these countries. Readers get a sentence to read aloud.")
        yield Finding(Check.SPOKEN, text=text, words=silent)


BARRIERS: tuple[Rule, ...] = (
    number_of_each_country,
    numbers_in_texts,
    translation,
    own_language,
    no_data_of_persons,
    links_that_lead_somewhere,
    texts_of_pictures,
    files_are_clean,
)
HINTS: tuple[Rule, ...] = (plain_words, helplines_that_speak_it)


def _countries(page: CampaignPage) -> list[Country]:
    every = Country.objects.order_by("pk")
    return list(every.filter(pk=page.country_id) if page.country_id else every)


def _contacts() -> list[Contact]:
    lines = [
        Contact(one.country_id, tuple(filter(None, (one.number, one.tel, one.abroad, one.sms))))
        for one in Hotline.objects.shown()
    ]
    return [*lines, *(contact for finder in CONTACTS for contact in finder())]


def _read(page: CampaignPage) -> list[Passage]:
    """All that a reader reads, the texts of files too."""
    top = [page.title, page.lead, page.search_description, page.seo_title, *_texts_of_file(page.picture)]
    found = [Passage("", "", [text for text in top if text])]
    for child, passage in zip(page.body, passages(page.body), strict=True):
        of_files = [text for row in _rows_in(child.value) for text in _texts_of_file(row)]
        found.append(Passage(passage.block, passage.label, [*passage.texts, *of_files], passage.html))
    return found


def _texts_of_file(row: Any) -> list[str]:
    """What is read of a picture, a file, a recording."""
    if row is None or isinstance(row, (Page, Hotline)):
        return []
    names = ("description",) if isinstance(row, Picture) else ("title", "description", "transcript")
    captions = [one.text for one in row.captions.all()] if hasattr(row, "captions") else []
    return [*(text for name in names if (text := getattr(row, name, ""))), *captions]


def _rows_in(value: Any) -> Iterator[Model]:
    if isinstance(value, Model):
        yield value
    elif hasattr(value, "values"):
        for one in value.values():
            yield from _rows_in(one)
    elif not isinstance(value, str) and isinstance(value, Iterable):
        for one in value:
            yield from _rows_in(getattr(one, "value", one))


def _is_described(picture: Picture) -> bool:
    text = picture.description.strip()
    return bool(text) and not text.casefold().endswith(FILE_NAME)


def _leads_somewhere(kind: str, target: str) -> bool:
    if kind == "page":
        return target.isdecimal() and Page.objects.live().filter(pk=int(target)).exists()
    if kind == "document":
        return target.isdecimal() and get_document_model().objects.filter(pk=int(target)).exists()
    if target.startswith("#"):
        return len(target) > 1
    if target.startswith(("/", settings.PUBLIC_BASE_URL)):
        return _is_own_page(urlsplit(target).path)
    return is_well_formed(target)


def _is_own_page(path: str) -> bool:
    """Whether the public host has the page: a campaign's address is resolved down to the campaign."""
    try:
        match = resolve(path, urlconf=settings.PUBLIC_URLCONF)
    except Resolver404:
        return False
    if match.view_name == "public:campaign":
        return CampaignPage.published().filter(slug=match.kwargs["slug"]).exists()
    return True


def _words(passage: Passage, language: str, known: frozenset[str]) -> Iterator[Finding]:
    text, block = passage.text, passage.block
    if level_of(text, language).is_hard and (words := long_words(text)):
        yield Finding(Check.READING, block=block, words=words)
    if sentences := long_sentences(text):
        yield Finding(Check.SENTENCES, block=block, words=sentences)
    if rare := rare_words(text, known):
        yield Finding(Check.RARE_WORDS, block=block, words=rare)
    for fault, words in fault_words(text, language).items():
        yield Finding(Check.FAULTS, block=block, text=fault, words=words)
    if shaming := words_that_shame(text, language):
        yield Finding(Check.SHAME, block=block, words=[" → ".join(pair) for pair in shaming])
    if (numbers := figures(text)) and not any(links_of(html) for html in passage.html):
        yield Finding(Check.SOURCES, block=block, words=numbers)


def _known_words(page: CampaignPage) -> frozenset[str]:
    """Of the site's published pages in the language of the page, and of the glossary."""
    others = CampaignPage.published().filter(locale=page.locale_id)
    others = others.exclude(translation_key=page.translation_key)
    texts = [text for one in others for passage in passages(one.body) for text in passage.texts]
    if not texts:
        return frozenset()
    column = "sr" if page.tag == "sr-cyrl" else page.tag
    if column in {field.name for field in GlossaryTerm._meta.fields}:
        texts += GlossaryTerm.objects.filter(shown=True).values_list(column, flat=True)
    numbers = Hotline.objects.shown()
    return beginnings([*texts, *(text.call for one in numbers for text in one.texts.all())])
