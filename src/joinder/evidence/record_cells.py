"""The cells of the record of extraction, in Chinese and in English, in the order of the form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from joinder.vocabulary.moments import BEIJING, parse_time

Cell = tuple[str, str]


def visible(text: object, limit: int = 600) -> str:
    """Text of strangers, inert: escaped, without control and direction-override characters, and cut at ``limit``."""
    words = "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
        else "\N{REPLACEMENT CHARACTER}"
        for character in str(text)[:limit]
    )
    return escape(words) + ("…" if len(str(text)) > limit else "")


def shown_url(url: str) -> str:
    """An address with its host in ASCII beside it where the two differ, so that a look-alike host is seen."""
    host = urlsplit(url).hostname or ""
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = host.encode("ascii", "backslashreplace").decode()
    return visible(url, 2000) + ("" if plain == host else f" [{visible(plain)}]")


def marks(facts: Mapping[str, Any], language: str) -> list[str]:
    """What a reader must see first: incomplete, unofficial, self-issued; in ``zh`` or ``en``."""
    zh, found = language == "zh", []
    if not facts["complete"]:
        because = ("；" if zh else "; ").join(
            visible(reason[language]) for reason in facts["incomplete_because"]
        )
        found.append(f"固证不完整：{because}" if zh else f"Incomplete capture: {because}")
    if not facts["official"]:
        found.append(
            "非正式固证：署名操作人员不足两人。" if zh else "Unofficial: fewer than two operators are named."
        )
    if facts["authority"]["self_issued"]:
        found.append(
            "自签：签名、时间戳与日志均由本节点签发，可证明封存后未改动，不代表独立第三方背书。"
            if zh
            else "Self-issued: signature, time stamp and log are this node's own. They show that nothing changed"
            " since sealing; no independent third party stands behind them."
        )
    return found


def cells(facts: Mapping[str, Any], language: str) -> list[Cell]:
    """(label, value as HTML) of every cell; what was not given says so."""
    return _chinese(facts) if language == "zh" else _english(facts)


def _given(value: object, otherwise: str) -> str:
    return visible(value) if value else otherwise


def _tools(facts: Mapping[str, Any]) -> str:
    tool, environment = facts["tool"], facts["environment"]
    return visible(f"{tool['name']} {tool['version']}; {environment['browser']}; {environment['system']}")


def _chinese(facts: Mapping[str, Any]) -> list[Cell]:
    none, environment, counts = "未提供", facts["environment"], facts["completeness"]
    began, ended = (
        f"{_beijing(facts[key])}（北京时间） · {escape(facts[key])}" for key in ("started_at", "ended_at")
    )
    stopped = _given((facts["stop_reason"] or {}).get("zh"), none)
    sandbox = "开启" if environment["sandbox"] else "未能开启"
    return [
        ("案由", _given(facts["cause"], none)),
        ("起止时间", f"{began}<br>{ended}"),
        ("提取地点", _given(facts["place"], none)),
        ("提取人员", "、".join(map(visible, facts["operators"])) or none),
        ("持有人/提供人", "公开网页，无需登录"),
        ("见证人", _given(facts["witness"], none)),
        ("提取对象", shown_url(facts["url"])),
        ("实际到达地址", shown_url(facts["page"]["final_url"]) or none),
        ("网页标题", _given(facts["page"]["title"], none)),
        (
            "来源与进入步骤",
            "在一次性空白浏览器环境中，经出口闸门以TLS直接访问上述地址，逐屏滚动至停止，随后冻结页面取证。"
            f"停止原因：{stopped}。",
        ),
        ("未扣押原始存储介质的原因", "数据位于第三方网络服务器，通过网络在线提取。"),
        ("工具与版本", _tools(facts)),
        (
            "环境清洁性",
            f"全新用户目录与空缓存；无扩展；沙箱{sandbox}；出口闸门拒绝{len(environment['gate']['refused'])}次访问"
            "（见evidence.json）。",
        ),
        ("服务器地址", _given(", ".join(environment["gate"]["peers"]), none)),
        (
            "过程与结果",
            f"请求{counts['requests']}次，响应{counts['responses']}次，其中不完整{counts['truncated']}次，"
            f"未获响应{counts['unanswered']}次；响应头与正文按服务器发送的原始字节保存。",
        ),
        (
            "完整性校验值",
            "SHA-256，由程序对每个文件计算，见下表；清单SHA256SUMS经签名（CMS）、时间戳（RFC 3161）"
            "和透明日志绑定。",
        ),
        ("不能证明", "网页内容真实；账号归属；其他访问者所见相同。"),
    ]


def _english(facts: Mapping[str, Any]) -> list[Cell]:
    none, environment, counts = "not given", facts["environment"], facts["completeness"]
    began, ended = (
        f"{parse_time(facts[key]).astimezone(BEIJING):%d %b %Y %H:%M:%S} (UTC+8) · {escape(facts[key])}"
        for key in ("started_at", "ended_at")
    )
    stopped = _given((facts["stop_reason"] or {}).get("en"), none)
    sandbox = "on" if environment["sandbox"] else "could not be used"
    return [
        ("Cause", _given(facts["cause"], none)),
        ("Began, ended", f"{began}<br>{ended}"),
        ("Place", _given(facts["place"], none)),
        ("Operators", ", ".join(map(visible, facts["operators"])) or none),
        ("Holder or provider", "public page, no sign-in"),
        ("Witness", _given(facts["witness"], none)),
        ("Object", shown_url(facts["url"])),
        ("Address reached", shown_url(facts["page"]["final_url"]) or none),
        ("Page title", _given(facts["page"]["title"], none)),
        (
            "Way of access",
            "A throw-away empty browser visited the address over TLS through the egress gate and scrolled screen by"
            f" screen until it stopped; then the page was frozen for the views. Why it stopped: {stopped}.",
        ),
        (
            "Why the original medium was not seized",
            "The data lies on a third party's server and was extracted online.",
        ),
        ("Tools", _tools(facts)),
        (
            "Clean environment",
            f"Fresh home and empty cache; no extensions; sandbox {sandbox}; the gate refused"
            f" {len(environment['gate']['refused'])} requests (see evidence.json).",
        ),
        ("Server addresses", _given(", ".join(environment["gate"]["peers"]), none)),
        (
            "Process and result",
            f"{counts['requests']} requests, {counts['responses']} responses, {counts['truncated']} of them cut short,"
            f" {counts['unanswered']} unanswered; header blocks and bodies are kept byte for byte as sent.",
        ),
        (
            "Integrity value",
            "SHA-256 of every file, below; the list SHA256SUMS is bound by signature (CMS), time stamp (RFC 3161)"
            " and transparency log.",
        ),
        ("Does not prove", "That the content is true; who owns the account; that others saw the same."),
    ]


def _beijing(text: str) -> str:
    moment: datetime = parse_time(text).astimezone(BEIJING)
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分{moment.second}秒"
