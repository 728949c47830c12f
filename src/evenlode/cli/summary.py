"""What a performance analyst sees in the terminal after a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenlode.policy import Policy
from evenlode.quality.answer import Counted
from evenlode.record.delivery import Delivery
from evenlode.reports.tables import TotalLine
from evenlode.rules.book import CONTRACT, RULE_BY_ID, RULES
from evenlode.rules.in_force import not_in_force
from evenlode.rules.results import Evaluation
from evenlode.workload.workers import WorkerLoad

SEVERITIES = ("red", "amber", "note")
UNKNOWN = "cannot_tell"


def show_summary(
    console: Console,
    *,
    evaluation: Evaluation,
    why_day: str,
    deliveries: Sequence[Delivery],
    totals: Sequence[TotalLine],
    policy: Policy,
    council: str,
    grave: Sequence[Counted],
) -> None:
    """Council, day, rows, findings by rule, unallocated children, workers over, totals, grave doubts."""
    parts: list[RenderableType] = [
        _head(council, evaluation.as_at, why_day),
        _rows(deliveries),
        _findings(evaluation),
    ]
    parts.extend(_lists(evaluation, policy))
    parts.append(_totals(totals))
    parts += [said for said in (_missing(evaluation), _silent(evaluation, policy)) if said]
    if grave:
        parts.append(_doubts(grave))
    console.print(Group(*parts))


def _doubts(grave: Sequence[Counted]) -> Text:
    ids = ", ".join(dict.fromkeys(c.doubt.id for c in grave))
    return Text(f"\nGrave doubts about the data: {len(grave)} ({ids}). See: evenlode quality EXTRACTS\n")


def _head(council: str, day: date, why: str) -> Text:
    text = Text()
    text.append(f"\n{council}", style="bold")
    text.append(f"   Figures as at {day:%A %-d %B %Y}\n", style="bold")
    text.append(f"Why that day: {why}.\n", style="dim")
    return text


def _plain_table(title: str, *columns: tuple[str, str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, side in columns:
        table.add_column(name, justify="right" if side == "right" else "left")
    return table


def _rows(deliveries: Iterable[Delivery]) -> Table:
    table = _plain_table(
        "What was read",
        ("source", "left"),
        ("tables", "right"),
        ("rows read", "right"),
        ("kept", "right"),
        ("set aside", "right"),
        ("notes", "right"),
    )
    for d in deliveries:
        table.add_row(
            d.source,
            f"{len(d.tables)}",
            f"{sum(c.read for c in d.counts):,}",
            f"{sum(c.kept for c in d.counts):,}",
            f"{sum(c.quarantined for c in d.counts):,}",
            f"{sum(1 for p in d.problems if str(p.action) != 'quarantined'):,}",
        )
    return table


def _findings(evaluation: Evaluation) -> Table:
    """A line a rule that says anything of a child, a worker or a team; what no file tells stands below."""
    table = _plain_table(
        "Findings",
        ("rule", "left"),
        ("what it asks", "left"),
        ("who says so", "left"),
        ("red", "right"),
        ("amber", "right"),
        ("note", "right"),
        ("cannot tell", "right"),
        ("in time", "right"),
    )
    found: Counter[tuple[str, str]] = Counter()
    columns = ("rule_id", "severity", "status", "subject_kind")
    for rule_id, severity, status, kind in zip(
        *(evaluation.findings[c].to_pylist() for c in columns), strict=True
    ):
        if kind == "council" and status == UNKNOWN:
            continue
        found[(rule_id, UNKNOWN if status == UNKNOWN else severity)] += 1
    soon = Counter(evaluation.due_soon["rule_id"].to_pylist())
    for rule in RULES:
        counts = [found[(rule.id, s)] for s in (*SEVERITIES, UNKNOWN)]
        in_time = evaluation.in_time.get(rule.id, 0) + soon[rule.id]
        if any(counts) or in_time:
            table.add_row(
                rule.id,
                rule.name,
                str(rule.kind),
                *(f"{n:,}" if n else "" for n in counts),
                f"{in_time:,}" if in_time else "",
            )
    sums = [sum(n for (_, s), n in found.items() if s == which) for which in (*SEVERITIES, UNKNOWN)]
    table.add_section()
    table.add_row("", "All", "", *(f"{n:,}" for n in sums), "", style="bold")
    return table


def _lists(evaluation: Evaluation, policy: Policy) -> list[RenderableType]:
    asked = [
        r
        for r in evaluation.findings.select(["rule_id", "subject_id", "severity", "status"]).to_pylist()
        if r["rule_id"] == "AL-01"
    ]
    waiting = [r for r in asked if r["status"] != UNKNOWN]
    red = sum(1 for r in waiting if r["severity"] == "red")
    said = Text(f"Children without a named worker: {len(waiting):,}", style="bold")
    if waiting:
        said.append(f" ({red:,} of them on a protection plan or looked after)", style="none")
        ids = ", ".join(sorted(r["subject_id"] for r in waiting)[:12])
        said.append(f"\n{ids}{' ...' if len(waiting) > 12 else ''}", style="none")
    if len(asked) > len(waiting):
        said.append("\nOf others these files do not tell who holds them.", style="none")
    said.append("\n")
    return [said, _over(evaluation.loads, policy)]


def _over(loads: Iterable[WorkerLoad], policy: Policy) -> RenderableType:
    over = [w for w in loads if w.load.utilisation is not None and w.load.utilisation > 1]
    stuck = [w for w in loads if w.load.utilisation is None and w.children]
    table = _plain_table(
        f"Workers over their ceiling: {len(over):,} (the ten furthest over, by name)",
        ("worker", "left"),
        ("children", "right"),
        ("points", "right"),
        ("room for", "right"),
        ("of ceiling", "right"),
        ("", "left"),
    )
    furthest = sorted(over, key=lambda w: w.load.utilisation or 0, reverse=True)[:10]
    for w in sorted(furthest, key=lambda w: w.name):
        share = (w.load.utilisation or 0) * 100
        table.add_row(
            f"{w.name} ({w.worker_id})",
            str(w.children),
            f"{w.load.points:.1f}",
            f"{w.load.capacity:.1f}",
            f"{share:.0f} %",
            "newly qualified" if w.newly_qualified else "",
        )
    words = Text()
    if stuck:
        words.append(f"{len(stuck):,} more hold children and have no capacity (absent, left or no hours).\n")
    if policy.tariff.illustrative:
        words.append(f"{policy.tariff.label}\n", style="dim")
    return Group(table, words)


def _totals(lines: Iterable[TotalLine]) -> RenderableType:
    rows = list(lines)
    theirs = any(t.theirs is not None for t in rows)
    columns = [("total", "left"), ("ours", "right")]
    if theirs:
        columns += [("the council's own", "right"), ("", "left")]
    table = _plain_table("Totals", *columns)
    for t in rows:
        cells = [t.measure.replace("_", " "), f"{t.ours:,}"]
        if theirs:
            cells += ["" if t.theirs is None else f"{t.theirs:,}", _differs(t)]
        table.add_row(*cells)
    return table


def _differs(line: TotalLine) -> str:
    if line.theirs is None:
        return ""
    if line.theirs == line.ours and not line.only_ours and not line.only_theirs:
        return "equal"
    words = [f"{line.ours - line.theirs:+,}"]
    if line.only_ours:
        words.append("only ours: " + ", ".join(line.only_ours[:5]))
    if line.only_theirs:
        words.append("only theirs: " + ", ".join(line.only_theirs[:5]))
    return "; ".join(words)


def _silent(evaluation: Evaluation, policy: Policy) -> Text | None:
    """The rules that were not asked because they are not in force on the day."""
    silent = not_in_force(policy, evaluation.as_at)
    if not silent:
        return None
    text = Text(f"\nNot in force on {evaluation.as_at:%-d %B %Y}, and so not asked\n", style="bold")
    for rule_id, why in silent.items():
        text.append(f"{rule_id} {RULE_BY_ID[rule_id].name}: {why}\n", style="none")
    return text


def _missing(evaluation: Evaluation) -> Text | None:
    if not evaluation.missing:
        return None
    by_table: dict[str, list[str]] = {}
    for (_, rule_id), tables in evaluation.missing.items():
        if rule_id in CONTRACT:
            by_table.setdefault(tables, []).append(rule_id)
    others = len({rule_id for _, rule_id in evaluation.missing} - CONTRACT)
    text = Text("\nWhat these files cannot tell\n", style="bold")
    for tables, rules in sorted(by_table.items()):
        text.append(f"Without {tables}: {', '.join(rules)}\n", style="none")
    if others:
        text.append(
            f"{others} more rules need lists that many councils keep for themselves: "
            "evenlode rules --for EXTRACTS says which, and what to add.\n",
            style="none",
        )
    return text
