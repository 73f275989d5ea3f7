"""Findings of the checks in sentences, in three groups: to mend, to look at, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from public.checks.case_data import LOOKS_LIKE_IT
from public.checks.faults import Fault
from public.checks.findings import Check, Finding
from public.checks.passages import passages
from public.checks.readability import ARI_LANGUAGES, Level
from public.languages import native_name
from public.models import CampaignPage
from public.office.translations import campaign_of
from public.publication import findings, reading_level

MOST = 12
"""Of words in one message."""

TITLES = {
    Check.NUMBER: _("Number for each country"),
    Check.TELEPHONES: _("Telephone numbers in the text"),
    Check.TRANSLATION: _("Translation"),
    Check.CASE_DATA: _("Data of real persons"),
    Check.LINKS: _("Links"),
    Check.PICTURES: _("Pictures, audio and video"),
    Check.READING: _("Reading level"),
    Check.SENTENCES: _("Long sentences"),
    Check.RARE_WORDS: _("Rare words"),
    Check.FAULTS: _("Faults that words can show"),
    Check.SHAME: _("Words that shame people"),
    Check.SOURCES: _("Sources of figures"),
    Check.LANGUAGES: _("Languages"),
    Check.SPOKEN: _("Helplines that speak the language"),
}
TEXTS = {
    Check.TELEPHONES: _(
        "No service of this campaign's countries has these numbers. Remove them. "
        "Use the block Number to call."
    ),
    Check.CASE_DATA: LOOKS_LIKE_IT,
    Check.LINKS: _("These links lead nowhere. Correct or remove them."),
    Check.PICTURES: _("Describe these pictures for people who can't see them."),
    Check.READING: _("This part is hard to read. Replace long words where you can."),
    Check.SENTENCES: _("These sentences have more than 20 words. Divide them."),
    Check.RARE_WORDS: _("No other page of the site uses these words. Does every reader know them?"),
    Check.SHAME: _("Use the word after the arrow."),
    Check.SOURCES: _("Name the source of these figures with a link."),
}
NOTHING_FOUND = _(
    "No passport, account, personal or unknown telephone number, e-mail address or birth date found"
)
"""In place of the titles of TELEPHONES and CASE_DATA: "in order" would say more than was looked at."""
FAULT_TEXTS = {
    Fault.FEAR: _("These words may frighten or shock."),
    Fault.BLAME: _("These words may blame the person concerned."),
    Fault.PROMISE: _("These words may promise what nobody can keep."),
    Fault.STEREOTYPE: _("These words may show one kind of victim only."),
    Fault.UNSAFE: _("This advice may put a reader in danger."),
}
QUESTIONS = {
    Fault.NEXT_STEP: _("The page says what to do next and whom to call."),
    Fault.FEAR: _("No picture and no word frightens or shocks."),
    Fault.BLAME: _("Nothing blames the person concerned."),
    Fault.PROMISE: _("It promises nothing that nobody can keep."),
    Fault.STEREOTYPE: _("Victims are not only women or girls, and nobody is in chains."),
    Fault.UNCLEAR: _("A reader sees at once for whom the page is."),
    Fault.SOURCE: _("Each figure has its source."),
    Fault.UNSAFE: _("No advice is dangerous, such as to confront somebody or to escape at once."),
}


@dataclass(frozen=True)
class Message:
    """``url``: the block in the editor."""

    title: str
    text: str
    place: str = ""
    url: str = ""
    words: Sequence[str] = ()
    more: int = 0


@dataclass(frozen=True)
class Report:
    mend: Sequence[Message]
    look: Sequence[Message]
    in_order: Sequence[str]
    level: Level

    @property
    def has_ari(self) -> bool:
        """Whether the figure of ARI means school years in this language."""
        return self.level.language in ARI_LANGUAGES


def report(page: CampaignPage) -> Report:
    """``page``: as the version has it that is checked."""
    every = [*findings(page), *_languages(page)]
    labels = {one.block: f"{n}. {one.label}" for n, one in enumerate(passages(page.body), 1)}
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def messages(found: Iterable[Finding]) -> list[Message]:
        return [
            Message(
                str(TITLES[one.check]),
                _text(one),
                labels.get(one.block, ""),
                f"{edit}#block-{one.block}-section" if one.block else edit,
                one.words[:MOST],
                max(len(one.words) - MOST, 0),
            )
            for one in found
        ]

    return Report(
        messages(one for one in every if one.must),
        messages(one for one in every if not one.must),
        _in_order({one.check for one in every}),
        reading_level(page),
    )


def _in_order(touched: Collection[Check]) -> list[str]:
    personal = {Check.TELEPHONES, Check.CASE_DATA}
    titles = [str(title) for check, title in TITLES.items() if check not in {*touched, *personal}]
    return titles if personal & {*touched} else [*titles, str(NOTHING_FOUND)]


def _text(one: Finding) -> str:
    if one.check == Check.FAULTS:
        return str(FAULT_TEXTS[Fault(one.text)])
    return one.text or str(TEXTS[one.check])


def _languages(page: CampaignPage) -> list[Finding]:
    campaign = campaign_of(page)
    stale = [native_name(one.language) for one in campaign.stale]
    missing = [native_name(tag) for tag in campaign.missing]
    found = []
    if stale:
        text = gettext("The source has changed since these translations.")
        found.append(Finding(Check.TRANSLATION, text=text, words=stale))
    if missing:
        text = gettext("The campaign does not exist in these languages yet.")
        found.append(Finding(Check.LANGUAGES, text=text, words=missing))
    return found
