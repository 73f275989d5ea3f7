"""Messages of other apps in the footer of public pages, listed here so that the Arabic catalogue has them."""

from django.utils.translation import gettext_noop as _

FOOT = (_("Library"), _("Search the library"), _("Glossary"))
