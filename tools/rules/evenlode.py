"""What the local rules must find, and what they must leave alone. Read by the scan alone; nothing imports it."""

# ruleid: network-outside-its-module
import requests

# ruleid: network-outside-its-module
import urllib.request

# ruleid: network-outside-its-module
from urllib.request import urlopen

# ok: network-outside-its-module
from urllib.parse import urlencode


def views(request, figures):
    # ruleid: whole-rows-handed-on
    every = ChildFigure.objects.whole()
    # ruleid: whole-rows-handed-on
    number = WorkerFigure.objects.whole().count()
    # ok: whole-rows-handed-on
    one = ChildFigure.objects.whole().filter(figures=figures, ref="x").first()
    # ruleid: around-the-manager
    others = ChildFigure._base_manager.all()
    # ruleid: around-the-manager
    raw = ChildFigure.objects.raw("SELECT 1")
    # ok: around-the-manager
    mine = ChildFigure.objects.visible_to(request.door.visible(1))
    return every, number, one, others, raw, mine


def asks(cursor, name):
    # ruleid: sql-built-of-text
    cursor.execute(f"SELECT * FROM web_account WHERE username = '{name}'")
    # ruleid: sql-built-of-text
    cursor.execute("SELECT * FROM web_account WHERE username = '" + name + "'")
    # ruleid: sql-built-of-text
    cursor.execute("SELECT * FROM web_account WHERE username = '%s'" % name)
    # ruleid: sql-built-of-text
    cursor.execute("SELECT * FROM web_account WHERE username = '{}'".format(name))
    # ok: sql-built-of-text
    cursor.execute("SELECT * FROM web_account WHERE username = %s", [name])


def draws(child, words):
    # ruleid: data-called-safe
    name = mark_safe(child.surname)
    # ruleid: data-called-safe
    line = mark_safe(f"<b>{words}</b>")
    # ok: data-called-safe
    gap = mark_safe("<br>")
    return name, line, gap


def works_out():
    # ruleid: clock-in-the-core
    today = date.today()
    # ruleid: clock-in-the-core
    moment = datetime.now(UTC)
    # ok: clock-in-the-core
    day = date(2026, 11, 20)
    return today, moment, day
