"""The waterfall as text, in Chinese and in English. Templates only: no sentence is made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from joinder.resolve.explain import Explanation, Part

DIGITS = 2


def rounded_to_sum(parts: Sequence[float], total: float, digits: int = DIGITS) -> list[float]:
    """Parts rounded so that they still add up to the rounded total: the largest remainders take the difference.

    A reader who adds up the column must reach the sum line.
    """
    scale = 10**digits
    floors = [int(part * scale // 1) for part in parts]
    spare = round(total * scale) - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * scale, i))
    for place in range(max(0, min(spare, len(parts)))):
        floors[order[place]] += 1
    return [value / scale for value in floors]


def text_en(found: Explanation) -> str:
    """English."""
    shown = rounded_to_sum([found.prior_bits, *(part.bits for part in found.parts)], found.bits)
    lines = [
        f"{found.record_a} and {found.record_b}: {_verdict_en(found)}",
        _row("prior: any two records", "", shown[0]),
    ]
    for part, bits in zip(found.parts, shown[1:], strict=True):
        lines.append(_row(f"{part.title_en}: {part.level_en}", _why_en(part), bits))
    lines.append(_row("sum", f"probability {found.probability:.4f}, linked from {found.threshold_bits:.2f}",
                      round(found.bits, DIGITS)))  # fmt: skip
    if found.missing:
        lines.append("not compared, missing on a side: " + ", ".join(en for _, _, en in found.missing))
    return "\n".join(lines + _path_en(found))


def text_zh(found: Explanation) -> str:
    """Chinese."""
    shown = rounded_to_sum([found.prior_bits, *(part.bits for part in found.parts)], found.bits)
    lines = [
        f"{found.record_a}与{found.record_b}：{_verdict_zh(found)}",
        _row("先验：任意两条记录", "", shown[0]),
    ]
    for part, bits in zip(found.parts, shown[1:], strict=True):
        lines.append(_row(f"{part.title_zh}：{part.level_zh}", _why_zh(part), bits))
    lines.append(
        _row(
            "合计",
            f"概率{found.probability:.4f}，达到{found.threshold_bits:.2f}即关联",
            round(found.bits, DIGITS),
        )
    )
    if found.missing:
        lines.append("因一方缺失未比对：" + "、".join(zh for _, zh, _ in found.missing))
    return "\n".join(lines + _path_zh(found))


def _row(left: str, right: str, bits: float) -> str:
    return f"  {bits:+7.2f}  {left}" + (f"  ({right})" if right else "")


def _verdict_en(found: Explanation) -> str:
    if found.same:
        how = "linked directly" if found.linked else "through other records"
        return f"suspected to be one entity, {found.entity_a} ({how})"
    return f"not one entity ({found.entity_a}, {found.entity_b})" + (
        "; the score would link them, but a guard refused it (see the alarms of the report)"
        if found.linked
        else ""
    )


def _verdict_zh(found: Explanation) -> str:
    if found.same:
        how = "直接关联" if found.linked else "经其他记录关联"
        return f"涉嫌同一主体{found.entity_a}（{how}）"
    return f"未认定为同一主体（{found.entity_a}、{found.entity_b}）" + (
        "；得分已达关联线，但被防误并规则拦截，详见报告中的提示" if found.linked else ""
    )


def _why_en(part: Part) -> str:
    values = part.value_a if part.value_a == part.value_b else f"{part.value_a} | {part.value_b}"
    if part.hub:
        return f"{values}; on {part.records} records; counts nothing"
    return f"{values}; 1 in {part.one_in:,}" if part.one_in and part.level != "different" else values


def _why_zh(part: Part) -> str:
    values = part.value_a if part.value_a == part.value_b else f"{part.value_a}｜{part.value_b}"
    if part.hub:
        return f"{values}；见于{part.records}条记录，不计分"
    return f"{values}；巧合概率约{part.one_in}分之一" if part.one_in and part.level != "different" else values


def _path_en(found: Explanation) -> list[str]:
    if not found.path:
        return ["joined by a person's judgement"] if found.same and not found.linked else []
    lines = ["path through the entity:"]
    for place, link in enumerate(found.path.links):
        mark = "   <- weakest link" if place == found.path.weakest else ""
        lines.append(f"  {link.record_a} - {link.record_b}  {link.bits:+.2f}  {link.pattern}{mark}")
    return lines


def _path_zh(found: Explanation) -> list[str]:
    if not found.path:
        return ["依人工判断合并"] if found.same and not found.linked else []
    lines = ["经由以下关联："]
    for place, link in enumerate(found.path.links):
        mark = "（最弱一环）" if place == found.path.weakest else ""
        lines.append(f"  {link.record_a} - {link.record_b}  {link.bits:+.2f}  {link.pattern}{mark}")
    return lines
