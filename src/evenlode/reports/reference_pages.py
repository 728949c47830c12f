"""The reference pages of the documentation, written from the declarations themselves.

`python -m evenlode.reports.reference_pages docs/reference` writes them; a test keeps them true.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from evenlode.audit_trail import Found
from evenlode.audit_trail.insider import InsiderReport
from evenlode.measures.book import MEASURES, in_words, needs
from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS, shipped_policy
from evenlode.policy.tariff import TARIFF_ENTRIES, missing_values, presets
from evenlode.policy.visit_presets import VISIT_PRESETS
from evenlode.position.context import Step
from evenlode.published import INDICATORS, LAYOUTS, MARKS
from evenlode.quality.book import DOUBTS, THIN_TEAM
from evenlode.quality.coverage import EVENTS
from evenlode.quality.doubt import Doubt, Sort
from evenlode.quality.spoils import Spoilt, resting_on, spoilt_by
from evenlode.record.schema_reference import schema_markdown
from evenlode.reports.access_page import access_page
from evenlode.reports.audit_tables import asked_sheet, opened_sheet
from evenlode.reports.drift_tables import DRIFT_HEADINGS, indicators_page
from evenlode.reports.measure_tables import MEASURE_HEADINGS
from evenlode.reports.quality_tables import COVERAGE_HEADINGS, DOUBT_HEADINGS, ROW_HEADINGS
from evenlode.reports.sheets import Sheet
from evenlode.reports.standards import standards_page
from evenlode.reports.tables import WORKLOAD_HEADINGS, findings_sheet, settings_in_force
from evenlode.reports.today_page import today_page
from evenlode.rules.book import RULES
from evenlode.rules.build import STEPS
from evenlode.rules.in_force import dates_in_words
from evenlode.rules.results import FINDING_SCHEMA

MADE = "<!-- Written by evenlode.reports.reference_pages from the declarations; do not edit. -->\n\n"


def rules_page() -> str:
    """Every rule, as it is declared."""
    policy = shipped_policy()
    lines = [
        MADE + "# The rules\n",
        "Settings are shown as shipped; a council changes them in its policy file.\n",
    ]
    for rule in RULES:
        about = f"{rule.subject}, {rule.record}" if rule.record else rule.subject
        lines += [
            f"## {rule.id} {rule.name}\n",
            f"{rule.question}\n",
            f"- Who says so: {rule.kind} ({rule.source})",
            f"- Who acts: {rule.who_acts}",
            f"- About: {about}",
            f"- Severity: {', '.join(rule.severities)}",
            f"- Settings: {settings_in_force(rule.policy, policy) or 'none'}",
            f"- Cannot tell without: {', '.join(rule.needs)}",
        ]
        if dated := dates_in_words(rule, policy):
            lines.append(f"- In force: {dated}")
        if rule.does_not_tell:
            lines.append(f"- Does not tell: {rule.does_not_tell}")
        lines.append("")
    return "\n".join(lines)


def policy_page() -> str:
    """Every setting, and every workload preset with what nobody has published."""
    lines = [
        MADE + "# The settings\n",
        "## Intervals\n",
        "| setting | shipped | means | who says so | source |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| `{c.name}` | {c.clock} | {c.meaning} | {c.authority} | {c.source} |" for c in CLOCKS]
    lines += [
        "",
        "## Numbers\n",
        "| setting | shipped | means | who says so | source |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| `{n.name}` | {n.value} | {n.meaning} | {n.authority} | {n.source} |" for n in NUMBERS]
    lines += [
        "",
        "## Lists of words and codes\n",
        "| setting | shipped | means | source |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{x.name}` | {', '.join(x.values)} | {x.meaning} | {x.source} |" for x in LISTS]
    lines += [
        "",
        "## Dates\n",
        "| setting | shipped | means | who says so | source |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{d.name}` | {d.day or 'not fixed'} | {d.meaning} | {d.authority} | {d.source} |" for d in DATES
    ]
    lines += [
        "",
        "## Ways to visit\n",
        "A policy file chooses by name: `visits: {cp: cp-2wk, cin: cin-6wk}`.\n",
        "| name | for | interval | whose way |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{v.name}` | {v.plan} | {v.clock}{_beside(v.with_any_visit)} | {v.seen_at} |"
        for v in VISIT_PRESETS.values()
    ]
    lines += ["", "## What a tariff weighs\n", "| entry | means |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in TARIFF_ENTRIES.items()]
    lines += [
        "",
        "## Workload presets\n",
        "| preset | kind | from | says | not published |",
        "|---|---|---|---|---|",
    ]
    for preset in presets().values():
        gaps = ", ".join(missing_values(preset)) if preset["kind"] == "points" else ""
        lines.append(
            f"| `{preset['id']}` | {preset['kind']} | {preset['effective_from']} | {preset['label']} | {gaps} |"
        )
    return "\n".join(lines) + "\n"


def _beside(any_visit: str) -> str:
    return f" at home and alone, beside `{any_visit}` for any visit" if any_visit else ""


def files_page() -> str:
    """The columns of the files that are handed over."""
    findings = findings_sheet(FINDING_SCHEMA.empty_table(), with_council=False)
    workload = Sheet("Workload", WORKLOAD_HEADINGS, [])
    lines = [
        MADE + "# The files that are handed over\n",
        "The same columns in CSV, JSON, Parquet and xlsx. Blank means not known or not applicable, never nought.\n",
    ]
    drift = Sheet("Drift list", DRIFT_HEADINGS, [])
    doubts = (
        Sheet("Data quality", DOUBT_HEADINGS, []),
        Sheet("Rows in doubt", ROW_HEADINGS, []),
        Sheet("Coverage", COVERAGE_HEADINGS, []),
    )
    trail = (opened_sheet(Found([])), asked_sheet(InsiderReport([], 0)))
    for sheet in (findings, workload, drift, Sheet("Measures", MEASURE_HEADINGS, []), *doubts, *trail):
        lines += [f"## {sheet.name}\n", "| column | holds |", "|---|---|"]
        lines += [f"| `{h.name}` | {h.holds} |" for h in sheet.headings]
        lines.append("")
    return "\n".join(lines)


def measures_page() -> str:
    """Every measure, as it is declared, and the published files that can stand beside it."""
    lines = [
        MADE + "# The measures\n",
        "Every value has one decimal, half up, from exact figures (WF-11); plain counts of whole things have none.\n",
        "What cannot be told says `cannot_tell` and why; who is left out as not known is counted in the note.\n",
    ]
    for m in MEASURES:
        below = in_words(m.formula.below)
        days = ", times the working days of the year" if m.formula.working_days else ""
        lines += [
            f"## {m.id} {m.name}\n",
            f"{m.question}\n",
            f"- Above the line: {in_words(m.formula.above)}",
            f"- Below the line: {below}{days}" if below else "- A plain count, not a rate",
            f"- In: {m.unit}",
            f"- When: {'in the period' if m.yearly else 'on the as-at date'}"
            + (", and at earlier month ends" if m.monthly else ""),
            f"- Who defines it: {m.source}",
            f"- Cannot tell without: {', '.join(needs(m))}",
            f"- Beside a published figure: {'yes' if m.id in INDICATORS else 'no'}",
            f"- Does not tell: {' '.join(m.all_traps)}",
            "",
        ]
    lines += [
        "## Published files that are known\n",
        "| file | taken | stands beside | known by |",
        "|---|---|---|---|",
    ]
    for layout in LAYOUTS:
        measures = ", ".join(i.id for i in layout.indicators)
        columns = ", ".join(f"`{c}`" for c in sorted(set().union(*(i.columns for i in layout.indicators))))
        lines.append(f"| {layout.title} | {layout.taken} | {measures} | {columns} |")
    lines += [
        "",
        "## Marks in published files\n",
        "None of them is nought.\n",
        "| mark | means |",
        "|---|---|",
    ]
    lines += [f"| `{mark or ' '}` | {means} |" for mark, means in MARKS.items()]
    return "\n".join(lines) + "\n"


def position_page() -> str:
    """The shared steps, in the order in which they build on each other."""
    lines = [
        MADE + "# What all rules share\n",
        "Worked out once a day, before any rule is asked.\n",
        "| step | a row is |",
        "|---|---|",
    ]
    lines += [f"| `{step.name}` | {_answers(step)} |" for step in STEPS]
    return "\n".join(lines) + "\n"


def _answers(step: Step) -> str:
    return step.answers.rstrip(".")


def quality_page() -> str:
    """Every doubt about the data, as it is declared."""
    policy = shipped_policy()
    lines = [
        MADE + "# Doubts about the data\n",
        "Each is counted as so many of so many; `evenlode quality EXTRACTS` lists the rows by id, never by name.\n",
        "Red changes who is counted or who is late; amber makes a figure unsure; a note is worth knowing.",
        "Which rules and measures a doubt bears on is taken from what they declare that they need.\n",
    ]
    for doubt in DOUBTS:
        tables, spoilt = _looked_at(doubt)
        shown = ", ".join(f"`{t}`" for t in tables) or "every table that was read"
        lines += [
            f"## {doubt.id} {doubt.name}\n",
            f"{doubt.question}\n",
            f"- Sort: {doubt.sort}; severity: {doubt.severity}",
            f"- Counted: {doubt.rows}",
            f"- Looks at: {shown}",
            f"- Spoils: {doubt.spoils}",
            f"- Bears on the rules: {_bears_on(len(tables), spoilt.rules)}",
            f"- Bears on the measures: {_bears_on(len(tables), spoilt.measures)}",
            f"- What to do: {doubt.mend}",
        ]
        if doubt.settings:
            lines.append(f"- Settings (local): {settings_in_force(doubt.settings, policy)}")
        if doubt.does_not_tell:
            lines.append(f"- Does not tell: {doubt.does_not_tell}")
        lines.append("")
    return "\n".join(lines)


def _looked_at(doubt: Doubt) -> tuple[list[str], Spoilt]:
    """The tables of a doubt, and everything that rests on them."""
    if doubt.sort is Sort.COVERAGE:
        tables = [e.table for e in EVENTS if e.by_team or doubt is not THIN_TEAM]
        return tables, sum(map(resting_on, tables), Spoilt())
    spoilt = sum((spoilt_by(look) for look in doubt.looks), Spoilt())
    return list(dict.fromkeys(look.table for look in doubt.looks)), spoilt


def _bears_on(tables: int, ids: tuple[str, ...]) -> str:
    if tables > 4 or not tables:
        return "those that rest on the tables in which it is found"
    return ", ".join(ids) or "none by itself"


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules_page,
    "settings.md": policy_page,
    "files.md": files_page,
    "position.md": position_page,
    "measures.md": measures_page,
    "drift.md": lambda: indicators_page(MADE),
    "standards.md": lambda: standards_page(MADE),
    "quality.md": quality_page,
    "today.md": lambda: today_page(MADE),
    "record.md": lambda: MADE + schema_markdown(),
    "access.md": lambda: access_page(MADE),
}


def write_pages(folder: Path) -> None:
    """Writes every page into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
