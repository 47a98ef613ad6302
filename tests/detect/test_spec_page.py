"""docs/spec/detect.md shows the format and the weights as the code has them. JOINDER_WRITE_SPEC=1 writes it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from joinder.detect import PUBLISHED, Suspicion
from joinder.detect.forms import Channel
from joinder.detect.texts import NOT_CHECKED

PAGE = Path(__file__).parents[2] / "docs" / "spec" / "detect.md"
HEAD = """# What `joinder detect` writes

*Written by `tests/detect/test_spec_page.py` from the code; do not edit by hand.*

`joinder detect --rights FILE|POOL --listings FILE|POOL --out leads.jsonl [--accounts …] [--signals …] [--all]` writes
one line of JSON per listing × right that is *suspected*: its score is at or above the threshold. With `--all` those
between the abstention line and the threshold follow in their place with the verdict `abstained`. The order is that of
the listings, then of the rights; the same input gives the same bytes, with one worker or many.

- `listing`, `right`: RecordRefs. `bundle`: the SHA-256 of all that was searched for, and how.
- `score`: log-odds in nats. It is exactly the sum of `weight` over `evidence` and `counter_evidence` (weights have
  three decimals). The base rate is the first item of `evidence`, with the channel `prior`; it is negative.
- `calibrated_p`: null until reviewers' verdicts have been fitted. A score is not a probability.
- `evidence` speaks for the suspicion, `counter_evidence` for the seller or weighs nothing.
- `span`: half-open, in code points of the field as stored; it is `observed` there. Null where nothing is quoted.
- `ops`: how the found text differs from the mark: position in the mark, from, to, kind, cost (0 none, 1 another sign).
- `not_checked`: what was not looked at, as `code: reason`.

A suspicion is not a finding of infringement: a person decides.
"""


def page(example: Suspicion) -> str:
    weights = PUBLISHED.as_json()
    plain = {name: value for name, value in weights.items() if isinstance(value, int)}
    parts = [HEAD, "\n## An example\n\n```json\n"]
    parts.append(json.dumps({**example.as_json(), "bundle": "sha256:…"}, ensure_ascii=False, indent=1))
    parts.append("\n```\n\n## Channels of the sign\n\n| channel | weight | meaning |\n|---|---:|---|\n")
    meanings = dict(zip(Channel, _docs(), strict=True))
    parts += [f"| `{c}` | {weights['channels'][c] / 1000} | {meanings[c]} |\n" for c in Channel]
    parts.append(
        "\nA channel's weight is multiplied by its strength (the guards) and by how like the mark the text is.\n"
    )
    parts.append("\n## Weights of the circumstances\n\n| name | weight |\n|---|---:|\n")
    parts += [
        f"| `{name}` | {value / 1000 if abs(value) >= 200 else value} |\n" for name, value in plain.items()
    ]
    parts += [f"| `signals.{name}` | {value / 1000} |\n" for name, value in weights["signals"].items()]
    parts.append("\n## Curves\n\nPrice asked ÷ genuine price → weight: ")
    parts.append(", ".join(f"{x:g} → {y / 1000}" for x, y in weights["price_ratio"]))
    parts.append(".\n\nRobust z of ln price → weight: ")
    parts.append(", ".join(f"{x:g} → {y / 1000}" for x, y in weights["price_z"]))
    parts.append(".\n\n## What may not have been checked\n\n| code | 中文 | English |\n|---|---|---|\n")
    parts += [f"| `{code}` | {zh} | {en} |\n" for code, (zh, en) in NOT_CHECKED.items()]
    return "".join(parts)


def _docs() -> list[str]:
    """The sentence under each member of Channel, in order."""
    import ast
    import inspect

    body = ast.parse(inspect.getsource(Channel)).body[0]
    assert isinstance(body, ast.ClassDef)
    texts = [
        n.value.value for n in body.body if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
    ]
    return [str(text) for text in texts[1:]]


def test_the_page_says_what_the_code_does(judge: Callable[..., list[Suspicion]], han_font: None) -> None:
    (example,) = judge("V*llorix 跑步鞋 二手", price_minor=12_000)
    if os.environ.get("JOINDER_WRITE_SPEC"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(example), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(example), (
        "run JOINDER_WRITE_SPEC=1 pytest tests/detect/test_spec_page.py"
    )
