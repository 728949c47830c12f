import copy
import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenlode.errors import CannotRead
from evenlode.extracts import read_extracts

from .handing import adds_up, hand, read, rows, said, set_aside

CHILD = {
    "la_child_id": "C100",
    "mis_child_id": "M-1",
    "child_details": {
        "unique_pupil_number": "A123456789012",
        "first_name": "Ash",
        "surname": "Alder",
        "date_of_birth": "2012-03-01",
        "sex": "M",
        "ethnicity": "WBRI",
        "disabilities": ["HAND", "VIS"],
        "postcode": "AA1 1AA",
        "uasc_flag": False,
    },
    "health_and_wellbeing": {"sdq_assessments": [{"date": "2025-09-01", "score": 12}]},
    "social_care_episodes": [
        {
            "social_care_episode_id": "E1",
            "referral_date": "2025-01-06",
            "referral_source": "2A",
            "referral_no_further_action_flag": False,
            "care_worker_details": [
                {"worker_id": "SW12345", "start_date": "2025-01-07", "end_date": "2025-06-30"},
                {"worker_id": "LOCAL-7", "start_date": "2025-06-30"},
            ],
            "child_and_family_assessments": [
                {
                    "child_and_family_assessment_id": "A1",
                    "start_date": "2025-01-07",
                    "authorisation_date": "2025-02-20",
                    "factors": ["1A", "3B"],
                }
            ],
            "child_in_need_plans": [{"child_in_need_plan_id": "N1", "start_date": "2025-02-20"}],
            "section_47_assessments": [
                {
                    "section_47_assessment_id": "S1",
                    "start_date": "2025-03-03",
                    "icpc_required_flag": True,
                    "icpc_date": "2025-03-20",
                    "end_date": "2025-03-21",
                }
            ],
            "child_protection_plans": [{"child_protection_plan_id": "P1", "start_date": "2025-03-20"}],
            "child_looked_after_placements": [
                {
                    "child_looked_after_placement_id": "L1",
                    "start_date": "2025-07-01",
                    "start_reason": "S",
                    "placement_type": "U6",
                    "end_date": "2025-08-01",
                    "end_reason": "X1",
                    "change_reason": "CARPL",
                },
                {
                    "child_looked_after_placement_id": "L2",
                    "start_date": "2025-08-01",
                    "start_reason": "P",
                    "placement_type": "K2",
                },
            ],
            "adoption": {"initial_decision_date": "2025-10-01"},
            "care_leavers": {"contact_date": "2025-11-01", "activity": "F2", "accommodation": "U"},
        }
    ],
}


def d(text):
    return date.fromisoformat(text)


def another(child_id="C200", **changes):
    return {**copy.deepcopy(CHILD), "la_child_id": child_id, "social_care_episodes": [], **changes}


def api(folder, *children, name="payload.json"):
    return read(hand(folder, **{name: json.dumps(children)}))["dfe_api"]


def refused(folder, data):
    with pytest.raises(CannotRead) as fault:
        read_extracts(hand(folder, **{"payload.json": data}), la_code="999")
    assert "\n" not in str(fault.value)
    return str(fault.value)


def test_a_payload_gives_the_child_with_everything_that_is_said_of_them(tmp_path):
    found = api(tmp_path, CHILD)
    assert rows(found, "child", "child_id", "surname", "dob", "sex", "upn") == [
        ("C100", "Alder", d("2012-03-01"), "M", "A123456789012")
    ]
    assert rows(found, "disability", "code") == [("HAND",), ("VIS",)]
    assert rows(found, "sdq_score", "completed_date", "score") == [(d("2025-09-01"), 12)]
    assert rows(found, "address", "postcode") == [("AA1 1AA",)]
    assert rows(found, "linked_identifier", "identifier_type", "identifier_value") == [
        ("Supplier's id", "M-1")
    ]
    assert "immigration_status" not in found.tables
    assert adds_up([found])


def test_an_episode_of_need_gives_its_assessment_enquiry_conference_and_plans(tmp_path):
    found = api(tmp_path, CHILD)
    told = ("episode_id", "child_id", "referral_date", "source_code", "no_further_action", "close_date")
    assert rows(found, "episode", *told) == [("E1", "C100", d("2025-01-06"), "2A", "N", None)]
    assert rows(found, "assessment", "assessment_id", "episode_id", "authorised_date") == [
        ("A1", "E1", d("2025-02-20"))
    ]
    assert rows(found, "assessment_factor", "assessment_id", "factors") == [("A1", '["1A", "3B"]')]
    assert rows(found, "cin_plan", "plan_id", "child_id", "end_date") == [("N1", "C100", None)]
    assert rows(found, "enquiry", "enquiry_id", "says_conference", "end_date") == [
        ("S1", "Y", d("2025-03-21"))
    ]
    assert rows(found, "conference", "enquiry_id", "held_date") == [("S1", d("2025-03-20"))]
    assert rows(found, "cp_plan", "plan_id", "start_date") == [("P1", d("2025-03-20"))]
    assert "category" not in found.tells["cp_plan"]


