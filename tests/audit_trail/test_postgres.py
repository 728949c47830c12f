"""The trail in PostgreSQL: the application's role can read and add, and nothing else."""

from __future__ import annotations

import os
import threading
import uuid

import psycopg
import pytest
from psycopg import sql
from tests.audit_trail.making import KEY, entry

from evenlode.audit_trail import PostgresTrail, set_up_statements, verify, what_opened, who_opened

SERVER = os.environ.get("EVENLODE_TEST_POSTGRES_URL", "")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not SERVER, reason="no PostgreSQL server is named by EVENLODE_TEST_POSTGRES_URL"),
]
TABLE = "evenlode_audit.audit_entry"


@pytest.fixture(scope="module")
def place():
    """A database of its own, an owner of the trail and a role for the application, all dropped afterwards."""
    name = f"evenlode_{uuid.uuid4().hex[:12]}"
    owner, role = f"{name}_owner", f"{name}_app"
    names = {"name": sql.Identifier(name), "owner": sql.Identifier(owner), "role": sql.Identifier(role)}
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE ROLE {owner}").format(**names))
        server.execute(sql.SQL("CREATE ROLE {role}").format(**names))
        server.execute(sql.SQL("CREATE DATABASE {name} OWNER {owner}").format(**names))
    address = SERVER.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(address, autocommit=True) as con:
        con.execute(sql.SQL("SET ROLE {owner}").format(**names))
        for statement in set_up_statements(role):
            con.execute(statement)
    yield address, role
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))
        server.execute(sql.SQL("DROP ROLE {owner}").format(**names))
        server.execute(sql.SQL("DROP ROLE {role}").format(**names))


@pytest.fixture
def application(place):
    """A connection with the application's rights, and no others, on an empty trail."""
    address, role = place
    with psycopg.connect(address, autocommit=True) as con:
        con.execute("SET session_replication_role = replica")
        con.execute(f"TRUNCATE {TABLE}")
    with psycopg.connect(address, autocommit=True) as con:
        con.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))
        yield con


def test_entries_that_were_added_make_a_whole_chain_and_answer_questions(application):
    trail = PostgresTrail(application)
    trail.append(KEY, [entry(n) for n in range(1, 6)])
    trail.append(KEY, [entry(6, child_id="c-1")])
    assert verify(trail.rows(), KEY).entries == trail.about() == 6
    assert [r["seq"] for r in who_opened(trail, "c-1").rows] == [6, 1]
    assert [r["seq"] for r in what_opened(trail, "p-0").rows] == [6, 3]


def test_the_same_entries_have_the_same_codes_as_in_sqlite(application):
    from tests.audit_trail.making import rows_of

    trail = PostgresTrail(application)
    trail.append(KEY, [entry(n) for n in range(1, 6)])
    assert list(trail.rows()) == rows_of(5)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET person_id = 'nobody'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"DROP TABLE {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        f"ALTER TABLE {TABLE} OWNER TO CURRENT_USER",
        f"DROP TRIGGER audit_entry_refuse ON {TABLE}",
        f"CREATE TRIGGER t BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION evenlode_audit.refuse()",
        f"CREATE RULE r AS ON INSERT TO {TABLE} DO INSTEAD NOTHING",
        f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET person_id = 'nobody'",
        f"MERGE INTO {TABLE} a USING (SELECT 1) b ON true WHEN MATCHED THEN DELETE",
        f"SELECT * FROM {TABLE} FOR UPDATE",
        f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE",
        "DROP SCHEMA evenlode_audit CASCADE",
        "CREATE TABLE evenlode_audit.shadow (seq bigint)",
        "CREATE OR REPLACE FUNCTION evenlode_audit.refuse() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "SET session_replication_role = replica",
        f"GRANT ALL ON {TABLE} TO PUBLIC",
        f"VACUUM FULL {TABLE}",
    ],
)
def test_the_applications_role_can_do_nothing_but_read_and_add(application, statement):
    trail = PostgresTrail(application)
    trail.append(KEY, [entry(n) for n in range(1, 4)])
    before = list(trail.rows())
    try:
        application.execute(statement)
    except psycopg.Error:
        pass
    else:
        # GRANT without the right, and VACUUM of another's table, are only warned about: nothing may have come of them.
        assert statement.startswith(("GRANT", "VACUUM"))
    assert list(trail.rows()) == before
    with pytest.raises(psycopg.Error):
        application.execute(f"DELETE FROM {TABLE}")


def test_the_applications_role_owns_no_table_and_has_two_rights(place, application):
    role = place[1]
    owned = application.execute(
        "SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [role]
    ).fetchone()
    rights = application.execute(
        "SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = %s ORDER BY 1",
        [role],
    ).fetchall()
    assert owned == (0,)
    assert rights == [("INSERT",), ("SELECT",)]


def test_an_entry_can_only_be_put_behind_the_last(application):
    trail = PostgresTrail(application)
    trail.append(KEY, [entry(1)])
    row = (5, *entry(5).row, b"x")
    with pytest.raises(psycopg.Error, match="only ever added after the last"):
        application.execute(f"INSERT INTO {TABLE} VALUES ({', '.join(['%s'] * len(row))})", row)


def test_the_owner_is_stopped_from_changing_it_by_mistake(place, application):
    PostgresTrail(application).append(KEY, [entry(1)])
    with psycopg.connect(place[0], autocommit=True) as owner:
        for statement in (f"DELETE FROM {TABLE}", f"UPDATE {TABLE} SET why = 'x'", f"TRUNCATE {TABLE}"):
            with pytest.raises(psycopg.Error, match="never changed or removed"):
                owner.execute(statement)


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        (f"UPDATE {TABLE} SET why = 'outside their scope' WHERE seq = 4", 4),
        (f"DELETE FROM {TABLE} WHERE seq = 5", 5),
        (f"UPDATE {TABLE} SET mac = set_byte(mac, 31, (get_byte(mac, 31) + 1) % 256) WHERE seq = 6", 6),
    ],
)
def test_what_the_servers_administrator_changes_is_found(place, application, statement, first):
    trail = PostgresTrail(application)
    trail.append(KEY, [entry(n) for n in range(1, 9)])
    with psycopg.connect(place[0], autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute(statement)
    assert verify(trail.rows(), KEY).broken.seq == first


def test_an_entry_falls_with_the_transaction_that_it_was_written_in(application):
    trail = PostgresTrail(application)
    with application.transaction():
        trail.append(KEY, [entry(1)])
        raise psycopg.Rollback
    assert trail.about() == 0


def test_several_who_add_at_once_make_one_chain(place, application):
    address, role = place

    def add(which):
        with psycopg.connect(address) as con:
            con.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))
            con.commit()
            for n in range(10):
                PostgresTrail(con).append(KEY, [entry(n, person_id=f"p-{which}")])
                con.commit()

    threads = [threading.Thread(target=add, args=[which]) for which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(PostgresTrail(application).rows(), KEY).entries == 40
