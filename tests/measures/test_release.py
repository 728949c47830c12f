"""What may leave the council: a hidden number cannot be worked out from what is shown."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.asking import rows_of

from evenlode.measures.book import FACTS
from evenlode.measures.measure import Level, Status
from evenlode.measures.release import PART_OF, SMALL, held_back
from evenlode.measures.tally import Count, Tally

LA = "999"


def counted(services: dict[str, dict[str, int]], fact: str = "referrals", into: Tally | None = None) -> Tally:
    """A tally of one fact from the number in each team of each service."""
    result = into or Tally(councils=(LA,))
    for service, teams in services.items():
        for team, people in teams.items():
            result.services[LA, team] = service
            for level, unit in ((Level.TEAM, team), (Level.SERVICE, service), (Level.COUNCIL, LA)):
                one = Count(Decimal(people), people)
                result.counts.setdefault((LA, fact, level, unit), Count()).add(one, largest=False)
    return result


def hidden(services: dict[str, dict[str, int]]) -> set[str]:
    return {unit for _, _, _, unit in held_back(counted(services))}


def test_a_count_of_six_is_shown_and_of_five_is_hidden_with_a_second():
    assert hidden({"S": {"A": 6, "B": 7, "C": 20}}) == set()
    assert hidden({"S": {"A": 5, "B": 7, "C": 20}}) == {"A", "B"}


def test_a_hidden_pair_stands_for_six_or_more_together():
    assert hidden({"S": {"A": 1, "B": 2, "C": 20, "D": 30}}) == {"A", "B", "C"}


def test_nought_is_shown():
    assert hidden({"S": {"A": 0, "B": 7}}) == set()


def test_where_a_service_is_small_a_second_service_and_a_team_of_it_are_hidden():
    found = hidden({"S": {"A": 4}, "T": {"B": 9, "C": 8}, "U": {"D": 50}})
    assert found == {"S", "A", "T", "C"}


def test_a_small_rest_hides_the_part():
    tally = counted({"S": {"A": 18, "B": 40}}, "unallocated")
    counted({"S": {"A": 20, "B": 90}}, "open_children", tally)
    assert {k for k in held_back(tally) if k[1] == "unallocated"} == {
        (LA, "unallocated", Level.TEAM, "A"),
        (LA, "unallocated", Level.TEAM, "B"),
    }


def test_one_small_band_hides_every_band_of_the_council_so_that_it_is_not_what_is_left_of_the_total():
    tally = counted({"S": {"A": 30, "B": 25}}, "assessments_timed")
    for n, (a, b) in enumerate([(2, 1), (10, 10), (18, 14)]):
        counted({"S": {"A": a, "B": b}}, f"assessments_ASM-01c{n}", tally)
    shut = held_back(tally)
    for n in range(3):
        assert (LA, f"assessments_ASM-01c{n}", Level.COUNCIL, LA) in shut
    assert not any(fact == "assessments_timed" for _, fact, _, _ in shut)


def test_bands_that_are_small_in_a_team_alone_stay_shown_for_the_council():
    tally = Tally(councils=(LA,))
    for n, (a, b) in enumerate([(2, 20), (10, 10)]):
        counted({"S": {"A": a}, "T": {"B": b}}, f"assessments_ASM-01c{n}", tally)
    shut = held_back(tally)
    assert {level for _, _, level, _ in shut} == {Level.SERVICE, Level.TEAM}
    assert len(shut) == 9 * 4  # every band of two services and two teams


def test_a_part_is_hidden_where_it_leaves_a_small_rest_of_a_count_that_is_shown():
    tally = counted({"S": {"A": 40, "B": 40}}, "cases")
    counted({"S": {"A": 43, "B": 40}}, "cases_held", tally)
    assert (LA, "cases", Level.COUNCIL, LA) in held_back(tally)


def test_plans_of_three_months_do_not_tell_by_subtraction_how_many_are_newer():
    """40 open plans, 3 of them newer than three months: 37 beside 40 would say so."""
    tally = counted({"S": {"A": 20, "B": 20}}, "plans_open")
    counted({"S": {"A": 20, "B": 17}}, "plans_open_3_months", tally)
    counted({"S": {"A": 0, "B": 3}}, "plans_CP-10c0", tally)
    shut = held_back(tally)
    assert (LA, "plans_CP-10c0", Level.COUNCIL, LA) in shut
    assert (LA, "plans_open_3_months", Level.COUNCIL, LA) in shut
    assert not any(fact == "plans_open" for _, fact, _, _ in shut)


def test_every_part_and_whole_is_a_count_that_there_is():
    assert {*PART_OF, *(w for wholes in PART_OF.values() for w in wholes)} <= set(FACTS)


def can_be_worked_out(
    services: dict[str, dict[str, int]], shut: set[tuple[Level, str]]
) -> set[tuple[Level, str]]:
    """Hidden cells that the sums give away: those whose value every solution of the sums shares."""
    cells = [(Level.COUNCIL, LA), *((Level.SERVICE, s) for s in services)]
    cells += [(Level.TEAM, t) for teams in services.values() for t in teams]
    unknown = [c for c in cells if c in shut]
    rows = []
    for whole, parts in [
        ((Level.COUNCIL, LA), [(Level.SERVICE, s) for s in services]),
        *(((Level.SERVICE, s), [(Level.TEAM, t) for t in teams]) for s, teams in services.items()),
    ]:
        rows.append([(c in parts) - (c == whole) for c in unknown])
    if not unknown:
        return set()
    sums = np.array(rows, dtype=float)
    rank = np.linalg.matrix_rank(sums)
    return {
        c
        for i, c in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([sums, np.eye(len(unknown))[i]])) == rank
    }


councils = st.dictionaries(
    st.sampled_from("STUV"), st.lists(st.integers(0, 40), min_size=1, max_size=5), min_size=1, max_size=4
).map(lambda d: {s: {f"{s}{n}": people for n, people in enumerate(teams)} for s, teams in d.items()})


@settings(max_examples=300, deadline=None)
@given(councils)
def test_no_hidden_number_can_be_worked_out_and_no_small_one_is_shown(services):
    tally = counted(services)
    shut = {(level, unit) for _, _, level, unit in held_back(tally)}
    assert can_be_worked_out(services, shut) == set()
    for (_, _, level, unit), count in tally.counts.items():
        assert (level, unit) in shut or not 1 <= count.people <= SMALL


def test_hidden_rows_show_no_number_and_no_note():
    children = "episode_id | child_id | referral_date\n" + "\n".join(
        f"{n} | {n} | 2026-11-02" for n in range(1, 5)
    )
    rows = rows_of("2026-11-20", episode=children, for_release=True)
    (row,) = (r for r in rows if r.measure.id == "REF-00" and r.level is Level.COUNCIL)
    assert (row.status, row.numerator, row.value, row.note) == (Status.SUPPRESSED, None, None, "")
    assert all(r.note == "" for r in rows)


def test_where_few_children_had_three_workers_the_shares_that_would_give_them_away_are_hidden_too():
    # 10 children had one worker, 8 two, 3 three; the three are what is left of 21 less 10 less 8.
    spells = {
        **dict.fromkeys(range(10), "a"),
        **dict.fromkeys(range(10, 18), "ab"),
        **dict.fromkeys(range(18, 21), "abc"),
    }
    starts = {"a": "2026-01-05", "b": "2026-03-02", "c": "2026-05-04"}
    rows = rows_of(
        "2026-11-20",
        child="child_id | dob\n" + "\n".join(f"{n} | 2015-01-01" for n in spells),
        episode="episode_id | child_id | referral_date\n"
        + "\n".join(f"{n} | {n} | 2026-01-05" for n in spells),
        involvement="involvement_id | child_id | role | worker_id | start_date\n"
        + "\n".join(
            f"{n}{w} | {n} | CW | {w} | {starts[w]}" for n, workers in spells.items() for w in workers
        ),
        for_release=True,
    )
    council = {r.measure.id: r for r in rows if r.level is Level.COUNCIL}
    for measure in ("CW-01b1", "CW-01b2", "CW-01b3", "CW-02b", "CW-03b2"):
        assert council[measure].status is Status.SUPPRESSED, measure
    assert (council["CW-03b1"].status, council["CW-03b1"].numerator) == (Status.OK, 11)
