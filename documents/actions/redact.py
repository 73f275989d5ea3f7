"""Make a redacted edition: mark what is left out, have a second person approve it, publish it, end it.

The original never changes and keeps its classification. What everybody reads is an edition of its own, of a
document of its own (docs/decisions/0063): nothing that was left out is in any of its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import audit
from audit.models import Entry
from audit.trail import thing_name
from documents.actions import explain_case_data
from documents.actions.adopt_edition import bring_into_force
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold, hold_instrument
from documents.actions.record_refusal import record_refusals
from documents.choices import Classification, State, Translation
from documents.corrigenda.overlay import corrected_tree
from documents.hashing import hash_of_edition, version_hashes
from documents.language_versions import Shown
from documents.models import (
    Blob,
    BlobUse,
    Edition,
    Ground,
    Instrument,
    LanguageVersion,
    OldSlug,
    Redaction,
    RedactionMark,
)
from documents.models import Section as SectionRow
from documents.models.instruments import OPEN_TO_ALL
from documents.notifications import tell_of_redaction
from documents.signals import edition_moved
from documents.text import body_text, plain_line, plain_text, sha256_of
from documents.text.canonical import edition_hash, language_version_hash, text_hash
from documents.text.case_data import places, traces
from documents.text.extraction import picture_uses
from documents.text.redact import TITLE, Mark, Spot, find_words, redact, remaining, taken_out
from documents.text.redact import to_confirm as places_to_confirm
from documents.text.section import SectionTree
from documents.text_storage import language_state, section_states, text_columns, tree_key
from documents.translation.scripts import LATIN, script_of
from people.access import require
from people.models import User
from people.roles import Verb

OLDER = "0" * 64
"""The hash of an original that no longer is: a translation that was out of date stays so."""
AT_WORK = (Redaction.State.DRAFT, Redaction.State.PROPOSED)
ENDING = "-redacted"
CONFIRMS = Q(end=0)
"""Rows that leave nothing out: a person says that all words are marked there."""
SHAPING = ("unmark_redaction", "confirm_redacted_words")
"""Acts whose rows in the marks may be gone."""


@dataclass(frozen=True)
class Redacted:
    """What a redaction comes to: its texts by language, and the hashes of the original and of itself."""

    trees: dict[str, SectionTree]
    source_sha256: str
    sha256: str
    left: tuple[str, ...]
    """The uids of sections in which words still stand that were taken out elsewhere."""


@record_refusals("start_redaction")
def start(by: User, edition: Edition) -> Redaction:
    """Begins a redaction of an edition in force, with the marks of the published one, if there is one."""
    require(by, Verb.CLASSIFY, edition.instrument)
    with transaction.atomic():
        locked = hold(edition)
        if locked.state != State.IN_FORCE:
            raise ActionError(_("Only an edition in force can have a redacted edition."))
        if locked.instrument.classification in OPEN_TO_ALL:
            raise ActionError(_("Everybody may read this document. Restrict its classification first."))
        if Redaction.objects.filter(edition=locked, state__in=AT_WORK).exists():
            raise ActionError(_("A redacted edition is already being prepared."), "running")
        created = Redaction.objects.create(edition=locked, created_by=by)
        former = Redaction.objects.filter(edition=locked, state=Redaction.State.PUBLISHED).first()
        for mark in former.marks.all() if former else ():
            # Whoever begins takes them over: another coordinator approves them.
            mark.pk, mark.redaction, mark.by = None, created, by
            mark.save(force_insert=True)
        audit.record("start_redaction", locked, by)
    return created


def mark_part(
    by: User, redaction: Redaction, uid: str, language: str, blocks: Sequence[int], ground: str, why: str
) -> None:
    """Leaves out blocks of a section, or all of it where none is named."""
    why = _checked(by, redaction, ground, why)
    tree = texts(redaction.edition)[language]
    if uid not in tree.by_uid:
        raise ActionError(_("Choose what to leave out."), "none_chosen")
    sha256 = text_hash(tree.by_uid[uid].text.body)
    with _drafted(redaction) as locked:
        chosen: Sequence[int | None] = blocks or [None]
        for block in chosen:
            _create(locked, by, uid, language, ground, why, block=block, text_hash=sha256 if blocks else "")


def mark_words(
    by: User, redaction: Redaction, words: str, language: str, ground: str, why: str, uid: str | None = None
) -> int:
    """Leaves words out wherever they stand in a section, or without one in the whole document and its title.
    Gives in how many places."""
    why = _checked(by, redaction, ground, why)
    words = plain_line(words)
    if len(words) < 2:
        raise ActionError(_("Enter the words as they stand in the text, from one paragraph."), "quote")
    tree = texts(redaction.edition)[language]
    found = [
        (section.uid, place, text_hash(section.text.body))
        for section in tree
        if uid is None or section.uid == uid
        for place in find_words(body_text(section.text.body, heading=True), words)
    ]
    if uid is None:
        found += [(TITLE, place, "") for place in find_words(tree.title, words)]
    if not found:
        raise ActionError(_("These words are not in the text."), "quote")
    with _drafted(redaction) as locked:
        for where, (start, end), sha256 in found:
            at = {"start": start, "end": end, "text_hash": sha256}
            _create(locked, by, where, language, ground, why, **at)
    return len(found)


def to_confirm(redaction: Redaction, trees: Mapping[str, SectionTree]) -> dict[Spot, list[Mark]]:
    """The places of which a person says whether all words are marked in each language."""
    return places_to_confirm(trees, [_mark(row, 0) for row in redaction.marks.all()])


def confirmed(redaction: Redaction) -> set[Spot]:
    """The places of which somebody said so; a change of the marks of a section takes that back."""
    rows = [one for one in redaction.marks.all() if one.confirms]
    return {(str(one.uid) if one.uid else TITLE, one.language, one.block) for one in rows}


def confirm_all_words(by: User, redaction: Redaction, spots: Collection[Spot]) -> None:
    """Says of these places, and of no others, that all is marked there that other languages lose by words:
    only the words are left out, and no longer the whole paragraph."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    trees = texts(redaction.edition)
    with _drafted(redaction) as locked:
        wanted = to_confirm(locked, trees).keys() & set(spots)
        if wanted == confirmed(locked):
            return
        locked.marks.filter(CONFIRMS).delete()
        for uid, language, block in sorted(wanted, key=str):
            sha256 = text_hash(trees[language].by_uid[uid].text.body) if uid else ""
            place = {"block": block, "start": 0, "end": 0, "text_hash": sha256}
            locked.marks.create(uid=UUID(uid) if uid else None, language=language, by=by, **place)
        audit.record("confirm_redacted_words", locked.edition, by, count=len(wanted))


