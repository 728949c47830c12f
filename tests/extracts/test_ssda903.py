import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenlode.errors import CannotRead
from evenlode.record.delivery import Action

from .handing import adds_up, hand, read, rows, said, set_aside

HEADER = """
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
100,1,01/03/2012,WBRI,A123456789012,,
200,F,15/07/2008,MOTH,UN1,1,02/02/2026
"""
EPISODE = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
EPISODES = f"""
{EPISODE}
100,04/05/2025,S,C1,N1,U6,PR1,10/07/2025,X1,,AA1 1AA,BB1 1BB,SC000001
100,10/07/2025,L,C2,N1,U6,PR1,20/09/2025,X1,CARPL,AA1 1AA,BB1 1BB,SC000001
100,20/09/2025,P,C2,N1,K2,PR4,,,,AA1 1AA,CC1 1CC,SC000002
"""


def d(text):
    return date.fromisoformat(text)


def ssda903(folder, **files):
    return read(hand(folder, **files))["ssda903"]


def test_the_header_gives_each_child_with_sex_and_pupil_number_in_our_codes(tmp_path):
    given_ = ssda903(tmp_path, header=HEADER)
    assert rows(given_, "child", "child_id", "sex", "dob", "upn", "upn_unknown", "is_mother") == [
        ("100", "M", d("2012-03-01"), "A123456789012", None, None),
        ("200", "F", d("2008-07-15"), None, "UN1", "Y"),
    ]
    assert rows(given_, "mother", "mother_id", "child_dob") == [("200", d("2026-02-02"))]


def test_rows_that_follow_each_other_are_one_period_of_care_from_its_s_row(tmp_path):
    given_ = ssda903(tmp_path, header=HEADER, episodes=EPISODES)
    assert rows(given_, "care_episode", "start_date", "end_date", "period_id", "entered_care_date") == [
        (d("2025-05-04"), d("2025-07-10"), "100|2025-05-04", d("2025-05-04")),
        (d("2025-07-10"), d("2025-09-20"), "100|2025-05-04", d("2025-05-04")),
        (d("2025-09-20"), None, "100|2025-05-04", d("2025-05-04")),
    ]


def test_a_status_that_runs_over_several_rows_is_one_spell(tmp_path):
    given_ = ssda903(tmp_path, episodes=EPISODES)
    assert rows(given_, "legal_status", "status", "start_date", "end_date") == [
        ("C1", d("2025-05-04"), d("2025-07-10")),
        ("C2", d("2025-07-10"), None),
    ]


def test_a_legal_change_alone_does_not_move_the_child(tmp_path):
    given_ = ssda903(tmp_path, episodes=EPISODES)
    told = ("placement_id", "start_date", "end_date", "placement_type", "change_reason", "provider_number")
    assert rows(given_, "placement", *told) == [
        ("100|2025-05-04", d("2025-05-04"), d("2025-09-20"), "U6", "CARPL", "SC000001"),
        ("100|2025-09-20", d("2025-09-20"), None, "K2", None, "SC000002"),
    ]
    assert [p for (p,) in rows(given_, "care_episode", "placement_id")] == [
        "100|2025-05-04",
        "100|2025-05-04",
        "100|2025-09-20",
    ]


def moves(folder, reason, place, number):
    given_ = ssda903(
        folder,
        episodes=f"{EPISODE}\n"
        "100,04/05/2025,S,C2,N1,U6,PR1,10/07/2025,X1,,,,SC000001\n"
        f"100,10/07/2025,{reason},C2,N1,{place},PR1,,,,,,{number}\n",
    )
    return [(str(s), t) for s, t in rows(given_, "placement", "start_date", "placement_type")], said(given_)


def test_another_kind_of_placement_with_the_same_carer_is_one_placement_of_the_newer_kind(tmp_path):
    assert moves(tmp_path, "T", "U4", "SC000001")[0] == [("2025-05-04", "U4")]
    assert moves(tmp_path, "U", "U4", "XXXXXXX")[0] == [("2025-05-04", "U4")]


