"""Every doubt about the data, in the order in which they are shown."""

from __future__ import annotations

from evenlode.quality.children import CHILD_DOUBTS
from evenlode.quality.dates import DATE_DOUBTS
from evenlode.quality.doubt import Doubt, Sort
from evenlode.quality.holders import HOLDER_DOUBTS
from evenlode.quality.links import LINK_DOUBTS
from evenlode.quality.overlaps import OVERLAP_DOUBTS
from evenlode.quality.supervision import SUPERVISION_DOUBTS
from evenlode.quality.workers import WORKER_DOUBTS
from evenlode.rules.rule import Severity

SET_ASIDE = Doubt(
    "DQ-01",
    "Rows set aside in reading",
    "Which rows could not be believed, and are not in the record?",
    Sort.READING,
    Severity.RED,
    "rows read",
    "What a row that was set aside told is told by nobody.",
    "The performance team: the load report names the file, the row and the reason.",
)
THIN_MONTH = Doubt(
    "DQ-30",
    "Thin month",
    "In which months does the extract hold far fewer rows than the council's other months?",
    Sort.COVERAGE,
    Severity.AMBER,
    "months of a table in which enough rows are likely",
    "A low figure of such a month may be a thin extract and not the practice.",
    "The performance team: ask for the extract again, and compare with the case system's own count.",
    settings=("coverage_months", "coverage_thin_share", "coverage_fewest", "coverage_fewest_none"),
    does_not_tell="A month can be thin because little was done or because little was written down; only the "
    "case system can say which.",
)
THIN_TEAM = Doubt(
    "DQ-31",
    "Thin team",
    "Which teams have far fewer rows for their children than the council as a whole?",
    Sort.COVERAGE,
    Severity.AMBER,
    "teams of a table in which enough rows are likely",
    "A low figure of such a team may be a team that records somewhere else.",
    "The team manager, with the performance team: look at five children in the case system.",
    settings=("coverage_months", "coverage_thin_share", "coverage_fewest", "coverage_fewest_none"),
    does_not_tell="A child counts for the whole month, in the team that led them last in it: a team that holds "
    "children only for the first days of a plan looks thin, and work done by an earlier team in that month is the "
    "later one's.",
)
STOPS_EARLY = Doubt(
    "DQ-32",
    "Table that stops early",
    "Which tables have nothing after a day on which others still run on?",
    Sort.COVERAGE,
    Severity.RED,
    "tables of what happened",
    "Everything due since that day looks late.",
    "The performance team: the export was cut earlier, or its job did not run. Ask for it again.",
    settings=("coverage_quiet_days", "coverage_fewest_none"),
)

DOUBTS: tuple[Doubt, ...] = (
    SET_ASIDE,
    *LINK_DOUBTS,
    *CHILD_DOUBTS,
    *DATE_DOUBTS,
    *OVERLAP_DOUBTS,
    *HOLDER_DOUBTS,
    *WORKER_DOUBTS,
    *SUPERVISION_DOUBTS,
    THIN_MONTH,
    THIN_TEAM,
    STOPS_EARLY,
)

DOUBT_BY_ID: dict[str, Doubt] = {d.id: d for d in DOUBTS}