def _checked(by: User, redaction: Redaction, ground: str, why: str) -> str:
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    why = plain_line(why)[:300]
    if ground not in Ground.values:
        raise ActionError(_("Choose the legal ground."), "none_chosen")
    if not why:
        raise ActionError(
            _("Enter the reason. Everybody who reads the redacted edition reads it."), "no_reason"
        )
    if traces(why):
        raise ActionError(_("Explain it without the number or the name itself."), "no_reason")
    return why


class _drafted:
    """The redaction as it is now, locked. Raises ActionError unless it is still being prepared."""

    def __init__(self, redaction: Redaction, *states: str) -> None:
        self.redaction, self.states = redaction, states or (Redaction.State.DRAFT,)
        self.atomic = transaction.atomic()

    def __enter__(self) -> Redaction:
        self.atomic.__enter__()
        try:
            edition = hold(self.redaction.edition)
            hold_instrument(edition)
            locked = Redaction.objects.select_for_update(no_key=True).get(pk=self.redaction.pk)
            if locked.state not in self.states:
                raise ActionError(_("Somebody else has changed this redacted edition. Look at it again."))
            locked.edition = edition
        except BaseException as problem:
            self.atomic.__exit__(type(problem), problem, problem.__traceback__)
            raise
        return locked

    def __exit__(self, *problem: Any) -> None:
        self.atomic.__exit__(*problem)


def _create(
    redaction: Redaction, by: User, uid: str, language: str, ground: str, why: str, **place: Any
) -> None:
    at = {"uid": UUID(uid) if uid else None, "language": language, **place}
    if not redaction.marks.filter(**at).exists():
        redaction.marks.filter(CONFIRMS, uid=at["uid"]).delete()
        redaction.marks.create(ground=ground, words=why, by=by, **at)


def unmark(by: User, redaction: Redaction, marks: Sequence[int]) -> None:
    """What was marked stays in again."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with _drafted(redaction) as locked:
        gone = locked.marks.filter(pk__in=marks)
        uids = list(gone.values_list("uid", flat=True))
        if not uids:
            return
        audit.record("unmark_redaction", locked.edition, by, count=len(uids))
        gone.delete()
        here = Q(uid__in=[one for one in uids if one]) | (Q(uid=None) if None in uids else Q(pk=None))
        locked.marks.filter(CONFIRMS & here).delete()


def discard(by: User, redaction: Redaction) -> None:
    """Gives up a redaction that was not proposed; a published one stays as it is."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with _drafted(redaction) as locked:
        audit.record("discard_redaction", locked.edition, by)
        locked.delete()


