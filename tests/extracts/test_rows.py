import hashlib
from datetime import date

import pytest

from evenlode.errors import CannotRead

from .handing import PEOPLE, VISITS, adds_up, hand, read, read_text, rows, said, set_aside

INVOLVEMENTS = "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_person_id,invo_involvement_start_date,invo_involvement_end_date,invo_referral_id\n"
EPISODES = """
cine_referral_id,cine_person_id,cine_referral_date,cine_close_date
R1,100,2026-01-05,
R2,101,2026-02-01,
"""
NOTES = "Person ID,Case Note Type,Date of Note,Author,Recorded For Worker\n"
ACTIONS = "Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n"


# Repeated ids


def test_of_rows_with_the_same_id_the_first_in_the_file_counts(tmp_path):
    given = read_text(tmp_path, PEOPLE + "100,Other,Name,2001-01-01\n")
    assert rows(given, "child", "child_id", "forename") == [("100", "Ash"), ("101", "Bay")]
    assert set_aside(given) == [(4, "repeats id 100, which row 2 of table.csv has already")]
    assert given.quarantined[0].values["pers_forename"] == "Other"


def test_ids_that_differ_only_in_noughts_are_different(tmp_path):
    assert len(rows(read_text(tmp_path, "pers_person_id,pers_surname\n1,A\n01,B\n001,C\n"), "child")) == 3


def test_an_id_repeated_in_another_file_counts_once(tmp_path):
    given = read(hand(tmp_path, a=VISITS, b=VISITS + "\n"))["ssd"]
    assert len(rows(given, "cp_visit")) == 3
    assert set_aside(given)[0] == (2, "repeats id V1, which row 2 of a.csv has already")
    assert [(c.file, c.read, c.kept, c.quarantined) for c in given.counts] == [
        ("a.csv", 3, 3, 0),
        ("b.csv", 3, 0, 3),
    ]


def test_the_same_file_under_two_names_is_read_once(tmp_path):
    given = read(hand(tmp_path, a=VISITS, b=VISITS))["ssd"]
    assert len(rows(given, "cp_visit")) == 3
    assert [(c.file, c.read) for c in given.counts] == [("a.csv", 3)]
    assert [f.name for f in given.files] == ["a.csv"]
    assert said(given) == ["- : not read twice: it is the same file as a.csv, byte for byte; kept out"]


def test_of_involvements_with_the_same_id_the_one_with_a_blank_end_counts(tmp_path):
    given = read_text(
        tmp_path,
        INVOLVEMENTS
        + "I1,W1,CW,100,2026-01-01,2026-06-01,\n"
        + "I1,W2,CW,100,2026-01-01,,\n"
        + "I1,W3,CW,100,2026-01-01,2026-09-01,\n"
        + "I2,W4,CW,100,2026-01-01,2026-02-01,\n",
    )
    assert rows(given, "involvement", "involvement_id", "worker_id") == [("I1", "W2"), ("I2", "W4")]
    assert set_aside(given) == [
        (2, "repeats id I1; row 3 of table.csv goes on longer and is kept"),
        (4, "repeats id I1, which row 3 of table.csv has already"),
    ]


def test_of_involvements_that_all_ended_the_latest_end_counts_and_the_first_of_equals(tmp_path):
    given = read_text(
        tmp_path,
        INVOLVEMENTS
        + "I1,W1,CW,100,2026-01-01,2026-06-01,\nI1,W2,CW,100,2026-01-01,2026-09-01,\nI1,W3,CW,100,2026-01-01,2026-09-01,\n"
        + "I2,W4,CW,100,2026-01-01,,\nI2,W5,CW,100,2026-01-01,,\n",
    )
    assert rows(given, "involvement", "worker_id") == [("W2",), ("W4",)]


def test_a_repeated_id_counts_by_its_first_row_that_can_be_read(tmp_path):
    given = read_text(
        tmp_path, VISITS.strip().splitlines()[0] + "\nV1,100,P1,31/02/2026,Y\nV1,100,P1,2026-03-01,Y\n"
    )
    assert rows(given, "cp_visit", "visit_date") == [(date(2026, 3, 1),)]


