"""Every task of the service by keyboard alone: Tab reaches it, focus shows on the way, Enter, Space and arrows do it."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta

import pytest

from evenlode.access import Role

from .conftest import signed_in
from .installed import PASSWORD, Installed, code_of
from .keyboard import Keyboard
from .tasks import OFTEN, SELDOM

EXTRACT = "child_id,entry_date,entry_kind,by_manager,recorded_date\n{number},20/11/2026,Letter,N,20/11/2026\n"


@pytest.fixture(scope="module")
def told(served, browser, tmp_path_factory):
    """What stands in braces in a task, as the pages of the home show it."""
    desk, council = (signed_in(browser, served.url, role) for role in (Role.TEAM_MANAGER, Role.DIRECTOR))
    said = as_shown(served, desk, council, tmp_path_factory.mktemp("extract") / "case_entries.csv")
    for page in (desk, council):
        page.context.close()
    return said


def as_shown(served, desk, council, extract):
    """The words of the tasks, by what a manager and a director see."""
    desk.goto("/today")
    first = desk.locator(".ev-line__sentence a[href^='/child/']").first
    child, on_today = first.get_attribute("href"), first.inner_text()
    named = {
        "on_today": on_today,
        "child": child,
        "worker": served.pages["worker"],
        "person": served.pages["person"],
    }
    named |= {
        "child_name": _heading(desk, child),
        "worker_name": _heading(desk, served.pages["worker"]),
        "person_name": _heading(council, served.pages["person"]),
    }
    with sqlite3.connect(f"file:{served.home / 'service.sqlite3'}?mode=ro", uri=True) as con:
        number, ref = con.execute(
            "SELECT c.child_id, c.ref FROM web_childfigure c JOIN web_figures f ON f.id = c.figures_id "
            "WHERE f.standing AND c.open AND c.team_id NOT IN (SELECT team_id FROM web_childfigure WHERE ref = ?) "
            "ORDER BY c.child_id LIMIT 1",
            [child.rpartition("/")[2]],
        ).fetchone()
    extract.write_text(EXTRACT.format(number=number), "utf-8")
    later = date.today() + timedelta(days=30)  # noqa: DTZ011 - as on the person's own clock
    return {
        **named,
        "child_word": named["child_name"].split()[-1],
        "far_child": f"/child/{ref}",
        "far_number": number,
        "far_name": _heading(council, f"/child/{ref}"),
        "extract": extract,
        "duty": "Duty rota",
        "setting": _heading(council, "/policy/setting/cp_visit"),
        "today": f"{date.today():%d/%m/%Y}",  # noqa: DTZ011
        "in_a_month": f"{later:%d/%m/%Y}",
        "in_a_month_words": f"{later.day} {later:%B %Y}",
    }


def _heading(page, address):
    """What a page is about, without what stands above it or a child's age behind it."""
    page.goto(address)
    return page.locator("h1").inner_text().splitlines()[-1].split(",")[0]


@pytest.mark.parametrize(
    "task", [*OFTEN, *(pytest.param(task, marks=pytest.mark.long) for task in SELDOM)], ids=str
)
def test_by_keyboard_alone(opened, told, task):
    page = keys = None
    for word, *more in task.steps:
        said = [
            told[one[1:-1]] if one == "{extract}" else one.format(**told) if isinstance(one, str) else one
            for one in more
        ]
        if word == "As":
            page = opened(said[0])
            keys = Keyboard(page)
            page.goto(said[1])
        else:
            STEPS.get(word, getattr(keys, word, None))(*([page, keys] if word in STEPS else []), *said)
    assert not [fault for fault in page.faults if "422" not in fault]


def lands(page, keys, heading):
    """The heading of the next page is there, and its menu is passed."""
    keys.is_elsewhere()
    page.locator("h1").filter(has_text=heading).wait_for()
    keys.past_the_menu()


def mends(page, keys):
    """The form is there again, and what is wrong with it has focus."""
    keys.is_elsewhere()
    page.locator(".govuk-error-summary:focus").wait_for()


def reads(page, keys, words):
    page.get_by_text(re.compile(words)).first.wait_for()


def waits(page, keys, words):
    """Work that takes a while says by itself that it is done."""
    page.get_by_role("status").filter(has_text=words).wait_for(timeout=120_000)


def saves(page, keys, name):
    with page.expect_download() as saved:
        keys.press("link", name)
    assert saved.value.path().stat().st_size > 100


STEPS = {"lands": lands, "mends": mends, "reads": reads, "waits": waits, "saves": saves}


@pytest.mark.long
def test_signing_in_with_a_password_and_a_code_and_changing_both_by_keyboard_alone(served, opened):
    account = "demo-auditor"
    said = Installed(served.home, {"EVENLODE_DEMO": "yes"}).run("account", "link", account)
    page = opened()
    keys = Keyboard(page)
    page.goto(re.search(r"https://\S+?(/sign-in/first/\S+)", said)[1])
    keys.past_the_menu()
    for label in ("New password", "New password again"):
        keys.type(re.compile(f"^{label}$"), PASSWORD)
    keys.press("button", "Go on")
    lands(page, keys, "Set up an authenticator app")
    secret = page.locator("main code").inner_text().replace(" ", "")
    keys.type("Code from the app", code_of(secret))
    keys.press("button", "Go on")
    lands(page, keys, "Your recovery codes")
    recovery = page.locator("main li code").all_inner_texts()
    keys.press("link", "I have kept them")
    page.get_by_role("button", name="Sign out").wait_for()
    keys.press("button", "Sign out")
    page.get_by_role("heading", name="Sign in").wait_for()
    keys.past_the_menu()
    keys.type("User name", account)
    keys.type("Password", PASSWORD)
    keys.press("button", re.compile("^Sign in$"))
    lands(page, keys, "Your code")
    keys.type("Code", code_of(secret, ahead=1))
    keys.press("button", "Go on")
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto("/my-sign-in")
    keys.past_the_menu()
    keys.press("link", "Change your password")
    lands(page, keys, "Change your password")
    keys.type("Your password now", PASSWORD)
    for label in ("New password", "New password again"):
        keys.type(re.compile(f"^{label}$"), f"{PASSWORD} again")
    keys.press("button", "Change it")
    lands(page, keys, "Your sign-in")
    reads(page, keys, "Your password has been changed")
    keys.press("link", "Set up another")
    lands(page, keys, "Set up another authenticator app")
    keys.type("Code", recovery[0])
    keys.press("button", "Go on")
    lands(page, keys, "Set up an authenticator app")
    keys.type("Code from the app", code_of(page.locator("main code").inner_text().replace(" ", "")))
    keys.press("button", "Go on")
    lands(page, keys, "Your sign-in")
    reads(page, keys, "Your new app is set up")
    keys.press("link", "Make new ones")
    lands(page, keys, "Make new recovery codes")
    keys.type("Code", recovery[1])
    keys.press("button", "Go on")
    lands(page, keys, "Your recovery codes")
    assert page.locator("main li code").count() == 10
