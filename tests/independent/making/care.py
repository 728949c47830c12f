"""Periods of care, placements, legal statuses, visits and reviews on their edges."""

from datetime import timedelta

from ..reading.clocks import plus_months

TYPES = ("U1", "U4", "U3", "U6", "K2", "P1", "T0", "T3", "u4")


def make_care(s, child):
    period = s.new_id("period")
    entered = s.pick(
        (s.before_months(12), s.before_wd(20), s.ago(30, 1200), s.ago(400, 1400), s.before_days(56)),
        (4, 5, 5, 20, 2),
    )
    if child.dob and child.dob > entered and child.dob <= s.D:
        entered = child.dob  # nobody is looked after before birth
    rows = make_placements(s, child, period, entered)
    make_episodes(s, child, period, entered, rows)
    child.spans |= {56, 84}
    make_legal(s, child, entered)
    make_reviews(s, period, rows)
    make_visits(s, child, period, rows)
    if s.chance(0.1):  # an earlier stay, ended
        earlier, end = s.new_id("period"), entered - timedelta(days=s.between(1, 200))
        start = end - timedelta(days=s.between(10, 200))
        episode(s, child, earlier, start, end, s.pick(("E4A", "E3", "")), start)
        place(s, child, earlier, start, end, "U6", "")


def place(s, child, period, start, end, kind, urn):
    return s.add(
        "ssd_cla_placement",
        clap_cla_placement_id=s.new_id("placement"),
        clap_cla_id=period,
        clap_person_id=child.id,
        clap_cla_placement_start_date=start,
        clap_cla_placement_end_date=end,
        clap_cla_placement_type=kind,
        clap_cla_placement_urn=urn,
    )


def make_placements(s, child, period, entered):
    """A chain of moves back from D; joined, gapped, one-day, reversed and still-open rows."""
    D, rows = s.D, []
    mood = s.pick(("settled", "moves", "joined"), (6, 7, 4))
    start = s.pick(
        (
            s.before_months(12),
            s.before_days(7),
            s.ago(60, 300),
            s.before_days(42),
            entered,
            s.before_months(15),
            s.ago(370, 800),
        ),
        (4, 4, 2, 2, 3, 5, 14),
    )
    start = max(start, entered)
    if mood == "settled" and s.chance(0.6):
        start = entered
    kind = s.pick(TYPES, (16, 16, 5, 6, 4, 14, 1, 1, 2))
    urn = s.pick(("SC101", "SC102", "", "XXXXXXX", "9999999", "xxxxxxx"), (8, 5, 3, 2, 2, 0.5))
    end = s.pick(("", D, D + timedelta(1), D - timedelta(1)), (20, 1, 1, 0.6))
    if s.chance(0.012):
        start, end = "", ""
    rows.append(place(s, child, period, start, end, kind, urn))
    later = start or D
    moves = {"settled": s.pick((0, 1)), "moves": s.between(2, 5), "joined": s.between(1, 3)}[mood]
    for _ in range(moves):
        gap = s.pick((0, 1, 5), (8, 1, 1) if mood == "joined" else (6, 2, 2))
        end = later - timedelta(days=gap)
        length = s.pick((0, 1, 20, 60, 150, 200), (1, 1, 5, 7, 4, 2))
        begin = end - timedelta(days=length)
        if s.chance(0.3):  # ends about the first day that counts, or starts about six months back
            edge = s.pick((plus_months(D, -12), plus_months(D, -6)))
            begin, end = s.pick(((s.nudge(edge), end), (begin, min(end, s.nudge(edge)))))
        begin = max(begin, entered)
        if end < begin:
            break
        own = urn if mood == "joined" and s.chance(0.8) else f"SC{s.between(200, 220)}"
        rows.append(
            place(
                s,
                child,
                period,
                begin,
                end,
                s.pick(TYPES, (3, 3, 3, 8, 3, 1, 1, 1, 1)),
                s.pick((own, "", "9999999"), (8, 1, 1)),
            )
        )
        later = begin
    if s.chance(0.06):  # impossible
        begin = s.ago(10, 300)
        place(s, child, period, begin, begin - timedelta(days=s.between(1, 9)), "U6", urn)
    if s.chance(0.03):
        place(s, child, period, D + timedelta(1), "", "U6", urn)
    if start and start > entered and s.chance(0.03):  # an older row left open
        rows.append(place(s, child, period, entered, "", "U6", "SC300"))
    if s.chance(0.02):
        s.again("ssd_cla_placement", s.rows["ssd_cla_placement"][-1], clap_cla_placement_end_date=s.ago(1, 3))
    return rows


def episode(s, child, period, start, end, reason, entered):
    return s.add(
        "ssd_cla_episodes",
        clae_cla_episode_id=s.new_id("episode"),
        clae_person_id=child.id,
        clae_cla_id=period,
        clae_cla_episode_start_date=start,
        clae_cla_episode_ceased_date=end,
        clae_cla_episode_ceased_reason=reason,
        clae_entered_care_date=entered,
        clae_cla_episode_start_reason="S",
    )


