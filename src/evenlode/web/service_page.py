"""The reference page of the service: its variables and its commands, written from their declarations.

`python -m evenlode.web.service_page docs/reference` writes it; a test keeps it true.
"""

from __future__ import annotations

import sys
from pathlib import Path

from evenlode.web.environment import VARIABLES
from evenlode.web.log_lines import OURS

MADE = "<!-- Written by evenlode.web.service_page from the declarations; do not edit. -->\n\n"
NAME = "service.md"


def service_page() -> str:
    """Every variable of the service, and what a line of its log may hold."""
    lines = [
        MADE + "# The service's variables\n",
        (
            "What a council's IT team sets. Each is read once, when the service starts; "
            "[Run the service](../how-to/run-it.md) says when each is wanted.\n"
        ),
        "| variable | says | without it |",
        "|---|---|---|",
        *(f"| `{v.name}` | {v.says} | {v.otherwise} |" for v in VARIABLES),
        "",
        "## A line of the log\n",
        (
            "One JSON object a line: `at`, `level`, `from`, `says`, of a fault its kind and places (`fault`, `where`), "
            f"and of a request some of {', '.join(f'`{name}`' for name in OURS)}. "
            "No name, no date of birth, nothing that anybody wrote."
        ),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Writes the page into the folder that is named."""
    (Path(sys.argv[1]) / NAME).write_text(service_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
