"""Words of Wagtail's own that stand on every page of the admin. It has no catalogue for most of our languages, so that ours hold
the commonest of them; where it has one (Croatian), ours go first."""

from django.utils.translation import gettext_noop

OF_WAGTAIL = (
    gettext_noop("Actions"),
    gettext_noop("Apply filters"),
    gettext_noop("Dashboard"),
    gettext_noop("Download CSV"),
    gettext_noop("Download XLSX"),
    gettext_noop("Edit"),
    gettext_noop("Filter by"),
    gettext_noop("Home"),
    gettext_noop("Inspect"),
    gettext_noop("Keyboard shortcuts"),
    gettext_noop("Log out"),
    gettext_noop("More"),
    gettext_noop("Reports"),
    gettext_noop("Search term"),
    gettext_noop("Skip to main content"),
    gettext_noop("Toggle sidebar"),
)
