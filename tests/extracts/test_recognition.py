import pytest

from evenlode.errors import CannotRead
from evenlode.extracts import read_extracts

from .handing import PEOPLE, VISITS, adds_up, hand, read, read_text, rows, said


def test_a_file_is_known_by_its_headings_whatever_it_is_called(tmp_path):
    given = read(hand(tmp_path, **{"holiday-photos.csv": VISITS, "x/y/z.txt": PEOPLE}))
    assert list(given) == ["ssd"]
    assert rows(given["ssd"], "cp_visit", "visit_id") == [("V1",), ("V2",), ("V3",)]
    assert rows(given["ssd"], "child", "forename") == [("Ash",), ("Bay",)]


@pytest.mark.parametrize(
    "heading",
    [
        "PERS_PERSON_ID",
        "\ufeffpers_person_id",
        '"pers_person_id"',
        " pers_person_id\u00a0",
        "#pers_person_id",
        "ssd_development.ssd_person.pers_person_id",
        "[dbo].[#ssd_person].[Pers_Person_ID]",
        "\u2018pers_person_id\u2019",
    ],
)
def test_marks_quotes_spaces_and_schema_names_round_a_heading_do_not_matter(tmp_path, heading):
    given = read_text(tmp_path, PEOPLE.replace("pers_person_id", heading))
    assert rows(given, "child", "child_id") == [("100",), ("101",)]


def test_columns_may_stand_in_any_order(tmp_path):
    given = read_text(tmp_path, "pers_dob,pers_surname,pers_person_id\n2015-03-01,Alder,100\n")
    assert rows(given, "child") == [
        {
            "child_id": "100",
            "child_id_order": "0003100100",
            "surname": "Alder",
            "dob": rows(given, "child")[0]["dob"],
        }
    ]


def test_columns_that_are_not_ours_are_left_alone(tmp_path):
    given = read_text(tmp_path, "pers_person_id,pers_surname,extracted_by,extracted_by\n100,Alder,me,you\n")
    assert rows(given, "child", "surname") == [("Alder",)]


def test_each_of_the_nine_local_layouts_is_a_source_of_its_own(tmp_path):
    hand(
        tmp_path,
        a="supervision_id,child_id,worker_id,manager_id,supervision_date,type,next_due_date,decision_recorded,reflective,source_ref\n"
        "S1,100,W1,M1,2026-10-01,case,2026-10-29,Y,N,ref\n",
        b="action_id,child_id,supervision_id,action,owner_id,set_date,due_date,completed_date,status\n"
        "A1,100,S1,Call school,W1,2026-10-01,2026-10-08,,open\n",
        c="worker_id,staff_id,swe_number,name,team_id,manager_id,role,grade,fte,agency,qualified_date,asye_start,asye_end,start_date,"
        "end_date,caseload_limit,can_hold,leave_from,leave_to,leave_type\n"
        'W1,CS1,SW1,Ann Archer,T1,M1,Social Worker,G9,0.8,N,2020-07-01,,,2021-01-04,,16,"CP, court",,,\n',
        d="team_id,team_name,parent_id,service,manager_id\nT1,North,T0,Safeguarding,M1\n",
        e="team_id,post,fte,vacant_from,covered_by_worker_id\nT1,Social Worker,1.0,2026-09-01,W2\n",
        f="audit_id,child_id,audit_date,auditor_id,grade,theme,action_required\nAU1,100,2026-08-01,M2,Good,Plans,None\n",
        g="child_id,rated_on,score,rated_by,reason\n100,2026-08-01,3,W1,three moves\n",
        h="child_id,plan_id,visit_every_days,review_every_days,next_review_due\n100,,10,42,2026-11-30\n",
        i="child_id,kind,due_date,done_date\n100,court,2026-12-01,\n",
    )
    given = read(tmp_path)
    assert sorted(given) == sorted(
        [
            "supervision",
            "actions",
            "establishment",
            "teams",
            "vacancies",
            "audits",
            "complexity",
            "plan_intervals",
            "key_dates",
        ]
    )
    assert rows(given["supervision"], "supervision", "note_type", "supervisor") == [
        ("Case Supervision", "M1")
    ]
    assert rows(given["establishment"], "establishment", "staff_number", "title", "can_hold") == [
        ("CS1", "Social Worker", "CP, court")
    ]
    assert rows(given["teams"], "team", "team_id", "parent_name") == [("T1", "Safeguarding")]
    assert rows(given["vacancies"], "vacancy", "covered_by") == [("W2",)]
    assert all(len(d.tables) == 1 for d in given.values())
    assert adds_up(given.values())


def test_the_unprefixed_reviews_of_one_mosaic_variant_are_known(tmp_path):
    given = read_text(
        tmp_path,
        "workflow_step_id,person_id,registration_id,due_date,actual_date,review_outcome,quorate,review_participation\n"
        "R1,100,P1,2026-09-01,2026-09-02,Y,Y,PN1\n",
    )
    assert rows(given, "cp_review", "review_id", "child_id", "plan_id", "continues") == [
        ("R1", "100", "P1", "Y")
    ]


def test_a_file_that_is_not_ours_is_named_and_the_others_are_read(tmp_path):
    given = read(hand(tmp_path, people=PEOPLE, budget="Cost centre,Amount\nC1,12\n"))
    assert rows(given["ssd"], "child", "child_id") == [("100",), ("101",)]
    assert said(given["ssd"]) == ["- : not recognised: its headings are Cost centre, Amount; kept out"]


