"""Puts an SQLite of our own in the place of the machine's, before anything of Django asks for one.

Debian 12 ships 3.40.1, which can lose a commit when its log is reset (safety-bars E3); the wheel of pysqlite3
carries a later one.  Where no wheel is there, the machine's own stays, and `starting` says whether it will do.
"""

from __future__ import annotations

import sys
from importlib import import_module


def take() -> None:
    """From now on `import sqlite3` gives the newer one, where it is installed."""
    try:
        newer = import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")


take()
