"""Every address of the service, each with the cell of the access matrix that opens it.

Routes, guards and the tests of both are made from this table: an address that is not here does not exist, and one
that is here is tested for every role.
"""

from __future__ import annotations

from evenlode.access import Thing, Verb
from evenlode.web import finding_address as find
from evenlode.web.page import Page
from evenlode.web.routes_access import ACCESS, KEYS, WHOLE_TABLES
from evenlode.web.routes_council import COUNCIL
from evenlode.web.views import (
    explained,
    load_by_hand,
    restrictions,
    team,
    watch,
)
from evenlode.web.views.child import child
from evenlode.web.views.children import children
from evenlode.web.views.findings import findings
from evenlode.web.views.home import home, own_openings
from evenlode.web.views.my_caseload import my_caseload
from evenlode.web.views.search import search
from evenlode.web.views.today import today
from evenlode.web.views.waiting import waiting
from evenlode.web.views.worker import worker

BEGINNING: tuple[Page, ...] = (
    Page("", "home", home, Thing.RULES, Verb.SEE, find.council(Thing.RULES), without_figures=True),
    Page("today", "today", today, Thing.TODAY, Verb.LIST, find.rows(Thing.TODAY)),
    Page(
        "opened",
        "who-opened",
        own_openings,
        Thing.RULES,
        Verb.SEE,
        find.council(Thing.RULES),
        without_figures=True,
    ),
)

CHILDREN: tuple[Page, ...] = (
    Page("child/<str:ref>", "child", child, Thing.CHILD_RECORD, Verb.SEE, find.child()),
    Page(
        "child/<str:ref>/explain/<str:finding>",
        "explain",
        explained.explain_page,
        Thing.FINDING,
        Verb.RECORD,
        explained.find_finding,
        form=True,
    ),
    Page(
        "child/<str:ref>/explained/<int:number>/end",
        "explanation-end",
        explained.end_explanation,
        Thing.FINDING,
        Verb.CHANGE,
        explained.find_explanation,
        changes=True,
    ),
    Page(
        "child/<str:ref>/close",
        "restrict",
        restrictions.restrict_page,
        Thing.RESTRICTION,
        Verb.RECORD,
        find.child(Thing.RESTRICTION, reason=True),
        form=True,
    ),
)

LISTS: tuple[Page, ...] = (
    Page("findings", "findings", findings, Thing.FINDING, Verb.LIST, find.rows(Thing.FINDING)),
    Page("children", "children", children, Thing.CHILD_RECORD, Verb.LIST, find.rows(Thing.CHILD_RECORD)),
    Page("waiting", "waiting", waiting, Thing.WAITING_LIST, Verb.LIST, find.rows(Thing.WAITING_LIST)),
    Page("watch", "watch", watch.watch_lists, Thing.WATCH_LIST, Verb.LIST, find.rows(Thing.WATCH_LIST)),
    Page(
        "watch/<str:name>", "watch-list", watch.watch_list, Thing.WATCH_LIST, Verb.LIST, watch.find_watch_list
    ),
    Page("search", "search", search, Thing.SEARCH, Verb.LIST, find.rows(Thing.SEARCH), form=True),
)

WORKERS: tuple[Page, ...] = (
    Page(
        "my-caseload",
        "my-caseload",
        my_caseload,
        Thing.CHILD_RECORD,
        Verb.LIST,
        find.rows(Thing.CHILD_RECORD),
    ),
    Page("team", "own-team", team.own_team, Thing.TEAM_PAGE, Verb.SEE, team.find_own),
    Page("teams", "teams", team.teams, Thing.TEAM_PAGE, Verb.SEE, team.find_own),
    Page("team/<path:unit>", "team", team.team, Thing.TEAM_PAGE, Verb.SEE, find.team()),
    Page("worker/<str:ref>", "worker", worker, Thing.WORKER_FIGURES, Verb.SEE, find.worker()),
)

LOAD_BY_HAND: tuple[Page, ...] = (
    Page(
        "worker/<str:ref>/hours",
        "hours",
        load_by_hand.hours,
        Thing.CAPACITY_PERIOD,
        Verb.RECORD,
        load_by_hand.find_worker,
        form=True,
    ),
    Page(
        "hours/<str:number>",
        "hours-change",
        load_by_hand.hours,
        Thing.CAPACITY_PERIOD,
        Verb.CHANGE,
        load_by_hand.find_hours,
        form=True,
    ),
    Page(
        "hours/<str:number>/end",
        "hours-end",
        load_by_hand.hours_end,
        Thing.CAPACITY_PERIOD,
        Verb.CHANGE,
        load_by_hand.find_hours,
        form=True,
    ),
    Page(
        "child/<str:ref>/weight",
        "weight",
        load_by_hand.weight,
        Thing.CASE_WEIGHT,
        Verb.RECORD,
        load_by_hand.find_child,
        form=True,
    ),
    Page(
        "weight/<str:number>",
        "weight-change",
        load_by_hand.weight,
        Thing.CASE_WEIGHT,
        Verb.RECORD,
        load_by_hand.find_weight,
        form=True,
    ),
    Page(
        "weight/<str:number>/end",
        "weight-end",
        load_by_hand.weight_end,
        Thing.CASE_WEIGHT,
        Verb.RECORD,
        load_by_hand.find_weight,
        form=True,
    ),
)

PAGES: tuple[Page, ...] = (
    *BEGINNING,
    *CHILDREN,
    *LISTS,
    *WORKERS,
    *LOAD_BY_HAND,
    *COUNCIL,
    *ACCESS,
    *KEYS,
    *WHOLE_TABLES,
)
"""In the order of the menu and what hangs on it."""
