"""Set-up of a home, killed by kill -9 before it asks the database for something the n-th time.

    python stopped_set_up.py older       takes the tables back to an earlier form, as an older release would have them
    python stopped_set_up.py NUMBER      brings them up to date and is killed; 0: is not killed, and says how often it asked

The variables of the service name its home and its database.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from evenlode.cli.service import start_django

start_django(Path(os.environ["EVENLODE_HOME"]))

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402

from evenlode.web import starting  # noqa: E402

EARLIER = (("mfa", "0001"), ("socialaccount", "0001"), ("account", "0001"), ("auth", "0005"))
"""What an older release would have had: the tables of the packages that sign-in stands on, as they once were."""


class Counting:
    """Counts what the database is asked, and kills this process before the n-th."""

    def __init__(self, kill_at):
        self.asked, self.kill_at = 0, kill_at

    def __call__(self, execute, statement, values, many, context):
        self.asked += 1
        if self.asked == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(statement, values, many, context)

    def listen(self, sender, connection, **_):
        """From now on every connection counts."""
        connection.execute_wrappers.append(self)


def back(database):
    for app, name in EARLIER:
        call_command("migrate", app, name, database=database, verbosity=0, interactive=False)


def main(what):
    if what == "older":
        if connection.vendor == "sqlite":
            back("default")
        else:
            forwards = starting.call_command
            starting.call_command = lambda *_, database, **__: back(database)
            starting._migrate_as_owner(starting.settings.EVENLODE.owner_url)
            starting.call_command = forwards
        return
    counting = Counting(int(what))
    connection.close()
    connection_created.connect(counting.listen)
    starting.set_up_database()
    starting.check_durable()
    print(counting.asked)


if __name__ == "__main__":
    main(sys.argv[1])
