"""What the page of one section in one language shows."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.access.rights import assignments_of, writable_languages, writes_all
from documents.actions.explain_case_data import find
from documents.actions.find_doubts import unread_stored
from documents.actions.keep_working_copy import present
from documents.choices import CommentOutcome, State, Translation
from documents.display import links
from documents.display.language import name_of
from documents.editions.text_history import in_force_text, text_by_hash
from documents.editions.text_storage import EMPTY, OutlineRow, load_outline, translation_state
from documents.models import Comment, Edition, Suggestion, WorkingCopy
from documents.models import Section as SectionRow
from documents.pages.case_data import found_in
from documents.pages.desk.glossary_terms import terms_in
from documents.pages.desk.rendering import drawn_change, drawn_text, section_change
from documents.pages.desk.suggestion_cards import Group, groups
from documents.pages.desk.translation_memory import offers_for
from documents.pages.desk.worklist import waiting_rows
from documents.text import body_text
from documents.text.case_data import Place, places
from people.models import User
from people.requests import OfficeRequest
from theme import locales
from theme.localized_names import localized_name

NO_SHA = "0" * 64


def unexplained(edition: Edition, uid: str, language: str, body: Any, label: str = "") -> list[Place]:
    """Where the stored text ``body`` looks like case data, or the section's number ``label``, unless a second
    person has said why it is none."""
    found = find(edition, [language], uid) if places(body, label) else []
    return [place for one in found if one.answer is None for place in one.places]


class SectionPage:
    """A section as one request writes it. Http404 where there is none, if it ``must_exist``."""

    def __init__(
        self, request: OfficeRequest, edition: Edition, uid: UUID, language: str, must_exist: bool = True
    ) -> None:
        self.request = request
        self.edition = edition
        self.uid = str(uid)
        self.language = language
        self.source = edition.instrument.source_language
        names = [
            f"body_{language}",
            f"text_hash_{language}",
            f"source_hash_{language}",
            f"body_{self.source}",
            f"text_hash_{self.source}",
        ]
        # By name: in the source's own language two of the columns are one.
        row = SectionRow.objects.filter(edition=edition, uid=uid).values(*names).first()
        if row is None:
            if must_exist:
                raise Http404
            row = {}
        self.body: dict[str, Any] = row.get(f"body_{language}") or EMPTY
        self.hash: str = row.get(f"text_hash_{language}") or ""
        self.made_from: str = row.get(f"source_hash_{language}") or ""
        self.source_body: dict[str, Any] = row.get(f"body_{self.source}") or EMPTY
        self.source_hash: str = row.get(f"text_hash_{self.source}") or ""

    @property
    def is_source(self) -> bool:
        return self.language == self.source

    @property
    def state(self) -> Translation:
        return translation_state(self.language, self.source, self.hash, self.made_from, self.source_hash)

    @cached_property
    def outline(self) -> list[OutlineRow]:
        return load_outline(self.edition, self.language)

    @cached_property
    def source_outline(self) -> list[OutlineRow]:
        return self.outline if self.is_source else load_outline(self.edition, self.source)

    @cached_property
    def here(self) -> int | None:
        return next((index for index, row in enumerate(self.outline) if row.uid == self.uid), None)

    @property
    def label(self) -> str:
        """The number of the section in this language."""
        return self.outline[self.here].label if self.here is not None else ""

    def frame(self) -> dict[str, Any]:
        """Where one is: the document, the section, its languages, the sections before and after."""
        here = self.here
        row = self.outline[here] if here is not None else None
        source_row = self.source_outline[here] if here is not None else None
        heading = (row.heading if row else "") or (source_row.heading if source_row else "")
        return {
            "edition": self.edition,
            "title": self.edition.title_in(self.language),
            "uid": self.uid,
            "language": self.language,
            "language_name": name_of(self.language),
            "html_lang": locales.html_lang(self.language),
            "is_source": self.is_source,
            "source_name": name_of(self.source),
            "source_lang": locales.html_lang(self.source),
            "label": _number(row, source_row) if row and source_row else "",
            "heading": heading,
            "state": self.state,
            "languages": self._languages(),
            "previous": self._neighbour(-1),
            "next": self._neighbour(1),
            "page_url": self._url(self.uid, self.language),
        }

    def context(
        self,
        unsaved: Any = None,
        expected: str | None = None,
        shown: str | None = None,
        copy: WorkingCopy | None = None,
    ) -> dict[str, Any]:
        """Everything for the editor's page. ``unsaved`` is a text to begin with. ``shown`` is the hash of the
        original next to which it was written, where that has changed. ``copy`` is all of this, from an
        earlier visit."""
        if copy:
            unsaved, expected, shown = copy.body, copy.base_hash, copy.source_hash or None
        moved = expected is not None and expected != self.hash
        body = unsaved or self.body
        shown = self.source_hash if shown is None else shown
        return self.frame() | {
            "body": json.dumps(body, ensure_ascii=False),
            "expected": self.hash if expected is None else expected,
            "shown": shown,
            "moved_on": not self.is_source and shown != self.source_hash,
            "waiting": self._next_waiting(),
            "unsaved": unsaved is not None,
            "copy": copy,
            "copy_is_of_today": copy is not None and timezone.localdate(copy.at) == timezone.localdate(),
            "copy_window": copy.window if copy else "",
            "copy_moved_on": copy is not None and moved,
            "present": others_here(self.request.user, self.edition, self.uid, self.language),
            "other": self._other() if unsaved and (moved or not copy) else None,
            "words": json.dumps(editor_messages(), ensure_ascii=False),
            # What follows an adoption has the pictures of the original, and no others.
            "takes_pictures": self.edition.state == State.DRAFT,
            "pictures": links.file_url(NO_SHA, "picture").replace(NO_SHA, "SHA256"),
            "sections": self._reference_choices(),
            "beside": self._original(shown),
            "unread": [] if self.is_source else [*unread_stored(self.edition, self.language, self.uid)],
            "former": self.former(),
            "comments": self._comments(),
            "suggestions": self._suggestions(),
            "places": found_in(unexplained(self.edition, self.uid, self.language, self.body, self.label)),
            "comments_url": links.section_url(self.edition, self.uid, text=self.language),
        }

    def _other(self) -> dict[str, SafeString]:
        return drawn_text(self.edition, self.body, self.language, "other-")

    def _url(self, uid: str, language: str) -> str:
        return reverse("desk:section", args=[self.edition.pk, uid, language])

    def _languages(self) -> list[dict[str, Any]]:
        names = [
            f"{name}_{code}"
            for code in self.edition.instrument.languages
            for name in ("text_hash", "source_hash")
        ]
        row = SectionRow.objects.filter(edition=self.edition, uid=self.uid).values(*names).first() or {}
        writable = writable_languages(self.request.user, self.edition)
        return [
            {
                "code": code,
                "name": name_of(code),
                "lang": locales.html_lang(code),
                "url": self._url(self.uid, code),
                "current": code == self.language,
                "state": translation_state(
                    code,
                    self.source,
                    row.get(f"text_hash_{code}"),
                    row.get(f"source_hash_{code}"),
                    self.source_hash,
                ),
            }
            for code in self.edition.instrument.languages
            if code in writable
        ]

    def _neighbour(self, step: int) -> dict[str, str] | None:
        if self.here is None or not 0 <= self.here + step < len(self.outline):
            return None
        return self._link(self.here + step)

    def _next_waiting(self) -> dict[str, str] | None:
        """The next section that the person has to write or update. One assigned to them is first, then the
        order of the text, from here on."""
        user, here = self.request.user, self.here or 0
        own = assignments_of(user).filter(edition=self.edition, language=self.language)
        mine = set(map(str, own.values_list("uid", flat=True)))
        waiting = {row.uid for row in waiting_rows(self.edition, self.language, self.outline)} - {self.uid}
        if not writes_all(user, self.edition, self.language):
            waiting &= mine
        places = [place for place, row in enumerate(self.outline) if row.uid in waiting]
        first = min(
            places,
            key=lambda place: (self.outline[place].uid not in mine, place < here, place),
            default=None,
        )
        return None if first is None else self._link(first)

    def _link(self, place: int) -> dict[str, str]:
        row, source_row = self.outline[place], self.source_outline[place]
        return {
            "url": self._url(row.uid, self.language),
            "words": f"{_number(row, source_row)} {row.heading or source_row.heading}".strip(),
        }

    def _reference_choices(self) -> list[dict[str, str]]:
        found = []
        for row, source_row in zip(self.outline, self.source_outline, strict=True):
            heading = row.heading or source_row.heading
            found.append(
                {
                    "uid": row.uid,
                    "indent": "\u2003" * (row.level - 1),
                    "words": " ".join(filter(None, [_number(row, source_row), heading])) or "–",
                }
            )
        return found

    def _original(self, shown: str) -> dict[str, Any] | None:
        """The source text and its changes since this translation was made from it. Or since the text with the
        hash ``shown`` was next to it."""
        if self.is_source:
            return None
        since = self.made_from if self.state == Translation.STALE else ""
        since = shown if shown != self.source_hash else since
        former = text_by_hash(self.edition, self.uid, self.source, since)
        change = section_change(former, self.source_body, self.source) if former is not None else None
        return {
            "label": self.source_outline[self.here].label if self.here is not None else "",
            "now": drawn_text(self.edition, self.source_body, self.source, "src-"),
            "change": drawn_change(change, _("When translated"), _("Now")) if change else None,
            # Nothing to be read changed (an image's bytes, what Word keeps): the translator should know that,
            # too.
            "reads_the_same": former is not None and change is None,
            "hash": self.source_hash,
            "terms": terms_in(body_text(self.source_body, heading=True), self.source, self.language),
            "offers": offers_for(
                self.request.user, self.edition, self.uid, self.language, self.source_body, self.body
            ),
        }

    def former(self) -> dict[str, Any] | None:
        """What the draft changes in this language against the edition in force."""
        former = in_force_text(self.edition, self.uid, self.language)
        if former is None:
            return None
        change = section_change(former, self.body, self.language)
        return {
            "change": drawn_change(change, _("In force"), _("Draft"), "f") if change else None,
            "number": self.edition.supersedes.number if self.edition.supersedes else None,
        }

    def _suggestions(self) -> Group | None:
        """What waits from Word for this section in this language."""
        found = Suggestion.objects.filter(
            edition=self.edition, uid=self.uid, language=self.language, state=Suggestion.State.OPEN
        ).select_related("decided_by")
        return next(iter(groups(self.request.user, self.edition, found)), None)

    def _comments(self) -> list[dict[str, Any]]:
        accepted = Q(outcome__in=(CommentOutcome.ACCEPTED, CommentOutcome.PARTLY), applied=None) & ~Q(
            suggestion=""
        )
        found = (
            Comment.objects.filter(
                accepted | Q(resolved=None), edition=self.edition, uid=self.uid, parent=None
            )
            .select_related("author", "institution")
            .prefetch_related("replies__author")
        )
        return [
            {
                "comment": comment,
                "name": localized_name(comment.author.name if comment.author else comment.author_name),
                "language": name_of(comment.language) if comment.language != self.language else "",
                "replies": [
                    {
                        "name": localized_name(reply.author.name if reply.author else reply.author_name),
                        "text": reply.text,
                        "at": reply.written,
                    }
                    for reply in comment.replies.all()
                ],
            }
            for comment in found
        ]

    @property
    def editable(self) -> bool:
        return self.edition.state == State.DRAFT


def _number(row: OutlineRow, source: OutlineRow) -> str:
    """A section's number; that of the original where its heading is there too."""
    return row.label or ("" if row.heading else source.label)


