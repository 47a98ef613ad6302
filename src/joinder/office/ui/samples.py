"""Every component in every state, for the component page and its tests. All names are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from joinder.office.ui.components import (
    Cell,
    Chip,
    Choice,
    Clock,
    Column,
    Event,
    FilterField,
    Filters,
    Name,
    Pager,
    Reason,
    Row,
    Table,
    Verdict,
)
from joinder.office.ui.icons import ICONS

WHEN = datetime(2026, 11, 22, 1, 14, 3, tzinfo=UTC)
TONES = ("todo", "info", "ok", "warn", "bad", "machine", "sealed", "done")
CLOCK_STATES = ("running", "due_soon", "overdue", "paused", "stopped", "waived", "unknown")


def everything() -> dict[str, Any]:
    """The context of the component page."""
    return {
        "tones": TONES,
        "icons": sorted(ICONS),
        "verdicts": [
            Verdict("涉嫌侵权 / suspected infringing"),
            Verdict("不涉嫌 / not infringing", decided_by="样例员甲", capacity="执法人员", at=WHEN),
        ],
        "reasons": [
            Reason(
                "图样近似 / device alike",
                2.41,
                detail="商标 0000001",
                records=["market/listing/样例/L1@000000000000"],
            ),
            Reason("价格为正品 12% / price 12% of genuine", 1.22),
            Reason("已授权卖家 / authorised seller", -0.63, "negative"),
            Reason("共用物流电话 / shared logistics phone", 0.0, "weak"),
            Reason("图片 / image", None, "missing"),
            Reason("同类研判 / judged alike", 0.2, "learned"),
            Reason("人工 / manual", 0.0, "manual"),
        ],
        "reason_sum": 3.2,
        "clocks": [_clock(state) for state in CLOCK_STATES],
        "table": Table(
            (
                Column("title", "标题 / Title"),
                Column("state", "状态 / State"),
                Column("amount", "金额（元） / Amount (CNY)", "number"),
                Column("at", "时间 / Time", "time"),
                Column("id", "编号 / Id", "code"),
            ),
            [
                Row(
                    {
                        "title": "“样例优品”旗舰店 / Sample shop",
                        "state": Cell("涉嫌 / suspected", tone="machine"),
                        "amount": 1234567,
                        "at": WHEN,
                        "id": "L-0001",
                    },
                    url="#table",
                ),
                Row(
                    {
                        "title": "样例二店 / Second sample shop",
                        "state": Cell("办结 / concluded", tone="done"),
                        "amount": 0,
                        "at": None,
                        "id": "L-0002",
                    },
                    muted=True,
                ),
            ],
            caption="样例 / Sample rows",
            hidden=3,
        ),
        "empty_table": Table(
            (),
            [],
            empty="没有符合条件的记录。 / Nothing matches.",
            empty_url="#table",
            empty_action="清除 / Reset",
        ),
        "filters": Filters(
            [
                FilterField("q", "关键词 / Words", value="样例"),
                FilterField(
                    "platform",
                    "平台 / Platform",
                    "choice",
                    [Choice("a", "平台甲", 12), Choice("b", "平台乙", 3)],
                    "a",
                ),
                FilterField(
                    "state",
                    "状态 / State",
                    "many",
                    [Choice("open", "待判", 40), Choice("done", "已判", 63)],
                    ["open"],
                ),
                FilterField("since", "自 / Since", "date", value="2026-11-01"),
            ],
            [
                Chip("平台: 平台甲", "#filters"),
                Chip("colour=blue", "#filters", invalid="不认识的条件 / unknown"),
            ],
            reset_url="#filters",
        ),
        "pager": Pager(51, 100, 1284, "#pager", "#pager", "#pager"),
        "names": [
            Name("甲店（本单位命名）", "样例优品", "…7731"),
            Name("", "样例优品", "…0029", "colliding"),
            Name("", "未知卖家", "…5514", "unknown"),
            Name("丙机构", "样例鉴定", "7F3A 91C2", "changed"),
        ],
        "events": [
            Event("线索产生 / lead raised", WHEN, "系统 / machine", "machine", "样例"),
            Event("研判：涉嫌 / judged: suspected", WHEN, "样例员甲", "decision"),
            Event("发出通知 / notice sent", WHEN, "样例权利人", "outward"),
            Event("更正日期 / date corrected", WHEN, "样例员甲", "correction"),
            Event("", WHEN, "", "hidden"),
        ],
        "levels": ("info", "success", "warning", "error", "machine", "sealed"),
    }


def _clock(state: str) -> Clock:
    return Clock(
        due=None if state == "unknown" else WHEN,
        state=state,
        rule="第43条 / Art. 43",
        remainder="" if state in {"stopped", "waived", "unknown"} else "还剩6日 / 6 days",
        trigger="声明送达 / counter-notice received",
        paused_reason="公证认证 / notarisation" if state == "paused" else "",
        explanation=["2026-11-07 + 15日 / days", "不计送达当日 / day of receipt not counted"],
    )