def texts(edition: Edition) -> dict[str, SectionTree]:
    """The texts that readers of the original have, in every language with a finished one."""
    states = Shown(edition).states()
    source = edition.instrument.source_language
    there = [one for one, counts in states.items() if language_state(counts) != Translation.MISSING]
    return {
        language: replace(corrected_tree(edition, language), title=edition.title_in(language))
        for language in sorted({source, *there}, key=lambda one: one != source)
    }


def make(redaction: Redaction) -> Redacted:
    """The redacted texts and both hashes, computed from what is stored now."""
    edition = redaction.edition
    original = texts(edition)
    rows = list(redaction.marks.all())
    marks = [_mark(row, number) for number, row in enumerate(rows)]
    trees = redact(original, marks, lambda language, mark: note(rows[mark.note], original[language]))
    left = {
        section.uid
        for tree in trees.values()
        for section in remaining(tree, taken_out(original[tree.language], marks))
    }
    trees = {language: replace(tree, title=_titled(tree)) for language, tree in trees.items()}
    keys = {language: tree_key(tree) for language, tree in original.items()}
    return Redacted(trees, sha256_of([edition.sha256, keys]), _hash(edition, trees), tuple(sorted(left)))


def _mark(row: RedactionMark, number: int) -> Mark:
    uid = str(row.uid) if row.uid else TITLE
    place = (row.block, row.start or 0, row.end or 0)
    return Mark(uid, row.language, *place, row.text_hash, number, all_words=row.confirms)


def note(row: RedactionMark, tree: SectionTree) -> str:
    """What stands in the place of something left out, in the language and script of the text. The reason in
    words was written for one language; the ground is there in all."""
    with translation.override(_tag(tree)):
        ground = str(Ground(row.ground).label)
        if row.language != tree.language:
            return _("[Left out: %(ground)s]") % {"ground": ground}
        return _("[Left out: %(ground)s. %(reason)s]") % {"ground": ground, "reason": row.words}


def _titled(tree: SectionTree) -> str:
    with translation.override(_tag(tree)):
        return _("%(title)s (redacted edition)") % {"title": tree.title}


def _tag(tree: SectionTree) -> str:
    if tree.language != "sr":
        return tree.language
    sample = " ".join([tree.title, *(section.text.heading for section in tree.sections[:60])])
    return "sr-latn" if script_of(sample) == LATIN else "sr-cyrl"


def _hash(edition: Edition, trees: dict[str, SectionTree]) -> str:
    instrument = edition.instrument
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False)
    covered = set(authentic.values_list("language", flat=True))
    hashes = [(one, language_version_hash(tree)) for one, tree in trees.items() if one in covered]
    twin = Instrument.objects.filter(redacts=instrument).first()
    path = twin.path if twin else f"{instrument.country_id}/{_address(instrument)}"
    return edition_hash(path, edition.number, hashes)


@record_refusals("propose_redaction", of=lambda redaction: redaction.edition)
def propose(by: User, redaction: Redaction) -> None:
    """Asks a second coordinator. Raises NotReady where nothing is marked, or where it holds case data."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with _drafted(redaction) as locked:
        if not locked.marks.exclude(CONFIRMS).exists():
            raise NotReady([Problem(_("Mark at least one place that is left out."))])
        made = make(locked)
        _check_case_data(locked.edition, made)
        locked.state = Redaction.State.PROPOSED
        locked.source_sha256, locked.sha256 = made.source_sha256, made.sha256
        locked.proposed_by, locked.proposed = by, timezone.now()
        locked.save()
        audit.record("propose_redaction", locked.edition, by, sha256=made.sha256)
        tell_of_redaction(by, locked, made.trees[locked.edition.instrument.source_language].title)


def _check_case_data(edition: Edition, made: Redacted) -> None:
    """What everybody will read holds no case data that nobody explained."""
    for one in explain_case_data.unanswered(edition, list(made.trees)):
        section = made.trees[one.language].by_uid.get(one.uid)
        if section is not None and places(section.text.body):
            raise NotReady([_case_data()])
    if any(traces(tree.title) for tree in made.trees.values()):
        raise NotReady([_case_data()])


def _case_data() -> Problem:
    message = _(
        "What is left may contain case data. Leave it out, or let a second person say why it is none."
    )
    return Problem(message, "case_data", "case_data")


def send_back(by: User, redaction: Redaction, reason: str) -> None:
    """The second person returns it, or who proposed it takes it back: it is prepared again."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    reason = plain_text(reason)[:1000]
    if by.pk != redaction.proposed_by_id and not reason:
        raise ActionError(_("Enter what should change."), "no_reason")
    with _drafted(redaction, Redaction.State.PROPOSED) as locked:
        audit.record("return_redaction", locked.edition, by, reason=reason)
        locked.state = Redaction.State.DRAFT
        locked.save(update_fields=["state"])


