import collections
import datetime as dt
import json
import random
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given as make_up
from hypothesis import settings
from hypothesis import strategies as st

from evenlode.errors import CannotRead
from evenlode.extracts import read_extracts

from .censuses import CIN, census, child, details, tags
from .handing import PEOPLE, adds_up, hand, read, read_text, rows, said, set_aside

samples = pytest.mark.skipif(not CIN.exists(), reason="the samples ../shared/data/cin-census are not there")

ASSESSMENT = (
    "<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2025-07-01</AssessmentAuthorisationDate>"
    "<FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors>"
    "<AssessmentFactors>3b</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>\n"
)
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>2025-06-20</CPPstartDate>"
    "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
    "<NumberOfPreviousCPP>2</NumberOfPreviousCPP>\n"
    "<Reviews><CPPreviewDate>2025-09-10</CPPreviewDate><CPPreviewDate>2026-02-20</CPPreviewDate></Reviews>"
    "</ChildProtectionPlans>\n"
)


BLOCKS = {"assessment", "cin_plan", "enquiry", "cp_plan", "cp_review", "pre_proceedings"}
"""Tables that a whole part of the census fills."""


def filled(given):
    """The tables that hold a row."""
    return {name for name, table in given.tables.items() if table.num_rows}


def day(text):
    return dt.date.fromisoformat(text)


def enquiry(**values):
    return "<Section47>" + tags(S47ActualStartDate="2025-06-05", **values) + "</Section47>\n"


def of(tmp_path, *children, **head):
    return read_text(tmp_path, census(*children, **head), "cin.xml")


def test_a_child_is_read_with_what_identifies_it(tmp_path):
    who = tags(
        UPN="A123456789012",
        FormerUPN="B1",
        PersonBirthDate="2015-03-01",
        GenderCurrent="2",
        PersonDeathDate="2026-01-05",
    )
    disabled = "<Disabilities><Disability>LD</Disability><Disability>AUT</Disability></Disabilities>"
    given = of(tmp_path, child("007", details(), who=who, traits=disabled))
    assert rows(given, "child", "child_id", "upn", "sex", "gender", "ethnicity", "dob", "death_date") == [
        ("007", "A123456789012", "F", "2", "WBRI", day("2015-03-01"), day("2026-01-05"))
    ]
    assert rows(given, "disability", "child_id", "code") == [("007", "LD"), ("007", "AUT")]
    assert rows(given, "linked_identifier", "identifier_type", "identifier_value") == [("Former UPN", "B1")]


@pytest.mark.parametrize(
    ("written", "sex"),
    [("<Sex>M</Sex>", "M"), ("<GenderCurrent>1</GenderCurrent>", "M"), ("<GenderCurrent>2</GenderCurrent>", "F"),
     ("<GenderCurrent>9</GenderCurrent>", "U"), ("<GenderCurrent>1</GenderCurrent><Sex>F</Sex>", "F"), ("", None)],
)  # fmt: skip
def test_sex_is_read_from_either_year_s_element_and_the_newer_one_wins(tmp_path, written, sex):
    assert rows(of(tmp_path, child("100", details(), who=written)), "child", "sex") == [(sex,)]


def test_a_sex_that_is_a_code_of_another_element_is_said(tmp_path):
    given = of(tmp_path, child("1", who="<Sex>1</Sex>"), child("2", who="<Sex>X</Sex>"))
    assert rows(given, "child", "sex") == [("M",), (None,)]
    assert any("Sex holds a code of GenderCurrent in 1 rows" in line for line in said(given))
    assert any("Sex holds a code that is not known in 1 rows" in line for line in said(given))


@pytest.mark.parametrize(("nfa", "flag"), [("0", "N"), ("1", "Y"), ("false", "N"), ("true", "Y")])
def test_a_referral_is_an_episode_known_by_child_and_date(tmp_path, nfa, flag):
    closed = tags(CINclosureDate="2025-12-01", ReasonForClosure="RC8")
    given = of(tmp_path, child("100", details("2025-06-02", closed, nfa), details("2026-01-10", nfa=nfa)))
    wanted = ("episode_id", "referral_date", "source_code", "primary_need", "close_date", "close_reason")
    assert rows(given, "episode", *wanted, "no_further_action") == [
        ("100|2025-06-02", day("2025-06-02"), "6", "N1", day("2025-12-01"), "RC8", flag),
        ("100|2026-01-10", day("2026-01-10"), "6", "N1", None, None, flag),
    ]


