"""The children themselves, and the episodes of need that make them open."""

from datetime import timedelta

from ..reading.clocks import plus_months

KINDS = ("ordinary", "turning", "unborn", "unknown", "newborn", "leaver", "grown")


class Case:
    """What the maker remembers about one child while the rest is built round it."""

    def __init__(self, identity, kind, dob):
        self.id, self.kind, self.dob = identity, kind, dob
        self.referrals = []
        self.closed = False
        self.spans = set()  # days between talks that some open record of this child asks for


def birthday(s, years):
    """A date of birth whose birthday falls on the day before D, on D, or the day after."""
    return s.before_months(12 * years, s.D + timedelta(days=s.pick((-1, 0, 1), (2, 3, 2))))


def settled_birthday(s, dob):
    """29 February births whose birthday would fall on a D of 28 February are left out."""
    if s.doubtful or (s.D.month, s.D.day) != (2, 28) or (dob.month, dob.day) != (2, 29):
        return dob
    return dob + timedelta(days=1)


def make_person(s):  # noqa: PLR0912 - one branch a kind of child
    D = s.D
    kind = s.pick(KINDS, (62, 8, 5, 4, 4, 12, 3))
    dob, expected, death = s.ago(100, 17 * 365), "", ""
    if kind == "turning":
        dob = birthday(s, s.pick((4, 18), (2, 3)))
    elif kind == "unborn":
        dob = s.pick(("", D + timedelta(days=s.between(1, 120))))
        expected = "" if dob else s.pick((s.ago(0, 9), D + timedelta(days=s.between(1, 120))))
    elif kind == "unknown":
        dob = ""
    elif kind == "newborn":
        dob = s.pick((s.before_wd(10), s.before_wd(20), s.before_days(28), s.ago(0, 80), D))
    elif kind == "leaver":
        dob = s.pick(
            (
                s.ago(16 * 365 + 10, 24 * 365),
                birthday(s, 18),
                birthday(s, 21),
                s.ago(18 * 365 + 10, 20 * 365),
            ),
            (4, 2, 2, 4),
        )
        if s.chance(0.03):
            dob = ""
    elif kind == "grown":
        dob = s.ago(18 * 365 + 10, 23 * 365)
    if dob:
        dob = settled_birthday(s, dob)
    if s.chance(0.035):
        death = s.pick((D - timedelta(1), D, D + timedelta(1), s.ago(2, 90)))
    child = Case(s.new_id("person"), kind, dob or None)
    row = s.add(
        "ssd_person",
        pers_person_id=child.id,
        pers_dob=dob,
        pers_expected_dob=expected,
        pers_death_date=death,
        pers_forename="Child",
        pers_surname="Invented",
        pers_sex=s.pick("FMU"),
    )
    if s.chance(0.02):
        s.again("ssd_person", row, pers_dob=s.ago(9000, 9900), pers_death_date=s.ago(5, 9))
    if s.chance(0.55):
        families = [f"F{s.between(1, 40)}" if s.chance(0.4) else str(s.between(1, 40))]
        if s.chance(0.12):
            families.append(s.pick(("9", "10", "F3", "010")))
        for family in families:
            s.add(
                "ssd_family", fami_table_id=s.new_id("family"), fami_family_id=family, fami_person_id=child.id
            )
    return child


def add_referral(s, child, start, close="", **more):
    identity = s.new_id("referral")
    row = s.add(
        "ssd_cin_episodes",
        cine_referral_id=identity,
        cine_person_id=child.id,
        cine_referral_date=start,
        cine_close_date=close,
        cine_cin_primary_need_code=s.pick(("N1", "N2", "N5", "n2"), (6, 2, 3, 0.3)),
        cine_referral_nfa=s.pick("NY", (9, 1)),
        **more,
    )
    child.referrals.append((identity, start, close))
    return row


def make_referrals(s, child):
    D = s.D
    start = s.pick(
        (s.before_wd(10), s.before_wd(1), s.ago(20, 500), s.before_months(12), D), (4, 2, 8, 1, 0.5)
    )
    if s.chance(0.06):
        start = D + timedelta(days=s.between(1, 9))  # not there yet
    close = ""
    if s.chance(0.16):
        close = s.pick(
            (D, D + timedelta(1), D - timedelta(1), s.ago(2, 15), start - timedelta(3)), (3, 4, 3, 3, 2)
        )
        child.closed = True
    row = add_referral(s, child, start, close)
    if s.chance(0.03):
        s.again("ssd_cin_episodes", row, cine_referral_date=s.ago(1, 600), cine_close_date="")
    if s.chance(0.38):  # an earlier one about twelve months before
        before = s.nudge(plus_months(start, -s.pick((12, 12, 6, 24))))
        end = s.pick((start, s.nudge(start), "", before + timedelta(days=40)), (3, 3, 1, 4))
        add_referral(s, child, before, end)
    if s.chance(0.12):  # the same day twice, or another open one
        add_referral(s, child, s.pick((start, s.ago(1, 300))), s.pick(("", s.ago(0, 30))))
    if s.chance(0.05):
        add_referral(s, child, s.nudge(plus_months(D, -12)), s.ago(1, 300))
    child.start = start
