"""All that a file of an edition says, gathered once for every kind of file.

A file is in one language throughout. Its frame (state, contents, page) is in the language of its text,
whatever the language of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from documents.choices import State, Translation
from documents.display import links
from documents.display.acts import acts_of, describe_acts
from documents.display.banner import banner, notice
from documents.display.language import Text, name_of
from documents.editions import blobs
from documents.editions.corrected import corrigenda_of, tree_for_file, with_bodies
from documents.editions.language_versions import Shown
from documents.editions.text_storage import OutlineRow, language_state, load_tree
from documents.models import BlobUse, Corrigendum, Edition
from documents.text import SectionText, SectionTree, plain_line
from documents.text.extraction import image_hashes
from documents.text.types import Json
from documents.word.read.result import Blob as Picture
from theme import dates
from theme.check_number import check_groups
from theme.dates import one_dot
from theme.localized_names import localized_name
from theme.state_labels import CLASSIFICATIONS, ClassificationStyle

CONVERTED = frozenset({"text", "alt", "title", "who", "limit", "label"})
"""Where a body holds words for people; everything else in it (types, addresses, hashes) is left alone."""
Linked = Callable[[Json, object, str], Json]
"""Gives the body of a section, by its uid and language, with its citations as marks."""


@dataclass(frozen=True)
class EditionFile:
    """An edition in one language, with everything that is around its text in a file."""

    tag: str
    """The language of text and frame, with its script: ``sr-latn``, ``mk``."""
    tree: SectionTree
    """The text as it is shown: in the script of the file. Where a section is not translated, with the
    original's text."""
    untranslated: tuple[str, ...]
    """The uids of sections that are in the original's language."""
    source_tag: str
    """The original's language."""
    states: Mapping[str, str]
    """By uid, what the section's text is against the original ("up to date", "older than the original")."""
    remark: str
    """The remark at a section in the original's language."""
    owner: str
    country: str
    kind: str
    classification: ClassificationStyle
    edition_line: str
    number: int
    short_state: str
    """The state as a word or two that can be within a line ("in force")."""
    strong: str
    rest: str
    act: bool
    notice: str
    demo: str
    language_note: str
    acts: tuple[str, ...]
    """The acts that adopted it in this language, then each corrigendum with its own."""
    footnote: str
    sha256: str
    check_of: str
    """Of a translation the languages whose text the hash is of; "" where it is this text's own."""
    redacted: bool
    """Whether the hash is of a redacted edition: its original has another one."""
    address: str
    base_url: str
    """The host's, before the addresses of pictures."""
    made: str
    """The date of the text, as ISO: the same text gives the same file on any day."""
    pictures: dict[str, Picture]

    @property
    def title(self) -> str:
        return self.tree.title

    @property
    def check(self) -> list[str]:
        return check_groups(self.sha256) if self.sha256 else []

    @property
    def check_name(self) -> str:
        if self.check_of and self.redacted:
            return _("Check number of the redacted edition")
        return _("Check number of the authentic text") if self.check_of else _("Check number")

    @property
    def check_means(self) -> str:
        if not self.check_of:
            return _("If the web page of this text shows the same number, the text is the same.")
        means = _("This number belongs to the authentic text (%(languages)s), not to this translation.")
        if self.redacted:
            means = _(
                "This number belongs to the redacted edition in %(languages)s, not to this translation."
            )
        return means % {"languages": self.check_of}


def frame_language(text: Text) -> str:
    """The language of the interface in which the frame of a text's file speaks."""
    return (
        text.tag
        if text.tag in settings.KODEKS_OFFICE_LANGUAGES
        else "sr-cyrl"
        if text.language == "sr"
        else "en"
    )


