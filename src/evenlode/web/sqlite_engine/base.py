"""Every connection of the service: durable, and unable to change what the audit trail holds."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

from evenlode.audit_trail import guard


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections may add to the audit trail and do nothing else to it (safety-bars C1)."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with its settings made and the guard up."""
        con = super().get_new_connection(conn_params)
        guard(con)
        return con