def test_a_change_of_carer_is_another_placement(tmp_path):
    for reason in ("P", "B", "S"):
        assert moves(tmp_path, reason, "U6", "SC000001")[0] == [("2025-05-04", "U6"), ("2025-07-10", "U6")]


def test_a_row_of_the_same_carer_with_another_providers_number_is_another_placement_and_said(tmp_path):
    found, report = moves(tmp_path, "T", "U4", "SC000002")
    assert found == [("2025-05-04", "U6"), ("2025-07-10", "U4")]
    assert (
        "3 RNE: the cell says the same carer, but the provider's number is another; taken as a new placement"
        in report
    )


def test_a_child_carried_in_from_an_earlier_year_has_no_invented_day_of_coming_into_care(tmp_path):
    given_ = ssda903(tmp_path, episodes=EPISODES.replace("100,04/05/2025,S,", "100,04/05/2025,L,"))
    assert set(rows(given_, "care_episode", "period_id", "entered_care_date")) == {
        ("100|before 2025-05-04", None)
    }
    (report,) = said(given_)
    assert report.startswith("- : 1 periods of care do not begin with an S row")


def test_a_child_who_leaves_care_and_comes_back_has_two_periods(tmp_path):
    text = f"""
{EPISODE}
100,04/05/2025,S,C2,N1,U6,PR1,10/07/2025,E4A,,,,SC000001
100,01/09/2025,S,V2,N1,U6,PR1,,,,,,SC000001
"""
    given_ = ssda903(tmp_path, episodes=text)
    assert rows(given_, "care_episode", "period_id") == [("100|2025-05-04",), ("100|2025-09-01",)]
    assert len(rows(given_, "placement")) == 2


def test_a_row_that_begins_before_an_earlier_one_ends_is_kept_and_said(tmp_path):
    text = f"""
{EPISODE}
100,04/05/2025,S,C2,N1,U6,PR1,10/07/2025,X1,,,,SC000001
100,01/07/2025,P,C2,N1,K2,PR4,,,,,,SC000002
"""
    given_ = ssda903(tmp_path, episodes=text)
    assert "3 DECOM: the cell begins before an earlier row of the child ends; kept" in said(given_)
    assert len(rows(given_, "care_episode")) == 2


def test_a_review_belongs_to_the_period_of_care_that_it_fell_in(tmp_path):
    reviews = """
CHILD,DOB,REVIEW,REVIEW_CODE
100,01/03/2012,01/06/2025,PN1
100,01/03/2012,01/04/2025,PN1
"""
    given_ = ssda903(tmp_path, episodes=EPISODES, reviews=reviews)
    assert rows(given_, "care_review", "held_date", "period_id", "participation") == [
        (d("2025-06-01"), "100|2025-05-04", "PN1"),
        (d("2025-04-01"), None, "PN1"),
    ]
    assert said(given_) == [
        "3 REVIEW: the date falls in no period of care that was handed over; kept without one"
    ]


def test_a_review_before_the_first_row_of_a_carried_in_child_belongs_to_that_stay(tmp_path):
    given_ = ssda903(
        tmp_path,
        episodes=EPISODES.replace("100,04/05/2025,S,", "100,04/05/2025,L,"),
        reviews="CHILD,DOB,REVIEW,REVIEW_CODE\n100,01/03/2012,01/04/2025,PN1\n",
    )
    assert rows(given_, "care_review", "period_id") == [("100|before 2025-05-04",)]


def test_the_return_tells_the_reviews_of_its_own_year_only(tmp_path):
    given_ = ssda903(tmp_path, reviews="CHILD,DOB,REVIEW,REVIEW_CODE\n100,01/03/2012,01/04/2025,PN1\n")
    assert "history" not in given_.tells["care_review"]


