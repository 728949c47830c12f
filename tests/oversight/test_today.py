"""What stands on Today: mornings of a small team, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oversight.told import AS_AT, LA, NAMES, SPEAKER, finding, plain

from evenlode.oversight.explained import Explanation, Reason, holding
from evenlode.oversight.finding import Finding
from evenlode.oversight.groups import GROUPS, MOST_LINES, Role
from evenlode.oversight.names import ChildNamed, Names, WorkerNamed
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.since import Changes
from evenlode.oversight.strengths import Strength
from evenlode.oversight.teams_today import by_team
from evenlode.oversight.today import Scope, Today, shares, today
from evenlode.policy import shipped_policy
from evenlode.rules.book import RULE_BY_ID

MANAGER = Scope(Role.TEAM_MANAGER, frozenset({(LA, "T1")}))


def visit(child: str, last_seen: str, due: str, **more: str) -> Finding:
    return finding(
        "CP-05",
        child,
        due=due,
        counted_from=last_seen,
        last_seen=last_seen,
        interval="10 working days",
        **more,
    )


def morning(*findings: Finding, scope: Scope = MANAGER, **more: object) -> Today:
    return today(findings, scope=scope, speaker=SPEAKER, **more)  # type: ignore[arg-type]


def heads(page: Today) -> list[tuple[str, str]]:
    return [(line.group, line.said.rule_id if line.said else "") for line in page.lines]


ONE_OF_EACH = (
    finding("CP-10", "5", state="flag", severity="red", due="2026-11-20", tier=15, start_date="2025-08-20"),
    finding(
        "SUP-03",
        "W1",
        due="2026-11-05",
        severity="red",
        last_held=None,
        counted_from="2026-10-05",
        interval="1 month",
    ),
    finding(
        "NQ-07", "7", state="breach", severity="red", plan_start="2026-08-01", programme_start="2026-07-13"
    ),
    finding("CP-03", "8", state="due_soon", due="2026-11-24", counted_from="2026-08-24", interval="3 months"),
    visit("1", "2026-11-03", "2026-11-17"),
    finding(
        "AL-01", "4", state="breach", severity="red", worker="W2", status="CP", waiting_since="2026-11-06"
    ),
)


def test_the_groups_stand_in_the_order_of_the_issue_whatever_the_order_of_the_findings():
    assert heads(morning(*ONE_OF_EACH)) == [
        ("nobody", "AL-01"),
        ("not_seen", "CP-05"),
        ("legal", "CP-03"),
        ("complex", "NQ-07"),
        ("supervision", "SUP-03"),
        ("decision", "CP-10"),
    ]


def test_a_child_under_one_stands_before_one_who_has_waited_longer():
    page = morning(visit("5", "2026-09-01", "2026-09-15"), visit("1", "2026-11-03", "2026-11-17"))
    assert [line.children for line in page.lines] == [((LA, "1"),), ((LA, "5"),)]


def test_a_worker_who_never_had_supervision_stands_before_one_whose_last_is_long_ago():
    page = morning(
        finding(
            "SUP-03",
            "W1",
            due="2026-01-05",
            severity="red",
            last_held="2025-12-05",
            counted_from="2025-01-01",
        ),
        finding("SUP-03", "W9", due="2026-11-05", severity="red", last_held=None, counted_from="2026-10-05"),
    )
    assert [line.whose for line in page.lines] == [(LA, "worker W9"), (LA, "worker W1")]


def test_a_family_has_one_line_and_the_rest_of_what_is_found_of_it_is_folded_in():
    late = {"waiting_since": "2026-10-29", "interval": "14 days"}
    page = morning(
        finding("AL-04", "2", due="2026-11-12", **late),
        finding("AL-04", "3", due="2026-11-12", **late),
        visit("3", "2026-11-03", "2026-11-17"),
    )
    (line,) = page.lines
    assert plain(line.text).startswith(
        "Otis and Fenn Larkspur, 5 and 3, have had no worker since 29 October;"
    )
    assert line.more == 1
    assert len(line.stands_for) == 3


def test_a_brother_of_whom_another_date_is_true_is_not_put_into_the_sentence():
    page = morning(visit("2", "2026-11-03", "2026-11-17"), visit("3", "2026-10-30", "2026-11-13"))
    (line,) = page.lines
    assert "Fenn Larkspur, 3, was last seen" in plain(line.text)
    assert "Otis" not in line.text
    assert line.more == 1


def test_there_are_never_more_than_twelve_lines_and_what_is_left_out_is_said():
    many = [visit(str(n), "2026-11-03", "2026-11-17") for n in range(100, 120)]
    page = morning(*many, *ONE_OF_EACH)
    assert len(page.lines) == MOST_LINES
    # Six groups keep a line each; the other six go to the children who were not seen: 21 of them in all.
    assert [g for g, _ in heads(page)].count("not_seen") == 7
    assert page.left_out == {"not_seen": 14}
    assert "14 more families or workers" in page.opening


def test_only_one_decision_and_one_strength_are_shown():
    good = [Strength((LA, f"worker W{n}"), (LA, f"W{n}"), (LA, "T1"), "Seen in time.", 5, 20) for n in (1, 2)]
    decisions = [
        finding(
            "CP-10", str(n), state="flag", severity="red", due="2026-11-01", tier=15, start_date="2025-08-01"
        )
        for n in (50, 51)
    ]
    page = morning(*decisions, strengths=good)
    assert [line.group for line in page.lines] == ["decision", "strength"]
    assert page.left_out == {"decision": 1}
    assert page.opening.startswith("2 lines, one a family or worker.")
    assert "1 needs something from you; the last is good news." in page.opening


def test_a_worker_sees_their_own_children_and_no_managers_decision():
    mine = Scope(Role.WORKER, worker=(LA, "W1"))
    page = morning(*ONE_OF_EACH, visit("9", "2026-11-03", "2026-11-17", worker="W7"), scope=mine)
    assert {line.group for line in page.lines} == {"not_seen", "legal", "complex", "supervision"}
    assert all(line.worker == (LA, "W1") for line in page.lines)


def test_another_teams_children_are_not_on_a_managers_page():
    assert morning(visit("1", "2026-11-03", "2026-11-17", team="T2")).lines == ()


def test_a_child_without_any_lead_worker_is_on_the_page_of_the_team_of_the_referral():
    names = replace(NAMES, children={(LA, "4"): ChildNamed("Tansy", "Millrace", team_id="T1")})
    alone = finding(
        "AL-01",
        "4",
        state="breach",
        severity="red",
        worker="",
        team="",
        status="CP",
        waiting_since="2026-11-06",
    )
    page = today([alone], scope=MANAGER, speaker=Speaker(names, shipped_policy()))
    assert len(page.lines) == 1


def test_what_is_explained_leaves_the_lines_stays_counted_and_comes_back_the_day_after_its_end():
    late = visit("1", "2026-11-03", "2026-11-17")
    note = Explanation(
        late.key, Reason.ABROAD, "With family until the 20th.", "W1", date(2026, 11, 10), AS_AT
    )
    page = morning(late, holds=holding([note], AS_AT))
    assert page.lines == ()
    assert [f.key for f, _ in page.explained] == [late.key]
    assert len(morning(late, holds=holding([note], date(2026, 11, 21))).lines) == 1


def test_what_we_cannot_tell_is_counted_and_is_no_line():
    page = morning(
        visit("1", "2026-11-03", "2026-11-17"), finding("CP-06", "1", state="cannot_tell", alone_blank=1)
    )
    assert len(page.lines) == 1
    assert [f.rule_id for f in page.cannot_tell] == ["CP-06"]
    assert (page.lines[0].more, len(page.lines[0].stands_for)) == (0, 1)


def test_a_line_is_new_where_what_it_says_was_not_there_the_day_before():
    late = visit("1", "2026-11-03", "2026-11-17")
    old = visit("5", "2026-11-03", "2026-11-17")
    page = morning(late, old, changed=Changes(new=(late,), still=(old,)))
    assert [(line.children, line.new) for line in page.lines] == [(((LA, "1"),), True), (((LA, "5"),), False)]
    assert [(c.rule_id, c.now, c.new) for c in page.counts] == [("CP-05", 2, 1)]
    assert "1 is new since the day before" in page.opening


def test_a_morning_with_nothing_says_so_with_what_we_cannot_tell():
    page = morning(finding("CP-06", "1", state="cannot_tell", alone_blank=1), children=61)
    assert plain(page.opening) == (
        "Nothing needs you this morning. 61 children, all dates in time at 20 November; 1 we cannot tell."
    )


def test_a_morning_without_lines_does_not_say_that_all_is_in_time_where_something_is_late():
    page = morning(finding("ACT-02", "1", due="2026-11-12"), children=61)
    assert "all dates in time" not in page.opening
    assert "1 other date or lengths are counted below" in page.opening


def test_what_is_due_soon_by_common_practice_is_counted_and_no_line():
    page = morning(visit("1", "2026-11-10", "2026-11-24", state="due_soon"))
    assert page.lines == ()
    assert [(c.rule_id, c.now, c.due_soon) for c in page.counts] == [("CP-05", 0, 1)]


def test_days_that_can_still_be_kept_stand_before_those_gone_by():
    page = morning(
        finding("ASM-04", "5", due="2026-10-05", referral_date="2026-07-31", interval="45 working days"),
        finding(
            "CP-04", "8", state="due_soon", due="2026-11-27", last_held="2026-05-27", interval="6 months"
        ),
        finding(
            "CP-03", "9", state="due_soon", due="2026-11-24", counted_from="2026-08-24", interval="3 months"
        ),
    )
    assert [line.said.rule_id for line in page.lines if line.said] == ["CP-03", "CP-04", "ASM-04"]


def test_a_director_sees_each_team_in_the_same_order_with_its_change_and_teams_by_name():
    now = [visit("1", "2026-11-03", "2026-11-17"), visit("5", "2026-11-03", "2026-11-17", team="T2")]
    rows = by_team(now, names=NAMES, scope=Scope(Role.DIRECTOR), earlier=now[:1])
    assert [(r.name, r.now, r.change("not_seen")) for r in rows] == [
        ("Kestrel team", {"not_seen": 1}, 0),
        ("team T2", {"not_seen": 1}, 1),
    ]


def test_every_rule_that_a_group_takes_is_a_rule():
    named = {rule for group in GROUPS for takes in group.takes for rule in takes.rules}
    assert named <= set(RULE_BY_ID)


def test_lines_are_shared_out_with_one_kept_for_each_group():
    assert shares({"a": 9, "b": 9, "c": 0, "d": 2}, 12) == {"a": 9, "b": 2, "c": 0, "d": 1}
    assert shares({"a": 5, "b": 5, "c": 5}, 2) == {"a": 1, "b": 1, "c": 0}


STATES = ("overdue", "breach", "flag", "due_soon", "cannot_tell")
A_FINDING = st.builds(
    lambda rule, subject, state, severity, days, record: finding(
        rule,
        f"{subject}",
        state=state,
        severity=severity,
        due=date.fromordinal(AS_AT.toordinal() - days).isoformat()
        if state not in {"breach", "cannot_tell"}
        else "",
        record=f"{record}",
    ),
    st.sampled_from(sorted(RULE_BY_ID)),
    st.integers(1, 9),
    st.sampled_from(STATES),
    st.sampled_from(["red", "amber", "note"]),
    st.integers(-7, 400),
    st.integers(1, 3),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(A_FINDING, max_size=60, unique_by=lambda f: f.key),
    st.sets(st.integers(0, 59)),
    st.sampled_from(list(Role)),
)
def test_every_finding_is_on_a_line_in_a_count_explained_or_not_known_and_in_one_place_only(
    findings, chosen, role
):
    notes = [
        Explanation(f.key, Reason.BOOKED, "Booked.", "W1", AS_AT, AS_AT)
        for n, f in enumerate(findings)
        if n in chosen
    ]
    page = today(findings, scope=Scope(role), speaker=SPEAKER, holds=holding(notes, AS_AT))
    counted = sum(c.on_lines + c.elsewhere + c.due_soon for c in page.counts)
    assert counted + len(page.explained) + len(page.cannot_tell) == len(findings)
    stood_for = [key for line in page.lines for key in line.stands_for]
    assert len(stood_for) == len(set(stood_for))
    late = {f.key for f in findings if f.status != "due_soon"}
    assert sum(c.on_lines for c in page.counts) == len(late & set(stood_for))
    apart = {f.key for f, _ in page.explained} | {f.key for f in page.cannot_tell}
    assert not apart & set(stood_for)
    assert len(page.lines) <= MOST_LINES
    assert len({line.whose for line in page.lines}) == len(page.lines)


def test_names_are_only_looked_up_so_that_a_page_without_them_still_speaks():
    bare = Speaker(Names(AS_AT, workers={(LA, "W1"): WorkerNamed("")}), shipped_policy())
    page = today([visit("1", "2026-11-03", "2026-11-17")], scope=MANAGER, speaker=bare)
    assert plain(page.lines[0].text).startswith("Child 1 was last seen on 3 November;")


def away(child: str, worker: str = "W1", since: str = "2026-10-20") -> Finding:
    return finding(
        "AL-12", child, due="2026-10-23", worker=worker, absent_from=since, interval="3 working days"
    )


def test_a_worker_who_is_away_with_nobody_covering_takes_one_line_however_many_families_they_hold():
    """Children 5 and 7 are of two families of W1; 1 is W2's."""
    page = morning(away("5"), away("7"), away("1", worker="W2"))
    assert len(page.lines) == 2
    together = next(line for line in page.lines if line.worker == (LA, "W1"))
    assert {child for _, child in together.children} == {"5", "7"}
    worker = NAMES.worker((LA, "W1"))
    assert plain(together.text).startswith(
        f"{worker} has been away since 20 October and nobody is covering for "
    )
    assert all(NAMES.child((LA, c)) in together.text for c in ("5", "7"))
    assert together.more == 0
    assert sum(c.on_lines for c in page.counts if c.rule_id == "AL-12") == 3


def test_two_families_of_one_worker_of_whom_different_things_are_true_keep_their_own_lines():
    page = morning(away("5"), away("7", since="2026-10-19"))
    assert len(page.lines) == 2


def test_a_sentence_names_seven_children_and_counts_the_others():
    children = [(LA, str(100 + n)) for n in range(9)]
    assert NAMES.together(children).endswith("child 106 and 2 other children")
    assert NAMES.together(children[:8]).endswith("child 106 and child 107")
