"""Settings about supervision, what its records hold, agreed actions, oversight and audits."""

from __future__ import annotations

from evenlode.policy.setting import (
    LOCAL,
    NORM,
    ClockSetting,
    ListSetting,
    NumberSetting,
    days,
    months,
    number,
    working_days,
)

SUPERVISION_CLOCKS: tuple[ClockSetting, ...] = (
    days(
        "worker_supervision_first",
        7,
        "A newly qualified worker's supervision in the first weeks.",
        NORM,
        "SUP-01",
    ),
    days("worker_supervision_second", 14, "The same, from then to six months.", NORM, "SUP-02"),
    months(
        "worker_supervision",
        1,
        "A worker's supervision from then on, and an experienced worker's from the first day; a "
        "council that counts four weeks writes 28 days.",
        NORM,
        "SUP-03",
    ),
    days("worker_first_weeks", 42, "How long the first weeks last, their last day included.", NORM, "SUP-01"),
    months("worker_first_months", 6, "How long the fortnightly months last, from the start.", NORM, "SUP-02"),
    working_days(
        "absence_pause", 10, "A recorded absence longer than this stops a worker's clock.", LOCAL, "SUP-14"
    ),
    working_days("session_recorded", 5, "A supervision is on the child's record by then.", NORM, "SUP-11"),
    working_days("visit_recorded", 2, "A visit is written up by then.", NORM, "SUP-11"),
    days("recording_window", 28, "Late recording is shown of so many days.", LOCAL, "SUP-11"),
    working_days("session_signed", 5, "A supervision is signed by both by then.", LOCAL, "SQ-11"),
    months("action_look_back", 6, "How an action ended is asked for so long after.", LOCAL, "ACT-01"),
    months("audit_look_back", 12, "What came of an audit is asked for so long after.", LOCAL, "QA-06"),
    days(
        "manager_entry",
        42,
        "A manager writes something on an open child's record this often.",
        LOCAL,
        "practice-standards 4.4",
    ),
    days(
        "manager_entry_protected",
        28,
        "The same for a child on a protection plan, looked after or in proceedings.",
        LOCAL,
        "practice-standards 4.4",
    ),
    days("nothing_recorded", 30, "Nothing at all is recorded of an open child for so long.", LOCAL, "DR-19"),
)

SUPERVISION_NUMBERS: tuple[NumberSetting, ...] = (
    number("session_minutes", "90", "A worker's supervision takes so many minutes.", NORM, "SUP-04"),
    number("sessions_cancelled", "2", "So many cancelled one after another are too many.", LOCAL, "SUP-13"),
    number("action_moves", "2", "An action whose date was moved so often drifts.", LOCAL, "ACT-03"),
    number("action_sessions", "3", "An action open over more supervisions drifts.", LOCAL, "ACT-03"),
    number("overdue_actions_percent", "50", "From this share of open actions overdue, all are stuck.", LOCAL, "DR-07"),
    number("undated_actions_percent", "25", "Above this share without a date, a plan has no dates.", LOCAL, "DR-08"),
    number("missed_visit_intervals", "2", "So many visits missed one after another.", LOCAL, "DR-09"),
    number("not_alone_intervals", "3", "So many intervals without seeing the child alone.", LOCAL, "DR-10"),
    number("audit_grades_apart", "2", "Moderated lower by so many grades.", LOCAL, "QA-03"),
    number("audit_pairs_shown", "10", "Under so many moderated audits nothing is said of agreement.", LOCAL, "QA-04"),
    number("audit_alike_percent", "75", "So many in a hundred moderated audits keep their grade.", LOCAL, "QA-05"),
    number("audit_direction", "0.25", "Audits lean by no more grades than this, either way.", LOCAL, "QA-05"),
    number("audit_moderated_percent", "10", "So many in a hundred audits are moderated.", LOCAL, "QA-05"),
    number("visits_without_parent", "3", "So many visits without the second parent.", LOCAL, "seed row 16"),
)  # fmt: skip

SUPERVISION_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "personal_supervision_notes",
        ("Personal Supervision", "Supervision - Personal"),
        "Kinds of note that are a worker's own supervision.",
        "SUP-12",
    ),
    ListSetting(
        "cancelled_sessions",
        ("cancelled", "canceled", "missed", "not held", "postponed", "did not attend"),
        "States of a supervision that was not held.",
        "SUP-13",
    ),
    ListSetting(
        "planned_sessions",
        ("planned", "booked", "scheduled"),
        "States of a supervision of which nobody has yet said that it was held.",
        "SUP-13",
    ),
    ListSetting("superseded_actions", ("superseded",), "Action states that ask for a replacement.", "ACT-01"),
    ListSetting(
        "withdrawn_actions", ("withdrawn", "cancelled"), "Action states that ask for a reason.", "ACT-01"
    ),
    ListSetting(
        "panel_words",
        ("panel", "safety panel", "resource panel", "legal planning panel"),
        "Where actions are agreed whose proof is asked for first.",
        "seed row 66",
    ),
    ListSetting("audit_outstanding", ("Outstanding", "4"), "Words for the grade.", "QA-01"),
    ListSetting("audit_good", ("Good", "3"), "Words for the grade.", "QA-01"),
    ListSetting(
        "audit_requires_improvement",
        ("Requires improvement", "Requires improvement to be good", "RI", "2"),
        "Words for the grade.",
        "QA-01",
    ),
    ListSetting("audit_inadequate", ("Inadequate", "1"), "Words for the grade.", "QA-01"),
)
