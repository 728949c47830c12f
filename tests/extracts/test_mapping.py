import pytest

from evenlode.errors import CannotRead
from evenlode.extracts import default_mapping, default_mapping_text, load_mapping

from .handing import read_text, rows, said


def mapping(folder, text):
    path = folder / "mapping.yaml"
    path.write_text(text)
    return load_mapping(path)


def test_the_shipped_mapping_is_sound_and_can_be_copied_as_a_start(tmp_path):
    assert mapping(tmp_path, default_mapping_text()) == default_mapping()
    assert default_mapping_text().startswith("# ")


def test_an_empty_mapping_changes_nothing(tmp_path):
    assert mapping(tmp_path, "# nothing yet\n") == default_mapping()


def test_a_council_names_its_own_headings(tmp_path):
    ours = mapping(
        tmp_path,
        """
headings:
  supervision:
    child_id: [Protocol Number]
    note_type: Discussion Kind
    held_date: [Held]
""",
    )
    given = read_text(
        tmp_path, "Protocol Number,Discussion Kind,Held\n100,Case Supervision,01/10/2026\n", mapping=ours
    )
    assert rows(given, "supervision", "child_id", "note_type") == [("100", "Case Supervision")]


def test_a_council_names_headings_of_the_national_tables_too(tmp_path):
    ours = mapping(tmp_path, "headings: {cp_visit: {visit_date: [Date Seen], child_id: [PersonRef]}}")
    given = read_text(tmp_path, "cppv_cp_visit_id,PersonRef,Date Seen\nV1,100,01/10/2026\n", mapping=ours)
    assert rows(given, "cp_visit", "visit_id", "child_id") == [("V1", "100")]


def test_a_council_names_headings_of_a_list_of_annex_a_too(tmp_path):
    ours = mapping(
        tmp_path, "headings: {annex_a_list_7: {start_date: [Made Subject On], visit_date: [Seen Last]}}"
    )
    given = read_text(
        tmp_path,
        "Child Unique ID,Made Subject On,Seen Last,Initial Category of Abuse\n100,01/10/2026,02/11/2026,Neglect\n",
        mapping=ours,
    )
    assert rows(given, "cp_plan", "child_id", "first_category") == [("100", "NEG")]


def test_a_heading_that_is_given_a_new_meaning_loses_the_old_one(tmp_path):
    ours = mapping(tmp_path, "headings: {supervision: {worker: [Manager]}}")
    given = read_text(
        tmp_path,
        "Person ID,Case Note Type,Date of Note,Manager\n100,Case Supervision,01/10/2026,Ann\n",
        mapping=ours,
    )
    assert rows(given, "supervision", "supervisor", "worker") == [(None, "Ann")]


def test_a_council_gives_the_meaning_of_its_codes(tmp_path):
    ours = mapping(
        tmp_path,
        """
codes:
  supervision:
    note_type: {"1:1": Case Supervision, MGMT: Management Oversight}
""",
    )
    text = "Person ID,Case Note Type,Date of Note\n100,1:1,01/10/2026\n101,mgmt,01/10/2026\n102,Other,01/10/2026\n103,case,01/10/2026\n"
    given = read_text(tmp_path, text, mapping=ours)
    assert rows(given, "supervision", "note_type") == [
        ("Case Supervision",),
        ("Management Oversight",),
        ("Other",),
        ("Case Supervision",),
    ]
    assert (
        said(given)[0]
        == "2 Case Note Type: the value was replaced by the word that the mapping file gives for it"
    )


def test_a_council_adds_words_for_yes_no_unknown_and_nothing(tmp_path):
    ours = mapping(tmp_path, 'words: {"yes": [seen], "no": [not seen], unknown: ["1"], blank: [n.k.]}')
    text = "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone,cppv_cp_plan_id\n"
    given = read_text(
        tmp_path, text + "V1,100,2026-01-05,Seen,not seen,n.k.\nV2,100,2026-01-06,1,Y,P1\n", mapping=ours
    )
    assert rows(given, "cp_visit", "seen", "seen_alone", "plan_id") == [("Y", "N", None), (None, "Y", "P1")]
    assert not said(given)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("words:\n  yes: [y\n", "line 3: this is not YAML"),
        ("word:\n  a: b\n", 'line 2: "word" is not known; use words, headings or codes'),
        ("words:\n  maybe: [x]\n", 'line 2: "maybe" is not known; use yes, no, unknown, blank'),
        ("words:\n  'yes': [x]\n  'no': [X]\n", 'line 3: "X" cannot mean both yes and no'),
        ("headings:\n  visits:\n    a: [b]\n", 'line 3: there is no table "visits"; the tables are '),
        (
            "headings:\n  cp_visit:\n    when: [b]\n",
            'line 3: table cp_visit has no column "when"; its columns are visit_id',
        ),
        (
            "headings:\n  cp_visit:\n    visit_date: [When]\n    child_id: [when]\n",
            'line 4: "when" cannot be both visit_date and child_id',
        ),
        ("headings:\n  cp_visit:\n    visit_date: ['?']\n", "line 3: a heading needs a letter or a figure"),
        ("headings:\n  cp_visit:\n    visit_date: {a: b}\n", "line 3: a list is wanted here"),
        (
            "headings: [a, b]\n",
            "line 1: headings should be a list of names, each with its meaning after a colon",
        ),
        ("codes:\n  cp_visit:\n    visit_date:\n      a: b\n", "line 4: cp_visit.visit_date is not text"),
        ("codes:\n  cp_visit:\n    child_id: {a: [b]}\n", "line 3: cp_visit.child_id is not text"),
        ("codes:\n  involvement:\n    role: {a: [b]}\n", "line 3: a single word or phrase is wanted here"),
        ("words: {}\nwords: {}\n", 'line 2: "words" stands here twice'),
        ("- a\n- b\n", "line 1: the file should be a list of names"),
    ],
)
def test_a_fault_in_the_mapping_names_the_file_and_the_line(tmp_path, text, fault):
    with pytest.raises(CannotRead) as refused:
        mapping(tmp_path, text)
    assert str(refused.value).startswith(f"mapping.yaml, {fault}")


def test_a_mapping_that_cannot_be_opened_or_is_something_else_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"^none.yaml: the mapping file cannot be opened"):
        load_mapping(tmp_path / "none.yaml")
    (tmp_path / "m.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotRead, match=r"is not UTF-8"):
        load_mapping(tmp_path / "m.yaml")
    (tmp_path / "m.yaml").write_bytes(b"#" * (1024**2 + 1))
    with pytest.raises(CannotRead, match=r"more than 1 MB"):
        load_mapping(tmp_path / "m.yaml")
    (tmp_path / "m.yaml").write_text("[" * 5000)
    with pytest.raises(CannotRead, match=r"line 1"):
        load_mapping(tmp_path / "m.yaml")
