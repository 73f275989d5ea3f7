"""Words of other rooms that stand in the foot of every public page: written here too, so that Arabic has
them."""

from django.utils.translation import gettext_noop as _

FOOT = (_("Library"), _("Search the library"), _("Glossary"))
