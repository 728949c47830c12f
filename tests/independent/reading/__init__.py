"""Plain-loop reading of the findings contract: no shared code with the product.

python -m tests.independent.reading EXTRACTS --as-at 2026-11-20 --out f.csv --workload w.csv
"""

from .council import Council
from .findings import COLUMNS, all_findings, write_findings
from .workload import WORKLOAD_COLUMNS, workload_rows, write_workload

__all__ = [
    "COLUMNS",
    "WORKLOAD_COLUMNS",
    "Council",
    "all_findings",
    "workload_rows",
    "write_findings",
    "write_workload",
]
