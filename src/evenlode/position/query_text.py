"""An expression as the SQL text of one engine: the one place where Ibis is asked for it."""

from __future__ import annotations

import re

import ibis
import ibis.expr.types as ir

ESCAPE = re.compile(r"\\(.)", re.DOTALL)
SPARK = frozenset({"pyspark", "databricks"})
UNKNOWN_TO_SPARK = {"v": r"\u000B", "f": r"\u000C"}
"""Spark reads these two escapes of a text as the bare letters: stripping a text of white space would take its v and f too."""


def query_text(expression: ir.Expr, dialect: str) -> str:
    """The SQL of an expression, meaning the same on every engine.

    dialect: duckdb, postgres, pyspark, databricks or mssql.
    """
    sql = str(ibis.to_sql(expression, dialect=dialect))
    if dialect in SPARK:
        sql = ESCAPE.sub(lambda found: UNKNOWN_TO_SPARK.get(found[1], found[0]), sql)
    return sql
