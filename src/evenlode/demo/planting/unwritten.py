"""What nobody wrote down: the bedroom, the purpose of a visit, the child's wishes, a manager's word, or anything at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evenlode.demo.dates import ISO, add_wd, on_working_day
from evenlode.demo.expected import BREACH, FLAG, OVERDUE
from evenlode.demo.facts import OVERSIGHT, Action, Child, Family, Note
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP, DISABILITY
from evenlode.demo.keeping.kept import Entry
from evenlode.demo.keeping.plan_dates import open_children, own_plan
from evenlode.demo.keeping.written import seen_under_plan
from evenlode.demo.planting.ground import Ground

_KINDS = (CIN, CP, CLA, DISABILITY, ASSESSMENT)
_LEFT_ALONE = ("manager absent", "supervision missed")


def bedrooms_not_seen(ground: Ground) -> None:
    """CP-07: at neither of the last two visits was the bedroom seen."""

    def fits(family: Family) -> bool:
        """Seen at least three times, and nothing is doubtful about the visits."""
        return family.touched != "seen is blank" and len(seen_under_plan(ground, family.children[0])) > 2

    for family in ground.pick((CP,), 0.06, fits):
        for child in open_children(ground, family):
            plan, last = own_plan(ground, child), seen_under_plan(ground, child)[-2:]
            if plan is None or len(last) < 2:
                continue
            for visit in last:
                visit.bedroom = "N"
            ground.expected.add(
                "CP-07", child, plan.id, BREACH, None, "planted: bedroom not seen twice running"
            )


def _noted(ground: Ground, least: int) -> Iterator[Child]:
    """Children of some families with so many visit notes."""
    for family in ground.pick(
        _KINDS, 0.01, lambda f: len(ground.kept.visit_notes.get(f.children[0].id, [])) >= least
    ):
        for child in open_children(ground, family):
            if len(ground.kept.visit_notes.get(child.id, [])) >= least and child.expected is None:
                yield child


def notes_incomplete(ground: Ground) -> None:
    """VN-01 and VN-02: the note of the last visit has no purpose, or nothing of what the child wished."""
    for child in _noted(ground, 1):
        ground.kept.visit_notes[child.id][-1].purpose = "N"
        ground.expected.add("VN-01", child, "", FLAG, None, "planted: last visit without a purpose on record")
    for child in _noted(ground, 1):
        ground.kept.visit_notes[child.id][-1].wishes = "N"
        ground.expected.add(
            "VN-02", child, "", FLAG, None, "planted: nothing of the child's wishes on record"
        )


def second_parent_never_seen(ground: Ground) -> None:
    """VN-03: at none of the last three visits."""
    for child in _noted(ground, 3):
        for note in ground.kept.visit_notes[child.id][-3:]:
            note.second_parent = "N"
        ground.expected.add("VN-03", child, "", FLAG, None, "planted: second parent seen at no visit")


def notes_late(ground: Ground) -> None:
    """SUP-11: a visit of the last four weeks, written down more than two working days later."""
    for child in _noted(ground, 1):
        note = ground.kept.visit_notes[child.id][-1]
        if ground.day - 27 <= note.day and add_wd(note.day, 3) <= ground.day:
            note.recorded = add_wd(note.day, 3)
            due = add_wd(note.day, 2)
            ground.expected.add(
                "SUP-11", child, f"visit {ISO[note.day]}", FLAG, due, "planted: visit written down late"
            )


def last_recorded(ground: Ground, child: Child) -> int:
    """The last day of which anything about the child is on record, case entries aside; the referral at least."""
    visits = [*child.cin_visits, *child.cp_visits, *(v for care in child.care for v in care.visits)]
    days: list[int | None] = [visit.day for visit in visits]
    for row in child.assessments:
        days += [row.start, row.authorised]
    for enquiry in child.enquiries:
        days += [enquiry.start, enquiry.end]
    days += [conference.day for conference in child.conferences]
    days += [review.held for review in [*child.cp_reviews, *(r for care in child.care for r in care.reviews)]]
    for action in child.actions:
        days += [action.day, action.done]
    days += [note.day for note in child.notes if not note.state]
    days += [date.done for rows in ground.kept.dates.values() for date in rows if date.child == child.id]
    return max([child.referral.day, *(day for day in days if day is not None and day <= ground.day)])


_OF_TALKS = {"SUP-07", "SUP-11", "SUP-13", "SQ-07"}


def _may_move(ground: Ground, child: Child) -> bool:
    """Talked about every eight weeks, with nothing planted in how that is recorded: a talk may have been earlier."""
    planted = any(
        f.subject == child.id and (f.rule in _OF_TALKS or f.rule.startswith("SQ-"))
        for f in ground.expected.findings
    )
    return child.clock is not None and child.clock.rule == "SUP-07" and not planted


def _silenced(ground: Ground, child: Child) -> tuple[list[Action], list[Note]]:
    """The child's actions and notes without those of the last weeks that nobody's clock needs."""
    since = ground.day - 33
    actions = [
        action
        for action in child.actions
        if max(action.day, action.done or 0) < since
        or (action.done is None and not (isinstance(action.target, int) and action.target >= ground.day))
    ]
    if not _may_move(ground, child):
        return actions, child.notes
    notes = [note for note in child.notes if note.day < since]
    talks = [note for note in child.notes if note.type != OVERSIGHT and not note.state]
    last = max(talks, key=lambda note: note.day, default=None)
    if last is not None and last not in notes and child.referral.day < since - 12:
        earlier = on_working_day(since - 2)
        notes.append(replace(last, day=earlier, recorded=earlier, signed=earlier))
    return actions, notes


def _quiet(ground: Ground, child: Child) -> bool:
    """Nothing but such rows in the last thirty days."""
    actions, notes = child.actions, child.notes
    child.actions, child.notes = _silenced(ground, child)
    quiet = last_recorded(ground, child) + 30 < ground.day
    child.actions, child.notes = actions, notes
    return quiet


def nothing_recorded(ground: Ground) -> None:
    """DR-19: nothing at all for thirty days; of everybody else something was written in the last four weeks."""
    dice = ground.making.dice
    quiet = [
        family
        for family in ground.families
        if ground.team_of(family) is not ground.strong_team
        and open_children(ground, family)
        and all(_quiet(ground, child) for child in open_children(ground, family))
    ]
    dice.shuffle(quiet)
    silent = quiet[: max(1, len(ground.families) // 100)]
    for family in ground.families:
        day = ground.day - dice.randint(0, 25)
        for child in open_children(ground, family):
            if family in silent:
                child.actions, child.notes = _silenced(ground, child)
                due = last_recorded(ground, child) + 30
                why = "planted: nothing on record for thirty days"
                ground.expected.add("DR-19", child, "", OVERDUE, due, why)
            else:
                ground.kept.entries.append(
                    Entry(child.id, max(day, child.referral.day), "Telephone call", "N")
                )
                if family.touched not in _LEFT_ALONE:
                    wrote = max(ground.day - dice.randint(0, 25), child.referral.day)
                    ground.kept.entries.append(Entry(child.id, wrote, "Manager's decision", "Y"))


def no_manager(ground: Ground) -> None:
    """DR-16: no manager has written for six weeks, or four where the child is on a plan, in care or in proceedings."""
    wrote: dict[str, int] = {}
    for entry in ground.kept.entries:
        if entry.by_manager == "Y":
            wrote[entry.child] = max(entry.day, wrote.get(entry.child, 0))
    for family in ground.families:
        for child in open_children(ground, family):
            notes = [n.day for n in child.notes if not n.state and n.day <= ground.day]
            base = max([*notes, wrote.get(child.id, 0)]) or child.referral.day
            closely = child.open_cp_plan(ground.day) is not None or child.open_care() is not None
            due = base + (28 if closely else 42)
            if due < ground.day:
                why = "planted: no manager has written on the record"
                ground.expected.add("DR-16", child, "", OVERDUE, due, why)
