import datetime as dt

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from evenlode.extracts.fingerprints import agreeing, codes, exact, fingerprints, mix, some_agree

CELLS = st.one_of(st.text(st.sampled_from("01aé"), max_size=3), st.none())


@given(
    st.integers(1, 30).flatmap(
        lambda w: st.lists(st.text(st.sampled_from("01a"), min_size=w, max_size=w), min_size=1, max_size=40)
    )
)
def test_cells_of_one_length_share_a_number_only_where_they_are_the_same(cells):
    prints = fingerprints(pa.array(cells, pa.string())).tolist()
    assert len(set(prints)) == len(set(cells))
    assert len(set(zip(cells, prints, strict=True))) == len(set(cells))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=40))
def test_rows_that_agree_are_found_and_no_others(rows):
    columns = [pa.array([r[at] for r in rows], pa.string()) for at in (0, 1)]
    prints = mix(fingerprints(columns[0]), fingerprints(columns[1]))
    again = [i for i, row in enumerate(rows) if rows.count(row) > 1]
    assert agreeing(prints).tolist() == again
    assert some_agree(prints) == bool(again)
    if rows:
        groups = exact([codes(c) for c in columns]).tolist()
        assert len(set(zip(rows, groups, strict=True))) == len(set(rows)) == len(set(groups))


def test_blank_is_unlike_every_date():
    days = pa.array([None, dt.date(1970, 1, 1), dt.date(1920, 1, 1), None], pa.date32())
    assert codes(days)[0] == codes(days)[3]
    assert len(np.unique(codes(days))) == 3
