"""The command as a person runs it, for the tests of what it says and writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(*words: str, home: Path | None = None, columns: int = 200) -> subprocess.CompletedProcess[str]:
    """The installed command in a process of its own, in a terminal of that many columns."""
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EVENLODE_HOME": str(home or "/nonexistent"), "COLUMNS": str(columns)},
    )
