"""End to end on PostgreSQL: a cluster with checksums, a role that owns nothing, pages in a browser, and the trail behind them."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import pytest
from tests.web.cluster import a_cluster, addresses, can_make_one

from evenlode.access import Role

from .conftest import ROOT, start_serving

pytestmark = [pytest.mark.postgres]


@pytest.fixture(scope="module")
def cluster():
    """A cluster of the test's own, with data checksums, an owner and the service's role."""
    if not can_make_one():
        pytest.skip("no PostgreSQL server is installed here")
    with a_cluster() as there:
        yield there


@pytest.fixture(scope="module")
def served(cluster, tmp_path_factory):
    """The demonstration on that cluster."""
    with start_serving(tmp_path_factory.mktemp("on-postgres"), addresses(cluster)) as told:
        yield told


@pytest.mark.long
def test_every_page_of_a_director_and_a_manager_opens_on_postgres(served, opened):
    for role in (Role.TEAM_MANAGER, Role.DIRECTOR):
        page = opened(role)
        for name, address in served.pages.items():
            answer = page.goto(address)
            assert answer.status in {200, 404}, f"{name}: {answer.status}"
        assert page.goto("/today").status == 200


def test_another_teams_manager_breaks_the_glass_and_information_governance_finds_it_in_the_audit(
    served, opened, cluster
):
    with psycopg.connect(cluster.url("owner")) as con:
        rows = con.execute(
            "SELECT c.child_id, c.ref FROM web_childfigure c JOIN web_figures f ON f.id = c.figures_id "
            "WHERE f.standing AND c.open ORDER BY c.child_id"
        ).fetchall()
    manager = opened(Role.TEAM_MANAGER)
    number, ref = next(row for row in rows if manager.goto(f"/child/{row[1]}").status == 404)
    manager.goto("/open-a-record")
    manager.get_by_label("The child's number in the case system").fill(number)
    manager.get_by_label("Duty or out-of-hours contact").check()
    manager.get_by_label("In a few words, why").fill("The police rang the duty desk about this child.")
    manager.get_by_role("button", name="Open the record").click()
    manager.wait_for_url(f"**/child/{ref}")
    assert "outside your reach is open to you" in manager.locator("body").inner_text()
    governance = opened(Role.INFORMATION_GOVERNANCE)
    governance.goto("/openings")
    assert "The police rang the duty desk" in governance.locator("main").inner_text()
    governance.goto("/audit")
    governance.get_by_label("A child's number in the case system").fill(number)
    governance.get_by_role("button", name="Ask").click()
    told = governance.locator("main table.ev-table").inner_text()
    assert "opened by break-glass" in told
    assert "refused" in told


def test_the_services_role_owns_nothing_and_cannot_change_the_trail(served, cluster):
    with psycopg.connect(cluster.url("service"), autocommit=True) as con:
        (owned,) = con.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'service'"
        ).fetchone()
        assert owned == 0
        for tried in (
            "DELETE FROM evenlode_audit.audit_entry",
            "UPDATE evenlode_audit.audit_entry SET why = 'x'",
            "TRUNCATE evenlode_audit.audit_entry",
            "DROP TABLE evenlode_audit.audit_entry",
            "ALTER TABLE evenlode_audit.audit_entry DISABLE TRIGGER ALL",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                con.execute(tried)


def test_the_chain_verifies_after_all_of_it(served, cluster, tmp_path):
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-c",
                "import sys; from evenlode.cli import main; sys.exit(main())",
                "verify-audit",
            ),
            cluster.url("service"),
        ],
        env={
            **{n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))},
            "PYTHONPATH": str(ROOT / "src"),
            "EVENLODE_AUDIT_KEY_FILE": str(served.home / "keys" / "audit"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
