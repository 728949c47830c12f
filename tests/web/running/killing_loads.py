"""Loads into the service that end when the database's server is killed, and what is left of each.

    python killing_loads.py EXTRACTS EXTRACTS     loads the one and the other in turn, without end

The variables of the service name its home and its database.  Says in lines of JSON: what stands before it does
anything; what stands once a plain re-run of the load has ended; and the number of each load after that, when the
person who loads would be told that it worked.  Ends by itself, with 3, when the database is there no longer.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from evenlode.cli.service import start_django

HOME = Path(os.environ["EVENLODE_HOME"])
start_django(HOME)

from django.db import InterfaceError, OperationalError, connection, models  # noqa: E402

from evenlode.audit_trail import Outcome  # noqa: E402
from evenlode.audit_trail.verify import verify  # noqa: E402
from evenlode.cli.asking import deliveries_of  # noqa: E402
from evenlode.policy import shipped_policy  # noqa: E402
from evenlode.record import Record  # noqa: E402
from evenlode.rules.compiled import rules_version  # noqa: E402
from evenlode.web import models as tables  # noqa: E402
from evenlode.web import trail  # noqa: E402
from evenlode.web.models import Figures, LoadRow  # noqa: E402
from evenlode.web.writing.refresh import Refreshing, refresh  # noqa: E402
from evenlode.web.writing.timeline_file import path_of  # noqa: E402

DAY = date(2026, 11, 20)
SAID = re.compile(r"load-(\d+)")
"""By which the trail's newest entry names its load."""
OF_A_LOAD = [
    model
    for model in vars(tables).values()
    if isinstance(model, type)
    and issubclass(model, models.Model)
    and model is not tables.KeptPage
    and any(f.name == "figures" for f in model._meta.fields)
]
"""Every table whose rows belong to the figures of one load."""
OF_A_DAY = [tables.LoadDay, tables.RuleDay, tables.HeadingDay]


class Quiet:
    """Steps that nobody watches."""

    def step(self, stage, done, of):
        """Says nothing."""


def say(told):
    """One line, which whoever watches has when this process dies the moment after."""
    os.write(1, json.dumps(told).encode() + b"\n")


def rows_of(model, **of):
    """The rows of a table without what differs from load to load for no other reason than that it is another."""
    own = {"id", "figures", "load"}
    names = [f.attname for f in model._meta.fields if f.name not in own]
    return [tuple(map(str, row)) for row in models.QuerySet(model).filter(**of).values_list(*names)]


def digest(rows):
    return hashlib.sha256("\n".join(sorted("\x1f".join(row) for row in rows)).encode()).hexdigest()


def look():
    """What stands: the record's and the pages' newest load, a digest of every table, what stands twice, the trail."""
    record = Record.create(HOME)
    record.check()
    standing = list(Figures.objects.filter(standing=True))
    content, twice, short = {}, [], []
    for figures in standing:
        whole = {model.__name__: rows_of(model, figures=figures) for model in OF_A_LOAD}
        whole |= {model.__name__: rows_of(model, as_at=figures.as_at) for model in OF_A_DAY}
        content = {name: digest(rows) for name, rows in whole.items()}
        twice = [name for name, rows in whole.items() if max(Counter(rows).values(), default=1) > 1]
        short = [name for name, rows in whole.items() if not rows]
        assert path_of(HOME, figures.manifest, figures.as_at.isoformat()).is_file(), "no timelines"
    loads = Counter(LoadRow.objects.values_list("load_id", flat=True))
    verdict = verify(trail.trail().rows(), trail.key())
    newest = trail.trail().found("1 = 1", [], 1)
    return {
        "record": record.manifest().number,
        "standing": [figures.manifest for figures in standing],
        "content": content,
        "twice": twice + [n for n, times in loads.items() if times > 1],
        "empty": short,
        "months": tables.MeasureMonth.objects.count(),
        "broken": verdict.broken and verdict.broken.what,
        "said": int(SAID.search(str(newest[0]))[1]) if newest else 0,
    }


def load(record, deliveries, number):
    """What `evenlode load` and `evenlode refresh` do, and an entry of the trail, as the pages write one."""
    now = datetime.now(UTC)
    record.load(deliveries, at=now, by="test", as_at=DAY, rules_version=rules_version(), allow_older=True)
    refresh(Refreshing(record, shipped_policy(), now, Quiet().step), as_at=DAY)
    trail.note(
        person_id="p-1",
        verb="record",
        thing="loads",
        outcome=Outcome.ALLOWED,
        why="within scope",
        thing_id=f"load-{number}",
    )


def main(extracts):
    assert connection.vendor == "postgresql"
    say(look())
    deliveries = [deliveries_of(one, "999", None, Quiet()) for one in extracts]
    record = Record.create(HOME)
    number = record.manifest().number
    if number:
        load(record, deliveries[number % 2], number)
        assert record.manifest().number == number, "the re-run loaded the same rows once more"
    say(look())
    while True:
        number += 1
        load(record, deliveries[number % 2], number)
        say(number)


if __name__ == "__main__":
    try:
        main([Path(sys.argv[1]), Path(sys.argv[2])])
    except (OperationalError, InterfaceError, trail.NotWritten) as gone:
        print(type(gone).__name__, file=sys.stderr)
        sys.exit(3)
