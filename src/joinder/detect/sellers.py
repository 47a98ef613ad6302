"""What is known of sellers: accounts that call themselves official, and signals learnt elsewhere.

Both arrive as tables, because detection knows nothing of resolution: `accounts` are records of the kind
`account`; `signals` is a table with the columns platform, account_id, signal (one of the names of
`weights.signals`). An account named without its platform is matched on every platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joinder.detect.errors import SignalsError
from joinder.detect.weights import PUBLISHED
from joinder.vocabulary.script.fold import fold

_OFFICIAL = re.compile(r"官方|旗舰|专卖店|直营|\bofficial\b|\bflagship\b|\bauthori[sz]ed\b")


@dataclass(frozen=True)
class Sellers:
    """official: account → name that claims to be official. signals: account → signal names.

    Accounts are keyed by (platform, account_id). *_given: whether a table was given at all.
    """

    official: Mapping[tuple[str, str], str] = field(default_factory=dict)
    signals: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    accounts_given: bool = False
    signals_given: bool = False


def read_sellers(
    accounts: Iterable[Mapping[str, Any]] | None = None, signals: Iterable[Mapping[str, Any]] | None = None
) -> Sellers:
    """Sellers from stored account records and signal rows. Raises SignalsError for a row it cannot use."""
    official = {
        _key(a): str(a["name"])
        for a in accounts or ()
        if a.get("name") and _OFFICIAL.search(fold(str(a["name"])).text)
    }
    found: dict[tuple[str, str], set[str]] = {}
    for number, row in enumerate(signals or (), 1):
        name = str(row.get("signal") or "")
        if not row.get("account_id") or name not in PUBLISHED.signals:
            raise SignalsError(
                f"Row {number} of the signals needs account_id and a known signal; it has {name!r}.",
                mend=f"Columns: platform, account_id, signal; signals: {', '.join(PUBLISHED.signals)}.",
            )
        found.setdefault(_key(row), set()).add(name)
    told = {key: tuple(sorted(names)) for key, names in sorted(found.items())}
    return Sellers(official, told, accounts is not None, signals is not None)


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return (str(row.get("platform") or ""), str(row.get("account_id") or ""))
