"""The record of extraction, 电子数据提取笔录, in Chinese and English, as HTML to be printed.

The order of the cells is that of the market-supervision form; contents follow 法发〔2016〕22号 arts. 14-15 and the
review list of the 2021 cyber-crime rules (address, way of access, time, tools, method, environment, digest). What
was not given is said to be not given; nothing is filled in on anyone's behalf, and the signature lines stay empty
for the people named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from joinder.vocabulary.moments import BEIJING, parse_time

_KINDS = {
    ".wacz": ("网页归档", "web archive"),
    ".png": ("截图", "screenshot"),
    ".pdf": ("网页打印件", "printed page"),
    ".txt": ("文本", "text"),
    ".html": ("网页源码", "page source"),
    ".json": ("结构化数据", "structured data"),
    ".jsonl": ("日志", "log"),
    ".gz": ("传输日志", "transport log"),
    ".pem": ("证书", "certificates"),
    ".tsr": ("时间戳", "time stamp"),
    ".py": ("核验程序", "verifier"),
}
_STYLE = """
@page{size:A4;margin:22mm 20mm;@bottom-center{content:"— " counter(page) " / " counter(pages) " —";font-size:9pt}}
body{font:10.5pt/1.6 "Noto Serif CJK SC","Noto Serif SC",SimSun,serif;color:#000;margin:0}
h1{font-size:17pt;text-align:center;margin:0 0 2mm}h2{font-size:12pt;margin:5mm 0 2mm;break-after:avoid}
p.sub{text-align:center;margin:0 0 4mm;color:#333}table{border-collapse:collapse;width:100%}
th,td{border:.5pt solid #444;padding:1.2mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{width:34mm;font-weight:600;background:#f2f2f2}tr{break-inside:avoid}thead{display:table-header-group}
table.list th,table.list td{width:auto;font-size:8pt;padding:.8mm 1.2mm}.hash{font-family:monospace;font-size:7pt}
.mark{border:1pt solid #000;padding:2mm 3mm;margin:3mm 0;font-weight:600}.sign td{height:14mm}
section+section{break-before:page}
"""


@dataclass(frozen=True)
class Item:
    """One row of the list of electronic data."""

    name: str
    size: int
    sha256: str


def record_html(facts: Mapping[str, Any], items: Sequence[Item]) -> str:
    """The document. facts: the content of ``evidence.json``; items: the members it lists (not itself)."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>电子数据提取笔录</title>'
        f"<style>{_STYLE}</style></head><body>{_section(facts, items, 0)}{_section(facts, items, 1)}</body></html>"
    )


def visible(text: object, limit: int = 600) -> str:
    """Text of strangers, inert: escaped, without control and direction-override characters, and cut at ``limit``."""
    words = "".join(
        character if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co") else "\N{REPLACEMENT CHARACTER}"
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


def _time(text: str, language: int) -> str:
    moment = parse_time(text).astimezone(BEIJING)
    if language:
        return f"{moment:%d %b %Y %H:%M:%S} (UTC+8) · {escape(text)}"
    return f"{_chinese_time(moment)}（北京时间） · {escape(text)}"


def _chinese_time(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分{moment.second}秒"


def _section(facts: Mapping[str, Any], items: Sequence[Item], language: int) -> str:
    def pick(zh: str, en: str) -> str:
        return en if language else zh

    rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in _cells(facts, language))
    listed = "".join(
        f"<tr><td>{number}</td><td>{visible(item.name)}</td><td>{_kind(item.name)[language]}</td>"
        f"<td>{item.size:,}</td><td class=hash>{item.sha256}</td></tr>"
        for number, item in enumerate(items, 1)
    )
    marks = "".join(f'<p class="mark">{words}</p>' for words in _marks(facts, language))
    signers = [*facts["operators"], *([] if len(facts["operators"]) > 1 else [""])]
    signatures = "".join(
        f"<tr><th>{pick('提取人', 'Extracted by')}</th><td>{visible(name)}</td><th>{pick('签名、日期', 'Signature, date')}</th>"
        "<td></td></tr>"
        for name in signers
    )
    return f"""<section lang="{pick("zh-Hans", "en")}"><h1>{pick("电子数据提取笔录", "Record of extraction of electronic data")}</h1>
<p class="sub">{pick("网络在线提取", "extracted online")} · {pick("案号", "case")} {visible(facts["matter"] or "—")} ·
{pick("序号", "sequence")} {facts["sequence"]}</p>{marks}<table>{rows}</table>
<h2>{pick("电子数据清单", "List of electronic data")}</h2>
<table class="list"><thead><tr><th>{pick("序号", "No.")}</th><th>{pick("名称", "Name")}</th><th>{pick("类别", "Kind")}</th>
<th>{pick("大小（字节）", "Size (bytes)")}</th><th>SHA-256</th></tr></thead><tbody>{listed}</tbody></table>
<h2>{pick("签名", "Signatures")}</h2><table class="sign">{signatures}
<tr><th>{pick("见证人", "Witness")}</th><td>{visible(facts["witness"] or pick("无", "none"))}</td>
<th>{pick("签名、日期", "Signature, date")}</th><td></td></tr></table></section>"""


def _kind(name: str) -> tuple[str, str]:
    suffix = "." + name.rpartition(".")[2]
    return _KINDS.get(suffix, ("数据文件", "data file"))


def _marks(facts: Mapping[str, Any], language: int) -> list[str]:
    marks = []
    if not facts["complete"]:
        because = "; ".join(visible(reason) for reason in facts["incomplete_because"])
        marks.append((f"固证不完整：{because}", f"Incomplete capture: {because}")[language])
    if not facts["official"]:
        marks.append(("非正式固证：署名操作人员不足两人。", "Unofficial: fewer than two operators are named.")[language])
    if facts["authority"]["self_issued"]:
        marks.append((
            "自签：签名、时间戳与日志均由本节点签发，可证明封存后未改动，不代表独立第三方背书。",
            "Self-issued: signature, time stamp and log are this node's own. They show that nothing changed since"
            " sealing; no independent third party stands behind them.",
        )[language])  # fmt: skip
    return marks


def _cells(facts: Mapping[str, Any], language: int) -> list[tuple[str, str]]:
    """The cells of the form in their order."""
    environment, page, counts = facts["environment"], facts["page"], facts["completeness"]
    none = ("未提供", "not given")[language]
    operators = "、".join(map(visible, facts["operators"])) if language == 0 else ", ".join(map(visible, facts["operators"]))
    sandbox = (("开启", "on") if environment["sandbox"] else ("未能开启", "could not be used"))[language]
    cells = (
        ("案由", "Cause", visible(facts["cause"] or none)),
        ("起止时间", "Began, ended", f"{_time(facts['started_at'], language)}<br>{_time(facts['ended_at'], language)}"),
        ("提取地点", "Place", visible(facts["place"] or none)),
        ("提取人员", "Operators", operators or none),
        ("持有人/提供人", "Holder or provider", ("公开网页，无需登录", "public page, no sign-in")[language]),
        ("见证人", "Witness", visible(facts["witness"] or none)),
        ("提取对象", "Object", shown_url(facts["url"])),
        ("实际到达地址", "Address reached", shown_url(page["final_url"]) if page["final_url"] else none),
        ("网页标题", "Page title", visible(page["title"] or none)),
        (
            "来源与进入步骤", "Way of access",
            (
                "在一次性空白浏览器环境中，经出口闸门以TLS直接访问上述地址，逐屏滚动至停止，随后冻结页面取证。停止原因："
                + visible(facts["stop_reason"] or none),
                "A throw-away empty browser visited the address over TLS through the egress gate, scrolled screen by"
                " screen until it stopped, and the page was frozen for the views. Scrolling stopped at: "
                + visible(facts["stop_reason"] or none),
            )[language],
        ),
        (
            "未扣押原始存储介质的原因", "Why the original medium was not seized",
            ("数据位于第三方网络服务器，通过网络在线提取。", "The data lies on a third party's server and was extracted online.")[language],
        ),
        ("工具与版本", "Tools", visible(f"{facts['tool']['name']} {facts['tool']['version']}; {environment['browser']}; {environment['system']}")),
        (
            "环境清洁性", "Clean environment",
            (
                f"全新用户目录与空缓存；无扩展；沙箱{sandbox}；闸门拒绝{len(environment['gate']['refused'])}次访问（见evidence.json）",
                f"fresh home and empty cache; no extensions; sandbox {sandbox}; the gate refused"
                f" {len(environment['gate']['refused'])} requests (see evidence.json)",
            )[language],
        ),
        ("服务器地址", "Server addresses", visible(", ".join(environment["gate"]["peers"]) or none)),
        (
            "过程与结果", "Process and result",
            (
                f"请求{counts['requests']}次，响应{counts['responses']}次，其中不完整{counts['truncated']}次，未获响应{counts['unanswered']}次；"
                "响应头与正文按服务器发送的原始字节保存。",
                f"{counts['requests']} requests, {counts['responses']} responses, {counts['truncated']} of them cut short,"
                f" {counts['unanswered']} unanswered; header blocks and bodies are kept byte for byte as sent.",
            )[language],
        ),
        (
            "完整性校验值", "Integrity value",
            (
                "SHA-256，由程序对每个文件计算，见下表；总清单SHA256SUMS经签名（CMS）、时间戳（RFC 3161）和透明日志绑定。",
                "SHA-256 of every file, below; the list SHA256SUMS is bound by signature (CMS), time stamp (RFC 3161) and"
                " transparency log.",
            )[language],
        ),
        ("不能证明", "Does not prove", ("网页内容真实；账号归属；其他访问者所见相同。", "that the content is true; who owns the account; that others saw the same.")[language]),
    )  # fmt: skip
    return [(en if language else zh, value) for zh, en, value in cells]