def why_not(by: User, redaction: Redaction) -> str:
    """Why a person may not approve a redaction; empty where they may: whoever began, marked, unmarked or
    proposed prepared it."""
    here = {"thing": thing_name(redaction.edition), "actor": by.actor, "refused": False}
    shaped = Entry.objects.filter(**here, verb__in=SHAPING, at__gte=redaction.created)
    began = by.pk in (redaction.created_by_id, redaction.proposed_by_id)
    if began or redaction.marks.filter(by=by).exists() or shaped.exists():
        return _("You prepared this. Another coordinator must approve it.")
    return ""


@record_refusals("approve_redaction", of=lambda redaction: redaction.edition)
def approve(by: User, redaction: Redaction, source_sha256: str, sha256: str) -> Edition:
    """Publishes the redacted edition that the page showed, by the hashes of the original and of itself. The
    one before it is withdrawn."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    with _drafted(redaction, Redaction.State.PROPOSED) as locked:
        edition = locked.edition
        if why := why_not(by, locked):
            raise ActionError(why, "not_second")
        if edition.state != State.IN_FORCE or edition.instrument.classification in OPEN_TO_ALL:
            raise ActionError(_("You can't do this in the current state of the text."))
        made = make(locked)
        now, stored = (made.source_sha256, made.sha256), (locked.source_sha256, locked.sha256)
        if now != stored or now != (source_sha256, sha256):
            raise ActionError(_("The text has changed since it was proposed. Send it back."), "changed")
        _check_case_data(edition, made)
        for former in Redaction.objects.filter(edition=edition, state=Redaction.State.PUBLISHED):
            _end(former, by)
        public = _store(by, edition, made)
        # Before the rows: the database takes none of which the trail does not tell.
        audit.record("approve_redaction", edition, by, sha256=sha256)
        audit.record("publish_redacted", public, by, sha256=sha256)
        locked.state, locked.public_edition = Redaction.State.PUBLISHED, public
        locked.approved_by, locked.approved = by, timezone.now()
        locked.save()
        bring_into_force(public, by)
    return public


def _store(by: User, edition: Edition, made: Redacted) -> Edition:
    """The redacted texts as an edition of the public document, still a draft."""
    twin = _twin(edition.instrument, made)
    former = Edition.objects.filter(instrument=twin, state__in=(State.IN_FORCE, State.SUPERSEDED)).first()
    public = Edition(
        instrument=twin,
        number=edition.number,
        created_by=by,
        valid_from=edition.valid_from,
        recorded=edition.recorded,
        supersedes=former,
    )
    for language, tree in made.trees.items():
        setattr(public, f"title_{language}", tree.title)
    public.save()
    _store_sections(edition, public, made)
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False)
    covered = set(authentic.values_list("language", flat=True))
    hashes = version_hashes(public, made.trees)
    LanguageVersion.objects.bulk_create(
        LanguageVersion(edition=public, language=one, authentic=one in covered, sha256=hashes[one])
        for one in made.trees
    )
    public.sha256 = hash_of_edition(public, hashes)
    if public.sha256 != made.sha256:
        raise ActionError(_("The text has changed since it was proposed. Send it back."), "changed")
    public.save(update_fields=["sha256"])
    return public


def _twin(instrument: Instrument, made: Redacted) -> Instrument:
    """The document that has the redacted editions; it is created with the first one."""
    found = Instrument.objects.filter(redacts=instrument).first()
    if found is not None:
        if not set(made.trees) <= set(found.languages):
            raise ActionError(
                _("The redacted document does not have this language yet. Contact the operator.")
            )
        return found
    created = Instrument(
        country_id=instrument.country_id,
        owner_id=instrument.owner_id,
        slug=_address(instrument),
        kind=instrument.kind,
        level=instrument.level,
        topics=instrument.topics,
        languages=instrument.languages,
        source_language=instrument.source_language,
        authentic_languages=instrument.authentic_languages,
        classification=Classification.PUBLIC,
        demonstration=instrument.demonstration,
        redacts=instrument,
    )
    for language, tree in made.trees.items():
        setattr(created, f"title_{language}", tree.title)
    created.save()
    return created


def _address(instrument: Instrument) -> str:
    """An address that no document of the country has or had, and that says nothing of the title."""
    wanted = f"{instrument.kind.replace('_', '-')}-{instrument.pk}"[: 60 - len(ENDING) - 3]
    here, n, address = {"country": instrument.country_id}, 1, wanted + ENDING
    while (
        Instrument.objects.filter(slug=address, **here).exists()
        or OldSlug.objects.filter(slug=address, **here).exists()
    ):
        n += 1
        address = f"{wanted}{ENDING}-{n}"
    return address


def _store_sections(edition: Edition, public: Edition, made: Redacted) -> None:
    source = edition.instrument.source_language
    states = {one: section_states(edition).of(one) for one in made.trees if one != source}
    sections: list[SectionRow] = []
    pictures: set[str] = set()
    for position, original in enumerate(made.trees[source]):
        row = SectionRow(
            edition=public,
            uid=UUID(original.uid),
            position=position,
            level=original.level,
            kind=original.kind,
            origins=list(original.origins),
        )
        for language, tree in made.trees.items():
            text = tree.by_uid[original.uid].text
            if text.empty and language != source:
                continue
            stale = language != source and states[language].get(original.uid) == Translation.STALE
            made_from = None if language == source else OLDER if stale else text_hash(original.text.body)
            columns = text_columns(language, text.body, label=text.label, source_hash=made_from)
            for column, value in columns.items():
                setattr(row, column, value)
            pictures.update(picture_uses(text.body))
        sections.append(row)
    SectionRow.objects.bulk_create(sections, batch_size=200)
    uses = BlobUse.objects.filter(edition=edition, blob__in=pictures, blob__kind=Blob.Kind.IMAGE)
    for use in uses.filter(drafters_only=False):
        ending = use.name.rpartition(".")[2]
        # A file's name may say what its caption no longer does.
        BlobUse.objects.get_or_create(
            edition=public, blob_id=use.blob_id, language=use.language, defaults={"name": f"picture.{ending}"}
        )


@record_refusals("end_redaction", of=lambda redaction: redaction.edition)
def end(by: User, redaction: Redaction, reason: str) -> None:
    """Takes a redacted edition off the public site, at once and by one person."""
    require(by, Verb.CLASSIFY, redaction.edition.instrument)
    reason = plain_text(reason)[:1000]
    if not reason:
        raise ActionError(_("Enter the reason."), "no_reason")
    with _drafted(redaction, Redaction.State.PUBLISHED) as locked:
        _end(locked, by, reason)


def _end(redaction: Redaction, by: User, reason: str = "") -> None:
    public = redaction.public_edition
    assert public is not None  # noqa: S101 - what is published has its edition
    redaction.state, redaction.ended = Redaction.State.ENDED, timezone.now()
    redaction.save(update_fields=["state", "ended"])
    audit.record("end_redaction", redaction.edition, by, reason=reason)
    _move(public, State.WITHDRAWN, by)


def _move(public: Edition, state: State, by: User | None, **columns: Any) -> None:
    locked = hold(public)
    was, locked.state = locked.state, state
    for name, value in columns.items():
        setattr(locked, name, value)
    locked.save(update_fields=["state", *columns])
    verb = "supersede" if state == State.SUPERSEDED else str(state)
    audit.record(verb, locked, by)
    edition_moved.send(sender=Edition, edition=locked, before=was)


def follow(edition: Edition) -> None:
    """A redacted edition ends with its original, on the same day."""
    found = Redaction.objects.filter(edition=edition, state=Redaction.State.PUBLISHED)
    for redaction in found.select_related("public_edition"):
        public = redaction.public_edition
        if public is not None and public.state == State.IN_FORCE:
            _move(public, State(edition.state), None, valid_until=edition.valid_until)


def published(instrument: Instrument) -> bool:
    """Whether everybody reads a redacted edition of a document."""
    return Redaction.objects.filter(edition__instrument=instrument, state=Redaction.State.PUBLISHED).exists()
