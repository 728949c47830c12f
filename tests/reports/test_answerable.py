"""What a council would have to hand over besides, in words that a manager uses."""

import pytest

from evenlode.reports.answerable import plainly, to_add, unanswered, unlocked


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("cin_visit", "each visit to a child in need"),
        ("cin_visit.seen_alone", '"seen alone" of each visit to a child in need'),
        ("care_review:history", "each statutory review of a looked-after child, not the newest alone"),
        ("care_review:newest", "each statutory review of a looked-after child, the newest too"),
        ("key_date=core group", 'dates of the kind "core group"'),
        ("episode", "each episode of need, from referral to closure"),
        ("assessment_factor", "the factors found by one assessment"),
        (
            "key_date=core group|plan_interval.next_review_due",
            'dates of the kind "core group" or "next review due" of how often a child\'s own plan asks for visits and reviews',
        ),
    ],
)
def test_what_is_missing_is_said_in_plain_words(need, words):
    assert plainly(need) == words


def test_what_would_answer_the_most_rules_is_named_first_with_the_rules():
    missing = unanswered(
        {
            "CP-01": ["key_date=core group"],
            "SUP-05": ["supervision"],
            "SQ-03": ["supervision.child_voice"],
            "SQ-01": ["supervision", "action"],
        }
    )
    assert unlocked(missing) == [
        ("supervision (evenlode template supervision)", ["SUP-05", "SQ-03"]),
        ("key_dates (evenlode template key_dates)", ["CP-01"]),
    ]


def test_what_to_add_names_the_export_and_its_column():
    assert to_add("supervision.child_voice") == (
        "add supervision, its column child_voice (evenlode template supervision)"
    )
    assert to_add("cp_visit:history").startswith("add ssd_cp_visits of the Standard Safeguarding Dataset")
