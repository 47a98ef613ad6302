"""What the demo did, for a person: counts, quality against the truth, times, files, addresses, sign-ins."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


def show(summary: dict[str, Any], sign_ins: list[tuple[str, str, str]]) -> None:
    """Print the summary to stdout."""
    console = Console(highlight=False, width=None if Console().is_terminal else 110)
    console.print()
    console.print(Text("From a listing to a case that stands  从一条链接到一个站得住的案件", style="bold"))
    console.print(_pairs("Counts 数量", summary["counts"]))
    console.print(_pairs("Against the hidden truth 对照真值", _quality(summary["quality"])))
    console.print(_pairs("The case 案件", summary["case"]))
    console.print(Text(f"Restore date 恢复日 {summary['restore']['due_on']}", style="bold"))
    for step in summary["restore"]["because"]:
        console.print(f"  · {step['text_zh']}")
        console.print(f"    {step['text_en']}")
    console.print(_pairs("Seconds 用时", {**summary["seconds"], "total 合计": summary["total_seconds"]}))
    console.print(_pairs("Files 文件", summary["files"]))
    console.print(_pairs("Addresses 地址", summary["addresses"]))
    console.print(_people(sign_ins))
    console.print("These sign-ins exist on this machine's demo node only. 以上账号仅存在于本机演练节点。")


def _quality(quality: dict[str, Any]) -> dict[str, str]:
    screening, resolution = quality["screening"], quality["resolution"]
    return {
        "suspected listings 涉嫌链接": (
            f"precision {_percent(screening['precision'])}, recall {_percent(screening['recall'])} "
            f"({_percent(screening['recall_in_text'])} where the evasion is in the text)"
        ),
        "accounts to entities 主体归并": (
            f"pair precision {_percent(resolution['precision'])}, recall {_percent(resolution['recall'])} "
            f"of linkable pairs; largest entity {resolution['largest_entity']} "
            f"(largest true {resolution['largest_true']})"
        ),
    }


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _pairs(title: str, values: dict[str, Any]) -> Table:
    table = Table(
        title=title, show_header=False, box=None, title_justify="left", title_style="bold", padding=(0, 2)
    )
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in values.items():
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    return table


def _people(sign_ins: list[tuple[str, str, str]]) -> Table:
    table = Table(
        title="Demo sign-ins 演练账号", box=None, title_justify="left", title_style="bold", padding=(0, 2)
    )
    for column in ("sign-in 账号", "password 密码", "organisation 单位"):
        table.add_column(column, no_wrap=True)
    for row in sign_ins:
        table.add_row(*row)
    return table
