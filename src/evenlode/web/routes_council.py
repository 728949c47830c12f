"""The addresses of what is about the council as a whole: service, measures, rules, policy, data; part of `routes.PAGES`."""

from __future__ import annotations

from evenlode.access import Thing, Verb
from evenlode.web import finding_address as find
from evenlode.web.page import Page
from evenlode.web.views import data, policy, proposals, rules, sending, service
from evenlode.web.views.how import how
from evenlode.web.views.measures import council, one_measure
from evenlode.web.views.measures_file import measures_file
from evenlode.web.views.set_aside import set_aside

COUNCIL: tuple[Page, ...] = (
    Page("service", "service", service.own, Thing.SERVICE_PAGE, Verb.SEE, service.find_own),
    Page(
        "service/<path:service>",
        "service-of",
        service.service,
        Thing.SERVICE_PAGE,
        Verb.SEE,
        service.find_service,
    ),
    Page(
        "council", "council", council, Thing.COUNCIL_MEASURES, Verb.SEE, find.council(Thing.COUNCIL_MEASURES)
    ),
    Page(
        "council/file",
        "measures-file",
        measures_file,
        Thing.COUNCIL_MEASURES,
        Verb.EXPORT,
        find.council(Thing.COUNCIL_MEASURES),
    ),
    Page(
        "council/measure/<str:measure>",
        "measure",
        one_measure,
        Thing.COUNCIL_MEASURES,
        Verb.SEE,
        find.measure,
    ),
    Page("rules", "rules", rules.rules, Thing.RULES, Verb.SEE, find.council(Thing.RULES)),
    Page("rules/<str:rule>", "rule", rules.rule, Thing.RULES, Verb.SEE, rules.find_rule),
    Page(
        "how",
        "how-worked-out",
        how,
        Thing.RULES,
        Verb.SEE,
        find.council(Thing.RULES),
        without_figures=True,
    ),
    Page(
        "policy",
        "policy",
        policy.policy,
        Thing.POLICY,
        Verb.SEE,
        find.council(Thing.POLICY),
        without_figures=True,
    ),
    Page(
        "policy/setting/<str:setting>",
        "setting",
        policy.setting,
        Thing.POLICY,
        Verb.SEE,
        policy.find_setting,
        without_figures=True,
    ),
    Page(
        "policy/setting/<str:setting>/propose",
        "propose",
        proposals.propose_page,
        Thing.POLICY,
        Verb.RECORD,
        policy.find_setting,
        form=True,
        without_figures=True,
    ),
    Page(
        "policy/proposal/<str:proposal>",
        "proposal",
        proposals.proposal,
        Thing.POLICY,
        Verb.SEE,
        proposals.find_proposal(Verb.SEE),
        without_figures=True,
    ),
    Page(
        "policy/proposal/<str:proposal>/decide",
        "decide",
        proposals.decide,
        Thing.POLICY,
        Verb.APPROVE,
        proposals.find_proposal(Verb.APPROVE),
        changes=True,
        without_figures=True,
    ),
    Page(
        "policy/proposal/<str:proposal>/own",
        "proposal-own",
        proposals.change_own,
        Thing.POLICY,
        Verb.RECORD,
        proposals.find_proposal(Verb.RECORD),
        changes=True,
        without_figures=True,
    ),
    Page("data", "data", data.data, Thing.LOADS, Verb.SEE, find.council(Thing.LOADS), without_figures=True),
    Page("data/doubts", "doubts", data.doubts_page, Thing.LOADS, Verb.SEE, find.council(Thing.LOADS)),
    Page("data/coverage", "coverage", data.coverage, Thing.LOADS, Verb.SEE, find.council(Thing.LOADS)),
    Page(
        "data/set-aside",
        "set-aside",
        set_aside,
        Thing.QUARANTINED_ROWS,
        Verb.LIST,
        find.rows(Thing.QUARANTINED_ROWS),
    ),
    Page(
        "data/load/<str:load>",
        "load",
        data.one_load,
        Thing.LOADS,
        Verb.SEE,
        data.find_load(),
        without_figures=True,
    ),
    Page(
        "data/load/<str:load>/take-out",
        "withdraw",
        sending.withdraw_page,
        Thing.LOADS,
        Verb.CHANGE,
        data.find_load(reason=True),
        form=True,
        without_figures=True,
    ),
    Page(
        "data/send",
        "send",
        sending.send,
        Thing.LOADS,
        Verb.RECORD,
        find.council(Thing.LOADS),
        form=True,
        without_figures=True,
    ),
    Page(
        "data/refresh",
        "refresh",
        sending.refresh_figures,
        Thing.LOADS,
        Verb.RECORD,
        find.council(Thing.LOADS),
        changes=True,
        without_figures=True,
    ),
    Page(
        "data/task/<str:job>",
        "work",
        data.job_page,
        Thing.LOADS,
        Verb.SEE,
        data.find_job,
        without_figures=True,
    ),
)
"""In the order of the menu and what hangs on it."""