def test_an_assessment_belongs_to_its_referral_and_carries_its_factors(tmp_path):
    given = of(tmp_path, child("100", details(inside=ASSESSMENT)))
    assert rows(given, "assessment", "assessment_id", "episode_id", "start_date", "authorised_date") == [
        ("100|2025-06-02|2025-06-03", "100|2025-06-02", day("2025-06-03"), day("2025-07-01"))
    ]
    ((assessment, factors),) = rows(given, "assessment_factor", "assessment_id", "factors")
    assert (assessment, json.loads(factors)) == ("100|2025-06-02|2025-06-03", ["2A", "3B"])


def test_an_assessment_without_factors_has_no_row_of_factors(tmp_path):
    bare = "<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate><FactorsIdentifiedAtAssessment/></Assessments>"
    given = of(tmp_path, child("100", details(inside=bare)))
    assert given.tables["assessment"].num_rows == 1
    assert "assessment_factor" not in filled(given)


def test_a_protection_plan_carries_earlier_plans_and_its_reviews(tmp_path):
    given = of(tmp_path, child("100", details(inside=PLAN)))
    assert rows(given, "cp_plan", "plan_id", "first_category", "category", "earlier_plans", "end_date") == [
        ("100|2025-06-02|2025-06-20", "NEG", "EMO", 2, None)
    ]
    assert rows(given, "cp_review", "plan_id", "held_date") == [
        ("100|2025-06-02|2025-06-20", day("2025-09-10")),
        ("100|2025-06-02|2025-06-20", day("2026-02-20")),
    ]
    assert "due_date" not in given.tells["cp_review"]


def test_a_conference_named_under_the_referral_and_the_enquiry_is_one_conference(tmp_path):
    inside = tags(DateOfInitialCPC="2025-06-20") + enquiry(
        InitialCPCtarget="2025-06-26", DateOfInitialCPC="2025-06-20", ICPCnotRequired="0"
    )
    given = of(tmp_path, child("100", details(inside=inside)))
    assert rows(given, "conference", "enquiry_id", "held_date", "target_date") == [
        ("100|2025-06-02|2025-06-05", day("2025-06-20"), day("2025-06-26"))
    ]


def test_conferences_on_two_days_are_two_conferences(tmp_path):
    inside = tags(DateOfInitialCPC="2025-07-01") + enquiry(DateOfInitialCPC="2025-06-20")
    given = of(tmp_path, child("100", details(inside=inside)))
    assert sorted(rows(given, "conference", "held_date")) == [(day("2025-06-20"),), (day("2025-07-01"),)]


@pytest.mark.parametrize(
    ("told", "end", "says"),
    [
        ({"ICPCnotRequired": "true"}, "2025-06-05", "N"),
        ({"ICPCnotRequired": "1"}, "2025-06-05", "N"),
        ({"DateOfInitialCPC": "2025-06-20", "ICPCnotRequired": "false"}, "2025-06-20", "Y"),
        ({"ICPCnotRequired": "0"}, None, None),
        ({}, None, None),
    ],
)
def test_an_enquiry_says_conference_only_where_one_was_held(tmp_path, told, end, says):
    given = of(tmp_path, child("100", details(inside=enquiry(**told))))
    assert rows(given, "enquiry", "end_date", "says_conference") == [(day(end) if end else None, says)]
    assert "end_date" not in given.tells["enquiry"]


def test_pre_proceedings_are_read_and_what_has_no_place_is_said(tmp_path):
    block = "<PreProceedingsandFGDM>" + tags(
        PPStartDate="2025-09-09", LBPSentDate="2025-09-20", FGDMMeetingOffer="1", InitialPPMeetingDate="2025-09-28",
        ReviewMeetingsCount="3", StepDecisionDate="2025-12-01", PPOutcome="A", CourtAppDate="2025-12-18",
    ) + "</PreProceedingsandFGDM>"  # fmt: skip
    given = of(tmp_path, child("100", details(inside=block)))
    assert rows(
        given, "pre_proceedings", "decision_date", "letter_date", "meetings", "outcome", "end_date"
    ) == [(day("2025-09-09"), day("2025-09-20"), "3", "A", day("2025-12-01"))]
    assert any("no place for CourtAppDate, FGDMMeetingOffer; not kept" in line for line in said(given))


