"""A council's first morning on PostgreSQL, as its IT team and its people do it: from an empty home to the audit."""

from __future__ import annotations

import csv
import zipfile
from datetime import date

import pytest
from tests.handworked.raw_rows import MADE_HERE

from .installed import Installed, set_up_account
from .test_on_postgres import cluster  # noqa: F401 - a fixture

pytestmark = [
    pytest.mark.long,
    pytest.mark.postgres,
    pytest.mark.skipif(
        not MADE_HERE.is_dir(), reason="the shared sample council does not lie beside this repository"
    ),
]


@pytest.fixture
def council(cluster, tmp_path):
    """A service that was set up a moment ago: a database, keys, two accounts, and no extract."""
    council = Installed(
        tmp_path / "home",
        {
            "EVENLODE_DATABASE_URL": f"postgresql://service@127.0.0.1:{cluster}/evenlode",
            "EVENLODE_DATABASE_OWNER_URL": f"postgresql://owner@127.0.0.1:{cluster}/evenlode",
            "EVENLODE_HOSTS": "localhost,127.0.0.1",
            "EVENLODE_AUDIT_KEY_FILE": str(tmp_path / "home" / "keys" / "audit"),
        },
    )
    council.run("set-up")
    with council.served():
        yield council


@pytest.fixture
def enters(council, browser):
    """enters(link): somebody opens their set-up link in a browser of their own, and is in."""
    contexts = []

    def enter(link):
        context = browser.new_context(base_url=council.url, ignore_https_errors=True)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        set_up_account(page, link)
        return page

    yield enter
    for context in contexts:
        context.close()


LISTS = ("hr_establishment_export.csv", "ssd_professionals.csv", "ssd_department.csv")
"""Who works where: sent first, so that everybody has their post on the day the children come."""
MANAGERS = (("4019", "Greta Netherby", "Safeguarding East"), ("4005", "Ebba Ilsworth", "Assessment North"))
"""Two team managers by the worker list: number, name, team."""


def first_of_two(council, name, called, role):
    """The link of one of the two people without whom nobody could be given a post."""
    link = council.make_account(name, "--person", f"p-{name}", "--called", called)
    council.run("account", "post", name, "--role", role)
    return link


def send(page, *files):
    """Sends files on the Data page, stays to see how far the work is, and answers what came of it."""
    page.goto("/data")
    page.get_by_role("button", name="Send extracts").click()
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_label("Which day are they of?").fill("20/11/2026")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/data/task/*")
    page.locator("#work progress").wait_for()
    page.get_by_role("status").filter(has_text="Done").wait_for(timeout=300_000)
    return page.locator("#work").inner_text()


def zipped(folder, path):
    """The folder as an analyst would zip it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return path


def give_post(admin, governance, name, role, unit):
    """The system administrator asks on the page of people and access, and information governance agrees."""
    admin.goto("/people")
    while admin.get_by_role("link", name=name, exact=True).count() == 0:
        admin.get_by_role("link", name="Next page").click()
    admin.get_by_role("link", name=name, exact=True).click()
    admin.get_by_role("link", name="Ask for a post").click()
    admin.get_by_label("Role").select_option(role)
    admin.get_by_label("In which team or service").select_option(label=unit)
    admin.get_by_label("From").fill(f"{date.today():%d/%m/%Y}")  # noqa: DTZ011 - as on the person's own clock
    admin.get_by_role("button", name="Ask").click()
    admin.get_by_text("Somebody else has to agree before it holds").wait_for()
    governance.goto("/people")
    governance.get_by_role("button", name=f"Agree to {role} for {name}").click()
    governance.get_by_text("Agreed: the post holds").wait_for()


def lines_of(page):
    """The lines of somebody's morning page."""
    page.goto("/today")
    return page.locator(".ev-line__sentence").all_inner_texts()


def number_of(name):
    """A child's number in the case system, read from the extract itself."""
    forename, surname = name.split()
    with next(MADE_HERE.rglob("ssd_person.csv")).open(encoding="utf-8-sig", newline="") as file:
        return next(
            row["pers_person_id"]
            for row in csv.DictReader(file)
            if (row["pers_forename"], row["pers_surname"]) == (forename, surname)
        )


def break_the_glass(page, number, why):
    page.goto("/open-a-record")
    page.get_by_label("The child's number in the case system").fill(number)
    page.get_by_label("Duty or out-of-hours contact").check()
    page.get_by_label("In a few words, why").fill(why)
    page.get_by_role("button", name="Open the record").click()
    page.wait_for_url("**/child/*")


def audit_of(governance, number):
    """What information governance reads when it asks who opened a child's record: who did what, and the answer."""
    governance.goto("/audit")
    governance.get_by_label("A child's number in the case system").fill(number)
    governance.get_by_role("button", name="Ask").click()
    return [
        [cell.strip() for cell in row.locator("td, th").all_inner_texts()]
        for row in governance.locator("main table.ev-table tbody tr").all()
    ]


def test_from_an_empty_home_an_extract_sent_in_the_browser_becomes_todays_list_and_an_opening_out_of_reach_is_audited(
    council, enters, tmp_path
):
    admin = enters(first_of_two(council, "lee", "Leach Pumice", "system administrator"))
    governance = enters(first_of_two(council, "shea", "Sherborne Chert", "information governance"))
    said = send(admin, *(next(MADE_HERE.rglob(name)) for name in LISTS))
    assert "The pages show 20 November 2026 now" in said

    analyst = enters(council.make_account("cher", "--person", "p-cher", "--called", "Cherwell Basalt"))
    give_post(admin, governance, "Cherwell Basalt", "performance analyst", "The council")
    manager, other = (
        enters(council.make_account(f"m{number}", "--worker", number)) for number, *_ in MANAGERS
    )
    for _, name, team in MANAGERS:
        give_post(admin, governance, name, "team manager", team)
    assert not lines_of(manager)

    said = send(analyst, zipped(MADE_HERE, tmp_path / "extract.zip"))
    assert "As at 20 November 2026" in said
    lines = lines_of(manager)
    assert 0 < len(lines) <= 12
    assert "Figures as at Friday 20 November 2026" in manager.locator(".ev-asat").inner_text()

    manager.locator(".ev-line__sentence a[href^='/child/']").first.click()
    manager.wait_for_url("**/child/*")
    child, name = manager.url, manager.locator("h1").inner_text().split(",")[0]
    assert name.split()[0] in " ".join(lines)
    number = number_of(name)
    assert other.goto(child).status == 404
    break_the_glass(other, number, "The police rang the duty desk about this child.")
    assert other.url == child
    assert name in other.locator("h1").inner_text()
    assert "outside your reach is open to you" in other.locator("body").inner_text()

    told = audit_of(governance, number)
    (_, mine, _), (_, theirs, _) = MANAGERS
    assert any(row[1] == mine and row[2:4] == ["see", "child's record"] and row[5] == "let" for row in told)
    assert any(
        row[1] == theirs and row[2:4] == ["see", "child's record"] and row[5] == "refused" for row in told
    )
    assert any(row[1] == theirs and row[2:4] == ["record", "break-glass"] and row[5] == "let" for row in told)
    assert any(row[1] == theirs and row[6] == "opened by break-glass" and row[5] == "let" for row in told)
    governance.goto("/openings")
    assert "The police rang the duty desk about this child." in governance.locator("main").inner_text()
    council.run("verify-audit", council.variables["EVENLODE_DATABASE_URL"])