def test_workers_lead_and_each_is_known_once_by_number(tmp_path):
    found = api(tmp_path, CHILD)
    assert rows(found, "involvement", "worker_id", "role", "start_date", "end_date") == [
        ("SW12345", "CW", d("2025-01-07"), d("2025-06-30")),
        ("LOCAL-7", "CW", d("2025-06-30"), None),
    ]
    assert rows(found, "worker", "worker_id", "swe_number") == [("SW12345", "SW12345"), ("LOCAL-7", None)]


def test_placements_make_a_period_of_care_from_the_s_row(tmp_path):
    found = api(tmp_path, CHILD)
    assert rows(found, "care_episode", "care_episode_id", "period_id", "entered_care_date") == [
        ("L1", "C100|2025-07-01", d("2025-07-01")),
        ("L2", "C100|2025-07-01", d("2025-07-01")),
    ]
    assert rows(found, "placement", "placement_type", "start_date", "end_date") == [
        ("U6", d("2025-07-01"), d("2025-08-01")),
        ("K2", d("2025-08-01"), None),
    ]


def test_adoption_and_leaving_care_are_read_and_eligibility_is_not_invented(tmp_path):
    found = api(tmp_path, CHILD)
    assert rows(found, "permanence", "adoption_decision_date") == [(d("2025-10-01"),)]
    assert rows(found, "care_leaver", "latest_contact_date", "activity", "accommodation") == [
        (d("2025-11-01"), "F2", "U")
    ]
    assert not {"history", "eligibility"} & found.tells["care_leaver"]


def test_the_load_report_counts_by_child_and_says_so(tmp_path):
    wrong = another()
    wrong["child_details"]["date_of_birth"] = "2012-13-45"
    found = api(tmp_path, CHILD, wrong)
    assert (
        "- : JSON has no rows: a row here is the place of the child in the file, the first child being row 1"
        in said(found)
    )
    assert [line for line in said(found) if line.startswith("2 child_details/date_of_birth")]


def test_a_child_marked_purge_is_not_taken_and_keeps_nothing_but_the_id(tmp_path):
    found = api(tmp_path, CHILD, another(purge=True))
    assert rows(found, "child", "child_id") == [("C100",)]
    (gone,) = found.quarantined
    assert (gone.row_number, gone.values) == (2, {"la_child_id": "C200"})
    assert gone.reason.startswith("is marked purge")
    assert adds_up([found])


@pytest.mark.parametrize(
    ("part", "table"),
    [
        ("child_and_family_assessments", "assessment"),
        ("child_in_need_plans", "cin_plan"),
        ("section_47_assessments", "enquiry"),
        ("child_protection_plans", "cp_plan"),
        ("child_looked_after_placements", "care_episode"),
    ],
)
def test_a_part_marked_purge_is_not_taken(tmp_path, part, table):
    child = copy.deepcopy(CHILD)
    child["social_care_episodes"][0][part][0]["purge"] = True
    found = api(tmp_path, child)
    before = len(CHILD["social_care_episodes"][0][part])
    assert found.tables[table].num_rows == before - 1
    assert len(set_aside(found)) == 1
    assert adds_up([found])


def test_an_episode_marked_purge_takes_everything_in_it_along(tmp_path):
    child = copy.deepcopy(CHILD)
    child["social_care_episodes"][0]["purge"] = True
    found = api(tmp_path, child)
    assert found.tables["episode"].num_rows == 0
    assert "cp_plan" not in found.tables
    assert [q.values for q in found.quarantined] == [
        {"la_child_id": "C100", "social_care_episodes/social_care_episode_id": "E1"}
    ]


def test_details_and_health_marked_purge_leave_the_child_without_them(tmp_path):
    child = copy.deepcopy(CHILD)
    child["child_details"]["purge"] = True
    child["health_and_wellbeing"]["purge"] = True
    found = api(tmp_path, child)
    assert rows(found, "child") == [{"child_id": "C100", "child_id_order": "1C100"}]
    assert "sdq_score" not in found.tables
    report = said(found)
    assert "- : child_details is marked purge for 1 children and was not taken" in report
    assert "- : health_and_wellbeing is marked purge for 1 children and was not taken" in report


def test_several_files_are_one_source_and_what_the_later_one_says_stands(tmp_path):
    closed = copy.deepcopy(CHILD)
    closed["social_care_episodes"][0]["closure_date"] = "2026-01-05"
    files = {"2026-01-01.json": json.dumps([CHILD]), "2026-01-08.json": json.dumps([closed, another()])}
    found = read(hand(tmp_path, **files))["dfe_api"]
    assert rows(found, "episode", "close_date") == [(d("2026-01-05"),)]
    assert [c for (c,) in rows(found, "child", "child_id")] == ["C100", "C200"]
    assert adds_up([found])


