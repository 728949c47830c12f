"""The whole extract as at D, with each child's rows gathered together."""

from .clocks import plus_months
from .extract import day, id_key, read_folder, yes_no

CARE_LEAVER = {"eligible", "relevant", "former relevant"}

PERSON_OF = {
    "referral": "cine_person_id",
    "assessment": "cina_person_id",
    "s47": "s47e_person_id",
    "icpc": "icpc_person_id",
    "cin_plan": "cinp_person_id",
    "cin_visit": "cinv_person_id",
    "cp_plan": "cppl_person_id",
    "cp_visit": "cppv_person_id",
    "legal": "lega_person_id",
    "cla_episode": "clae_person_id",
    "placement": "clap_person_id",
    "cla_visit": "clav_person_id",
    "care_leaver": "clea_person_id",
    "involvement": "invo_person_id",
    "family": "fami_person_id",
    "note": "person id",
    "action": "person id",
}


class Spell:
    """A row with a start, an end and the row itself."""

    def __init__(self, identity, start, end, row):
        self.id, self.start, self.end, self.row = identity, start, end, row

    def impossible(self, as_at):
        """ "end before start, or blank start with no end by D\""""
        if self.start is not None and self.start > as_at:
            return False  # "events dated after D do not exist"
        if self.start is None:
            return self.end is None or self.end > as_at
        return self.end is not None and self.end < self.start

    def active(self, on):
        """ "start <= D and (end blank or end > D)"; a reversed row is never active."""
        if self.start is None or self.start > on:
            return False
        if self.end is not None and self.end < self.start:
            return False
        return self.end is None or self.end > on

    def active_in_year_to(self, as_at):
        """ "active on some whole day X with D - 12 months < X <= D\""""
        if self.start is None or self.start > as_at:
            return False
        if self.end is not None and self.end < self.start:
            return False
        after = plus_months(as_at, -12)
        if self.end is None:
            return True
        if self.end <= self.start:
            return False  # no whole day
        # its last whole day is the day before its end
        return (self.end - after).days >= 2


def spells(rows, identity, start, end):
    return [Spell(row.get(identity, ""), day(row, start), day(row, end), row) for row in rows]


class Child:
    """One person and every row about them."""

    def __init__(self, council, identity, person, rows):
        self.council, self.id, self.person, self.rows = council, identity, person, rows
        as_at = council.as_at
        self.dob = day(person, "pers_dob")
        self.expected = day(person, "pers_expected_dob")
        self.death = day(person, "pers_death_date")
        self.leaver_rows = rows["care_leaver"]
        self.referrals = spells(rows["referral"], "cine_referral_id", "cine_referral_date", "cine_close_date")
        self.assessments = spells(
            rows["assessment"],
            "cina_assessment_id",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
        )
        self.s47s = spells(rows["s47"], "s47e_s47_enquiry_id", "s47e_s47_start_date", "s47e_s47_end_date")
        self.cin_plans = spells(
            rows["cin_plan"], "cinp_cin_plan_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"
        )
        self.cp_plans = spells(
            rows["cp_plan"], "cppl_cp_plan_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
        )
        self.legal = spells(
            rows["legal"],
            "lega_legal_status_id",
            "lega_legal_status_start_date",
            "lega_legal_status_end_date",
        )
        self.cla_episodes = spells(
            rows["cla_episode"],
            "clae_cla_episode_id",
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",
        )
        self.placement_rows = spells(
            rows["placement"],
            "clap_cla_placement_id",
            "clap_cla_placement_start_date",
            "clap_cla_placement_end_date",
        )
        self.involvements = spells(
            rows["involvement"],
            "invo_involvements_id",
            "invo_involvement_start_date",
            "invo_involvement_end_date",
        )
        self._as_at = as_at

    # -- the person --------------------------------------------------------
    @property
    def unborn(self):
        """ "a date of birth after D, or none with an expected date\""""
        if self.dob is not None:
            return self.dob > self._as_at
        return self.expected is not None

    @property
    def age_unknown(self):
        return self.dob is None and self.expected is None

    def reached(self, years):
        """Whether the birthday has come by D; unborn and unknown age never have one."""
        if self.dob is None:
            return False
        return plus_months(self.dob, 12 * years) <= self._as_at

    @property
    def out_of_scope(self):
        """ "death date <= D, or care leaver in touch = DIED\""""
        if self.death is not None and self.death <= self._as_at:
            return True
        return any(row.get("clea_care_leaver_in_touch", "").lower() == "died" for row in self.leaver_rows)

    @property
    def care_leaver(self):
        return any(
            row.get("clea_care_leaver_eligibility", "").lower() in CARE_LEAVER for row in self.leaver_rows
        )

    # -- what is open ------------------------------------------------------
    def open_episodes(self):
        """ "referral date <= D, close date blank or > D"; close before referral: not open."""
        return [r for r in self.referrals if r.active(self._as_at)]

    def open_cp_plans(self):
        return [p for p in self.cp_plans if p.active(self._as_at)]

    def open_cin_plans(self):
        return [p for p in self.cin_plans if p.active(self._as_at)]

    def open_assessments(self):
        return [a for a in self.assessments if a.active(self._as_at)]

    def open_s47s(self):
        return [s for s in self.s47s if s.active(self._as_at)]

    def open_periods(self):
        from .care import open_periods

        return open_periods(self)

    def current_referral(self):
        """The open one with the latest referral date; equal dates: the highest referral id."""
        best = None
        for episode in self.open_episodes():
            if best is None or (episode.start, id_key(episode.id)) > (best.start, id_key(best.id)):
                best = episode
        return best

    def episode_start(self):
        """Start of the current episode: the open referral, else the earliest open plan or care."""
        referral = self.current_referral()
        if referral is not None:
            return referral.start
        starts = [plan.start for plan in self.open_cp_plans()]
        starts += [period.entered for period in self.open_periods()]
        return min(starts) if starts else None

    def open_child(self):
        if self.out_of_scope or self.reached(18):
            return False
        return bool(self.open_episodes() or self.open_cp_plans() or self.open_periods())

    def statuses(self):
        """Every status that applies, with the day it began."""
        found = {}
        periods = self.open_periods()
        if periods:
            found["CLA"] = min(period.entered for period in periods)
        if self.open_cp_plans():
            found["CP"] = min(plan.start for plan in self.open_cp_plans())
        if self.open_cin_plans():
            found["CIN"] = min(plan.start for plan in self.open_cin_plans())
        looking_into = self.open_assessments() + self.open_s47s()
        if looking_into:
            found["ASSESSMENT"] = min(item.start for item in looking_into)
        if not found:
            found["REFERRAL"] = self.episode_start()
        return found


