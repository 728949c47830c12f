"""Every task of the service as data: who does it, where they begin, and the keys; one step a line.

A step is a word of `Keyboard` with what it takes, or one of three more: `As` (somebody's page is opened), `lands`
(a heading is read, and the menu of the new page passed) and `reads` (words stand on the page).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenlode.access import Role


@dataclass(frozen=True)
class Task:
    """name: a sentence; steps: as above; words in {braces} are filled in from the home that is served."""

    name: str
    steps: tuple[tuple, ...]

    def __str__(self):
        return self.name


def lands(heading):
    return ("lands", heading)


def reads(words):
    return ("reads", words)


def by(role, address):
    return ("As", role, address)


MARK_EXPLAINED = Task(
    "a manager marks a finding explained and ends the explanation",
    (
        by(Role.TEAM_MANAGER, "/today"),
        ("past_the_menu",),
        ("press", "link", "{on_today}"),
        lands("{child_name}"),
        ("press", "link", "Mark explained"),
        lands("Mark explained"),
        ("choose", "The child is in hospital"),
        ("type", "What was agreed", "Agreed with the ward for a month."),
        ("type", "Until when", "1/1/2020"),
        ("press", "button", "Save"),
        ("mends",),
        ("type", "Until when", "{in_a_month}"),
        ("press", "button", "Save"),
        lands("{child_name}"),
        reads("Explained until {in_a_month_words}"),
        ("press", "button", "End this now"),
        lands("{child_name}"),
        reads("The explanation has ended"),
    ),
)
SEARCH = Task(
    "a worker searches for a child by name",
    (
        by(Role.TEAM_MANAGER, "/search"),
        ("past_the_menu",),
        ("type", "A child's or a worker's name", "{child_word}"),
        ("press", "button", "Search"),
        lands("Search"),
        ("press", "link", "{child_name}"),
        lands("{child_name}"),
    ),
)
LIST = Task(
    "a manager narrows a list, puts it in order and saves it",
    (
        by(Role.DIRECTOR, "/children"),
        ("past_the_menu",),
        ("pick", "Status", "Child protection plan"),
        ("press", "button", "Show"),
        lands("Children"),
        ("press", "link", "Team"),
        lands("Children"),
        reads("."),
        ("press", "link", "Show all"),
        lands("Children"),
        ("press", "link", "Next"),
        lands("Children"),
        reads("Showing 51 to"),
        ("saves", "CSV"),
    ),
)
HOURS = Task(
    "a manager records fewer hours of a worker, with the effect shown first, and ends it",
    (
        by(Role.TEAM_MANAGER, "{worker}"),
        ("past_the_menu",),
        ("press", "link", "Record fewer hours"),
        lands("{worker_name}"),
        ("choose", "Study or training days"),
        ("type", "Hours a week", "3.5"),
        ("type", "Last day", "{in_a_month}"),
        ("press", "button", "Show the effect"),
        lands("{worker_name}"),
        reads("What this does"),
        ("press", "button", "Save"),
        lands("{worker_name}"),
        reads("Recorded until {in_a_month_words}"),
        ("press", "link", "End what stands"),
        lands("{worker_name}"),
        ("choose", "It was recorded by mistake"),
        ("press", "button", "End it now"),
        lands("{worker_name}"),
        reads("Ended. What was recorded stays"),
    ),
)
DUTY = Task(
    "a manager records an extra duty and changes it",
    (
        by(Role.TEAM_MANAGER, "{worker}"),
        ("past_the_menu",),
        ("press", "link", "Record fewer hours"),
        lands("{worker_name}"),
        ("choose", "{duty}"),
        ("type", "Hours a week", "2"),
        ("type", "Last day", "{in_a_month}"),
        ("press", "button", "Show the effect"),
        lands("{worker_name}"),
        ("press", "button", "Save"),
        lands("{worker_name}"),
        ("press", "link", "Change what stands"),
        lands("{worker_name}"),
        ("type", "Hours a week", "1"),
        ("press", "button", "Show the effect"),
        lands("{worker_name}"),
        ("press", "button", "Save"),
        lands("{worker_name}"),
        reads("Recorded until {in_a_month_words}"),
    ),
)
WEIGHT = Task(
    "a manager changes what a case weighs, with the effect shown first, and ends it",
    (
        by(Role.TEAM_MANAGER, "{child}"),
        ("past_the_menu",),
        ("press", "link", "Change what this case weighs"),
        lands("{child_name}"),
        ("pick", "Points", "1 more"),
        ("type", "What makes this case more work", "Two courts at once."),
        ("type", "Last day", "{in_a_month}"),
        ("press", "button", "Show the effect"),
        lands("{child_name}"),
        reads("What this does"),
        ("press", "button", "Save"),
        lands("{child_name}"),
        reads("Recorded until {in_a_month_words}"),
        ("press", "link", "End what stands"),
        lands("{child_name}"),
        ("choose", "It is over earlier than was planned"),
        ("press", "button", "End it now"),
        lands("{child_name}"),
        reads("Ended. What was recorded stays"),
    ),
)
POLICY = Task(
    "a director proposes a change of policy and the principal social worker approves it",
    (
        by(Role.DIRECTOR, "/policy/setting/cp_visit"),
        ("past_the_menu",),
        ("press", "button", "Propose a change"),
        lands("Propose a change"),
        ("type", "How many", "9"),
        ("pick", "Of what", "working days"),
        ("type", "From which day", "{in_a_month}"),
        ("type", "Why", "Agreed at the practice board."),
        ("press", "button", "Propose it"),
        lands("becomes"),
        reads("A second person approves it"),
        by(Role.PRINCIPAL_SOCIAL_WORKER, "/policy"),
        ("past_the_menu",),
        ("press", "link", "{setting}"),
        lands("becomes"),
        ("press", "button", "Approve"),
        reads("Approved"),
    ),
)
SEND = Task(
    "an analyst sends an extract and takes the load out again",
    (
        by(Role.PERFORMANCE_ANALYST, "/data"),
        ("past_the_menu",),
        ("press", "button", "Send extracts"),
        lands("Send extracts"),
        ("hand_over", "Files", "{extract}"),
        ("type", "Which day are they of?", "20/11/2026"),
        ("mark", "These files only add"),
        ("press", "button", "Send"),
        lands("Load of an extract"),
        ("waits", "Done"),
        ("press", "link", "The receipt"),
        lands("Load"),
        ("press", "button", "Take load"),
        lands("Take load"),
        ("type", "Why is this load taken out?", "It was sent twice."),
        ("press", "button", "Take it out"),
        lands("Taking out load"),
        ("waits", "Done"),
    ),
)
POST = Task(
    "an administrator asks for a post, information governance agrees, and the post is ended",
    (
        by(Role.SYSTEM_ADMINISTRATOR, "{person}"),
        ("past_the_menu",),
        ("press", "link", "Ask for a post"),
        lands("Ask for a post"),
        ("pick", "Role", "Reviewing officer"),
        ("pick", "In which team or service", "The council"),
        ("type", "From", "{today}"),
        ("press", "button", "Ask"),
        lands("{person_name}"),
        reads("Somebody else has to agree"),
        by(Role.INFORMATION_GOVERNANCE, "/people"),
        ("past_the_menu",),
        ("press", "button", "Agree to reviewing officer for {person_name}"),
        lands("People and access"),
        reads("Agreed: the post holds"),
        by(Role.SYSTEM_ADMINISTRATOR, "{person}"),
        ("past_the_menu",),
        ("press", "button", re.compile("^End today.*reviewing officer")),
        lands("{person_name}"),
        reads("The post has ended"),
    ),
)
CLOSE = Task(
    "a director closes a record, names who may open it, and it is opened again by two people",
    (
        by(Role.DIRECTOR, "{far_child}"),
        ("past_the_menu",),
        ("press", "link", "Close this record"),
        lands("Close this record"),
        ("choose", "High profile"),
        ("mark", "Lambourn Schist"),
        ("type", "In a few words, why", "In the press since Monday."),
        ("press", "button", "Close the record"),
        lands("{far_name}"),
        reads("closed to everybody but those named"),
        by(Role.INFORMATION_GOVERNANCE, "/closed-records"),
        ("past_the_menu",),
        ("press", "link", "Ask for a lifting"),
        lands("to be opened again"),
        ("type", "Why can this record be open again?", "The press has left."),
        ("press", "button", "Ask"),
        lands("Records closed to most staff"),
        by(Role.DIRECTOR, "/people"),
        ("past_the_menu",),
        ("press", "link", "Closed records"),
        lands("Records closed to most staff"),
        ("press", "button", "Agree to lift"),
        lands("Records closed to most staff"),
        reads("Lifted"),
    ),
)
GLASS = Task(
    "a worker opens a record out of reach, ends it, and information governance closes the look at it",
    (
        by(Role.SOCIAL_WORKER, "/search"),
        ("past_the_menu",),
        ("press", "link", "open a record outside your reach"),
        lands("Open a record outside your reach"),
        ("type", "The child's number", "{far_number}"),
        ("choose", "Duty or out-of-hours contact"),
        ("type", "In a few words, why", "The police rang the duty desk about this child."),
        ("press", "button", "Open the record"),
        lands("{far_name}"),
        reads("outside your reach is open to you"),
        by(Role.SOCIAL_WORKER, "/today"),
        ("press", "button", "End it now"),
        reads("The record is closed again"),
        by(Role.INFORMATION_GOVERNANCE, "/openings"),
        ("past_the_menu",),
        ("press", "link", "Look at it"),
        lands(""),
        ("type", "What you found", "The duty desk's log shows the call."),
        ("press", "button", "Close"),
        lands("Openings to look at"),
        reads("The duty desk's log shows the call."),
    ),
)
AUDIT = Task(
    "information governance asks who opened a child's record",
    (
        by(Role.INFORMATION_GOVERNANCE, "/audit"),
        ("past_the_menu",),
        ("type", "A child's number", "{far_number}"),
        ("press", "button", "Ask"),
        lands("Who opened what"),
        reads("entr"),
    ),
)
KEY = Task(
    "an administrator asks for a key for a program, it is agreed to, collected and withdrawn",
    (
        by(Role.SYSTEM_ADMINISTRATOR, "/tokens"),
        ("past_the_menu",),
        ("press", "link", "Ask for a key"),
        lands("Ask for a key"),
        ("pick", "Whose posts", "Cherwell Basalt"),
        ("type", "What it is for", "The nightly refresh of the workload report."),
        ("type", "The last day", "{in_a_month}"),
        ("press", "button", "Ask"),
        lands("Keys for programs"),
        reads("Asked for."),
        by(Role.INFORMATION_GOVERNANCE, "/tokens"),
        ("past_the_menu",),
        ("press", "button", "Agree to key"),
        lands("Keys for programs"),
        reads("can collect it"),
        by(Role.PERFORMANCE_ANALYST, "/my-sign-in"),
        ("past_the_menu",),
        ("press", "link", "Your keys"),
        lands("Your keys"),
        ("press", "button", "Collect key"),
        lands("Your key, shown this once"),
        by(Role.SYSTEM_ADMINISTRATOR, "/tokens"),
        ("past_the_menu",),
        ("press", "button", "Withdraw key"),
        lands("Keys for programs"),
        reads("Withdrawn"),
    ),
)

OFTEN = (MARK_EXPLAINED, SEARCH)
"""Asked in each run of CI; the others in the long suite."""
SELDOM = (LIST, HOURS, DUTY, WEIGHT, POLICY, SEND, POST, GLASS, AUDIT, KEY, CLOSE)
