"""Lists 1 to 7 of Annex A: contacts, early help, referrals, assessments, enquiries, children in need, protection plans."""

from __future__ import annotations

from evenlode.extracts.forms import annex_a_lists as lists
from evenlode.extracts.forms.annex_a_fills import (
    ABOUT,
    CHILD,
    CHILD_ID,
    SOURCE,
    TEAM,
    WORKER,
    allocation,
    conference_needed,
    enquiry_end,
    means,
)
from evenlode.extracts.forms.annex_a_words import (
    CATEGORIES,
    SEEN_ALONE_MEANS_SEEN,
    STATUSES,
    YES_NO,
)
from evenlode.extracts.forms.form import Fill, Form, Maker
from evenlode.extracts.forms.make import (
    always,
    code,
    joined,
    meant,
    named,
    same,
    where,
)

NEED = (
    Form(
        SOURCE,
        lists.LIST_1,
        (
            Fill(
                "contact",
                {
                    "contact_id": joined("child_id", "contact_date", "source"),
                    "child_id": CHILD_ID,
                    "contact_date": same("contact_date"),
                    "source_code": code("source"),
                },
            ),
            CHILD,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_2,
        (
            Fill(
                "early_help",
                {
                    "early_help_id": joined("child_id", "start_date", "organisation"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "organisation": same("organisation"),
                },
                not_told=("end_date",),
            ),
            CHILD,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_3,
        (
            Fill(
                "episode",
                {
                    "episode_id": joined("child_id", "referral_date"),
                    "child_id": CHILD_ID,
                    "referral_date": same("referral_date"),
                    "source_code": code("source"),
                    "no_further_action": meant("no_further_action", YES_NO),
                    "close_date": same("referral_date"),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
                once="episode_id",
                not_told=("close_date",),
            ),
            CHILD,
            TEAM,
            WORKER,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_4,
        (
            Fill(
                "assessment",
                {
                    "assessment_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "child_seen": meant("seen", YES_NO),
                    "authorised_date": same("authorised_date"),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
            ),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_5,
        (
            Fill(
                "enquiry",
                {
                    "enquiry_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": Maker(("start_date", "conference_date", "unnecessary"), enquiry_end),
                    "no_further_action": meant("unnecessary", YES_NO),
                    "outcome": where("unnecessary", '{"CP_CONFERENCE_FLAG": "Y"}', conference_needed),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
                not_told=("end_date",),
            ),
            Fill(
                "conference",
                {
                    "conference_id": joined("child_id", "start_date", "conference_date"),
                    "enquiry_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "held_date": same("conference_date"),
                    "plan_agreed": meant("plan_agreed", YES_NO),
                },
                where=("conference_date",),
            ),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_6,
        (
            Fill(
                "episode",
                {
                    "episode_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "referral_date": same("start_date"),
                    "primary_need": code("primary_need"),
                    "close_date": same("close_date"),
                    "close_reason": code("close_reason"),
                },
                once="episode_id",
                rank=1,
            ),
            Fill(
                "cin_plan",
                {
                    "plan_id": joined("child_id", "start_date"),
                    "episode_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("close_date"),
                },
                only=means("status", STATUSES, "CIN"),
                latest_only=True,
                not_told=("start_date",),
            ),
            Fill(
                "cin_visit",
                {
                    "visit_id": joined("child_id", "last_seen"),
                    "child_id": CHILD_ID,
                    "visit_date": same("last_seen"),
                    "seen": always("Y"),
                },
                where=("last_seen",),
                latest_only=True,
            ),
            allocation("close_date", 3),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_7,
        (
            Fill(
                "cp_plan",
                {
                    "plan_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("end_date"),
                    "first_category": meant("first_category", CATEGORIES),
                    "category": meant("category", CATEGORIES),
                    "earlier_plans": same("earlier_plans"),
                },
                latest_only=True,
            ),
            Fill(
                "cp_visit",
                {
                    "visit_id": joined("child_id", "visit_date"),
                    "child_id": CHILD_ID,
                    "plan_id": joined("child_id", "start_date"),
                    "visit_date": same("visit_date"),
                    "seen": meant("seen_alone", SEEN_ALONE_MEANS_SEEN),
                    "seen_alone": meant("seen_alone", {**YES_NO, "seen": "Y"}),
                },
                where=("visit_date",),
                latest_only=True,
            ),
            Fill(
                "cp_review",
                {
                    "review_id": joined("child_id", "review_date"),
                    "child_id": CHILD_ID,
                    "plan_id": joined("child_id", "start_date"),
                    "held_date": same("review_date"),
                },
                where=("review_date",),
                latest_only=True,
            ),
            allocation("end_date", 1),
            *ABOUT,
        ),
    ),
)
