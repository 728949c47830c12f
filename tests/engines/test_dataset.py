"""The Standard Safeguarding Dataset straight out of a database."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import psycopg
import pytest
import sqlglot
from psycopg import sql

from evenlode.cli.asking import deliveries_of
from evenlode.cli.progress import Steps
from evenlode.engines.dataset import is_address, write_dataset
from evenlode.engines.mssql import COLUMNS, LIST, select
from evenlode.errors import CannotGoOn, CannotRead
from evenlode.extracts import read_extracts

SERVER = os.environ.get("EVENLODE_TEST_POSTGRES_URL", "")
MADE_HERE = Path(__file__).parents[3] / "shared" / "data" / "ssd" / "made-here" / "ssd"


def test_an_address_is_told_from_a_path_even_once_it_has_been_taken_for_one():
    for said in ("postgresql://u@h/d", "postgresql:/u@h/d", "mssql://h/d"):
        assert is_address(said)
        assert is_address(str(Path(said)))
    for said in ("extracts", "./postgresql", "/data/mssql:/x", "C:/extracts"):
        assert not is_address(said)


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(CannotGoOn, match="does not belong into the address") as refused:
        write_dataset("postgresql://u:hush-hush@h/d", tmp_path, lambda *_: None)
    assert "hush" not in str(refused.value)


def test_a_server_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(CannotGoOn, match="does not let us in"):
        write_dataset("postgresql://u@127.0.0.1:1/d", tmp_path, lambda *_: None)


def test_what_sql_server_is_asked_is_sound_for_it():
    asked = select(
        "dbo", "ssd_person]; DROP TABLE x --", [("pers_dob", "datetime"), ("pers]_id", "nvarchar")]
    )
    for text in (LIST, COLUMNS.replace("?", "'x'"), asked):
        [parsed] = sqlglot.parse(text, dialect="tsql")
        assert parsed.key == "select"


@pytest.fixture
def database():
    """A database of its own on the server."""
    if not SERVER:
        pytest.skip("no PostgreSQL server is named by EVENLODE_TEST_POSTGRES_URL")
    name = f"evenlode_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield SERVER.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(address, *statements):
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


PERSON = "CREATE TABLE ssd_person (pers_person_id text, pers_forename text, pers_dob timestamp)"


@pytest.mark.postgres
def test_a_database_without_the_dataset_is_refused(database, tmp_path):
    with pytest.raises(CannotRead, match="holds no table whose name begins with ssd_"):
        write_dataset(database, tmp_path, lambda *_: None)


@pytest.mark.postgres
def test_two_schemas_with_the_dataset_are_not_mixed(database, tmp_path):
    run(database, PERSON, "CREATE SCHEMA test", PERSON.replace("ssd_person", "test.ssd_person"))
    with pytest.raises(CannotRead, match=r"several schemas hold the dataset \(public, test\)"):
        write_dataset(database, tmp_path, lambda *_: None)
    write_dataset(f"{database}?schema=test", tmp_path, lambda *_: None)
    assert [p.name for p in tmp_path.iterdir()] == ["test.ssd_person.csv"]


@pytest.mark.postgres
def test_values_that_would_harm_a_text_file_or_a_query_come_through_as_they_are(database):
    hostile = ["O'Brien\"; DROP TABLE ssd_person; --", "a,b\nc", "=1+1", "Si\u00e2n \u0141ukasz", "\\N"]
    run(database, PERSON)
    with psycopg.connect(database, autocommit=True) as connection:
        for at, value in enumerate(hostile):
            connection.execute("INSERT INTO ssd_person VALUES (%s, %s, '2015-03-01')", [f"00{at}", value])
    with Steps() as steps:
        [given] = deliveries_of(Path(database), "301", None, steps)
    rows = given.tables["child"].select(["child_id", "forename", "dob"]).to_pylist()
    assert [r["child_id"] for r in rows] == ["000", "001", "002", "003", "004"]
    assert [r["forename"] for r in rows] == hostile
    assert {str(r["dob"]) for r in rows} == {"2015-03-01"}


@pytest.mark.postgres
def test_the_dataset_in_a_database_reads_as_the_same_dataset_in_files(database):
    if not MADE_HERE.exists():
        pytest.skip("the shared sample is not beside this checkout")
    with psycopg.connect(database, autocommit=True) as connection:
        for path in sorted(MADE_HERE.glob("*.csv")):
            heads = path.read_text("utf-8-sig").splitlines()[0].strip().split(",")
            columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(h)) for h in heads)
            name = sql.Identifier(path.stem)
            connection.execute(sql.SQL("CREATE TABLE {} ({})").format(name, columns))
            copy = sql.SQL("COPY {} FROM STDIN (FORMAT csv, HEADER)").format(name)
            with connection.cursor() as cursor, cursor.copy(copy) as stream:
                stream.write(path.read_bytes())
    with Steps() as steps:
        [there] = deliveries_of(Path(database), "301", None, steps)
    [here] = read_extracts(MADE_HERE, la_code="301")
    assert {n: t.num_rows for n, t in there.tables.items()} == {n: t.num_rows for n, t in here.tables.items()}
    for name, table in here.tables.items():
        # a database keeps no order of its rows
        assert sorted(map(repr, there.tables[name].to_pylist())) == sorted(map(repr, table.to_pylist())), name
