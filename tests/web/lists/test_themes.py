"""The rule book by theme."""

from __future__ import annotations

import re

import pytest

from evenlode.access import Role
from evenlode.rules.book import RULES
from evenlode.web.themes import THEMES, by_theme, theme_of


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_theme(rule):
    assert theme_of(rule.id) in {theme for theme, _ in THEMES}


def test_rules_stand_under_their_themes_in_the_order_of_the_themes():
    rows = [{"rule_id": "CP-05"}, {"rule_id": "AL-01"}, {"rule_id": "CP-12"}]
    assert [(one.theme, len(one.rows)) for one in by_theme(rows)] == [
        ("Who holds the child", 1),
        ("Child protection", 2),
    ]


@pytest.mark.django_db
def test_today_shows_the_ten_largest_counts_and_the_others_by_theme_behind_a_word(signed_in, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/today"))
    side = page.split("Everything, by rule")[1].split("</section>")[0]
    first, _, behind = side.partition("<details>")
    counts = [int(n) for n in re.findall(r'</a></th><td class="ev-figure">(\d+)<', first)]
    assert len(counts) == 10
    assert counts == sorted(counts, reverse=True)
    assert "smaller list" in behind
    assert "<h3>" in behind
