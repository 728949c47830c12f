"""Takes out, by default, the rare rows on which the contract can honestly be read in two ways."""

SPELLS = {
    "ssd_cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date"),
    "ssd_s47_enquiry": ("s47e_s47_start_date", "s47e_s47_end_date"),
    "ssd_cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "ssd_cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_cla_placement": ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    "ssd_cla_episodes": ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    "ssd_involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
}


def settle(s):
    for table, (start, end) in SPELLS.items():
        for row in s.rows[table]:
            begun, ended = row.get(start), row.get(end)
            # not begun by D and reversed: no row at all, or an impossible one?
            if begun and begun > s.D and ended and ended < begun:
                row[end] = ""
    for row in s.rows["ssd_cp_plans"]:
        # another council's plan that is impossible: never evaluated, or cannot_tell?
        begun, ended = row.get("cppl_cp_plan_start_date"), row.get("cppl_cp_plan_end_date")
        if not begun or (ended and ended < begun):
            row["cppl_cp_plan_ola"] = "N"
    for row in s.rows["ssd_cla_placement"]:
        # a one-day row joined to others would leave open which row is the latest
        begun, ended = row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"]
        if begun and begun == ended:
            row["clap_cla_placement_urn"] = ""
    seen = {}
    for row in s.rows["ssd_care_leavers"]:
        # two rows of one young person, one of them dated after D
        twin = seen.setdefault(row["clea_person_id"], row)
        for name in ("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"):
            for one in (twin, row):
                if twin is not row and one[name] and one[name] > s.D:
                    one[name] = ""