def gather(
    edition: Edition,
    editions: list[Edition],
    text: Text,
    base_url: str,
    shown: Shown | None = None,
    linked: Linked | None = None,
) -> EditionFile:
    """What a file of ``edition`` in the language of ``text`` says. The language of the frame is the active
    one.

    ``editions`` are those that the reader sees. ``base_url`` is the host's, before the addresses in the file.
    ``shown`` names the numbers of translations that are read, where these are not the published ones.
    ``linked`` draws the citations into the text of a section, for a file that has them as links.
    """
    instrument = edition.instrument
    shown = shown or Shown(edition)
    outline = shown.outline(text.language)
    corrigenda = corrigenda_of(edition)
    tree, untranslated = _text(shown, text, outline, corrigenda, linked)
    before = next((one for one in editions if one.pk == edition.supersedes_id), None)
    after = next((one for one in editions if one.supersedes_id == edition.pk and one.published), None)
    state_banner = banner(edition, before, after)
    moment = edition.valid_from or (edition.submitted or edition.created).date()
    return EditionFile(
        tag=get_language() or "en",
        tree=tree,
        untranslated=untranslated,
        source_tag=instrument.source_language,
        states={row.uid: _state_of(row) for row in outline},
        remark=_("This section is not translated. You are reading the original text."),
        owner=plain_line(localized_name(instrument.owner)),
        country=plain_line(localized_name(instrument.country)),
        kind=instrument.get_kind_display(),
        classification=CLASSIFICATIONS[instrument.classification],
        edition_line=_("Edition %(number)s") % {"number": edition.number},
        number=edition.number,
        short_state=_within(edition.get_state_display()),
        strong=state_banner.strong,
        rest=state_banner.rest,
        act=state_banner.act,
        notice=notice(edition),
        demo=_("Demonstration example. This is not a regulation in force.")
        if instrument.demonstration
        else "",
        language_note=_language_note(shown, text, untranslated),
        acts=(
            *(act.text for act in acts_of(edition, text.language)),
            *_corrigenda(edition, corrigenda, text, untranslated, outline),
        ),
        footnote=plain_line(localized_name(instrument.country.footnote)),
        sha256=shown.check(text.language),
        check_of=", ".join(name_of(one) for one in shown.other_numbered(text.language)),
        redacted=instrument.redacts_id is not None,
        address=base_url + links.edition_url(edition),
        base_url=base_url,
        made=moment.isoformat(),
        pictures=_pictures(edition, tree),
    )


def _within(words: str) -> str:
    """Words that begin a line, as they are within one."""
    return words[:1].lower() + words[1:]


def _state_of(row: OutlineRow) -> str:
    """The state of a section's text, for a file in two columns."""
    return {
        Translation.SOURCE: _("original text"),
        Translation.CURRENT: _("up to date"),
        Translation.STALE: _("out of date"),
        Translation.MISSING: _("not translated: original text shown"),
    }[row.state]


def _text(
    texts: Shown,
    text: Text,
    outline: list[OutlineRow],
    corrigenda: list[Corrigendum],
    linked: Linked | None = None,
) -> tuple[SectionTree, tuple[str, ...]]:
    """The tree in the script of the file, with its corrigenda; sections without a translation have the
    original's text."""
    edition = texts.edition
    tree = _linked(tree_for_file(texts.tree(text.language), corrigenda, _reference), linked)
    title = edition.title_in(text.language)
    shown = convert_tree(replace(tree, title=title), text.script.convert)
    source = edition.instrument.source_language
    if text.language == source:
        return shown, ()
    missing = tuple(row.uid for row in outline if row.state == Translation.MISSING)
    if not missing:
        return shown, ()
    originals = _linked(tree_for_file(load_tree(edition, source), corrigenda, _reference), linked).by_uid
    sections = (
        replace(one, text=originals[one.uid].text) if one.uid in missing else one for one in shown.sections
    )
    return replace(shown, sections=tuple(sections)), missing


def _linked(tree: SectionTree, linked: Linked | None) -> SectionTree:
    """The text with its citations, but in sections that were corrected: these have other words."""
    if linked is None:
        return tree
    return with_bodies(tree, {one.uid: linked(one.text.body, one.uid, tree.language) for one in tree})


