"""How well the run did, against the market's hidden truth."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from joinder.pools import read_table
from joinder.resolve.metrics import pair_metrics
from joinder.vocabulary.refs import RecordRef
from joinder.world import World


@dataclass(frozen=True)
class Rates:
    """Precision and recall; None where nothing was to be found or nothing was found."""

    precision: float | None
    recall: float | None
    found: int
    true: int


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def screening(world: World, leads: list[tuple[str, str]]) -> dict[str, Any]:
    """Precision and recall of suspicions.

    leads: pairs of listing and right references. Recall is given over all infringing listings, over those whose
    evasion is in the text, and per kind of evasion. A lead counts as right if the listing infringes that very right.
    """
    truth = read_table(world.table("truth/listings")).to_pylist()
    infringed = {(row["platform"], row["listing_id"]): row for row in truth if row["right_id"]}
    found = {(RecordRef.parse(listing).key, RecordRef.parse(right).key[0]) for listing, right in leads}
    hits = {key for key, right in found if key in infringed and infringed[key]["right_id"] == right}
    in_text = {key for key, row in infringed.items() if row["evasion"] != "image_only"}
    kinds: dict[str, list[int]] = {}
    for key, row in infringed.items():
        count = kinds.setdefault(row["evasion"], [0, 0])
        count[0] += key in hits
        count[1] += 1
    return {
        **asdict(
            Rates(
                _share(len(hits), len(found)), _share(len(hits), len(infringed)), len(found), len(infringed)
            )
        ),
        "recall_in_text": _share(len(hits & in_text), len(in_text)),
        "recall_by_evasion": {kind: _share(*count) for kind, count in sorted(kinds.items())},
    }


def accounts_of(world: World) -> list[dict[str, Any]]:
    """The truth about every account."""
    return list(read_table(world.table("truth/accounts")).to_pylist())


def resolution(world: World, entity_of: dict[str, str]) -> dict[str, Any]:
    """Pair precision, and recall over the pairs that share a usable value (those of one ``link_group``).

    entity_of: account id to entity id.
    """
    rows = [row for row in accounts_of(world) if row["account_id"] in entity_of]
    found = [entity_of[row["account_id"]] for row in rows]
    by_operator = pair_metrics(found, [row["operator_id"] for row in rows])
    by_group = pair_metrics(found, [row["link_group"] for row in rows])
    return {
        "accounts": len(rows),
        "entities": len(set(found)),
        "precision": round(by_operator.pairs.precision, 4),
        "recall": round(by_group.pairs.recall, 4),
        "recall_of_all_pairs": round(by_operator.pairs.recall, 4),
        "largest_entity": by_operator.largest_found,
        "largest_true": by_operator.largest_true,
    }


def write(path: Path, summary: dict[str, Any]) -> None:
    """Keep the summary as JSON."""
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
