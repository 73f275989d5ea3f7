"""One's own page in the admin: its language and its look. Name, address and password stand on Kodeks's own
page."""

from __future__ import annotations

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)


class Account(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]


account = require_admin_access(Account.as_view())