def test_social_worker_rows_give_who_held_each_child_and_why_that_changed(tmp_path):
    workers = """
CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON
100,01/03/2012,SW12345,01/04/2025,30/06/2025,FCONTA
100,01/03/2012,XX00001,30/06/2025,,LEFTRL
200,15/07/2008,SW12345,01/04/2025,,MANAGE
"""
    given_ = ssda903(tmp_path, sw_episodes=workers)
    told = ("child_id", "worker_id", "role", "start_date", "end_date", "change_reason")
    assert rows(given_, "involvement", *told) == [
        ("100", "SW12345", "CW", d("2025-04-01"), d("2025-06-30"), "FCONTA"),
        ("100", "XX00001", "CW", d("2025-06-30"), None, "LEFTRL"),
        ("200", "SW12345", "CW", d("2025-04-01"), None, "MANAGE"),
    ]
    assert rows(given_, "worker", "worker_id", "swe_number", "name") == [
        ("SW12345", "SW12345", None),
        ("XX00001", None, "Unallocated"),
    ]


def test_two_years_in_one_folder_are_one_source_and_an_episode_ended_later_is_one_episode(tmp_path):
    before = f"{EPISODE}\n100,04/05/2025,S,C2,N1,U6,PR1,,,,,,SC000001\n"
    after = (
        f"{EPISODE}\n100,04/05/2025,S,C2,N1,U6,PR1,20/05/2026,X1,,,,SC000001\n"
        "100,20/05/2026,P,C2,N1,K2,PR4,,,,,,SC000002\n"
    )
    given_ = ssda903(tmp_path, **{"2025-episodes.csv": before, "2026-episodes.csv": after})
    assert rows(given_, "care_episode", "start_date", "end_date", "entered_care_date") == [
        (d("2025-05-04"), d("2026-05-20"), d("2025-05-04")),
        (d("2026-05-20"), None, d("2025-05-04")),
    ]
    assert set_aside(given_) == [
        (
            2,
            "tells of the same as row 2 of 2026-episodes.csv, which was told later or goes further and stands",
        )
    ]
    assert adds_up([given_])


OTHER = "200,{},S,C2,N1,U6,PR1,,,,,,SC000001\n"
OPEN = f"{EPISODE}\n100,04/05/2025,S,C2,N1,U6,PR1,,,,,,SC000001\n"
ENDED = f"{EPISODE}\n100,04/05/2025,S,C2,N1,U6,PR1,10/07/2025,E4A,,,,SC000001\n"


def test_of_two_files_as_old_as_each_other_the_row_that_ended_stands(tmp_path):
    newest = OTHER.format("01/08/2025")
    given_ = ssda903(tmp_path, a=ENDED + newest, b=OPEN + newest.replace("U6", "U5"))
    assert ("E4A",) in rows(given_, "care_episode", "end_reason")


def test_an_end_that_the_newer_file_took_back_does_not_stand(tmp_path):
    given_ = ssda903(tmp_path, a=ENDED, b=OPEN + OTHER.format("01/08/2025"))
    assert rows(given_, "care_episode", "end_reason") == [(None,), (None,)]


def test_a_row_that_ended_the_day_it_began_does_not_stand_before_one_that_goes_on(tmp_path):
    text = f"""
{EPISODE}
100,04/05/2025,S,C2,N1,U6,PR1,04/05/2025,X1,,,,SC000001
100,04/05/2025,P,C2,N1,K2,PR4,,,,,,SC000002
"""
    given_ = ssda903(tmp_path, episodes=text)
    assert rows(given_, "care_episode", "end_date") == [(None,)]
    assert [number for number, _ in set_aside(given_)] == [2]