def test_a_file_without_headings_is_not_shown_in_the_report(tmp_path):
    given = read(hand(tmp_path, people=PEOPLE, other="Ash,Alder,2015-03-01\nBay,Beech,2012-07-15\n"))
    assert said(given["ssd"]) == ["- : not recognised: its first row holds no headings; kept out"]


def test_an_empty_census_and_a_few_columns_that_all_lists_share_are_said_to_be_not_read(tmp_path):
    given = read(
        hand(
            tmp_path,
            **{
                "people.csv": PEOPLE,
                "csww.xml": "<?xml version='1.0'?><Message><Header/></Message>",
                "list 1.csv": "Child Unique ID,Gender,Ethnicity\n100,a) Male,a) WBRI\n",
            },
        )
    )
    assert said(given["ssd"]) == [
        "- : not recognised: its root element is Message; kept out",
        "- : not recognised: its headings are Child Unique ID, Gender, Ethnicity; kept out",
    ]


def test_where_nothing_is_known_the_load_is_refused_with_the_headings_that_were_found(tmp_path):
    with pytest.raises(
        CannotRead, match=r"nothing in it has the headings of an extract.*Cost centre, Amount.*mapping file"
    ):
        read(hand(tmp_path, budget="Cost centre,Amount\nC1,12\n"))


def test_a_missing_required_column_is_named_with_its_file_its_table_and_the_mend(tmp_path):
    text = VISITS.replace("cppv_cp_visit_date", "cppv_when")
    with pytest.raises(CannotRead) as refused:
        read(hand(tmp_path, people=PEOPLE, visits=text))
    assert str(refused.value) == (
        "visits.csv: these are the headings of ssd_cp_visits, but the column cppv_cp_visit_date is missing; export it too, "
        "or name its heading in the mapping file under headings: cp_visit: visit_date."
    )


def test_a_visit_file_that_names_neither_child_nor_plan_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"the column cppv_person_id or cppv_cp_plan_id is missing"):
        read_text(tmp_path, "cppv_cp_visit_id,cppv_cp_visit_date,cppv_cp_visit_seen\nV1,2026-10-01,Y\n")


def test_a_local_file_without_the_child_is_refused_rather_than_passed_over(tmp_path):
    with pytest.raises(CannotRead, match=r"headings of actions, but the column person_id is missing"):
        read(
            hand(
                tmp_path,
                people=PEOPLE,
                acts="Supervision Date,Agreed Action,Target Date,Completed Date\n01/02/2026,Call,02/02/2026,\n",
            )
        )


def test_a_heading_that_stands_twice_is_refused(tmp_path):
    text = VISITS.replace("cppv_cp_visit_seen", "CPPV_CP_Visit_Date")
    with pytest.raises(CannotRead, match=r"the heading cppv_cp_visit_date stands 2 times"):
        read_text(tmp_path, text)


def test_two_tables_joined_into_one_file_are_refused(tmp_path):
    with pytest.raises(
        CannotRead, match=r"fit both ssd_cin_plans and ssd_cp_plans|fit both ssd_cp_plans and ssd_cin_plans"
    ):
        read_text(
            tmp_path,
            "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
            "cinp_cin_plan_id,cinp_person_id,cinp_cin_plan_start_date,cinp_cin_plan_end_date\n1,2,,,3,4,,\n",
        )


def test_headings_that_fit_two_layouts_equally_are_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"fit both"):
        read_text(tmp_path, "child_id,due_date\n100,2026-01-01\n")


def test_of_two_headings_for_one_column_the_first_known_is_read_and_the_other_is_said(tmp_path):
    given = read_text(
        tmp_path, "pers_person_id,pers_surname,pers_common_child_id,pers_single_unique_id\n100,Alder,no,yes\n"
    )
    assert rows(given, "child", "unique_id") == [("yes",)]
    assert said(given) == ["- pers_common_child_id: not read: another heading gives the same column"]


def test_several_files_of_one_table_are_one_table_in_the_order_of_the_files(tmp_path):
    first, second = VISITS.strip().rsplit("\n", 1)
    given = read(hand(tmp_path, a=first + "\n", b=VISITS.strip().splitlines()[0] + "\n" + second + "\n"))[
        "ssd"
    ]
    assert rows(given, "cp_visit", "visit_id") == [("V1",), ("V2",), ("V3",)]
    assert [(c.file, c.read) for c in given.counts] == [("a.csv", 2), ("b.csv", 1)]


def test_every_table_has_exactly_its_published_columns(tmp_path):
    from evenlode.record.tables import TABLES

    given = read(hand(tmp_path, a=VISITS, b=PEOPLE))["ssd"]
    for name, table in given.tables.items():
        assert table.schema.equals(TABLES[name].arrow_schema)
    assert given.tables["child"]["la_code"].to_pylist() == ["999", "999"]
    assert given.tables["child"]["source"].to_pylist() == ["ssd", "ssd"]


def test_every_file_that_was_read_is_listed_with_its_fingerprint(tmp_path):
    import hashlib

    (file,) = read_text(tmp_path, PEOPLE).files
    assert (file.name, file.size) == ("table.csv", len(PEOPLE.lstrip()))
    assert file.sha256 == hashlib.sha256(PEOPLE.lstrip().encode()).hexdigest()


def test_progress_is_told_file_by_file(tmp_path):
    steps = []

    class Told:
        def step(self, text, done, total):
            steps.append((text, done <= total))

    read_extracts(hand(tmp_path, a=PEOPLE, b=VISITS), la_code="999", progress=Told())
    assert steps == [("Reading a.csv", True), ("Reading b.csv", True), ("Checking what was read", True)]
