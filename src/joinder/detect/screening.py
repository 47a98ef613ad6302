"""Screening: a stream of listings in, a stream of suspicions out, in order and in bounded memory.

The work on one batch is a pure kernel (`Screen`: RecordBatch → RecordBatch) that any engine can run. What
cannot be known within one batch is the usual price of comparable listings: for rights without a genuine
price the kernel reports prices and drafts, the drafts wait in a temporary file, and the price is weighed when
all prices are known.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinder.detect import texts
from joinder.detect.bundle import Bundle
from joinder.detect.candidates import Finder
from joinder.detect.explain import Item, Suspicion
from joinder.detect.prices import PriceHistograms
from joinder.detect.scoring import Listing, Scored, score_listing
from joinder.detect.sellers import Sellers, read_sellers
from joinder.detect.text import FIELDS, ListingText
from joinder.detect.weights import MILLI, Weights, along
from joinder.detect.workers import in_processes
from joinder.engine import DuckDBEngine, Engine
from joinder.vocabulary.money import from_minor
from joinder.vocabulary.progress import NO_PROGRESS, Progress

_COLUMNS = ("ref", "platform", "account_id", "category", "price_minor", "currency", "images", *FIELDS)

DRAFTS = pa.schema(
    [
        pa.field("listing", pa.string()),
        pa.field("right", pa.string()),
        pa.field("score_milli", pa.int64()),
        pa.field("price_group", pa.string()),  # null: the price was weighed or is absent
        pa.field("price_minor", pa.int64()),
        pa.field("currency", pa.string()),
        pa.field("draft", pa.string()),  # null: counts for the price comparison only
    ]
)
"""What the kernel gives: one row per listing × right worth keeping."""


class Screen:
    """The kernel: listings (kind `listing` plus `ref`) → drafts. `floor_milli`: scores below are not drafted."""

    def __init__(self, bundle: Bundle, sellers: Sellers, floor_milli: int) -> None:
        self.bundle = bundle
        self.sellers = sellers
        self.floor_milli = floor_milli
        self._finder: Finder | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_finder": None}  # automata are built where they run

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self._finder is None:
            self._finder = Finder(self.bundle)
        names = set(batch.schema.names)
        columns = {
            n: batch.column(n).to_pylist() if n in names else [None] * batch.num_rows for n in _COLUMNS
        }
        rows: list[dict[str, Any]] = []
        for i in range(batch.num_rows):
            text = ListingText(tuple(columns[name][i] for name in FIELDS))
            matches = self._finder.find(text)
            if matches:
                rows.extend(self._drafts({n: columns[n][i] for n in _COLUMNS}, text, matches))
        return pa.RecordBatch.from_pylist(rows, schema=DRAFTS)

    def _drafts(self, row: dict[str, Any], text: ListingText, matches: list[Any]) -> Iterator[dict[str, Any]]:
        listing = Listing(
            ref=str(row["ref"]),
            platform=str(row["platform"] or ""),
            account_id=str(row["account_id"] or ""),
            category=str(row["category"] or ""),
            price_minor=row["price_minor"],
            currency=row["currency"],
            has_images=bool(row["images"]),
        )
        best = self.bundle.weights.price_z[0][1]
        for scored in score_listing(self.bundle, listing, text, matches, self.sellers):
            open_price = best if scored.price_group else 0
            kept = scored.score_milli + open_price >= self.floor_milli
            if kept or scored.price_group:
                yield {
                    "listing": listing.ref,
                    "right": scored.right.ref,
                    "score_milli": scored.score_milli,
                    "price_group": scored.price_group,
                    "price_minor": listing.price_minor,
                    "currency": listing.currency,
                    "draft": _draft(scored) if kept else None,
                }


def _draft(scored: Scored) -> str:
    told = {"items": [i.as_json() for i in scored.items], "not_checked": scored.not_checked}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def screen(
    bundle: Bundle,
    listings: Iterable[pa.RecordBatch],
    *,
    accounts: Iterable[Mapping[str, Any]] | None = None,
    signals: Iterable[Mapping[str, Any]] | None = None,
    threshold: float | None = None,
    keep_abstained: bool = False,
    engine: Engine | None = None,
    workers: int = 1,
    total: int | None = None,
    progress: Progress = NO_PROGRESS,
) -> Iterator[Suspicion]:
    """Suspicions among `listings`, in their order, one per listing × right at or above the threshold.

    listings: batches of the kind `listing` with a first column `ref`. accounts, signals: see `sellers`.
    threshold: log-odds in nats; None takes the published one. keep_abstained: also yield what lies between the
    abstention line and the threshold, with the verdict `abstained`. workers: processes (1: this one); the
    answer does not depend on it. total: how many listings there are, where that is known, for the progress bar.
    Raises SignalsError for a signal row that cannot be used.
    """
    weights = bundle.weights
    limit = weights.threshold if threshold is None else round(threshold * MILLI)
    floor = min(limit, weights.abstain) if keep_abstained else limit
    kernel = Screen(bundle, read_sellers(accounts, signals), floor)
    counted = _counted(listings, total, progress)
    if workers > 1:
        drafts = in_processes(kernel, counted, workers)
    else:
        drafts = (engine or DuckDBEngine()).map_batches(counted, kernel, DRAFTS)
    if all(r.genuine_price_minor for r in bundle.rights):
        # Only a currency other than the genuine price's leaves a group open; it stays unweighed.
        finished = _without_groups(bundle, drafts)
    else:
        finished = _with_prices(bundle, drafts)
    for milli, row, items, missing in finished:
        if items and milli >= floor:
            yield Suspicion(
                listing=row["listing"],
                right=row["right"],
                verdict="suspected" if milli >= limit else "abstained",
                score_milli=milli,
                bundle=bundle.version,
                items=tuple(items),
                not_checked=tuple(missing),
            )


def _counted(
    batches: Iterable[pa.RecordBatch], total: int | None, progress: Progress
) -> Iterator[pa.RecordBatch]:
    with progress.stage("listings screened", total) as stage:
        for batch in batches:
            yield batch
            stage.advance(batch.num_rows)


Finished = tuple[int, dict[str, Any], list[dict[str, Any]], list[str]]


def _without_groups(bundle: Bundle, drafts: Iterable[pa.RecordBatch]) -> Iterator[Finished]:
    for batch in drafts:
        for row in batch.to_pylist():
            yield _finish(bundle, row, None)


def _with_prices(bundle: Bundle, drafts: Iterable[pa.RecordBatch]) -> Iterator[Finished]:
    histograms = PriceHistograms()
    with tempfile.TemporaryDirectory(prefix="joinder-detect-") as folder:
        path = Path(folder) / "drafts.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, DRAFTS) as writer:
            for batch in drafts:
                groups, prices = (
                    batch.column("price_group").to_pylist(),
                    batch.column("price_minor").to_pylist(),
                )
                for group, price in zip(groups, prices, strict=True):
                    if group is not None:
                        histograms.add(group, price)
                writer.write_batch(batch.filter(batch.column("draft").is_valid()))
        with pa.OSFile(str(path), "rb") as source, pa.ipc.open_stream(source) as reader:
            for batch in reader:
                for row in batch.to_pylist():
                    yield _finish(bundle, row, histograms)


def _finish(bundle: Bundle, row: dict[str, Any], histograms: PriceHistograms | None) -> Finished:
    if row["draft"] is None:
        return row["score_milli"], row, [], []
    draft = json.loads(row["draft"])
    items, missing, score = draft["items"], draft["not_checked"], row["score_milli"]
    group = row["price_group"]
    if group is not None:
        found = histograms and histograms.robust_z(group, row["price_minor"], bundle.weights.price_z_least)
        if found:
            item = _z_item(bundle.weights, row, *found)
            items.append(item.as_json())
            score += item.weight_milli
        else:
            code = "price-reference" if histograms else "price-currency"
            missing = sorted([*missing, texts.not_checked(code)])
    return score, row, items, missing


def _z_item(weights: Weights, row: dict[str, Any], z: float, n: int) -> Item:
    weight = along(weights.price_z, z)
    currency = str(row["currency"] or "")
    told = {"price": f"{from_minor(row['price_minor'], currency)} {currency}", "n": n, "z": round(z, 2)}
    zh, en = (t.format(**told) for t in (texts.PRICE_Z if weight > 0 else texts.PRICE_Z_USUAL))
    return Item("price", "robust-z", weight, zh, en, "price")