def test_rows_that_two_years_repeat_count_once(tmp_path):
    given_ = ssda903(
        tmp_path,
        **{"2025/episodes.csv": EPISODES, "2026/episodes.csv": EPISODES.lstrip().replace("\n", "\r\n")},
    )
    assert len(rows(given_, "care_episode")) == 3
    assert set_aside(given_) == [
        (n, f"repeats row {n} of 2026/episodes.csv in every cell that is read") for n in (2, 3, 4)
    ]


def test_a_childs_header_of_the_later_year_stands(tmp_path):
    given_ = ssda903(
        tmp_path,
        **{"2025-header.csv": HEADER, "2026-header.csv": HEADER.replace("MOTH,UN1", "MOTH,B123456789012")},
    )
    assert rows(given_, "child", "child_id", "upn") == [("100", "A123456789012"), ("200", "B123456789012")]
    counts = [(c.file, c.read, c.kept, c.quarantined) for c in given_.counts if c.table == "child"]
    assert counts == [("2025-header.csv", 2, 0, 2), ("2026-header.csv", 2, 2, 0)]
    assert adds_up([given_])


def test_a_header_row_without_a_child_is_set_aside_and_not_lost(tmp_path):
    given_ = ssda903(tmp_path, header=HEADER + ",1,01/01/2010,WBRI,,,\n")
    assert set_aside(given_) == [(4, "has no child's id that can be read")]
    assert adds_up([given_])


def test_care_leavers_are_a_snapshot_with_letter_and_digit_told_apart(tmp_path):
    oc3 = """
CHILD,DOB,IN_TOUCH,ACTIV,ACCOM
200,15/07/2008,YES,F2,U1
300,15/07/2007,YES,G5,W2
400,15/07/2006,NO,0,0
"""
    given_ = ssda903(tmp_path, oc3=oc3)
    told = ("child_id", "in_touch", "activity", "accommodation", "accommodation_suitable")
    assert rows(given_, "care_leaver", *told) == [
        ("200", "YES", "F2", "U", "1"),
        ("300", "YES", "G5", "W", "2"),
        ("400", "NO", None, None, None),
    ]
    assert not {"history", "eligibility"} & given_.tells["care_leaver"]


def test_health_in_the_year_is_kept_without_a_date_that_nobody_told(tmp_path):
    oc2 = """
CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED
100,01/03/2012,12,,0,,1,0,1,0,,
200,15/07/2008,,SDQ2,1,,0,1,1,1,0,1
"""
    given_ = ssda903(tmp_path, oc2=oc2)
    assert rows(given_, "sdq_score", "child_id", "score", "reason") == [
        ("100", 12, None),
        ("200", None, "SDQ2"),
    ]
    assert rows(given_, "health_check", "child_id", "check_type", "status", "check_date") == [
        ("100", "Health assessment", "Had in the year", None),
        ("200", "Health assessment", "Had in the year", None),
        ("100", "Dental check", "Not had in the year", None),
        ("200", "Dental check", "Had in the year", None),
    ]
    assert rows(given_, "immunisation", "child_id", "up_to_date") == [("100", "Y"), ("200", "N")]
    assert rows(given_, "substance_misuse", "child_id", "intervention") == [("200", "N")]
    assert rows(given_, "conviction", "child_id") == [("200",)]


def test_the_other_files_fill_their_tables(tmp_path):
    given_ = ssda903(
        tmp_path,
        missing="CHILD,DOB,MISSING,MIS_START,MIS_END\n100,01/03/2012,M,01/06/2025,\n",
        dolo="CHILD,DOB,DOLO_START,DOLO_END\n100,01/03/2012,01/07/2025,\n",
        uasc="CHILD,SEX,DOB,DUC\n200,2,15/07/2008,15/07/2026\n",
        ad1="CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "100,01/03/2012,01/02/2025,03/04/2025,1,2,MF,L11\n",
        placed="CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
        "200,15/07/2008,05/05/2025,06/06/2025,RD3\n",
        perm="CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n100,01/03/2012,P1,E09000001,zz/05/2019\n",
    )
    assert rows(given_, "missing_episode", "missing_type", "start_date", "end_date") == [
        ("Missing", d("2025-06-01"), None)
    ]
    assert rows(given_, "liberty_order", "child_id", "start_date") == [("100", d("2025-07-01"))]
    assert rows(given_, "immigration_status", "child_id", "status", "end_date") == [
        ("200", "UASC", d("2026-07-15"))
    ]
    told = ("child_id", "adoption_decision_date", "matched_date", "adopted_by_carer", "reversed_reason")
    assert rows(given_, "permanence", *told) == [
        ("100", d("2025-02-01"), d("2025-04-03"), "Y", None),
        ("200", d("2025-05-05"), None, None, "RD3"),
    ]
    assert rows(given_, "earlier_permanence", "option", "order_date") == [("P1", "zz/05/2019")]


