"""What was wrong with a row, said so that a person can mend it, in Chinese and in English.

A finding is one of three things. ``rejected``: the row was left out (its key is missing, or it cannot be read).
``emptied``: the row is in, one value that could not be read is not. ``doubtful``: the value is in as it stood, and
someone should look at it (a credit code whose check character is wrong is often a real code, mistyped).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class Level(Enum):
    """What became of the row."""

    REJECTED = "rejected"
    """The row was left out."""
    EMPTIED = "emptied"
    """The row is in, without this value."""
    DOUBTFUL = "doubtful"
    """The row is in with this value, which someone should look at."""


@dataclass(frozen=True)
class Reason:
    """Why, and how to mend it; ``{…}`` is filled with the field, the value or a detail."""

    level: Level
    en: str
    zh: str
    mend_en: str
    mend_zh: str


REASONS: dict[str, Reason] = {
    "key_missing": Reason(
        Level.REJECTED,
        "{field} is empty, and it names the record",
        "{field}为空，而记录由它标识",
        "Fill in {field}, or give it in the mapping",
        "补填{field}，或在映射中给出",
    ),
    "unreadable_row": Reason(
        Level.REJECTED,
        "the row cannot be read ({detail})",
        "该行无法读取",
        "Repair the row in the source and take the file in again",
        "在来源中修复该行后重新接入",
    ),
    "wrong_width": Reason(
        Level.REJECTED,
        "the row has another number of cells than the header ({detail})",
        "该行单元格数与表头不符",
        "Put cells that hold the delimiter or a line break in quotes",
        "含分隔符或换行的单元格请加引号",
    ),
    "not_an_object": Reason(
        Level.REJECTED,
        "the record is not an object ({detail})",
        "该记录不是JSON对象",
        "Give one JSON object for each record",
        "每条记录应为一个JSON对象",
    ),
    "not_found": Reason(
        Level.REJECTED,
        "the registry says that there is no such record",
        "登记机构答复无此记录",
        "Nothing to mend; leave the file out if it is not needed",
        "无需修复；不需要时可不接入该文件",
    ),
    "value_refused": Reason(
        Level.REJECTED,
        "the mapping knows no value for it in {field}",
        "映射中没有{field}的对应值",
        "Add the value to the map of {field} in the mapping",
        "在映射的{field}对照表中补充该值",
    ),
    "not_an_integer": Reason(
        Level.EMPTIED,
        "not a whole number",
        "不是整数",
        "Write digits only, such as 1200",
        "只写数字，例如1200",
    ),
    "not_money": Reason(
        Level.EMPTIED,
        "not an amount",
        "不是金额",
        "Write digits with a decimal point, such as 1234.50",
        "写成数字加小数点，例如1234.50",
    ),
    "no_currency": Reason(
        Level.EMPTIED,
        "an amount without a currency",
        "金额缺少币种",
        "Add a currency column, or name the currency in the mapping",
        "增加币种列，或在映射中指定币种",
    ),
    "not_a_time": Reason(
        Level.EMPTIED,
        "not a time",
        "不是时间",
        "Write it as 2026-11-22T09:30:00+08:00, or name its format in the mapping",
        "写成2026-11-22T09:30:00+08:00，或在映射中指定格式",
    ),
    "not_a_date": Reason(
        Level.EMPTIED,
        "not a date",
        "不是日期",
        "Write it as 2026-11-22, or name its format in the mapping",
        "写成2026-11-22，或在映射中指定格式",
    ),
    "not_text": Reason(
        Level.EMPTIED,
        "not a text ({detail})",
        "不是文本",
        "Take the value out of its object by a dotted path in the mapping",
        "在映射中用点号路径取出其中的值",
    ),
    "not_a_choice": Reason(
        Level.EMPTIED,
        "not one of the values allowed ({detail})",
        "不在允许的取值内（{detail}）",
        "Use a value from the list, or map the source's words to it",
        "使用列表中的值，或在映射中对照转换",
    ),
    "uscc_doubtful": Reason(
        Level.DOUBTFUL,
        "not a valid unified social credit code",
        "统一社会信用代码校验不通过",
        "Compare it with the licence; one character is often mistyped",
        "与营业执照核对，常为一位字符录入错误",
    ),
    "url_doubtful": Reason(
        Level.DOUBTFUL,
        "not a web address",
        "不是有效网址",
        "Write the whole address, beginning with https://",
        "写出以https://开头的完整网址",
    ),
    "email_doubtful": Reason(
        Level.DOUBTFUL,
        "not an e-mail address",
        "不是有效电子邮箱",
        "Write it as name@example.com",
        "写成name@example.com的形式",
    ),
}


@dataclass(frozen=True)
class Finding:
    """Something wrong with one row. row: its number in the source, from 1. code: a key of ``REASONS``."""

    row: int
    field: str
    value: str
    code: str
    detail: str = ""

    @property
    def level(self) -> Level:
        """What became of the row."""
        return REASONS[self.code].level

    def told(self) -> dict[str, str]:
        """``reason_en``, ``reason_zh``, ``mend_en`` and ``mend_zh``, filled in."""
        reason = REASONS[self.code]
        named = {"field": self.field, "value": self.value, "detail": self.detail}
        return {
            "reason_en": reason.en.format_map(named),
            "reason_zh": reason.zh.format_map(named),
            "mend_en": reason.mend_en.format_map(named),
            "mend_zh": reason.mend_zh.format_map(named),
        }

    def as_json(self) -> dict[str, Any]:
        """One line of ``rejects.jsonl``, without the source."""
        return {**asdict(self), "level": self.level.value, **self.told()}
