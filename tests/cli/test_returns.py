"""A return and a payload checked as a person checks them: what the rules make of the record."""

from __future__ import annotations

import csv
import json

from .test_commands import run

FILES = {
    "header": """
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
100,1,01/03/2012,WBRI,A123456789012,,
200,2,15/07/2014,WBRI,A123456789013,,
""",
    "episodes": """
CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
100,04/05/2025,S,C2,N1,U6,PR1,,,,,,SC000001
200,04/05/2025,S,C2,N1,U6,PR1,,,,,,SC000001
""",
    "reviews": """
CHILD,DOB,REVIEW,REVIEW_CODE
100,01/03/2012,20/05/2025,PN1
100,01/03/2012,10/08/2025,PN1
100,01/03/2012,01/02/2026,PN1
200,15/07/2014,20/05/2025,PN1
""",
    "workers": """
CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON
100,01/03/2012,SW12345,01/04/2025,,FCONTA
200,15/07/2014,XX00001,01/04/2025,,MANAGE
""",
}


def findings(folder, out, as_at):
    done = run("check", str(folder), "--as-at", as_at, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        return {
            (row["rule_id"], row["subject_id"], row["status"], row["due_date"])
            for row in csv.DictReader(file)
        }


def test_a_return_tells_who_has_no_named_worker_and_not_whose_review_is_late(tmp_path):
    """It lists the reviews of its year alone: how many there were before, it does not say."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text.lstrip())
    found = findings(tmp_path, tmp_path / "f.csv", "2026-03-31")
    assert {f[2] for f in found if f[0].startswith("CLA-R")} == {"cannot_tell"}
    assert ("AL-01", "200", "breach", "") in found
    assert ("AL-01", "100", "breach", "") not in found


def test_a_payload_tells_which_plan_is_long_and_who_holds_the_child(tmp_path):
    child = {
        "la_child_id": "C1",
        "child_details": {"date_of_birth": "2012-03-01"},
        "social_care_episodes": [
            {
                "social_care_episode_id": "E1",
                "referral_date": "2023-01-09",
                "care_worker_details": [{"worker_id": "SW12345", "start_date": "2023-01-10"}],
                "child_protection_plans": [{"child_protection_plan_id": "P1", "start_date": "2023-02-01"}],
            }
        ],
    }
    (tmp_path / "payload.json").write_text(json.dumps([child]))
    found = findings(tmp_path, tmp_path / "f.csv", "2026-03-31")
    assert [f for f in found if f[0] == "CP-11" and f[1] == "C1"]
    assert not [f for f in found if f[0] == "AL-01" and f[1] == "C1"]


def test_a_payload_that_is_cut_off_ends_with_one_sentence(tmp_path):
    (tmp_path / "payload.json").write_text('[{"la_child_id": "C1", "child_de')
    done = run("check", str(tmp_path), "--as-at", "2026-03-31")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "payload.json: the JSON is broken or cut off at line 1" in done.stderr