def test_a_date_that_cannot_be_read_sets_its_row_aside_by_its_own_heading(tmp_path):
    given_ = ssda903(tmp_path, episodes=EPISODES.replace("20/09/2025,P", "31/09/2025,P"))
    assert [p.field for p in given_.problems if p.action is Action.QUARANTINED] == ["DECOM"]
    assert [n for n, _ in set_aside(given_)] == [4]
    assert adds_up([given_])


LINES = [
    *EPISODES.strip().splitlines()[1:],
    "200,01/02/2025,L,V2,N1,U6,PR1,01/03/2025,X1,,,,XXXXXXX",
    "200,01/03/2025,T,V2,N1,U4,PR1,,,,,,XXXXXXX",
    "200,01/03/2025,T,V2,N1,U4,PR1,01/06/2025,E4A,,,,XXXXXXX",
    "300,01/02/2025,S,C1,N1,U6,PR1,01/02/2025,X1,,,,",
    "300,01/02/2025,P,C1,N1,U6,PR1,,,,,,",
]
TABLES = ("care_episode", "legal_status", "placement", "child")


def record_of(folder, lines):
    given_ = ssda903(folder, episodes="\n".join([EPISODE, *lines]) + "\n")
    return {t: sorted(map(repr, rows(given_, t))) for t in TABLES}


@settings(max_examples=30)
@given(st.permutations(LINES), st.lists(st.sampled_from(LINES), max_size=4))
def test_any_order_of_rows_and_any_row_twice_give_the_same_record(tmp_path_factory, lines, again):
    assert record_of(tmp_path_factory.mktemp("mixed"), [*lines, *again]) == record_of(
        tmp_path_factory.mktemp("plain"), LINES
    )


XML = """<?xml version="1.0"?>
<EXPSSDA903>
<CHILD>
<HEADER><CHILDID>100</CHILDID><UPN>A123456789012</UPN><SEX>1</SEX><DOB>01/03/2012</DOB><ETHNIC>WBRI</ETHNIC>
<IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>U1</ACCOM>
<AREVIEW><REVIEW>01/06/2025</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>01/11/2025</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
<OC2><SDQ_SCORE>12</SDQ_SCORE><CONVICTED>0</CONVICTED></OC2></HEADER>
<EPISODE><DECOM>04/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><URN>SC000001</URN>
<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/><REC/></EPISODE>
</CHILD>
</EXPSSDA903>
"""


def test_the_xml_form_fills_the_same_tables(tmp_path):
    given_ = read(hand(tmp_path, **{"return.xml": XML}))["ssda903"]
    assert rows(given_, "child", "child_id", "sex", "dob") == [("100", "M", d("2012-03-01"))]
    assert rows(given_, "placement", "placement_type", "start_date", "end_date") == [
        ("U6", d("2025-05-04"), None)
    ]
    assert rows(given_, "care_review", "held_date", "period_id") == [
        (d("2025-06-01"), "100|2025-05-04"),
        (d("2025-11-01"), "100|2025-05-04"),
    ]
    assert rows(given_, "care_leaver", "in_touch", "accommodation") == [("YES", "U")]
    assert rows(given_, "sdq_score", "child_id", "score") == [("100", 12)]
    assert adds_up([given_])


SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "ssda903"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample return ../shared/data/ssda903 is not there"
)
FIRST_TABLE = {
    "header": "child",
    "episodes": "care_episode",
    "reviews": "care_review",
    "missing": "missing_episode",
    "oc2": "sdq_score",
    "oc3": "care_leaver",
    "uasc": "immigration_status",
    "ad1": "permanence",
    "placed_for_adoption": "permanence",
    "previous_permanence": "earlier_permanence",
    "sw_episodes": "involvement",
    "DoLo": "liberty_order",
}


@needs_sample
@pytest.mark.parametrize("folder", ["csv", "multi-year"])
def test_every_row_of_the_sample_return_is_accounted_for(folder):
    given_ = read(SAMPLE / folder)["ssda903"]
    for path in sorted((SAMPLE / folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            count = sum(1 for _ in csv.reader(file)) - 1
        table = FIRST_TABLE[path.stem.removeprefix("2017-").removeprefix("2018-")]
        (found,) = [c for c in given_.counts if c.file == path.name and c.table == table]
        assert found.read == count, path.name
    assert adds_up([given_])


@needs_sample
def test_the_sample_return_has_the_episodes_and_faults_that_are_known_of_it():
    given_ = read(SAMPLE / "csv")["ssda903"]
    episodes = given_.tables["care_episode"]
    assert episodes.num_rows == 5_050
    assert episodes["end_date"].null_count == 1_413
    assert given_.tables["child"].num_rows == 2_676, "one child stands in DoLo and the social workers only"
    assert len(set(episodes["child_id"].to_pylist())) == 2_123
    assert [line for line in said(given_) if "1,856 periods of care do not begin with an S row" in line]


@needs_sample
def test_the_sample_xml_holds_as_many_of_everything_as_its_elements():
    text = (SAMPLE / "fake_903.xml").read_text()
    given_ = read(SAMPLE / "fake_903.xml")["ssda903"]
    for element, table in (
        ("CHILD", "child"),
        ("EPISODE", "care_episode"),
        ("AREVIEW", "care_review"),
        ("AMISSING", "missing_episode"),
        ("OC2", "sdq_score"),
        ("DUC", "immigration_status"),
        ("IN_TOUCH", "care_leaver"),
        ("PREV_PERM", "earlier_permanence"),
    ):
        assert given_.tables[table].num_rows == text.count(f"<{element}>"), element


WORKERS = """
CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON
100,01/03/2012,SW12345,01/04/2025,30/06/2025,FCONTA
200,15/07/2008,XX00001,01/04/2025,,MANAGE
"""


@given(st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_damaged_files_give_a_delivery_that_adds_up_or_one_sentence(tmp_path_factory, chance):
    files = {"header": HEADER, "episodes": EPISODES, "workers": WORKERS}
    damaged = {}
    for name, text in files.items():
        data = bytearray(text.strip().encode() + b"\n")
        for _ in range(chance.randint(0, 3)):
            data[chance.randrange(len(data))] = chance.choice(b',"\n\r;\t 019XS/\xe9')
        damaged[f"{name}.csv"] = bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
    folder = hand(tmp_path_factory.mktemp("damaged"), **damaged)
    try:
        found = read(folder).values()
    except CannotRead as fault:
        found = []
        assert "\n" not in str(fault)  # noqa: PT017 - either is right, and both are looked at
    assert adds_up(found)


def test_files_with_headings_and_no_rows_are_read_as_empty_tables(tmp_path):
    given_ = ssda903(tmp_path, header=HEADER, episodes=f"{EPISODE}\n", workers=WORKERS.splitlines()[1] + "\n")
    assert given_.tables["care_episode"].num_rows == 0
    assert given_.tables["involvement"].num_rows == 0
