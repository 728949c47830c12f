"""An invented council every one of whose children stands on the edge of some rule.

build_edge_council(folder, seed, children, as_at) writes 24 SSD tables and the three local exports.
The same seed, size and day give the same files.  doubtful=True adds rows on which AMBIGUOUS.md says
that the contract can be read in two ways; by default they are left out.
"""

from datetime import date, timedelta
from pathlib import Path

from .making import care, enquiries, leads, people, plans, staff, talks
from .making.exact import set_exact_loads
from .making.exact_loads import make_exact_workers
from .making.settle import settle
from .making.sheets import Sheets

# an ordinary Friday, leap days and month ends, a bank holiday, a weekend, the year's turn
DAYS = (
    date(2026, 11, 20),
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2026, 5, 31),
    date(2026, 8, 31),
    date(2025, 12, 28),
    date(2027, 1, 1),
    date(2025, 3, 1),
)


def build_edge_council(folder, seed, children=400, as_at=DAYS[0], doubtful=False):
    s = Sheets(seed, as_at, doubtful)
    pools = staff.make_staff(s, children)
    for _ in range(children):
        one_child(s, pools)
    make_exact_workers(s)
    if doubtful:
        from .making.doubts import add_doubts

        add_doubts(s, pools)
    else:
        orphan_involvements(s, pools)
        settle(s)
    for rows in s.rows.values():  # the order of a file means nothing, save for repeated ids
        if s.chance(0.3):
            rows.sort(key=lambda row: str(list(row.values())[1]))
    s.write(folder)
    set_exact_loads(s, folder, as_at)
    return folder


def one_child(s, pools):
    child = people.make_person(s)
    if child.kind in ("leaver", "grown") and s.chance(0.55):
        child.referrals, child.start = [("", s.ago(10, 400), "")], s.ago(10, 400)
        child.closed = True
    else:
        people.make_referrals(s, child)
    if s.chance(0.30):
        enquiries.make_assessments(s, child)
    if s.chance(0.22):
        enquiries.make_s47(s, child)
    protected = s.chance(0.34 if child.kind != "leaver" else 0.06)
    if protected or (child.kind in ("unborn", "unknown", "newborn") and s.chance(0.6)):
        plans.make_cp(s, child)
    if s.chance(0.30):
        plans.make_cin(s, child)
    if child.kind != "unborn" and s.chance(0.36):
        care.make_care(s, child)
    if child.kind == "leaver" or (child.dob and s.chance(0.01)):
        talks.make_leaver(s, child, pools)
    leads.make_leads(s, child, pools)
    talks.make_notes(s, child)
    if s.chance(0.25):
        talks.make_actions(s, child)


def orphan_involvements(s, pools):
    """Ended spells with people who are not in the person table, as in made-here."""
    for n in range(3):
        s.add(
            "ssd_involvements",
            invo_involvements_id=s.new_id("involvement"),
            invo_professional_id=pools["plain"][n],
            invo_professional_role_id="CW",
            invo_person_id=f"nobody{n}",
            invo_involvement_start_date=s.D - timedelta(300),
            invo_involvement_end_date=s.D - timedelta(200),
        )


def extracts(base, seed, children, as_at, doubtful=False):
    """The folder of one council, made on first use."""
    folder = Path(base) / f"council-{seed}-{children}-{as_at}{'-doubtful' * doubtful}"
    if not folder.is_dir():
        build_edge_council(folder, seed, children, as_at, doubtful)
    return folder


def main():
    import argparse

    parser = argparse.ArgumentParser(description="Write an invented edge council")
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=400)
    parser.add_argument("--as-at", type=date.fromisoformat, default=DAYS[0])
    parser.add_argument("--doubtful", action="store_true")
    o = parser.parse_args()
    build_edge_council(o.folder, o.seed, o.children, o.as_at, o.doubtful)


if __name__ == "__main__":
    main()
