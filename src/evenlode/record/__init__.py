"""The record: what the council's systems handed over, in one set of tables, kept for good.

What may enter: deliveries (tables in the declared form, with an account of every row read), each
with the time and the person, since nothing here reads a clock.  What may leave: a connection to
the tables as they stand or stood, receipts, load reports.  Nothing here knows a file format, a
rule or a threshold.
"""

from evenlode.record.columns import Column, IfUnreadable, Kind, Table
from evenlode.record.connection import RecordConnection, connect
from evenlode.record.delivery import (
    Action,
    Delivery,
    FileRead,
    Problem,
    QuarantinedRow,
    TableCount,
)
from evenlode.record.manifest import Manifest
from evenlode.record.newest import newest_event
from evenlode.record.receipt import Receipt, SourceReceipt, TableReceipt, Withdrawal
from evenlode.record.store import Record
from evenlode.record.tables import SCHEMA_VERSION, TABLES

EVENLODE_SOURCE = "evenlode"
"""The source of what people record in Evenlode itself, which lies in the same tables."""

__all__ = [
    "EVENLODE_SOURCE",
    "SCHEMA_VERSION",
    "TABLES",
    "Action",
    "Column",
    "Delivery",
    "FileRead",
    "IfUnreadable",
    "Kind",
    "Manifest",
    "Problem",
    "QuarantinedRow",
    "Receipt",
    "Record",
    "RecordConnection",
    "SourceReceipt",
    "Table",
    "TableCount",
    "TableReceipt",
    "Withdrawal",
    "connect",
    "newest_event",
]
