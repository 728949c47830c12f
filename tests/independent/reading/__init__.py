"""Plain-loop reading of the findings contract: no shared code with the product."""
from .council import Council
from .findings import COLUMNS, all_findings, write_findings
from .workload import WORKLOAD_COLUMNS, workload_rows, write_workload

__all__ = ["Council", "COLUMNS", "all_findings", "write_findings",
           "WORKLOAD_COLUMNS", "workload_rows", "write_workload"]