def test_rows_of_a_table_without_ids_count_once_only_where_wholly_identical(tmp_path):
    one = "100,Case Supervision,01/10/2026,Ann,Bob\n"
    given = read_text(tmp_path, NOTES + one + one + one.replace("Ann", "Anne") + one)
    assert len(rows(given, "supervision")) == 2
    assert set_aside(given) == [
        (3, "is the same in every cell as row 2 of table.csv"),
        (5, "is the same in every cell as row 2 of table.csv"),
    ]


def test_rows_that_differ_in_a_column_that_is_not_ours_are_two_rows(tmp_path):
    text = (
        NOTES.strip()
        + ",Note\n100,Case Supervision,01/10/2026,Ann,Bob,{}\n100,Case Supervision,01/10/2026,Ann,Bob,{}\n"
    )
    assert len(rows(read_text(tmp_path, text.format("a", "b")), "supervision")) == 2
    assert len(rows(read_text(tmp_path, text.format("a", "a")), "supervision")) == 1


def test_identical_rows_are_found_across_files_with_other_columns_and_date_forms(tmp_path):
    a = NOTES + "100,Case Supervision,01/10/2026,Ann,Bob\n"
    b = "Date of Note,Author,Extra,Person ID,Recorded For Worker,Case Note Type\n2026-10-01,Ann,,100,Bob,Case Supervision\n"
    assert len(rows(read(hand(tmp_path, a=a, b=b))["supervision"], "supervision")) == 1


def test_one_session_about_two_children_stands_for_both(tmp_path):
    given = read_text(
        tmp_path,
        "supervision_id,child_id,supervision_date,type,worker_id\nS1,100,2026-10-01,case,W1\nS1,101,2026-10-01,case,W1\nS1,100,2026-10-01,case,W2\n",
    )
    assert rows(given, "supervision", "note_id", "child_id") == [("S1", "100"), ("S1", "101")]
    assert set_aside(given) == [(4, "repeats id S1, which row 2 of table.csv has already")]


def test_a_staff_number_that_stands_twice_in_the_hr_export_counts_once(tmp_path):
    given = read_text(
        tmp_path,
        "Staff Number,Name,Team,FTE\nCS1,Ann,North,0.6\nCS1,Ann,South,0.4\n,Bob,North,1\n,Bob,North,1\n",
    )
    assert rows(given, "establishment", "staff_number", "team") == [("CS1", "North"), (None, "North")]


def test_a_visit_without_an_id_is_kept_and_counts_once(tmp_path):
    given = read_text(tmp_path, VISITS + ",100,P1,2026-10-20,Y\n,100,P1,2026-10-20,Y\n,100,P1,2026-10-21,Y\n")
    assert len(rows(given, "cp_visit")) == 5
    assert said(given, "kept") == [
        f"{n} cppv_cp_visit_id: the cell is blank: the row has no id of its own; kept" for n in (5, 7)
    ]


# Whose row it is


