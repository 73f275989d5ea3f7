"""What the details of an entry are called on the trail's page, and which it leaves out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KEYS: dict[str, Any] = {
    "abroad": pgettext_lazy("in the audit trail", "Number from another country"),
    "address": _("Address"),
    "after": _("After"),
    "agrees": pgettext_lazy("in the audit trail", "Agrees"),
    "answers": pgettext_lazy("in the audit trail", "Answers"),
    "anonymous": pgettext_lazy("in the audit trail", "No name required"),
    "antedated": pgettext_lazy("in the audit trail", "Act dated before the sign-offs (confirmed)"),
    "asked": _("Person"),
    "because": _("Reason"),
    "before": _("Before"),
    "behind": pgettext_lazy("in the audit trail", "Out-of-date sections"),
    "brought_by": pgettext_lazy("in the audit trail", "Word file imported by"),
    "by": pgettext_lazy("in the audit trail", "Method"),
    "by_edition": _("Edition"),
    "choice": _("Sign-off"),
    "classification": _("Classification"),
    "comments": _("Comments"),
    "contact": _("Number to call"),
    "corrigenda": _("Corrigenda"),
    "chat": pgettext_lazy("in the audit trail", "Chat address"),
    "countries": _("Countries"),
    "country": _("Country"),
    "due": _("Deadline"),
    "edition": _("Edition"),
    "entries": _("Entries"),
    "follow": pgettext_lazy("in the audit trail", "Languages to be adopted later"),
    "free": pgettext_lazy("in the audit trail", "Free of charge"),
    "institution": _("Institution"),
    "institutions": _("Institutions"),
    "is_shown": pgettext_lazy("in the audit trail", "Shown on the public site"),
    "kind": _("Kind"),
    "language": _("Language"),
    "languages": _("Languages"),
    "left": _("Not accepted"),
    "number": _("Number"),
    "numbers": _("Numbers to call"),
    "often": pgettext_lazy("in the audit trail", "E-mails"),
    "order": pgettext_lazy("in the audit trail", "From stage"),
    "outcome": _("Outcome"),
    "people": _("People"),
    "reason": _("Reason"),
    "recovery": pgettext_lazy("in the audit trail", "With a recovery code"),
    "removed": pgettext_lazy("in the audit trail", "Sections removed"),
    "review": _("Review"),
    "revision": pgettext_lazy("in the audit trail", "Version of the page"),
    "role": _("Role"),
    "round": _("Round"),
    "searches": _("Saved searches"),
    "seat": _("Institution"),
    "sections": pgettext_lazy("in the audit trail", "Sections"),
    "sha256": _("Check number"),
    "sign_offs": pgettext_lazy("in the audit trail", "People whose answer no longer counts"),
    "sms": pgettext_lazy("in the audit trail", "Number for text messages"),
    "source": pgettext_lazy("in the audit trail", "Source of the number"),
    "stage": _("Stage"),
    "state": _("State"),
    "suggested_by": pgettext_lazy("in the audit trail", "Suggested by"),
    "suggestion": pgettext_lazy("in the audit trail", "Text from a Word file"),
    "suggestions": pgettext_lazy("in the audit trail", "Suggestions"),
    "taken": pgettext_lazy("in the audit trail", "Sections imported"),
    "tel": pgettext_lazy("in the audit trail", "Number to dial"),
    "text_too": pgettext_lazy("in the audit trail", "The text was withdrawn too"),
    "to": _("Person"),
    "told": _("People"),
    "uid": _("Section"),
    "until": _("Until"),
    "untracked": pgettext_lazy("in the audit trail", "Untracked changes"),
    "valid_from": _("In force from"),
    "waits": pgettext_lazy("in the audit trail", "Awaiting a second person"),
    "why": _("Reason"),
}
OF_KIND = {
    "edition": "edition",
    "by_edition": "edition",
    "review": "review",
    "stage": "stage",
    "seat": "seat",
    "uid": "section",
    "contact": "contact",
    "suggestion": "suggestion",
}
"""Details that name another object by its number."""
HIDDEN = frozenset(
    {
        "tile", "acts_sha256", "after_sha256", "answer_sha256", "before_sha256", "procedure_sha256",
        "reason_sha256", "signed_sha256", "words_sha256", "acts_recorded", "check", "contact_sha256",
        "factor_sha256", "kept", "address_hmac", "address_key", "demonstration", "finished", "saved_sha256",
        "invitations", "origins_sha256", "papers_sha256", "proposal", "proposal_sha256",
        "instrument_sha256", "about_sha256", "made_from_sha256", "invitation", "invitation_sha256", "log",
        "parts", "block", "page", "codes", "sizes", "seconds", "text_sha256", "replaced", "published",
        "undone", "by_machine",
        "log_of", "log_sha256", "manifest", "manifest_sha256", "membership_sha256", "returned",
        "said_sha256", "suggestions_sha256", "word_comments", "asked_people", "author", "fields", "method",
        "moment", "of", "status", "texts_sha256", "readers_sha256", "sealed_sha256", "values_sha256",
    }
)  # fmt: skip
"""Details that serve checking alone, or say nothing to a person; the file has them."""
PEOPLE = ("to", "asked", "suggested_by", "brought_by")
"""Details that name a person by their opaque id."""