def others_here(user: User, edition: Edition, uid: str, language: str) -> str:
    """A sentence that names who else has the section open; empty where nobody has."""
    rows = present(edition, but=user).filter(uid=uid)
    names = [
        localized_name(row.user.name) + ("" if row.language == language else f" ({name_of(row.language)})")
        for row in rows
    ]
    return _("Also editing this section now: %(names)s") % {"names": ", ".join(names)} if names else ""


def editor_messages() -> dict[str, str]:
    """What the editor itself says, in the language of the page."""
    return {
        "note": _("Footnote %(number)s") % {"number": "%s"},
        "step": _("Step"),
        "stepTitle": _("What to do"),
        "stepWho": _("Who"),
        "stepLimit": _("Time limit"),
        "alt": _("Alternative text (describe the picture for people who cannot see it)"),
        "caption": _("Caption"),
        "locked": _("Unchanged from the Word file; you can't edit it here"),
        "unsaved": _("Not saved yet"),
        "saving": _("Saving…"),
        "offline": _("No connection. Your text stays on this page. Save again."),
        "signedOut": _(
            "You are signed out. Sign in again in another window, then save here. Your text "
            "stays on this page."
        ),
        "gone": _(
            "You can no longer edit this section, or it was removed. Your text stays on this page; copy it."
        ),
        "notesMissing": _("Some footnotes came without their text. Write it in the footnotes below."),
        "failed": _("The text could not be saved. It stays on this page. Try again."),
        "unknown": _(
            "This section contains something that the editor does not support, so you can't edit "
            "it here. Nothing is lost."
        ),
    }
