"""Rules in plain words, with how often each is true."""

from __future__ import annotations

import re

import pytest

from evenlode.access import Role
from evenlode.rules.book import RULES
from evenlode.rules.rule import Status
from evenlode.web.models import FindingFigure, TeamFigure

pytestmark = pytest.mark.django_db


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def found_of(figures, rule_id):
    rows = FindingFigure.objects.whole().filter(figures=figures, rule_id=rule_id)
    return rows.exclude(status__in=[Status.DUE_SOON, Status.CANNOT_TELL])


@pytest.fixture
def busy(figures):
    """A rule that is true of somebody in one team and due soon or unknown of somebody else."""
    return max((r for r in RULES if r.subject == "child"), key=lambda r: found_of(figures, r.id).count())


def test_the_list_counts_what_is_true_of_the_whole_council(signed_in, figures, busy):
    said = words(signed_in(Role.SOCIAL_WORKER).get("/rules?sort=found"))
    line = said[said.index(busy.name) :]
    assert str(found_of(figures, busy.id).count()) in line[:200].split()


def test_it_is_narrowed_to_the_rules_that_cannot_tell(signed_in, figures):
    said = words(signed_in(Role.DIRECTOR).get("/rules?now=unsure"))
    unsure = set(
        FindingFigure.objects.whole()
        .filter(figures=figures, status=Status.CANNOT_TELL)
        .values_list("rule_id", flat=True)
    )
    assert f"{len(unsure)} rules" in said


def test_a_rule_says_its_source_its_setting_and_who_set_it(signed_in):
    said = words(signed_in(Role.SOCIAL_WORKER).get("/rules/CP-05"))
    assert "Which children on a protection plan were not seen in time?" in said
    assert "Common practice" in said
    assert "10 working days" in said
    assert "As shipped" in said


def test_it_says_how_many_cannot_be_told_and_why(signed_in, figures):
    unsure = figures.told["unsure"]
    rule_id, whys = max(unsure.items(), key=lambda item: sum(item[1].values()))
    said = words(signed_in(Role.AUDITOR).get(f"/rules/{rule_id}"))
    rows = FindingFigure.objects.whole().filter(figures=figures, rule_id=rule_id, status=Status.CANNOT_TELL)
    assert sum(whys.values()) == rows.count()
    assert f"Why we cannot tell ({rows.count()})" in said
    assert all(f"{n}: " in said for n in whys.values())


def test_its_list_leads_to_the_findings_within_reach(signed_in, figures, busy):
    manager = signed_in(Role.TEAM_MANAGER)
    page = manager.get(f"/rules/{busy.id}").content.decode()
    mine = re.search(rf'/findings\?rule={busy.id}">(\d+) of these', page)
    listed = words(manager.get(f"/findings?rule={busy.id}"))
    assert mine is not None
    count = int(mine[1])
    assert (
        (f"{count} finding" in listed.casefold())
        if count
        else ("nothing that the rules" in listed.casefold())
    )


def test_a_team_manager_reads_the_counts_of_their_own_team_and_of_no_other(signed_in, figures, busy):
    manager = signed_in(Role.TEAM_MANAGER)
    mine = manager.account.person.posts.get(role=str(Role.TEAM_MANAGER), from_record=False).unit_id
    said = words(manager.get(f"/rules/{busy.id}"))
    others = TeamFigure.objects.whole().filter(figures=figures, workers__gt=1).exclude(team_id=mine)
    by_team = said.partition("By team")[2]
    assert not any(team.name in by_team for team in others)


def test_whoever_may_see_no_child_is_offered_no_list(signed_in, busy):
    page = signed_in(Role.SYSTEM_ADMINISTRATOR).get(f"/rules/{busy.id}").content.decode()
    assert "/findings" not in page


def test_a_rule_that_does_not_exist_is_not_there(signed_in):
    assert signed_in(Role.DIRECTOR).get("/rules/XX-99").status_code == 404


def test_how_we_work_things_out_is_for_everybody(signed_in):
    said = words(signed_in(Role.INFORMATION_GOVERNANCE).get("/how"))
    assert "Rows read are always rows kept plus rows set aside." in said
