"""Any sequence of loads and withdrawals gives what a plain model of the rules gives."""

from datetime import date, timedelta
from itertools import count

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from evenlode.errors import RecordFault
from evenlode.record import TABLES, Delivery, Record, connect

from .making import AT_AND_BY, file

WITH_ID, WITHOUT_ID = "cp_visit", "supervision"
SOURCES = [("301", "ssd"), ("301", "other"), ("302", "ssd")]
days = st.integers(1, 28).map(lambda day: date(2026, 10, day))
visits = st.dictionaries(st.sampled_from("abcdef"), days, max_size=5)
notes = st.sets(st.tuples(st.sampled_from("ab"), days), max_size=4)


def table_of(name, key, cells):
    schema = TABLES[name].arrow_schema
    size = len(next(iter(cells.values())))
    columns = {n: [None] * size for n in schema.names}
    columns |= {"la_code": [key[0]] * size, "source": [key[1]] * size} | cells
    return pa.table(columns, schema=schema)


def handed_over(key, content, named, whole):
    given = {}
    if named is not None:
        cells = {"visit_id": list(named), "visit_date": list(named.values())}
        given[WITH_ID] = table_of(WITH_ID, key, cells)
    if whole is not None:
        rows = sorted(whole)
        cells = {"child_id": [child for child, _ in rows], "held_date": [day for _, day in rows]}
        given[WITHOUT_ID] = table_of(WITHOUT_ID, key, cells)
    return Delivery(key[1], key[1], given, [file(content)], la_code=key[0])


def folded(loads):
    """The model: what stands for one source after these loads, each (full, visits, notes)."""
    named, whole = None, None
    for full, new_named, new_whole in loads:
        if full:
            named, whole = new_named, new_whole
            continue
        named = named if new_named is None else {**(named or {}), **new_named}
        whole = whole if new_whole is None else {*(whole or ()), *new_whole}
    return named, whole


class AnyOrderOfLoads(RuleBasedStateMachine):
    @initialize()
    def start(self):
        self.opened = Record.temporary()
        self.record = self.opened.__enter__()
        self.loads = {}  # load id to source and what it brought; a withdrawn load is taken out
        self.contents = count()
        self.last = {}

    def teardown(self):
        self.opened.__exit__(None, None, None)

    def stands(self, key):
        return folded([brought for source, brought in self.loads.values() if source == key])

    def load(self, key, content, brought):
        full, named, whole = brought
        before = self.stands(key)
        given = handed_over(key, content, named, whole)
        receipt = self.record.load(
            [given], partial=not full, allow_older=True, rules_version="1", **AT_AND_BY
        )
        if not receipt.nothing_changed:
            self.loads[receipt.load_id] = (key, brought)
        self.check_counts(receipt, full, before, (named, whole))
        return receipt

    def check_counts(self, receipt, full, before, brought):
        for name, stood, came in zip((WITH_ID, WITHOUT_ID), before, brought, strict=True):
            if came is None and (stood is None or not full):
                assert name not in receipt.tables
                continue
            old, new = stood or {}, came or {}
            line = receipt.tables[name]
            same = [row for row in new if row in old and (name == WITHOUT_ID or old[row] == new[row])]
            assert line.kept == len(new)
            assert line.unchanged == len(same)
            assert line.changed == len(set(new) & set(old)) - len(same)
            assert line.added == len(set(new) - set(old))
            assert line.removed == (len(set(old) - set(new)) if full else 0)

    @rule(key=st.sampled_from(SOURCES), named=st.none() | visits, whole=st.none() | notes, full=st.booleans())
    def another_load(self, key, named, whole, full):
        if named is None and whole is None:
            whole = set()
        content = str(next(self.contents))
        self.load(key, content, (full, named, whole))
        self.last[key] = (content, (full, named, whole))

    @precondition(lambda self: self.last)
    @rule(data=st.data())
    def the_same_again(self, data):
        key = data.draw(st.sampled_from(sorted(self.last)))
        content, brought = self.last[key]
        standing = self.record.manifest().standing(key)
        is_what_stands = brought[0] and [self.loads[x.load][1] for x in standing] == [brought]
        receipt = self.load(key, content, brought)
        files_stand = is_what_stands and receipt.sources[0].delivery == f"{standing[0].load}-1"
        assert receipt.nothing_changed == files_stand

    @precondition(lambda self: self.loads)
    @rule(data=st.data())
    def withdraw(self, data):
        load_id = data.draw(st.sampled_from(sorted(self.loads)))
        self.record.withdraw(load_id, why="wrong", **AT_AND_BY)
        del self.loads[load_id]
        with pytest.raises(RecordFault):
            self.record.withdraw(load_id, why="again", **AT_AND_BY)

    @invariant()
    def the_record_agrees_with_the_model(self):
        if not hasattr(self, "record"):
            return
        named, whole, delivered = set(), set(), set()
        for key in SOURCES:
            visits, notes = self.stands(key)
            named |= {(*key, visit, day) for visit, day in (visits or {}).items()}
            whole |= {(*key, child, day) for child, day in notes or ()}
            delivered |= {(key[0], WITH_ID)} if visits is not None else set()
            delivered |= {(key[0], WITHOUT_ID)} if notes is not None else set()
        with connect(self.record, threads=1) as connection:
            found = connection.con.execute(
                f"SELECT la_code, source, visit_id, visit_date FROM {WITH_ID}"
            ).fetchall()
            assert sorted(found) == sorted(named)
            found = connection.con.execute(
                f"SELECT la_code, source, child_id, held_date FROM {WITHOUT_ID}"
            ).fetchall()
            assert sorted(found) == sorted(whole)
            assert connection.delivered == delivered


def runs(examples, steps):
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=timedelta(seconds=30),
        suppress_health_check=list(HealthCheck),
    )


def test_any_order_of_loads_and_withdrawals_gives_what_the_rules_give():
    run_state_machine_as_test(AnyOrderOfLoads, settings=runs(8, 12))


@pytest.mark.long
def test_many_more_orders_of_loads_and_withdrawals_give_what_the_rules_give():
    run_state_machine_as_test(AnyOrderOfLoads, settings=runs(150, 25))