def _reference(number: int) -> str:
    return f"[{pgettext('a corrigendum, shortened, before its number', 'corr.')} {number}]"


def _corrigenda(
    edition: Edition,
    corrigenda: list[Corrigendum],
    text: Text,
    untranslated: tuple[str, ...],
    outline: list[OutlineRow],
) -> Iterator[str]:
    """Each corrigendum of the text in the file, in a line: where, which words, from when, by which act."""
    source = edition.instrument.source_language
    names = {row.uid: f"{row.label} {row.heading}".strip() for row in outline}
    for one in corrigenda:
        here = one.language == text.language or (one.language == source and str(one.uid) in untranslated)
        if not here:
            continue
        convert = text.script.convert if one.language == text.language else str
        correction = _(
            "Corrigendum %(number)d (%(section)s): “%(words)s” instead of “%(exact)s”, from %(date)s."
        ) % {
            "number": one.number or 0,
            "section": convert(names.get(str(one.uid), "")) or "–",
            "words": convert(one.words),
            "exact": convert(one.exact),
            "date": dates.of_date(one.valid_from, get_language() or "en") if one.valid_from else "–",
        }
        yield plain_line(
            " ".join(
                [one_dot(correction), *(act.text for act in describe_acts(edition, list(one.acts.all())))]
            )
        )


def _authentic(shown: Shown, text: Text) -> str:
    """Of a translation the names of the authentic languages; "" for a text in one of these."""
    return ", ".join(name_of(language) for language in shown.other_authentic(text.language))


def _language_note(shown: Shown, text: Text, untranslated: tuple[str, ...]) -> str:
    """The note on a translation: the authentic languages, and what is out of date or missing."""
    edition = shown.edition
    source = edition.instrument.source_language
    sentences = []
    if names := _authentic(shown, text):
        sentences.append(_("This is a translation. Authentic text: %(languages)s.") % {"languages": names})
        read = shown.shown(text.language)
        current = shown.current(text.language)
        if read is not None and current is not None and (current.number > 1 or read.later):
            sentences.append(_("Translation no. %(number)d.") % {"number": read.number})
            if read.number < current.number:
                sentences.append(_("There is a newer translation."))
    if text.language != source:
        counts = shown.states().get(text.language, {})
        if counts.get(Translation.STALE) and language_state(counts) == Translation.STALE:
            sentences.append(_("Parts of this translation are out of date."))
    if untranslated:
        sentences.append(_("Parts that are not translated are shown in the original language."))
    if edition.state == State.IN_FORCE and edition.recorded:
        sentences.append(_("Adopted before Kodeks."))
    return " ".join(sentences)


def _pictures(edition: Edition, tree: SectionTree) -> dict[str, Picture]:
    """The pictures that the text names and that its readers may fetch."""
    wanted = set().union(*(image_hashes(section.text.body) for section in tree))
    if not wanted:
        return {}
    uses = BlobUse.objects.filter(edition=edition, drafters_only=False, blob__kind="image")
    return {
        use.blob_id: Picture(blobs.read(use.blob), use.blob.content_type, "image")
        for use in uses.select_related("blob")
        if use.blob_id in wanted
    }


def convert_tree(tree: SectionTree, convert: Callable[[str], str]) -> SectionTree:
    """The tree with every text, label and title sent through ``convert``."""
    return replace(
        tree,
        title=convert(tree.title),
        sections=tuple(
            replace(
                section,
                text=SectionText(convert(section.text.label), convert_body(section.text.body, convert)),
            )
            for section in tree.sections
        ),
    )


def convert_body(body: dict[str, Any], convert: Callable[[str], str]) -> dict[str, Any]:
    """The body with its words sent through ``convert``."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: convert(inner) if key in CONVERTED and isinstance(inner, str) else walk(inner)
                for key, inner in value.items()
            }
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    converted: dict[str, Any] = walk(body)
    return converted
