"""How the law commands print for a person: Chinese first, English under it, cautions never left out."""

from __future__ import annotations

from collections.abc import Sequence

from joinder.law.amounts import Distance, Line, Reach, Sheet
from joinder.law.clocks import Due
from joinder.law.notices import Finding, Severity, blocks
from joinder.law.packs import RuleBook
from joinder.law.rules import WORDING, Rule
from joinder.vocabulary.money import from_minor

_REACH = {
    Reach.REACHED: ("已达到", "reached"),
    Reach.POSSIBLE: ("上限达到，下限未达", "reached by the upper bound only"),
    Reach.WARNING: ("接近（预警）", "near: early warning"),
    Reach.BELOW: ("未达到", "not reached"),
    Reach.UNKNOWN: ("缺数据，无法计算", "cannot be computed from these rows"),
}


def rule_text(rule: Rule) -> str:
    """One rule, whole."""
    zh, en = WORDING[rule.checked]
    lines = [
        f"{rule.id}  [{rule.kind.value}, {rule.jurisdiction}, {rule.pack}]",
        f"  {rule.title_zh}  {rule.title_en}",
        f"  {rule.text_zh}",
        f"  {rule.text_en}",
        f"  {rule.citation}; {rule.effective_from} – {rule.effective_to or ''}".rstrip(),
        f"  {rule.checked.value}: {zh}; {en}",
    ]
    if rule.value is not None:
        counted = f", {rule.calendar.value}" if rule.calendar else ""
        lines.insert(4, f"  value: {rule.value} {rule.unit}{counted}")
    if rule.trigger:
        lines.insert(5, f"  trigger: {rule.trigger} → {rule.consequence}")
    return "\n".join(lines)


def list_text(book: RuleBook, rules: Sequence[Rule]) -> str:
    """Rules grouped by pack, one line each."""
    lines: list[str] = []
    for pack in book.packs.values():
        inside = [rule for rule in rules if rule.pack == pack.id]
        if inside:
            lines.append(f"{pack.id}  {pack.title_zh}  {pack.title_en}")
            lines += [f"  {pack_note}" for pack_note in (pack.note_zh, pack.note_en) if pack_note]
            lines += [
                f"  {rule.id:<46} {rule.kind.value:<10} {rule.checked.value:<10} {rule.title_zh}  {rule.title_en}"
                for rule in inside
            ]
    return "\n".join(lines) or "No rules."


def clock_text(rule: Rule, due: Due) -> str:
    """The date first, the steps under it, the cautions last."""
    head = f"{due.date} 24:00" if due.local_deadline.hour == 0 else f"{due.local_deadline:%Y-%m-%d %H:%M}"
    lines = [
        f"{head} (Asia/Shanghai)  =  {due.utc_deadline:%Y-%m-%dT%H:%MZ}"
        + ("  PROVISIONAL 暂定" if due.provisional else ""),
        f"{rule.title_zh}  {rule.title_en}  [{rule.id}]",
        "",
    ]
    for number, step in enumerate(due.steps, 1):
        lines += [f"{number}. {step.text_zh}", f"   {step.text_en}  [{step.rule_id}]"]
    for zh, en in due.cautions:
        lines += [f"! {zh}", f"! {en}"]
    zh, en = rule.terms.get("consequence_zh", ""), rule.terms.get("consequence_en", "")
    return "\n".join([*lines, f"→ {zh}", f"→ {en}"] if zh else lines)


def findings_text(findings: Sequence[Finding]) -> str:
    """The fix list."""
    if not findings:
        return "完整，可以提交。\nComplete: the notice can be sent."
    required = sum(finding.severity is Severity.REQUIRED for finding in findings)
    head = f"待补正{required}项  {required} to mend" if blocks(findings) else "可以提交  Can be sent"
    lines = [f"{head}; 建议{len(findings) - required}项  {len(findings) - required} advised", ""]
    for finding in findings:
        lines += [
            f"[{finding.severity.value}] {finding.code}  ({finding.field})",
            f"  {finding.message_zh}",
            f"  {finding.message_en}",
            f"  例 e.g. {finding.example}",
            f"  {finding.basis}"
            + (f"  ! {finding.caution_zh}; {finding.caution_en}" if finding.caution_zh else ""),
        ]
    return "\n".join(lines)


def amount_text(sheet: Sheet) -> str:
    """Bounds, thresholds, then every row."""
    lines = [f"{sheet.offence}  (formula {sheet.formula})", ""]
    for measure, (low, up) in sheet.bounds.items():
        lines.append(f"  {measure:<17} {_sum(measure, low)} – {_sum(measure, up)}")
    lines += ["", *(_distance(distance) for distance in sheet.distances), ""]
    lines += [_row(line) for line in sheet.lines]
    for zh, en in sheet.cautions:
        lines += [f"! {zh}", f"! {en}"]
    return "\n".join(lines)


def _sum(measure: str, value: int) -> str:
    return f"{value:,}" if measure == "pieces" else f"CNY {from_minor(value, 'CNY'):,}"


def _distance(distance: Distance) -> str:
    zh, en = _REACH[distance.reach]
    rule = distance.rule
    share = "" if distance.lower_percent is None else f" {distance.lower_percent}–{distance.upper_percent} %"
    needs = f" if {', '.join(distance.needs)}" if distance.needs else ""
    return (
        f"  {distance.measure:<17} ≥ {rule.value:>10,} {rule.unit} ({rule.terms['tier']}{needs}): {zh} {en}{share}"
        f"  [{rule.id}, {rule.citation}]"
    )


def _row(line: Line) -> str:
    low, up = from_minor(line.lower, "CNY"), from_minor(line.upper, "CNY")
    mark = "+" if line.counted else "-"
    return f"  {mark} {line.row.row_id}: {low:,} – {up:,}  {line.reason_zh}  {line.reason_en}"