def test_a_block_that_no_child_has_is_not_taken_for_none(tmp_path):
    given = of(tmp_path, child("100", details()))
    assert filled(given) == {"child", "episode"}
    assert not set(given.tables) & BLOCKS


def test_the_line_of_the_file_is_named_where_a_row_is_set_aside(tmp_path):
    text = census(child("100", details("2025-06-02"), details("02-30-2025")))
    given = read_text(tmp_path, text, "cin.xml")
    line = text[: text.rindex("<CINdetails>")].count("\n") + 1
    ((row, reason),) = set_aside(given)
    assert (row, "is not a date" in reason) == (line, True)
    assert adds_up([given])


def test_where_a_file_is_one_long_line_rows_are_counted(tmp_path):
    text = census(child("100", *(details(f"2025-0{n}-02") for n in range(1, 5)), details("x"))).replace(
        "\n", ""
    )
    given = read_text(tmp_path, text, "cin.xml")
    assert [row for row, _ in set_aside(given)] == [5]
    assert any("a row here is the count of the CINdetails" in line for line in said(given))


def test_elements_that_are_not_known_are_kept_out_and_said_once(tmp_path):
    extra = "<Worker><Name>x</Name></Worker>"
    given = of(tmp_path, child("100", details(inside=extra), details("2025-07-01", extra)))
    assert [line for line in said(given) if "Worker" in line] == [
        "- : the element Worker in CINdetails is not known (met 2 times, first on line 10); not read"
    ]


def test_text_between_elements_is_said_and_read_past(tmp_path):
    given = of(
        tmp_path, child("100", details(), who="<UPNunknown>UN3</UPNunknown>PersonBirthDate<Sex>M</Sex>")
    )
    assert rows(given, "child", "upn_unknown", "sex") == [("UN3", "M")]
    assert any(line.startswith("- : text stands between elements (1 times") for line in said(given))


def test_elements_in_another_order_are_read_and_said(tmp_path):
    swapped = "<Sex>M</Sex><PersonBirthDate>2015-03-01</PersonBirthDate>"
    given = of(tmp_path, child("100", details(), who=swapped))
    assert rows(given, "child", "sex", "dob") == [("M", day("2015-03-01"))]
    assert any("elements of 1 Child stand in another order" in line for line in said(given))


def test_a_referral_date_that_stands_after_what_hangs_from_it_still_names_it(tmp_path):
    late = f"<CINdetails>{ASSESSMENT}<CINreferralDate>2025-06-02</CINreferralDate></CINdetails>"
    given = of(tmp_path, child("100", late))
    assert rows(given, "assessment", "episode_id") == [("100|2025-06-02",)]


def test_a_single_element_that_stands_twice_is_said_and_the_first_is_read(tmp_path):
    given = of(tmp_path, child("100", details(), who="<Sex>M</Sex><Sex>F</Sex>"))
    assert rows(given, "child", "sex") == [("M",)]
    assert any("Sex stands more than once in one Child" in line for line in said(given))


@pytest.mark.parametrize(
    "root", ["<Message xmlns='urn:census'>", "<c:Message xmlns:c='urn:census'>", "<Message a='1'>"]
)
def test_a_namespace_or_an_attribute_does_no_harm(tmp_path, root):
    text = census(child("100", details()))
    if root.startswith("<c:"):
        text = (
            text.replace("<?xml", "\0")
            .replace("</", "\1")
            .replace("<", "<c:")
            .replace("\1", "</c:")
            .replace("\0", "<?xml")
        )
        root = root.replace("<c:Message", "<c:Message")
        text = text.replace("<c:?xml", "<?xml").replace("<c:Message>", root)
    else:
        text = text.replace("<Message>", root)
    assert rows(read_text(tmp_path, text, "cin.xml"), "episode", "episode_id") == [("100|2025-06-02",)]


