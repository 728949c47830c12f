"""Lists: declared as data, and from that filtered, put in order, paged and saved as files in one way everywhere."""

from __future__ import annotations

from evenlode.web.lists.answering import answer
from evenlode.web.lists.asked import Listing, listing
from evenlode.web.lists.cell import Cell
from evenlode.web.lists.choices import of_rows, team_choices, worker_choices
from evenlode.web.lists.declared import Column, Filter, ListPage
from evenlode.web.lists.reader import Reader, reader_of

__all__ = [
    "Cell",
    "Column",
    "Filter",
    "ListPage",
    "Listing",
    "Reader",
    "answer",
    "listing",
    "of_rows",
    "reader_of",
    "team_choices",
    "worker_choices",
]