def test_a_missing_child_is_filled_in_from_the_referral_the_plan_or_the_period_of_care(tmp_path):
    given = read(
        hand(
            tmp_path,
            episodes=EPISODES,
            involvements=INVOLVEMENTS.replace("invo_person_id,", "") + "I1,W1,CW,2026-01-01,,R2\n",
            cin="cin_plan_id,cinp_referral_id,cinp_cin_plan_start_date,cinp_cin_plan_end_date\nC1,R1,2026-01-10,\n",
            cinv="cinv_cin_visit_id,cinv_cin_plan_id,cinv_cin_visit_date,cinv_cin_visit_seen\nV1,C1,2026-02-01,Y\n",
            enquiries="s47e_s47_enquiry_id,s47e_referral_id,s47e_s47_start_date,s47e_s47_end_date\nE1,R1,2026-01-05,\n",
            conferences="icpc_icpc_id,icpc_s47_enquiry_id,icpc_icpc_date\nK1,E1,2026-01-20\n",
            plans="cppl_cp_plan_id,cppl_icpc_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\nP1,K1,,2026-01-20,\n",
            visits="cppv_cp_visit_id,cppv_cp_plan_id,cppv_cp_visit_date\nV9,P1,2026-02-01\n",
            reviews="workflow_step_id,registration_id,due_date,actual_date\nW1,P1,2026-04-01,\n",
            care="clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date,clae_cla_id\nL1,101,2026-03-01,,Q1\n",
            places="clap_cla_placement_id,clap_cla_id,clap_cla_placement_start_date,clap_cla_placement_end_date\nPL1,Q1,2026-03-01,\n",
            lac="clar_cla_review_id,clar_cla_id,clar_cla_review_date\nLR1,Q1,2026-03-20\n",
        )
    )["ssd"]
    found = {
        name: rows(given, name, "child_id")
        for name in given.tables
        if name not in {"episode", "care_episode"}
    }
    assert found == {
        "involvement": [("101",)],
        "cin_plan": [("100",)],
        "cin_visit": [("100",)],
        "enquiry": [("100",)],
        "conference": [("100",)],
        "cp_plan": [("100",)],
        "cp_visit": [("100",)],
        "cp_review": [("100",)],
        "placement": [("101",)],
        "care_review": [("101",)],
    }
    assert "- invo_person_id: the child's id was filled in from ssd_cin_episodes in 1 rows" in said(
        given, "repaired"
    )
    assert len(said(given, "repaired")) == len(found)


def test_a_row_that_names_no_child_and_cannot_be_tied_to_one_is_set_aside(tmp_path):
    given = read(hand(tmp_path, people=PEOPLE, visits=VISITS + "V4,,P9,2026-10-20,Y\nV5,-1,,2026-10-20,Y\n"))[
        "ssd"
    ]
    assert [v for (v,) in rows(given, "cp_visit", "visit_id")] == ["V1", "V2", "V3"]
    assert set_aside(given) == [
        (n, "the row has no child's id, and no other row tells whose it is") for n in (5, 6)
    ]
    assert adds_up([given])


def test_a_whole_table_that_could_be_tied_by_a_file_left_out_is_refused_with_that_file_named(tmp_path):
    with pytest.raises(
        CannotRead, match=r"^lac.csv: no row says which child it is about; hand over ssd_cla_episodes with it"
    ):
        read(
            hand(
                tmp_path,
                people=PEOPLE,
                lac="clar_cla_review_id,clar_cla_id,clar_cla_review_date\nLR1,Q1,2026-03-20\n",
            )
        )


def test_personal_supervision_needs_no_child(tmp_path):
    given = read_text(tmp_path, NOTES + ",Personal Supervision,01/10/2026,Ann,Bob\n")
    assert len(rows(given, "supervision")) == 1
    assert not given.quarantined


def test_a_row_set_aside_lends_its_child_to_nobody(tmp_path):
    given = read(
        hand(
            tmp_path,
            episodes="cine_referral_id,cine_person_id,cine_referral_date,cine_close_date\nR1,100,31/02/2026,\nR1,101,2026-01-01,\n",
            involvements=INVOLVEMENTS + "I1,W1,CW,,2026-01-01,,R1\n",
        )
    )["ssd"]
    assert rows(given, "involvement", "child_id") == [("101",)]


# Doubts


def test_an_end_before_a_start_is_kept_and_listed(tmp_path):
    given = read_text(
        tmp_path,
        EPISODES + "R3,100,2026-03-01,2026-02-01\nR4,100,2026-03-01,2026-03-01\nR5,100,,2026-03-01\n",
    )
    assert len(rows(given, "episode")) == 5
    assert said(given) == [
        "4 cine_close_date: the date lies before the row's start; kept, and never counted as active",
        "6 cine_referral_date: the cell is blank: the row has no start; kept, and never counted as active",
    ]


