"""Every address of the service, each with the cell of the access matrix that opens it.

Routes, guards and the tests of both are made from this table: an address that is not here does not exist, and one
that is here is tested for every role.
"""

from __future__ import annotations

from evenlode.access import Thing, Verb
from evenlode.web import finding_address as find
from evenlode.web.page import Page
from evenlode.web.views.child import child
from evenlode.web.views.today import today

PAGES: tuple[Page, ...] = (
    Page("", "today", today, Thing.TODAY, Verb.LIST, find.rows(Thing.TODAY)),
    Page("child/<str:ref>", "child", child, Thing.CHILD_RECORD, Verb.SEE, find.child()),
)
"""In the order of the menu and what hangs on it."""
