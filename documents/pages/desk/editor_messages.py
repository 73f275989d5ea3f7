"""What the editor of a section says by itself, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def editor_messages() -> dict[str, str]:
    """What the editor itself says, in the language of the page."""
    return {
        "note": _("Note %(number)s") % {"number": "%s"},
        "step": _("Step"),
        "stepTitle": _("What is done"),
        "stepWho": _("Who"),
        "stepLimit": _("Time limit"),
        "alt": _("Description for those who can't see the picture"),
        "caption": _("Caption"),
        "locked": _("Kept from the Word file as it was; it can't be changed here"),
        "unsaved": _("Not saved yet"),
        "saving": _("Saving…"),
        "offline": _("No connection. Your text stays on this page; please save again."),
        "signedOut": _(
            "You are signed out. Sign in again in another window, then save here: your text stays on this "
            "page."
        ),
        "gone": _(
            "You may no longer write this section, or it was removed. Your text stays on this page; copy it."
        ),
        "failed": _("It could not be saved. Your text stays on this page; please try again."),
        "unknown": _(
            "This section holds something that the editor does not know, so it can't be changed here. "
            "Nothing of it is lost."
        ),
    }
