"""Who said what in a Word file that came back: the authors of its changes, and its comments as comments."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from documents.models import Comment, ReturnedFile
from documents.suggestions.suggestion import Suggested
from documents.text import Section, SectionTree, plain_line, plain_text
from documents.word.comments import WordComment
from documents.word.review.beside import COVER, FOOTER, HEADER, ChangeBeside
from documents.word.review.tracked import TrackedChange

WORD = re.compile(r"\w+")
LONGEST = 5_000
"""A comment's text."""


def with_those_behind(
    changes: Mapping[str, list[TrackedChange]], refused: SectionTree
) -> dict[str, list[TrackedChange]]:
    """The tracked changes by their sections; for one that has none, those in the next one that has some: words that are deleted
    over the end of a section belong to the text that is left of both."""
    found = dict(changes)
    behind: list[TrackedChange] = []
    for section in reversed(refused.sections):
        behind = found[section.uid] = changes.get(section.uid) or behind
    return found


def who(found: Suggested, changes: list[TrackedChange]) -> tuple[str, datetime | None]:
    """Who made a change, and when: those whose words it holds, or who had a hand in its words; where none fits, all who
    changed the section."""
    recorded = [change for change in changes if change.kind != "format"]
    said = [change for change in recorded if change.text.strip()]
    fitting = [c for c in said if c.text.strip() == (found.new if c.inserted else found.old).strip()]
    if (
        not fitting
        and found.old != found.new
        and found.old.split()
        and _letters(found.old) == _letters(found.new)
    ):
        # Paragraphs that were only joined or divided: an end of one has no words.
        fitting = [change for change in recorded if change.of == "paragraph"]
    if not fitting:
        fitting = [c for c in said if c.text.strip() in (found.new if c.inserted else found.old)]
    if not fitting:
        fitting = [
            change
            for change in said
            if any(part and part in change.text for part in (found.new.strip(), found.old.strip()))
        ]
    if not fitting:
        fitting = [c for c in said if _words(c.text) & _words(found.new if c.inserted else found.old)]
    if not fitting and found.old == found.new:
        fitting = [c for c in changes if c.kind == "format" and _words(c.text) & _words(found.new)]
    fitting = fitting or recorded or changes
    names = dict.fromkeys(plain_line(change.author) for change in fitting if change.author)
    return ", ".join(names)[:240], max((d for d in (_date(c.date) for c in fitting) if d), default=None)


def _letters(text: str) -> str:
    return "".join(text.split())


def _words(text: str) -> set[str]:
    return set(WORD.findall(text))


def _date(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None:
        return None
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


def keep_comments(
    returned: ReturnedFile,
    comments: Sequence[WordComment],
    names: dict[str, str],
    draft: SectionTree,
    texts: Sequence[SectionTree],
) -> list[Comment]:
    """Keeps the comments and gives them; answers stay answers. What is said of a section that the draft does not have
    (it is new in the file, or was taken out of the draft) stands at the nearest one before it in the file's ``texts``, with
    the words that it is about. What is longer than a comment goes on in answers."""
    kept: dict[str, Comment] = {}
    all_made: list[Comment] = []
    nearest = _nearest(draft, texts)
    for comment in comments:
        uid = names.get(comment.uid, comment.uid)
        if not comment.text:
            continue
        if uid not in draft.by_uid:
            uid = nearest.get(uid, draft.sections[0].uid)
        answered = kept.get(comment.parent)
        parent = (answered.parent or answered) if answered else None
        text = plain_text(comment.text)
        for start in range(0, len(text), LONGEST):
            made = Comment.objects.create(
                edition=returned.edition,
                uid=uuid.UUID(uid),
                language=returned.language,
                parent=parent,
                author=None,
                author_name=plain_line(comment.author)[:120],
                quote="" if parent else plain_text(comment.quote)[:2000],
                text=text[start : start + LONGEST],
                written=_date(comment.date) or timezone.now(),
            )
            all_made.append(made)
            kept.setdefault(comment.id, made)
            parent = parent or made
    return all_made


def keep_beside(returned: ReturnedFile, beside: Sequence[ChangeBeside], draft: SectionTree) -> list[Comment]:
    """What was changed where the draft has no text of its own (on the cover, in headers and footers) is told as a comment at
    the first section, in its author's name, without tracking in that of the file: with the words as they were, and as they are
    to be."""
    where = {
        (COVER, True): _("Changed in Word before the first section."),
        (HEADER, True): _("Changed in Word in the header of the pages."),
        (FOOTER, True): _("Changed in Word in the footer of the pages."),
        (COVER, False): _("Changed in Word before the first section, without tracking."),
        (HEADER, False): _("Changed in Word in the header of the pages, without tracking."),
        (FOOTER, False): _("Changed in Word in the footer of the pages, without tracking."),
    }
    gone = _("(taken out)")
    return [
        Comment.objects.create(
            edition=returned.edition,
            uid=uuid.UUID(draft.sections[0].uid),
            language=returned.language,
            author=None,
            author_name=plain_line(change.author if change.tracked else returned.name)[:120],
            quote=plain_text(change.old),
            text=f"{where[change.where, change.tracked]}\n{plain_text(change.new) or gone}",
            written=_date(change.date) or timezone.now(),
        )
        for change in beside
    ]


def keep_missing(returned: ReturnedFile, uids: Collection[str], draft: SectionTree) -> list[Comment]:
    """Of sections whose words stand in no section of the file, a comment at each in the file's name."""
    said = _(
        "The heading of this section was taken out or made text in the Word file, and its words stand in no section there."
        " Compare the two."
    )
    return [_by_file(returned, section, said) for section in draft if section.uid in uids]


def keep_unsure(returned: ReturnedFile, uids: Collection[str], draft: SectionTree) -> list[Comment]:
    """Of sections whose heading has another look, which may be nobody's wish, a comment at each in the file's name."""
    said = _(
        "In the Word file the heading of this section looks like text, or like a heading of another level. Some programs do that"
        " by themselves where the paragraph before it is deleted. Compare the two."
    )
    return [_by_file(returned, section, said) for section in draft if section.uid in uids]


def keep_sent_unsure(returned: ReturnedFile, uids: Collection[str], draft: SectionTree) -> list[Comment]:
    """Of sections that were taken out or joined in the file, and of which nothing tells with which words they went out, a
    comment at each in the file's name."""
    said = _(
        "The heading of this section is gone from the Word file. The section was changed here at about the time when the file was"
        " made, so it can't be told which of its texts the file had. Compare the two before you accept anything."
    )
    return [_by_file(returned, section, said) for section in draft if section.uid in uids]


def _by_file(returned: ReturnedFile, section: Section, said: str) -> Comment:
    return Comment.objects.create(
        edition=returned.edition,
        uid=uuid.UUID(section.uid),
        language=returned.language,
        author=None,
        author_name=plain_line(returned.name)[:120],
        text=said,
        written=timezone.now(),
    )


def _nearest(draft: SectionTree, texts: Sequence[SectionTree]) -> dict[str, str]:
    """For every section of the file that the draft does not have, the one before it that it has; before all, the first."""
    found: dict[str, str] = {}
    for text in texts:
        last = draft.sections[0].uid
        for section in text:
            if section.uid in draft.by_uid:
                last = section.uid
            else:
                found.setdefault(section.uid, last)
    return found
