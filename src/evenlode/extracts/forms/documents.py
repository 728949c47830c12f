"""The XML documents that are known, by their outermost element, and what is said of their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import cin_census_lists, csww_lists, ssda903_lists
from evenlode.extracts.grid import Grid
from evenlode.extracts.xml_documents import Document, Repeated
from evenlode.record.columns import Kind, Table

NO_COUNCIL = "council"
"""The code under which rows are kept where nobody has said whose they are."""
_HEADER = Repeated(
    "",
    "",
    (
        *(f"Header/CollectionDetails/{name}" for name in ("Collection", "Year", "ReferenceDate")),
        *(
            f"Header/Source/{name}"
            for name in ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")
        ),
    ),
)
_CENSUSES = {"CIN": ("cin_census_", "03-31"), "CSWW": ("csww_", "09-30")}
"""What a header calls each census, how its lists begin, and the day of the year on which it is taken."""
_LATER = {"ExpectedPersonBirthDate", "InitialCPCtarget"}
"""Dates that may lie after the census day."""
_LISTS: dict[str, Table] = {
    found.name: found
    for module in (cin_census_lists, csww_lists)
    for found in vars(module).values()
    if isinstance(found, Table)
}


def said_of_census(header: Mapping[str, str], grids: Sequence[Grid], la_code: str) -> list[str]:
    """What a header names that disagrees with the council, with itself or with what the file holds."""
    return [*_council(header.get("LEA", ""), la_code), *_collection(header, grids), *_later(header, grids)]


def _council(named: str, la_code: str) -> list[str]:
    if not named:
        return ["the header names no council (LEA)"]
    if la_code == NO_COUNCIL:
        return [f"the file is of council {named} (LEA); no code was given, so give it with --council {named}"]
    if named.strip() != la_code.strip():
        return [f"the file is of council {named} (LEA), but was handed over as council {la_code}"]
    return []


def _collection(header: Mapping[str, str], grids: Sequence[Grid]) -> list[str]:
    named, year, day = (header.get(h, "") for h in ("Collection", "Year", "ReferenceDate"))
    held = [name for name, (start, _) in _CENSUSES.items() if any(g.as_list.startswith(start) for g in grids)]
    said = []
    if len(held) > 1:
        said.append(f"the file holds {' and '.join(held)} at once")
    if named.strip().upper() not in held:
        said.append(
            f"the header says Collection {named or '(blank)'}, but the file holds {' and '.join(held)}"
        )
    if not day:
        said.append("the header has no reference date")
    elif year and not day.startswith(year):
        said.append(f"the header's Year {year} and ReferenceDate {day} disagree")
    if day and len(held) == 1 and day[5:10] != _CENSUSES[held[0]][1]:
        said.append(f"the reference date {day} is not the census day, which ends in {_CENSUSES[held[0]][1]}")
    return said


def _later(header: Mapping[str, str], grids: Sequence[Grid]) -> list[str]:
    """Dates after the census day: the header or the dates are wrong."""
    day = header.get("ReferenceDate", "")[:10]
    if len(day) != 10:
        return []
    found = []
    for grid in grids:
        dates = {s for c in _LISTS[grid.as_list].columns if c.kind is Kind.DATE for s in c.source}
        for heading, column in zip(grid.headings, grid.columns, strict=True):
            if heading in dates - _LATER and len(column):
                later = pc.greater(pc.utf8_slice_codeunits(column, 0, 10), day)
                count = pc.sum(pc.cast(later, pa.int64())).as_py() or 0
                if count:
                    found.append(f"{heading} lies after the reference date {day} in {count:,} rows")
    return found


_MESSAGE = Document(
    "Message",
    (_HEADER, *cin_census_lists.ELEMENTS, *csww_lists.ELEMENTS),
    as_of="ReferenceDate",
    says=said_of_census,
)

DOCUMENTS: dict[str, Document] = {document.root: document for document in (_MESSAGE, ssda903_lists.DOCUMENT)}
"""Every document that is known."""