def test_keys_that_the_format_does_not_have_are_named_and_not_read(tmp_path):
    found = api(tmp_path, {**CHILD, "shoe_size": 12})
    assert "- : keys that the format does not have were not read: shoe_size" in said(found)


def test_json_that_is_no_payload_is_passed_over(tmp_path):
    hand(tmp_path, **{"other.json": '[{"forename": "Ash"}]', "payload.json": json.dumps([CHILD])})
    found = read(tmp_path)["dfe_api"]
    assert [p.problem for p in found.problems if p.file == "other.json"] == [
        "not recognised: it is a JSON file; kept out"
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"la_child_id": "C1", "la_child_id": "C2"}]', "holds the key la_child_id twice in one object"),
        ('[{"la_child_id": "C1"}, {"la_child_id": NaN}]', "holds NaN"),
        ('[{"la_child_id": "C1", "child_details": []}]', "child_details of child 1 should hold an object"),
        ('[{"la_child_id": "C1", "child_details": "x"}]', "child_details of child 1 should hold an object"),
        (
            '[{"la_child_id": "C1", "social_care_episodes": {}}]',
            "social_care_episodes of child 1 should hold a list",
        ),
        ('[{"la_child_id": "C1", "social_care_episodes": ["x"]}]', "a list of objects"),
        ('[{"la_child_id": {"a": 1}}]', "la_child_id of child 1 should hold a text"),
        ('[{"la_child_id": "C1"}, 7]', "child 2 is not an object"),
        ('[{"la_child_id": "C1", "child_details": {"surname": "\\ud800"}}]', "a text of whole letters"),
        ('[{"la_child_id": "C1", "purge": "yes"}]', "purge of child 1 should hold true or false"),
        ('{"la_child_id": "C1"', "is broken or cut off at line 1"),
    ],
)
def test_what_is_no_sound_payload_is_refused_in_one_sentence_with_its_place(tmp_path, text, why):
    assert why in refused(tmp_path, text)


def test_nesting_to_a_great_depth_is_refused(tmp_path):
    assert "depth" in refused(tmp_path, '[{"la_child_id": ' + "[" * 10_000 + "]" * 10_000 + "}]")
    assert "depth" in refused(tmp_path, '[{"la_child_id": ' + '{"a":' * 100_000)


def test_one_text_of_many_million_letters_is_refused_and_not_shown(tmp_path):
    text = refused(tmp_path, json.dumps([another("C1", mis_child_id="x" * 20_000_000)]))
    assert "mis_child_id of child 1 has 20,000,000 letters" in text
    assert len(text) < 300


def test_a_number_of_very_many_figures_is_no_reason_to_fall_over(tmp_path):
    found = api(tmp_path, CHILD)
    assert found
    assert refused(tmp_path / "b", '[{"la_child_id": "C1", "mis_child_id": ' + "9" * 20_000 + "}]")


@given(st.integers(1, 10_000))
@settings(max_examples=60)
def test_a_payload_cut_anywhere_is_refused_or_passed_over(tmp_path_factory, cut):
    whole = json.dumps([CHILD, another()]).encode()
    folder = tmp_path_factory.mktemp("cut")
    with pytest.raises(CannotRead):
        read_extracts(hand(folder, **{"payload.json": whole[: cut % (len(whole) - 1) + 1]}), la_code="999")


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_damaged_bytes_never_give_anything_but_a_delivery_or_one_sentence(tmp_path_factory, chance):
    damaged = bytearray(json.dumps([CHILD, another()]).encode())
    for _ in range(chance.randint(1, 4)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    folder = hand(tmp_path_factory.mktemp("d"), **{"payload.json": bytes(damaged)})
    with suppress(CannotRead):
        assert adds_up(read_extracts(folder, la_code="999"))


TABLES = ("child", "episode", "involvement", "care_episode", "placement", "cp_plan", "worker")


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=2))
@settings(max_examples=25)
def test_any_order_of_children_and_any_child_twice_give_the_same_record(tmp_path_factory, order, again):
    def child(number):
        made = json.loads(json.dumps(CHILD).replace('"C100"', f'"C{number}"'))
        text = json.dumps(made["social_care_episodes"])
        for name in ("E1", "A1", "N1", "S1", "P1", "L1", "L2"):
            text = text.replace(f'"{name}"', f'"{name}-{number}"')
        return {**made, "social_care_episodes": json.loads(text)}

    def record(numbers):
        found = api(tmp_path_factory.mktemp("api"), *(child(n) for n in numbers))
        return {t: sorted(map(repr, rows(found, t))) for t in TABLES}

    assert record([*order, *again]) == record(range(4))