def test_an_id_that_names_nobody_is_kept_and_listed(tmp_path):
    given = read(
        hand(
            tmp_path,
            people=PEOPLE,
            visits=VISITS + "V4,999,P1,2026-10-20,Y\n",
            notes=NOTES + "888,Case Supervision,01/10/2026,Ann,Bob\n",
        )
    )
    assert len(rows(given["ssd"], "cp_visit")) == 4
    assert said(given["ssd"]) == ["5 cppv_person_id: 999 names nobody and nothing in ssd_person; kept"]
    assert said(given["supervision"]) == ["2 Person ID: 888 names nobody and nothing in ssd_person; kept"]


def test_where_the_people_are_not_handed_over_nobody_is_missed(tmp_path):
    assert said(read_text(tmp_path, VISITS)) == []


# Ids of actions


def ids(delivery):
    return dict(
        zip(*[delivery.tables["action"][c].to_pylist() for c in ("target_date", "action_id")], strict=True)
    )


def test_an_action_without_an_id_gets_one_made_of_child_date_and_text(tmp_path):
    given = read_text(tmp_path, ACTIONS + "100,26/03/2026,Seek legal advice,16/04/2026,\n")
    wanted = "A" + hashlib.sha256(b"100|2026-03-26|Seek legal advice").hexdigest()[:12]
    assert rows(given, "action", "action_id") == [(wanted,)]


def test_actions_of_one_child_day_and_text_are_told_apart_whatever_the_order(tmp_path):
    lines = [f"100,26/03/2026,Call,{n}/04/2026,\n" for n in (16, 17, 18)]
    one = read_text(tmp_path, ACTIONS + "".join(lines))
    other = read_text(tmp_path, ACTIONS + "".join(reversed(lines)))
    assert ids(one) == ids(other)
    base = ids(one)[date(2026, 4, 16)]
    assert sorted(ids(one).values()) == [base, f"{base}-2", f"{base}-3"]


def test_an_action_keeps_the_id_that_its_export_gives(tmp_path):
    given = read_text(
        tmp_path,
        "action_id,child_id,action,set_date,due_date\nX1,100,Call,2026-03-26,2026-04-01\n,100,Call,2026-03-26,2026-04-02\nX1,101,Call,2026-03-26,\n",
    )
    found = [i for (i,) in rows(given, "action", "action_id")]
    assert found[0] == found[2] == "X1"
    assert found[1].startswith("A")


def test_headings_that_stand_again_among_the_rows_are_set_aside(tmp_path):
    given = read_text(tmp_path, PEOPLE + PEOPLE.lstrip().replace("100,", "102,").replace("101,", "103,"))
    assert [c for (c,) in rows(given, "child", "child_id")] == ["100", "101", "102", "103"]
    assert set_aside(given) == [(4, "the cell is the heading again: the row repeats the headings")]


def test_a_long_column_without_one_readable_date_is_refused_rather_than_emptied(tmp_path):
    text = (
        VISITS.strip().splitlines()[0]
        + "\n"
        + "".join(f"V{n},100,P1,{n % 28 + 1:02}-Feb-26,Y\n" for n in range(50))
    )
    with pytest.raises(CannotRead) as refused:
        read_text(tmp_path, text)
    assert str(refused.value) == (
        "table.csv: not one of the 50 cells in the column cppv_cp_visit_date can be read "
        "(each has a year of two digits, so that the century is not known); mend the export."
    )
    given = read_text(tmp_path, text + "V99,100,P1,2026-02-01,Y\n")
    assert len(given.quarantined) == 50


def test_a_row_set_aside_late_is_still_kept_whole_with_its_dates_as_they_were_written(tmp_path):
    given = read_text(
        tmp_path,
        "Person ID,Case Note Type,Date of Note,Other\n1,Case Supervision,01/02/2026 00:00,x\n1,Case Supervision,01/02/2026 00:00,x\n",
    )
    assert [q.values for q in given.quarantined] == [
        {
            "Person ID": "1",
            "Case Note Type": "Case Supervision",
            "Date of Note": "01/02/2026 00:00",
            "Other": "(not read)",
        }
    ]
