"""Every connection of the service: durable, and unable to change what the audit trail holds."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from evenlode.audit_trail import guard
from evenlode.errors import CannotGoOn
from evenlode.web.sqlite_engine.log import KEEP_AND_RESTORE, MOST, check_log, empty_log, log_of

log = logging.getLogger("evenlode.database")
Database: Any = base.Database  # type: ignore[attr-defined]  # the SQLite that Django itself has taken


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections may add to the audit trail and do nothing else to it (safety-bars C1).

    They never open a log that would leave half a transaction, and empty it in the way that cannot (safety-bars E2).
    """

    emptied_at = 0
    """How long the log was in bytes when its emptying was last tried."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with its settings made and the guard up; CannotGoOn where file or log cannot be trusted."""
        check_log(self._path)
        try:
            con = super().get_new_connection(conn_params)
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Database.OperationalError:
            raise  # it is in use, or cannot be opened: not damaged
        except Database.DatabaseError as fault:
            raise CannotGoOn(
                f"{self._path} is damaged ({fault}). Nothing was changed. {KEEP_AND_RESTORE}"
            ) from None
        guard(con)
        self.emptied_at = 0
        return con

    def _commit(self) -> Any:
        """Commits, and empties the log where it has grown long."""
        done = super()._commit()  # type: ignore[misc]
        if self.connection is not None:
            self._keep_log_short()
        return done

    def _keep_log_short(self) -> None:
        try:
            long = log_of(self._path).stat().st_size
        except OSError:
            return
        if long < self.emptied_at:
            self.emptied_at = 0
        if long - self.emptied_at < MOST:
            return
        self.emptied_at = long
        try:
            if empty_log(self.connection, self._path):
                self.emptied_at = 0
        except (OSError, Database.Error) as fault:  # what was committed stands, and is in the log
            log.warning("the log of the database could not be emptied", extra={"why": type(fault).__name__})

    @property
    def _path(self) -> Path:
        return Path(str(self.settings_dict["NAME"]))
