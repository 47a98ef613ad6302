"""The record of extraction, 电子数据提取笔录, in Chinese and English, as HTML to be printed.

The order of the cells is that of the market-supervision form; contents follow 法发〔2016〕22号 arts. 14-15 and the
review list of the 2021 cyber-crime rules (address, way of access, time, tools, method, environment, digest). What
was not given is said to be not given; nothing is filled in on anyone's behalf, and the signature lines stay empty
for the people named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinder.evidence.record_cells import cells, marks, visible

_KINDS = {
    "wacz": ("网页归档", "web archive"),
    "png": ("截图", "screenshot"),
    "pdf": ("网页打印件", "printed page"),
    "txt": ("文本", "text"),
    "html": ("网页源码", "page source"),
    "json": ("结构化数据", "structured data"),
    "jsonl": ("日志", "log"),
    "gz": ("传输日志", "transport log"),
    "pem": ("证书", "certificates"),
    "tsr": ("时间戳", "time stamp"),
}
_OTHER_KIND = ("数据文件", "data file")
_WORDS = {
    "title": ("电子数据提取笔录", "Record of extraction of electronic data"),
    "online": ("网络在线提取", "extracted online"),
    "matter": ("案号", "case"),
    "sequence": ("序号", "sequence"),
    "list": ("电子数据清单", "List of electronic data"),
    "number": ("序号", "No."),
    "name": ("名称", "Name"),
    "kind": ("类别", "Kind"),
    "size": ("大小（字节）", "Size (bytes)"),
    "signatures": ("签名", "Signatures"),
    "operator": ("提取人", "Extracted by"),
    "witness": ("见证人", "Witness"),
    "none": ("无", "none"),
    "sign": ("签名、日期", "Signature, date"),
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
        f"<style>{_STYLE}</style></head><body>{_section(facts, items, 'zh')}{_section(facts, items, 'en')}"
        "</body></html>"
    )


def _section(facts: Mapping[str, Any], items: Sequence[Item], language: str) -> str:
    words = {key: pair[language == "en"] for key, pair in _WORDS.items()}
    form = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in cells(facts, language))
    boxes = "".join(f'<p class="mark">{text}</p>' for text in marks(facts, language))
    columns = "".join(f"<th>{words[key]}</th>" for key in ("number", "name", "kind", "size"))
    rows = "".join(_row(number, item, language) for number, item in enumerate(items, 1))
    signers = [(words["operator"], name) for name in (facts["operators"] or [""])]
    signers.append((words["witness"], facts["witness"] or words["none"]))
    lines = "".join(
        f"<tr><th>{role}</th><td>{visible(name)}</td><th>{words['sign']}</th><td></td></tr>"
        for role, name in signers
    )
    return (
        f'<section lang="{"zh-Hans" if language == "zh" else "en"}"><h1>{words["title"]}</h1>'
        f'<p class="sub">{words["online"]} · {words["matter"]} {visible(facts["matter"] or "—")} ·'
        f" {words['sequence']} {facts['sequence']}</p>{boxes}<table>{form}</table><h2>{words['list']}</h2>"
        f'<table class="list"><thead><tr>{columns}<th>SHA-256</th></tr></thead><tbody>{rows}</tbody></table>'
        f'<h2>{words["signatures"]}</h2><table class="sign">{lines}</table></section>'
    )


def _row(number: int, item: Item, language: str) -> str:
    kind = _KINDS.get(item.name.rpartition(".")[2], _OTHER_KIND)[language == "en"]
    return (
        f"<tr><td>{number}</td><td>{visible(item.name)}</td><td>{kind}</td><td>{item.size:,}</td>"
        f'<td class="hash">{item.sha256}</td></tr>'
    )
