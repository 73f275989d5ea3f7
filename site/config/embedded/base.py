"""The database backend ``config.embedded``: PostgreSQL, started by the first connection."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        if not self.settings_dict["HOST"]:
            host = embedded.start(self.settings_dict["FOLDER"])
            embedded.create(host, self.settings_dict["NAME"])
            self.settings_dict["HOST"] = str(host)
        return super().get_connection_params()
