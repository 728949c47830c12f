"""Workers: leavers, placeholders, absent and returned, newly qualified, managers."""

from datetime import timedelta

from ..reading.clocks import plus_months

FORENAMES = "Ada Bran Cleo Dara Edda Finn Greta Hal Ines Jory Kit Lowri Mabli Nye Orla Pax".split()
SURNAMES = (
    "Teamer Dutyman Vacanti Stanwick Garrowby Ashcombe Hexworth Pellworth Fenwright "
    "Netherby Oakhanger Lornwood"
).split()
PLACEHOLDERS = (
    "Duty Team",
    "Vacant Post",
    "UNALLOCATED",
    "duty worker",
    "Safeguarding-Team East",
    "Team",
    "Vacant (Post 12)",
)
TITLES = (
    "Social Worker",
    "Senior Practitioner",
    "Advanced Practitioner",
    "Personal Adviser",
    "Team Manager",
    "team manager",
    "SERVICE MANAGER",
    "Head of Service",
    "Deputy Team Manager",
    "Team Manager (Interim)",
    "",
)
FTES = ("1.0", "1", "0.8", "0.6", "0.5", "0.4", "0.25", "0.2", "", "0", "n/a")


def make_staff(s, children):
    """Fills the worker list and the HR export; gives back pools of ids to lead from."""
    for number in ("T1", "T2", "T10", "007"):
        s.add("ssd_department", dept_team_id=number, dept_team_name=f"Area {number}")
    pools = {
        "plain": [],
        "left": [],
        "absent": [],
        "manager": [],
        "new": [],
        "placeholder": [],
        "orphan": ["ghost1", "99999"],
        "adviser": [],
    }
    shares = ("plain",) * 6 + (
        "left",
        "left",
        "absent",
        "absent",
        "absent",
        "manager",
        "new",
        "new",
        "new",
        "new",
        "new",
        "new",
        "adviser",
    )
    for n in range(max(34, children // 8)):
        kind = shares[n % len(shares)]
        pools[kind].append(one_worker(s, kind, s.pick(FORENAMES) + " " + s.pick(SURNAMES)))
    for name in PLACEHOLDERS:
        pools["placeholder"].append(one_worker(s, "placeholder", name))
    return pools


def one_worker(s, kind, name):
    D, identity = s.D, s.new_id("worker")
    staff = "S" + s.new_id("staff")
    title = s.pick(TITLES, (40, 10, 6, 4, 1, 1, 1, 1, 2, 2, 6))
    hr = {"Leaving Date": "", "Absent From": "", "Return Date": "", "ASYE Start": "", "ASYE End": ""}
    if kind == "manager":
        title = s.pick(TITLES[4:10])
    if kind == "left":
        hr["Leaving Date"] = s.pick((D, D - timedelta(1), D + timedelta(1), s.ago(2, 60), s.ago(12, 17)))
    if kind == "absent" or (kind != "left" and s.chance(0.03)):
        hr["Absent From"] = s.pick(
            (s.before_wd(3), s.before_wd(10), s.ago(0, 40), D, D + timedelta(1)), (5, 6, 2, 1, 1)
        )
        if s.chance(0.25):
            hr["Return Date"] = s.pick((D - timedelta(1), D, D + timedelta(1), D + timedelta(20)))
        hr["Absence Reason"] = "sickness"
    if kind == "new" or (kind != "placeholder" and s.chance(0.04)):
        title = s.pick(("Newly Qualified Social Worker (ASYE)", title))
        hr["ASYE Start"] = s.pick(
            (s.before_months(12), s.before_months(6), s.ago(10, 340), D, D + timedelta(1)), (4, 5, 10, 1, 1)
        )
        if s.chance(0.5):
            hr["ASYE End"] = s.pick(
                (D, D + timedelta(1), D - timedelta(1), D + timedelta(90), plus_months(hr["ASYE Start"], 12)),
                (1, 2, 1, 5, 5),
            )
    fte = s.pick(FTES, (30, 20, 14, 10, 6, 3, 2, 2, 5, 2, 1))
    s.add(
        "ssd_professionals",
        prof_professional_id=identity,
        prof_staff_id=staff,
        prof_professional_name=name,
        prof_professional_job_title=s.pick((title, "Social Worker", "")),
        prof_professional_department="Area T1",
        prof_full_time_equivalency=s.pick((fte, "", "0.7")),
    )
    if s.chance(0.03):  # the same worker again, with another title
        s.again(
            "ssd_professionals",
            s.rows["ssd_professionals"][-1],
            prof_professional_name="Duty Team",
            prof_professional_job_title="Team Manager",
        )
    if kind in ("plain", "adviser", "placeholder") and s.chance(0.08):
        return identity  # nobody in HR
    row = s.add(
        "hr",
        **{
            "Staff Number": staff,
            "Name": name,
            "Team": "Area T1",
            "Post Title": title,
            "Contract": "Permanent",
            "FTE": fte,
            "Start Date": s.ago(400, 4000),
            **hr,
        },
    )
    if s.chance(0.03):
        s.again("hr", row, **{"Leaving Date": s.ago(50, 90), "FTE": "0.1"})
    return identity
