"""Reading a folder of CSV files, recognised by their headers."""

import csv
import re
from pathlib import Path

from .clocks import read_date

# table -> (the column that names it, the column that is its id or None)
TABLES = {
    "person": ("pers_person_id", "pers_person_id"),
    "referral": ("cine_referral_id", "cine_referral_id"),
    "assessment": ("cina_assessment_id", "cina_assessment_id"),
    "s47": ("s47e_s47_enquiry_id", "s47e_s47_enquiry_id"),
    "icpc": ("icpc_icpc_id", "icpc_icpc_id"),
    "cin_plan": ("cinp_cin_plan_id", "cinp_cin_plan_id"),
    "cin_visit": ("cinv_cin_visit_id", "cinv_cin_visit_id"),
    "cp_plan": ("cppl_cp_plan_id", "cppl_cp_plan_id"),
    "cp_visit": ("cppv_cp_visit_id", "cppv_cp_visit_id"),
    "cp_review": ("cppr_cp_review_id", "cppr_cp_review_id"),
    "legal": ("lega_legal_status_id", "lega_legal_status_id"),
    "cla_episode": ("clae_cla_episode_id", "clae_cla_episode_id"),
    "placement": ("clap_cla_placement_id", "clap_cla_placement_id"),
    "cla_review": ("clar_cla_review_id", "clar_cla_review_id"),
    "cla_visit": ("clav_cla_visit_id", "clav_cla_visit_id"),
    "care_leaver": ("clea_person_id", "clea_table_id"),
    "involvement": ("invo_involvements_id", "invo_involvements_id"),
    "worker": ("prof_professional_id", "prof_professional_id"),
    "family": ("fami_family_id", "fami_table_id"),
    "note": ("case note type", None),
    "action": ("agreed action", None),
    "hr": ("staff number", "staff number"),
}

MISSING = {"", "null", "placeholder_data"}


def clean(value):
    """A cell as text; blanks, NULL and PLACEHOLDER_DATA are missing and come back as ""."""
    value = (value or "").replace("\u00a0", " ").strip()
    return "" if value.lower() in MISSING else value


def is_id_column(name):
    return name.endswith("_id") or name == "person id"


def id_key(text):
    """The contract's order of ids: all-digit ones first and as whole numbers, equal numbers as text."""
    if re.fullmatch(r"[0-9]+", text or ""):
        return (0, int(text), text)
    return (1, 0, text or "")


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = [clean(name).lower() for name in next(reader, [])]
        rows = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row = dict.fromkeys(header, "")
            for name, cell in zip(header, cells, strict=False):
                value = clean(cell)
                row[name] = "" if is_id_column(name) and value == "-1" else value
            rows.append(row)
    return header, rows


def kind_of(header):
    """Which table a header belongs to: the one whose naming column leads the file's own prefix."""
    for table, (naming, _) in TABLES.items():
        if naming not in header:
            continue
        if "_" in naming:
            prefix = naming.split("_")[0] + "_"
            own = sum(1 for name in header if name.startswith(prefix))
            if own < 2:
                continue
        return table
    return None


def once_each(table, rows):
    """ "Repeated ids count once": the first row; for involvements a blank end, else the latest end.
    A row without an id is dropped only when wholly identical to one before it."""
    id_column = TABLES[table][1]
    kept, place, seen = [], {}, set()
    for row in rows:
        identity = row.get(id_column, "") if id_column else ""
        if not identity:
            # "20/11/2026" and "2026-11-20" are the same day, however it was written
            whole = tuple(sorted((name, day(row, name) or text) for name, text in row.items()))
            whole = tuple(map(str, whole))
            if whole in seen:
                continue
            seen.add(whole)
            kept.append(row)
        elif identity not in place:
            place[identity] = len(kept)
            kept.append(row)
        elif table == "involvement":
            before = kept[place[identity]]
            if later_end(row, before):
                kept[place[identity]] = row
    return kept


def later_end(row, before):
    new, old = day(row, "invo_involvement_end_date"), day(before, "invo_involvement_end_date")
    if old is None:
        return False
    return new is None or new > old


def day(row, column):
    return read_date(row.get(column, ""))


def yes_no(text):
    """True, False, or None where the flag is blank or not readable."""
    text = (text or "").strip().lower()
    if text in ("y", "yes", "1", "true", "t"):
        return True
    if text in ("n", "no", "0", "false", "f"):
        return False
    return None


def read_folder(folder):
    tables = {table: [] for table in TABLES}
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix.lower() == ".csv":
            header, rows = read_csv(path)
            table = kind_of(header)
            if table:
                tables[table] += rows
    return {table: once_each(table, rows) for table, rows in tables.items()}