@pytest.mark.parametrize(
    ("head", "la_code", "words"),
    [
        ({"lea": "201"}, "999", "the file is of council 201 (LEA), but was handed over as council 999"),
        ({"lea": "201"}, "council", "the file is of council 201 (LEA); no code was given, so give it with --council 201"),
        ({"year": "2025"}, "999", "the header's Year 2025 and ReferenceDate 2026-03-31 disagree"),
        ({"day": "2026-03-28"}, "999", "the reference date 2026-03-28 is not the census day, which ends in 03-31"),
        ({"day": "2025-03-31", "year": "2025"}, "999", "CINreferralDate lies after the reference date 2025-03-31 in 1 rows"),
        ({"collection": "CSWW"}, "999", "the header says Collection CSWW, but the file holds CIN"),
    ],
)  # fmt: skip
def test_a_header_that_disagrees_is_said(tmp_path, head, la_code, words):
    path = hand(tmp_path, **{"cin.xml": census(child("100", details()), **head)})
    (given,) = read_extracts(path, la_code=la_code)
    assert [line for line in said(given) if words in line]


def test_a_header_that_agrees_gives_no_remark(tmp_path):
    assert said(of(tmp_path, child("100", details()))) == []


def test_of_two_years_handed_over_the_newer_one_stands(tmp_path):
    old = census(child("100", details()), day="2025-03-31", year="2025", lea="999")
    closed = tags(CINclosureDate="2025-12-01", ReasonForClosure="RC8")
    new = census(child("100", details(inside=closed)))
    given = read(hand(tmp_path, **{"a.xml": old, "b.xml": new}))["cin_census"]
    assert rows(given, "episode", "close_date") == [(day("2025-12-01"),)]
    assert [q.file for q in given.quarantined] == ["a.xml, CINdetails"]


def test_what_is_said_of_an_older_file_is_kept_though_its_children_stand_in_a_newer_one(tmp_path):
    old = census(child("100", details()), day="2025-03-31", year="2024")
    given = read(hand(tmp_path, **{"a.xml": old, "b.xml": census(child("100", details()))}))["cin_census"]
    assert [p.file for p in given.problems if "Year 2024 and ReferenceDate" in p.problem] == ["a.xml, Child"]
    assert rows(given, "child", "child_id") == [("100",)]


def test_children_of_a_census_are_looked_for_in_the_census(tmp_path):
    given = read(
        hand(tmp_path, **{"people.csv": PEOPLE, "cin.xml": census(child("900", details(inside=PLAN)))})
    )
    assert said(given["cin_census"]) == []
    assert set(given) == {"ssd", "cin_census"}


FLAT = {
    "ChildIdentifiers": ",LAchildID,UPN,FormerUPN,UPNunknown,PersonBirthDate,ExpectedPersonBirthDate,GenderCurrent,PersonDeathDate\n0,100,,,,2015-03-01,,1,\n",
    "ChildCharacteristics": ",LAchildID,Ethnicity\n0,100,WBRI\n",
    "CINdetails": ",LAchildID,CINdetailsID,CINreferralDate,ReferralSource,PrimaryNeedCode,CINclosureDate,ReasonForClosure,DateOfInitialCPC,ReferralNFA\n0,100,1,02/06/2025,4,N6,,,29/06/2025,FALSE\n",
    "Assessments": "LAchildID,CINdetailsID,AssessmentID,AssessmentActualStartDate,AssessmentInternalReviewDate,AssessmentAuthorisationDate,AssessmentFactors\n100,1,1,2025-06-03,,2025-07-01,\"['2A', '3B']\"\n",
    "Plans": "LAchildID,CINdetailsID,CPPID,CPPstartDate,CPPendDate,InitialCategoryOfAbuse,LatestCategoryOfAbuse,NumberOfPreviousCPP\n100,1,1,2025-06-20,,NEG,NEG,0\n",
    "Reviews": "LAchildID,CINdetailsID,CPPID,CPPreviewDate\n100,1,1,2025-09-10\n",
}


def test_flat_files_give_the_same_ids_as_the_xml(tmp_path):
    given = read(hand(tmp_path, **FLAT))["cin_census"]
    assert rows(given, "child", "child_id", "sex", "ethnicity") == [("100", "M", "WBRI")]
    assert rows(given, "episode", "episode_id", "referral_date") == [("100|2025-06-02", day("2025-06-02"))]
    assert rows(given, "assessment", "assessment_id", "episode_id") == [
        ("100|2025-06-02|2025-06-03", "100|2025-06-02")
    ]
    assert json.loads(rows(given, "assessment_factor", "factors")[0][0]) == ["2A", "3B"]
    assert rows(given, "cp_plan", "plan_id") == [("100|2025-06-02|2025-06-20",)]
    assert rows(given, "cp_review", "plan_id") == [("100|2025-06-02|2025-06-20",)]
    assert not [line for line in said(given) if "names nobody" in line]


