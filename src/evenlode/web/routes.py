"""Every address of the service, each with the cell of the access matrix that opens it.

Routes, guards and the tests of both are made from this table: an address that is not here does not exist, and one
that is here is tested for every role.
"""

from __future__ import annotations

from evenlode.access import Thing, Verb
from evenlode.web import finding_address as find
from evenlode.web.page import Page
from evenlode.web.routes_council import COUNCIL
from evenlode.web.views import (
    audit,
    explained,
    glass,
    load_by_hand,
    people,
    restrictions,
    team,
    tokens,
    watch,
    whole_tables,
)
from evenlode.web.views.child import child
from evenlode.web.views.children import children
from evenlode.web.views.findings import findings
from evenlode.web.views.home import home, own_openings
from evenlode.web.views.insider import insider
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

ACCESS: tuple[Page, ...] = (
    Page(
        "people",
        "people",
        people.people,
        Thing.PEOPLE,
        Verb.LIST,
        find.rows(Thing.PEOPLE),
        without_figures=True,
    ),
    Page(
        "people/<str:person>",
        "person",
        people.person,
        Thing.PEOPLE,
        Verb.SEE,
        people.find_person(Thing.PEOPLE, Verb.SEE),
        without_figures=True,
    ),
    Page(
        "people/<str:person>/post",
        "post-ask",
        people.grant,
        Thing.ROLE_GRANT,
        Verb.RECORD,
        people.find_grant,
        form=True,
        without_figures=True,
    ),
    Page(
        "people/<str:person>/cut-off",
        "person-cut",
        people.cut,
        Thing.PEOPLE,
        Verb.CHANGE,
        people.find_cut,
        changes=True,
        without_figures=True,
    ),
    Page(
        "posts/<int:number>/decide",
        "post-decide",
        people.decide_post,
        Thing.ROLE_GRANT,
        Verb.APPROVE,
        people.find_asked,
        changes=True,
        without_figures=True,
    ),
    Page(
        "posts/<int:number>/end",
        "post-end",
        people.end_one,
        Thing.PEOPLE,
        Verb.CHANGE,
        people.find_post,
        changes=True,
        without_figures=True,
    ),
    Page(
        "open-a-record",
        "glass",
        glass.open_record,
        Thing.BREAK_GLASS,
        Verb.RECORD,
        glass.find_glass,
        form=True,
    ),
    Page(
        "open-a-record/end", "glass-end", glass.end_glass, Thing.RULES, Verb.SEE, glass.find_own, changes=True
    ),
    Page(
        "openings",
        "glass-reviews",
        glass.reviews,
        Thing.BREAK_GLASS_REVIEW,
        Verb.LIST,
        find.rows(Thing.BREAK_GLASS_REVIEW),
        without_figures=True,
    ),
    Page(
        "openings/<str:opening>",
        "glass-review",
        glass.review,
        Thing.BREAK_GLASS_REVIEW,
        Verb.APPROVE,
        glass.find_opening,
        form=True,
        without_figures=True,
    ),
    Page(
        "closed-records",
        "restrictions",
        restrictions.register_page,
        Thing.RESTRICTION_REGISTER,
        Verb.LIST,
        find.rows(Thing.RESTRICTION_REGISTER),
        without_figures=True,
    ),
    Page(
        "closed-records/<int:number>/ask",
        "restriction-ask",
        restrictions.ask_lift,
        Thing.RESTRICTION_REGISTER,
        Verb.RECORD,
        restrictions.find_restriction,
        form=True,
        without_figures=True,
    ),
    Page(
        "closed-records/<int:number>/lift",
        "restriction-lift",
        restrictions.agree_lift,
        Thing.RESTRICTION_REGISTER,
        Verb.APPROVE,
        restrictions.find_restriction,
        changes=True,
        without_figures=True,
    ),
    Page(
        "audit",
        "audit",
        audit.audit,
        Thing.AUDIT_LOG,
        Verb.SEE,
        find.council(Thing.AUDIT_LOG),
        form=True,
        without_figures=True,
    ),
    Page(
        "audit/file",
        "audit-export",
        audit.export,
        Thing.AUDIT_LOG,
        Verb.EXPORT,
        audit.find_export,
        form=True,
        without_figures=True,
    ),
    Page(
        "audit/to-ask-about",
        "insider",
        insider,
        Thing.INSIDER_REPORT,
        Verb.SEE,
        find.council(Thing.INSIDER_REPORT),
    ),
)

KEYS: tuple[Page, ...] = (
    Page(
        "tokens",
        "tokens",
        tokens.tokens,
        Thing.API_TOKEN,
        Verb.LIST,
        find.council(Thing.API_TOKEN),
        without_figures=True,
    ),
    Page(
        "tokens/ask",
        "token-ask",
        tokens.ask,
        Thing.API_TOKEN,
        Verb.RECORD,
        tokens.find_ask,
        form=True,
        without_figures=True,
    ),
    Page(
        "tokens/own",
        "own-tokens",
        tokens.own,
        Thing.RULES,
        Verb.SEE,
        find.council(Thing.RULES),
        without_figures=True,
    ),
    Page(
        "tokens/<int:number>/decide",
        "token-decide",
        tokens.decide,
        Thing.API_TOKEN,
        Verb.APPROVE,
        tokens.find_waiting,
        changes=True,
        without_figures=True,
    ),
    Page(
        "tokens/<int:number>/withdraw",
        "token-withdraw",
        tokens.withdraw,
        Thing.API_TOKEN,
        Verb.CHANGE,
        tokens.find_token,
        changes=True,
        without_figures=True,
    ),
    Page(
        "tokens/<int:number>/collect",
        "token-collect",
        tokens.collect_own,
        Thing.RULES,
        Verb.SEE,
        tokens.find_own,
        changes=True,
        without_figures=True,
    ),
)

WHOLE_TABLES: tuple[Page, ...] = (
    Page(
        "whole-tables",
        "whole-tables",
        whole_tables.whole_tables,
        Thing.RULES,
        Verb.SEE,
        find.council(Thing.RULES),
        without_figures=True,
    ),
    Page(
        "whole-tables/ask",
        "whole-table-ask",
        whole_tables.ask,
        Thing.BULK_EXPORT,
        Verb.RECORD,
        whole_tables.find_ask,
        form=True,
    ),
    Page(
        "whole-tables/<int:number>/decide",
        "whole-table-decide",
        whole_tables.decide,
        Thing.BULK_EXPORT,
        Verb.APPROVE,
        whole_tables.find_waiting,
        changes=True,
    ),
    Page(
        "whole-tables/<int:number>/fetch",
        "whole-table-fetch",
        whole_tables.fetched,
        Thing.BULK_EXPORT,
        Verb.EXPORT,
        whole_tables.find_ready,
        changes=True,
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