def make_episodes(s, child, period, entered, rows):
    D = s.D
    shown = s.pick((entered, "", entered + timedelta(3)), (16, 3, 1))
    last = s.pick(("", "X1", "gone", "ahead"), (22, 2, 1.5, 1))
    middle = s.nudge(s.ago(1, 200))
    cuts = [entered] + ([middle] if entered < middle <= D and s.chance(0.5) else [])
    for n, start in enumerate(cuts):
        final = n == len(cuts) - 1
        end, reason = ("", "") if final else (cuts[n + 1], "X1")
        if final and last == "X1":
            end, reason = max(start, s.pick((D, s.ago(0, 20)))), "X1"
        elif final and last == "gone":
            end, reason = max(start, s.pick((D, D - timedelta(1)))), "E4A"
        elif final and last == "ahead":
            end, reason = D + timedelta(1), "E4A"
        row = episode(s, child, period, start, end, reason, s.pick((shown, ""), (9, 1)))
        if s.chance(0.01):
            s.again("ssd_cla_episodes", row, clae_cla_episode_ceased_date=s.ago(1, 9))
    if s.chance(0.05):  # one impossible episode beside the good ones, or in place of them
        if s.chance(0.4):
            for _ in cuts:
                s.rows["ssd_cla_episodes"].pop()
        begin = s.ago(1, 300)
        episode(
            s,
            child,
            period,
            *s.pick(((begin, begin - timedelta(2), "E4A"), ("", "", ""), ("", D + timedelta(4), ""))),
            "",
        )


def make_legal(s, child, entered):
    D, starts = s.D, set()
    for _ in range(s.pick((0, 1, 2, 3), (2, 8, 5, 1))):
        code = s.pick(("C1", "V2", "C2", "V3", "V4", "E1", "c1"), (9, 5, 4, 1.4, 1.4, 1, 0.4))
        start = s.pick((entered, s.ago(0, 200), s.ago(200, 500), D + timedelta(1), D), (6, 6, 3, 0.6, 0.6))
        end = s.pick(("", s.ago(0, 90), D, D + timedelta(1)), (9, 3, 1, 1))
        if start in starts and not s.doubtful:
            continue  # two from one day would leave "latest-starting" open
        starts.add(start)
        s.add(
            "ssd_legal_status",
            lega_legal_status_id=s.new_id("legal"),
            lega_person_id=child.id,
            lega_legal_status=code,
            lega_legal_status_start_date=start,
            lega_legal_status_end_date=end,
        )


def make_reviews(s, period, rows):
    D = s.D
    began = rows[0]["clap_cla_placement_start_date"] or D
    days = [
        s.pick(
            (
                s.before_months(3),
                s.before_months(6),
                s.ago(1, 400),
                began,
                began - timedelta(1),
                D + timedelta(1),
                "",
            ),
            (7, 8, 4, 2, 1, 0.6, 1),
        )
        for _ in range(s.pick((0, 1, 2, 3), (6, 6, 6, 2)))
    ]
    if days and s.chance(0.6):
        days[0] = s.before_months(3 if len(days) == 1 else 6)
        days[1:] = [day and min(day, days[0] - timedelta(days=s.between(0, 90))) for day in days[1:]]
    for on in days:
        s.add(
            "ssd_cla_reviews",
            clar_cla_review_id=s.new_id("cla_review"),
            clar_cla_id=period,
            clar_cla_review_date=on,
            clar_cla_review_due_date=s.deadline(),
            clar_cla_review_cancelled=s.pick(("N", "Y", "", "1"), (20, 2, 3, 0.5)),
        )


def make_visits(s, child, period, rows):
    D = s.D
    start = rows[0]["clap_cla_placement_start_date"] or D
    choices = [
        s.before_days(42),
        s.before_days(42),
        s.before_months(3),
        s.before_days(7),
        s.before_days(28),
        plus_months(start, 12),
        s.nudge(plus_months(start, 12)),
        start,
        start - timedelta(1),
    ]
    if rows[0]["clap_cla_placement_type"] in ("U1", "U4") and s.chance(0.6):
        choices = [s.before_months(3), s.before_months(3), s.before_months(3)]
    elif s.chance(0.75):
        choices = [
            s.before_days(42),
            s.before_months(3),
            s.before_months(3),
            s.pick((s.before_days(7), s.before_days(28))),
        ]
    for _ in range(s.pick((0, 1, 2, 3), (2, 10, 5, 2))):
        row = s.add(
            "ssd_cla_visits",
            clav_cla_visit_id=s.new_id("cla_visit"),
            clav_cla_id=period,
            clav_person_id=child.id,
            clav_cla_visit_date=s.pick(choices),
            clav_cla_visit_seen=s.flag(0.86, 0.1),
            clav_cla_visit_seen_alone=s.flag(),
        )
        if s.chance(0.01):
            s.again("ssd_cla_visits", row, clav_cla_visit_seen="N")
    if s.chance(0.3):  # one that may or may not cure, or one that has not happened
        on, seen = s.pick(((s.pick(choices), ""), (D + timedelta(1), "Y")), (5, 1))
        s.add(
            "ssd_cla_visits",
            clav_cla_visit_id=s.new_id("cla_visit"),
            clav_cla_id=period,
            clav_person_id=child.id,
            clav_cla_visit_date=on,
            clav_cla_visit_seen=seen,
        )