def test_a_flat_file_alone_keeps_the_number_of_its_episode(tmp_path):
    given = read(hand(tmp_path, Assessments=FLAT["Assessments"]))["cin_census"]
    assert rows(given, "assessment", "episode_id", "child_id") == [("100|#1", "100")]


def record(given):
    return {name: sorted(map(repr, table.to_pylist())) for name, table in given.tables.items()}


@settings(max_examples=25)
@make_up(st.permutations(range(6)))
def test_any_order_of_children_gives_the_same_record(tmp_path_factory, order):
    insides = [
        ASSESSMENT,
        PLAN,
        enquiry(ICPCnotRequired="1"),
        "",
        ASSESSMENT + PLAN,
        tags(DateOfInitialCPC="2025-07-01"),
    ]
    children = [child(str(n), details(inside=inside)) for n, inside in enumerate(insides)]
    folder = tmp_path_factory.mktemp("order")
    first = read_text(folder, census(*children), "cin.xml")
    again = read_text(folder, census(*(children[n] for n in order)), "cin.xml")
    assert record(first) == record(again)


def test_thousands_of_children_keep_what_is_theirs(tmp_path):
    given = of(tmp_path, *(child(f"c{n}", details(inside=ASSESSMENT)) for n in range(4_500)))
    wanted = [(f"c{n}", f"c{n}|2025-06-02", f"c{n}|2025-06-02|2025-06-03") for n in range(4_500)]
    assert rows(given, "assessment", "child_id", "episode_id", "assessment_id") == wanted
    assert rows(given, "child", "child_id") == [(c,) for c, _, _ in wanted]


def counted(path):
    """How often each element stands in a file, counted by another reader."""
    return collections.Counter(e.tag for e in ET.parse(path).iter())  # noqa: S314 - a sample of our own


COUNTS = {
    "Child": "child",
    "CINdetails": "episode",
    "Assessments": "assessment",
    "CINPlanDates": "cin_plan",
    "Section47": "enquiry",
    "ChildProtectionPlans": "cp_plan",
    "CPPreviewDate": "cp_review",
    "Disability": "disability",
    "PreProceedingsandFGDM": "pre_proceedings",
}


@samples
@pytest.mark.parametrize("name", sorted(p.name for p in CIN.glob("*.xml")))
def test_as_many_rows_are_read_of_each_sample_as_it_has_elements(name):
    (given,) = read(CIN / name).values()
    assert adds_up([given])
    elements = counted(CIN / name)
    read_rows = {t: sum(c.read for c in given.counts if c.table == t) for t in COUNTS.values()}
    assert read_rows == {table: elements[element] for element, table in COUNTS.items()}


@samples
def test_the_large_sample_shows_what_it_is_known_to_hold():
    (given,) = read(CIN / "fake_CIN_data.xml").values()
    closed = given.tables["episode"]["close_date"]
    assert (given.tables["child"].num_rows, len(closed), closed.null_count) == (332, 402, 150)
    assert filled(given) == {"child", "episode", "conference", "disability"}
    assert not set(given.tables) & BLOCKS


@samples
def test_the_flat_sample_is_the_first_of_the_large_one():
    flat = read(CIN / "flat_csv")["cin_census"]
    whole = read(CIN / "fake_CIN_data.xml")["cin_census"]
    ids = set(whole.tables["episode"]["episode_id"].to_pylist())
    assert set(flat.tables["episode"]["episode_id"].to_pylist()) <= ids
    wanted = ("child_id", "dob", "sex", "ethnicity", "upn")
    assert sorted(rows(flat, "child", *wanted), key=str) == sorted(rows(whole, "child", *wanted), key=str)


def test_a_census_cut_anywhere_is_refused_whole(tmp_path):
    whole = census(*(child(str(n), details(inside=ASSESSMENT + PLAN)) for n in range(5))).rstrip().encode()
    chance = random.Random(3)  # noqa: S311 - places to cut at
    for at in [1, 5, *(chance.randrange(1, len(whole)) for _ in range(200))]:
        with pytest.raises(CannotRead, match=r"^cin\.xml"):
            read_text(tmp_path, whole[:at], "cin.xml")