def another_councils(plan):
    return yes_no(plan.row.get("cppl_cp_plan_ola", "")) is True


class Council:
    def __init__(self, folder, as_at):
        self.as_at = as_at
        self.tables = read_folder(folder)
        self._fill_missing_people()
        self._found = {}
        gathered = {}
        for table, column in PERSON_OF.items():
            for row in self.tables[table]:
                person = row.get(column, "")
                if person:
                    gathered.setdefault(person, {}).setdefault(table, []).append(row)
        people = {row["pers_person_id"]: row for row in self.tables["person"] if row.get("pers_person_id")}
        self.children = []
        for identity in sorted(set(people) | set(gathered), key=id_key):
            rows = {table: gathered.get(identity, {}).get(table, []) for table in PERSON_OF}
            self.children.append(Child(self, identity, people.get(identity, {}), rows))
        self.by_id = {child.id: child for child in self.children}
        self.referral_by_id = {
            row["cine_referral_id"]: row for row in self.tables["referral"] if row["cine_referral_id"]
        }
        self.icpc_by_id = {row["icpc_icpc_id"]: row for row in self.tables["icpc"] if row["icpc_icpc_id"]}
        from .workers import Workforce

        self.workforce = Workforce(self.tables, as_at)

    def rows_where(self, table, column, value):
        """The rows of a table with this (not blank) value in a column, in file order."""
        if (table, column) not in self._found:
            groups = {}
            for row in self.tables[table]:
                groups.setdefault(row.get(column, ""), []).append(row)
            self._found[(table, column)] = groups
        return self._found[(table, column)].get(value, []) if value else []

    def _fill_missing_people(self):
        """Sites without a person id on a table: through the plan, referral or period of care."""

        def fill(table, column, by, keys):
            for row in self.tables[table]:
                if not row.get(column) and row.get(by) in keys:
                    row[column] = keys[row[by]]

        plans = {r["cppl_cp_plan_id"]: r.get("cppl_person_id", "") for r in self.tables["cp_plan"]}
        periods = {}
        for row in self.tables["cla_episode"]:
            periods.setdefault(row.get("clae_cla_id", ""), row.get("clae_person_id", ""))
        periods.pop("", None)
        referrals = {r["cine_referral_id"]: r.get("cine_person_id", "") for r in self.tables["referral"]}
        fill("cp_visit", "cppv_person_id", "cppv_cp_plan_id", plans)
        fill("placement", "clap_person_id", "clap_cla_id", periods)
        fill("cla_visit", "clav_person_id", "clav_cla_id", periods)
        fill("involvement", "invo_person_id", "invo_referral_id", referrals)
