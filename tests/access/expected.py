"""What each role may do, written by hand from issue 4, safety-bars.md B and practice-standards.md (SUP-12).

One line a thing and verb, under how far the role reaches; whatever is not named here is refused.
It is written role by role, and the matrix thing by thing, so that a slip in one is seen against the other.
"""

from __future__ import annotations

import re

PRACTICE = """
child's record: see list
child's timeline: see
finding: see list
case supervision: see list approve
agreed action: see list change
decision: see list
weight of a child's case: see
worker's figures: see list
capacity period: see
today: list
search: list
list export: export
"""
OWN_FILE = """
worker's supervision record: see list
worker's own view: see
"""
EVERYBODY = """
rules: see
policy: see
"""
WITH_CHILDREN = EVERYBODY + "council measures: see\nbreak-glass: record\n"
MANAGING = """
finding: record change
case supervision: record change
agreed action: record
decision: record
case audit: see list record
allocation: see
waiting list: list
watch list: list
"""

EXPECTED = {
    "social worker": {
        "own": PRACTICE + "worker's own view: record\nworker's supervision record: approve\n",
        "line": OWN_FILE,
        "council": WITH_CHILDREN,
    },
    "personal adviser": {
        "own": PRACTICE + "worker's own view: record\nworker's supervision record: approve\n",
        "line": OWN_FILE,
        "council": WITH_CHILDREN,
    },
    "practice supervisor": {
        "own": "worker's own view: record",
        "line": OWN_FILE,
        "supervisees": PRACTICE + MANAGING + "worker's supervision record: record change approve",
        "team": "team page: see",
        "council": WITH_CHILDREN,
    },
    "team manager": {
        "own": "worker's own view: record",
        "line": OWN_FILE,
        "supervisees": "worker's supervision record: record change approve",
        "team": PRACTICE
        + MANAGING
        + """
weight of a child's case: record
allocation: record
capacity period: record change
team page: see
people and access: see list
role grant: record
restriction of a child's record: record
""",
        "council": WITH_CHILDREN,
    },
    "head of service": {
        "own": "worker's own view: record",
        "line": OWN_FILE,
        "supervisees": "worker's supervision record: record change approve",
        "service": PRACTICE
        + MANAGING
        + """
weight of a child's case: record
allocation: record
case audit: approve
capacity period: record change
team page: see
service page: see
people and access: see list
role grant: record approve
restriction of a child's record: record
bulk export: record export
""",
        "council": WITH_CHILDREN + "council measures: export\npolicy: record\n",
    },
    "principal social worker": {
        "own": "worker's own view: record",
        "line": OWN_FILE,
        "supervisees": "worker's supervision record: record change approve",
        "council": WITH_CHILDREN
        + """
child's record: see list
child's timeline: see
finding: see list
case supervision: see list
agreed action: see list record change
decision: see list record
weight of a child's case: see
case audit: see list record approve
allocation: see
worker's figures: see list
capacity period: see
today: list
search: list
waiting list: list
watch list: list
team page: see
service page: see
council measures: export
policy: record approve
loads: see
list export: export
bulk export: record export
people and access: see list
role grant: record
restriction of a child's record: record
""",
    },
    "director": {
        "own": "worker's own view: record",
        "line": OWN_FILE,
        "supervisees": "worker's supervision record: record change approve",
        "council": WITH_CHILDREN
        + """
child's record: see list
child's timeline: see
finding: see list
case supervision: see list
agreed action: see list
decision: see list record
weight of a child's case: see
case audit: see list approve
allocation: see
worker's figures: see list
capacity period: see
today: list
search: list
waiting list: list
watch list: list
team page: see
service page: see
council measures: export
policy: record approve
loads: see
list export: export
bulk export: record approve export
people and access: see list
role grant: record approve
restriction of a child's record: record
register of restrictions: list approve
""",
    },
    "reviewing officer": {
        "own": """
child's record: see list
child's timeline: see
finding: see list
case supervision: see list
agreed action: see list record change
decision: see list
worker's own view: record
worker's supervision record: approve
today: list
search: list
watch list: list
list export: export
""",
        "line": OWN_FILE,
        "council": WITH_CHILDREN,
    },
    "performance analyst": {
        "council": EVERYBODY
        + """
child's record: see list
finding: see list
agreed action: see list
weight of a child's case: see
case audit: see list
worker's figures: see list
capacity period: see
search: list
waiting list: list
watch list: list
team page: see
service page: see
council measures: see export
policy: record
loads: see record change
quarantined rows: list
list export: export
bulk export: record export
""",
    },
    "system administrator": {
        "council": EVERYBODY
        + """
loads: see record change
people and access: see list change
role grant: record
API token: list record change
break-glass: record
""",
    },
    "information governance": {
        "council": EVERYBODY
        + """
loads: see
people and access: see list change
role grant: approve
bulk export: approve
audit log: see list export
curious insider report: see
restriction of a child's record: record
register of restrictions: list record change approve
break-glass: record
break-glass review: list approve
API token: list change approve
""",
    },
    "auditor": {
        "council": EVERYBODY
        + """
people and access: see list
audit log: see list export
curious insider report: see
register of restrictions: list
break-glass review: list
""",
    },
}


def expected_cells():
    """(role, thing, verb) to the word of the scope."""
    cells = {}
    for role, by_scope in EXPECTED.items():
        for scope, text in by_scope.items():
            for thing, verbs in re.findall(r"^(.+?): (.+)$", text, flags=re.MULTILINE):
                for verb in verbs.split():
                    assert (role, thing, verb) not in cells, f"{role}, {thing}, {verb} is written twice"
                    cells[role, thing, verb] = scope
    return cells


TERMS = {
    ("finding", "record"): "reason",
    ("finding", "change"): "reason",
    ("case supervision", "change"): "reason",
    ("agreed action", "change"): "reason",
    ("decision", "record"): "reason",
    ("weight of a child's case", "record"): "reason",
    ("case audit", "approve"): "second person",
    ("allocation", "record"): "reason",
    ("worker's supervision record", "record"): "not oneself",
    ("worker's supervision record", "change"): "not oneself, reason",
    ("capacity period", "record"): "not oneself, reason",
    ("capacity period", "change"): "not oneself, reason",
    ("policy", "record"): "reason",
    ("policy", "approve"): "second person",
    ("loads", "change"): "reason",
    ("bulk export", "record"): "reason",
    ("bulk export", "approve"): "second person",
    ("bulk export", "export"): "second person",
    ("people and access", "change"): "not oneself",
    ("role grant", "record"): "not oneself",
    ("role grant", "approve"): "second person, not oneself",
    ("audit log", "export"): "reason",
    ("restriction of a child's record", "record"): "reason",
    ("register of restrictions", "record"): "reason",
    ("register of restrictions", "change"): "second person, reason",
    ("register of restrictions", "approve"): "second person",
    ("break-glass", "record"): "reason",
    ("break-glass review", "approve"): "second person",
    ("API token", "record"): "reason",
    ("API token", "approve"): "second person",
}
"""What must be so beside role and scope; nothing for every other thing and verb."""
