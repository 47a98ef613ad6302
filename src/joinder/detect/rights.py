"""A right as detection sees it: its words, its goods, its price and who may sell under it.

Only what can be looked for in a listing is kept. A right whose status says that it has lapsed, or that has
no word to look for, is left out and counted in the bundle, so that silence is never mistaken for a search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinder.vocabulary.refs import RecordRef, content_version

# Words of registers that mean "no longer in force".
LAPSED = frozenset(
    {"expired", "cancelled", "invalidated", "refused", "dead", "失效", "注销", "撤销", "无效", "驳回"}
)
# Kinds whose mark is a sign that a buyer reads; the title of a patent or a work is not a sign.
WORD_KINDS = frozenset({"word", "combined", "device", "gi"})


@dataclass(frozen=True)
class Right:
    """One right to look for.

    ref: RecordRef text. words: the mark, then its aliases. genuine_price_minor: minor units of currency.
    authorised: account ids, each alone or as platform/account_id.
    """

    ref: str
    right_id: str
    kind: str
    words: tuple[str, ...]
    classes: tuple[str, ...]
    goods: str
    genuine_price_minor: int | None
    currency: str | None
    authorised: tuple[str, ...]


def right_of(record: Mapping[str, Any], pool: str = "rights") -> Right | None:
    """The right in a stored record (columns of the kind `right`), or None when there is nothing to look for."""
    status = str(record.get("status") or "").strip().casefold()
    kind = str(record.get("kind") or "word")
    if status in LAPSED or kind not in WORD_KINDS:
        return None
    words = tuple(
        dict.fromkeys(
            w.strip() for w in (record.get("mark"), *(record.get("aliases") or ())) if w and w.strip()
        )
    )
    if not words:
        return None
    right_id = str(record.get("right_id") or words[0])
    columns = {name: value for name, value in record.items() if name != "ref"}
    ref = str(record.get("ref") or RecordRef(pool, "right", (right_id,), content_version(columns)))
    return Right(
        ref=ref,
        right_id=right_id,
        kind=kind,
        words=words,
        classes=tuple(sorted(str(c).strip() for c in record.get("classes") or () if str(c).strip())),
        goods=str(record.get("goods") or ""),
        genuine_price_minor=record.get("genuine_price_minor") or None,
        currency=record.get("currency") or None,
        authorised=tuple(sorted(str(a) for a in record.get("authorised_accounts") or ())),
    )
