"""Each room of the house leans only on those below it, and the core needs no clock, network or web framework."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
HOUSE = SRC / "evenlode"

# From the ground up. A room may import from the rooms that stand before it, and from nothing else of ours.
# Rooms that are yet to be built have their place kept.
CORE = ["errors", "calendar", "policy", "record", "extracts", "position", "workload", "rules"]
CORE += ["published", "measures", "quality", "allocation", "staffing", "inspection", "access", "audit_trail"]
SERVICE = ["engines", "oversight", "reports", "web"]
# What stands among the service and is as pure as the core all the same.
PURE = [*CORE, "oversight"]
# Beside them: the made-up council. It plants troubles by hand, so it must not know how they are found.
BESIDE = {"demo": {"errors", "calendar", "policy", "record", "extracts"}}
# On top: what a person talks to.
TOP = ["cli", "__main__"]

FLOORS = [*CORE, *SERVICE]
MAY_IMPORT = (
    {room: set(FLOORS[:height]) for height, room in enumerate(FLOORS)}
    | BESIDE
    | {room: {*FLOORS, *BESIDE, *TOP} for room in TOP}
)

NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "urllib",
    "http",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
}
CLOCKS = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
    "ibis": {"today", "now"},
}
SQL_CLOCK = re.compile(
    r"\b(current_date|current_timestamp|localtimestamp|now\s*\(\s*\)|today\s*\(\s*\)|getdate\s*\()",
    re.IGNORECASE,
)


def room_of(module: str) -> str | None:
    """The room that a module of ours stands in: evenlode.rules.book stands in rules; evenlode itself is the front door."""
    parts = module.split(".")
    return parts[1] if parts[0] == "evenlode" and len(parts) > 1 else None


def modules(room: str) -> list[Path]:
    return sorted([*(HOUSE / room).rglob("*.py"), *HOUSE.glob(f"{room}.py")])


def rooms_there() -> set[str]:
    return {p.stem for p in HOUSE.glob("*.py")} - {"__init__"} | {
        p.name for p in HOUSE.iterdir() if p.is_dir() and any(p.rglob("*.py"))
    }


def imports(tree: ast.Module, path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, lazily or not, written out in full."""
    package = path.relative_to(SRC).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            whole = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{whole}.{name.name}") for name in node.names)


def clock_readings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every place that asks the machine, or a database, what time it is."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if node.attr in CLOCKS.get(owner, set()):
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (
                (node.lineno, f"time.{name.name}") for name in node.names if name.name in CLOCKS["time"]
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from ((node.lineno, found.group()) for found in SQL_CLOCK.finditer(node.value))


def parsed(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in modules(room):
        yield path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def at(path: Path, line: int) -> str:
    return f"{path.relative_to(SRC.parent)}:{line}"


def test_every_package_has_its_place_in_the_picture():
    assert rooms_there() <= set(MAY_IMPORT), (
        "a room is not drawn: give it its floor here, and to ARCHITECTURE.md"
    )


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_each_package_imports_only_from_those_below_it(room):
    wrong = [
        f"{at(path, line)} imports {module}"
        for path, tree in parsed(room)
        for line, module in imports(tree, path)
        if (other := room_of(module)) is not None
        and other != room
        and other in MAY_IMPORT
        and other not in MAY_IMPORT[room]
    ]
    assert not wrong


def test_the_made_up_council_does_not_know_the_rules_that_it_is_to_trip():
    assert not MAY_IMPORT["demo"] & {"position", "workload", "rules", "measures", "cli"}


@pytest.mark.parametrize("room", PURE)
def test_the_core_imports_no_web_framework_and_touches_no_network(room):
    refused = NETWORK | {"django"}
    wrong = [
        f"{at(path, line)} imports {module}"
        for path, tree in parsed(room)
        for line, module in imports(tree, path)
        if module.split(".")[0] in refused
    ]
    assert not wrong


@pytest.mark.parametrize("room", PURE)
def test_the_core_reads_no_clock_so_that_a_day_can_be_worked_out_again(room):
    wrong = [
        f"{at(path, line)} reads {what}" for path, tree in parsed(room) for line, what in clock_readings(tree)
    ]
    wrong += [
        f"{at(path, line)} reads {found.group()}"
        for path in sorted((HOUSE / room).rglob("*.sql"))
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := SQL_CLOCK.search(text.split("--")[0]))
    ]
    assert not wrong


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\nx = date.today()",
        "import datetime\nx = datetime.datetime.now(tz=None)",
        "import datetime as dt\nx = dt.date.today()",
        "import time\nx = time.time()",
        "from time import time_ns",
        "import ibis\nx = ibis.today()",
        "x = 'select * from visit where day < current_date'",
    ],
)
def test_a_reading_of_the_clock_would_be_noticed(code):
    assert list(clock_readings(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\nx = date(2026, 11, 20)",
        "import time\nx = time.perf_counter()",
        '"""Never asks now()."""',
        "x = context.today",
    ],
)
def test_what_reads_no_clock_is_left_in_peace(code):
    assert not list(clock_readings(ast.parse(code)))


def test_an_import_that_waits_inside_a_function_or_is_relative_would_be_noticed():
    tree = ast.parse("def late():\n    from ..rules import book\n    import evenlode.cli\n")
    assert [module for _, module in imports(tree, HOUSE / "calendar" / "clocks.py")] == [
        "evenlode.rules.book",
        "evenlode.cli",
    ]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_the_product_uses_no_package_that_only_its_tests_have(room):
    refused = {"pandas", "openpyxl", "pytest", "hypothesis", "playwright", "pytest_django"}
    wrong = [
        f"{at(path, line)} imports {module}"
        for path, tree in parsed(room)
        for line, module in imports(tree, path)
        if module.split(".")[0] in refused
    ]
    assert not wrong


def test_the_whole_product_imports_with_nothing_but_the_packages_that_it_is_installed_with(tmp_path):
    code = """
import importlib, os, pkgutil, sys
from pathlib import Path

class NotThere:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"pandas", "openpyxl", "pytest", "hypothesis", "playwright"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotThere())
import evenlode
from evenlode.cli.service import start_django
from evenlode.web.environment import make_keys
make_keys(Path(sys.argv[1]))
start_django(Path(sys.argv[1]))
for module in pkgutil.walk_packages(evenlode.__path__, "evenlode."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "EVENLODE"))}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
