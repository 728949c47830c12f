import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from evenlode.extracts.derived import order_keys, spaced_words

IDS = st.one_of(
    st.text("0123456789", min_size=1, max_size=25),
    st.text(min_size=1, max_size=6),
    st.from_regex(r"[A-Z0]{0,2}[0-9]{1,4}", fullmatch=True),
)


def by_the_contract(identity):
    if re.fullmatch("[0-9]+", identity):
        return (0, int(identity), identity)
    return (1, 0, identity)


@given(st.lists(IDS, max_size=40))
def test_order_keys_sort_ids_as_the_contract_does(ids):
    keys = order_keys(pa.array(ids, pa.string())).to_pylist()
    assert [i for _, i in sorted(zip(keys, ids, strict=True))] == sorted(ids, key=by_the_contract)


def test_the_order_key_of_an_id_is_its_length_its_figures_and_itself():
    ids = pa.array(["7", "007", "0", "00", "A7", None, "٣"])
    assert order_keys(ids).to_pylist() == ["000177", "00017007", "00000", "000000", "1A7", None, "1٣"]


def test_equal_ids_have_equal_keys_and_different_ids_different_ones():
    ids = [str(n).zfill(w) for n in range(30) for w in range(4)] + ["a", "b"]
    keys = order_keys(pa.array(ids)).to_pylist()
    assert len(set(keys)) == len(set(ids))


def test_words_are_lower_case_with_one_space_round_each():
    texts = pa.array(["Duty Team", "O'Brien,  Zoë", "UN-ALLOCATED_2", "—", "", None])
    assert spaced_words(texts).to_pylist() == [
        " duty team ",
        " o brien zoë ",
        " un allocated 2 ",
        "  ",
        "  ",
        None,
    ]


def test_columns_without_rows_are_worked_out_too():
    assert order_keys(pa.array([], pa.string())).to_pylist() == []
    assert spaced_words(pa.array([], pa.string())).to_pylist() == []
