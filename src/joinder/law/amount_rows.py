"""Reading the rows of an amount sheet: one transaction or stock item each, from CSV or plain mappings.

Columns: ``row_id`` (or ``order_id``, ``listing_id``), ``state`` sold|unsold (default sold), ``goods``, ``quantity``,
``unit_price`` (actual price of one), ``amount`` (what was paid for all, wins over unit_price), ``marked_price``,
``market_price`` (middle price of the genuine product), ``purchase_price``, ``currency`` (default CNY), ``status``,
``evidence``. Status says what a person or the platform found: paid, stock (counted); refunded, cancelled, brushing,
genuine, punished (left out); refund_claimed, suspected_brushing, suspected_repeat, disputed (counted in the upper
bound only).
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from joinder.law.errors import AmountRowsInvalid
from joinder.vocabulary.money import MoneyError, to_minor

COLUMNS = (
    "row_id", "order_id", "listing_id", "state", "goods", "quantity", "unit_price", "amount", "marked_price",
    "market_price", "purchase_price", "currency", "status", "evidence",
)  # fmt: skip
_MONEY = ("unit_price", "amount", "marked_price", "market_price", "purchase_price")
_LARGEST_QUANTITY = 10**9
REPEATED = "suspected_repeat"


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One row as read; sums in minor units of ``currency``, None where the cell is empty."""

    row_id: str
    sold: bool
    goods: str
    quantity: int | None
    unit_price: int | None
    amount: int | None
    marked_price: int | None
    market_price: int | None
    purchase_price: int | None
    currency: str
    status: str
    evidence: str
    fault: str = ""


def read_rows(file: Path) -> list[AmountRow]:
    """The rows of a CSV file in UTF-8, UTF-16 or GB18030.

    Raises AmountRowsInvalid for a file that is unreadable, empty, or lacks columns.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise AmountRowsInvalid(f"{file} cannot be read: {error.strerror}.") from error
    text = _decoded(raw, file)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = [(name or "").strip() for name in reader.fieldnames or []]
        _check_columns(columns, file)
        reader.fieldnames = columns
        rows = [{k: v for k, v in record.items() if isinstance(k, str)} for record in reader]
    except csv.Error as error:
        raise AmountRowsInvalid(f"{file} is not a CSV table: {error}.") from error
    if not rows:
        raise AmountRowsInvalid(f"{file} has a heading but no rows.", mend="Give at least one transaction.")
    return from_mappings(rows)


def from_mappings(records: Iterable[Mapping[str, object]]) -> list[AmountRow]:
    """Rows of mappings with the columns above; a cell that cannot be read becomes the row's ``fault``.

    A row that repeats an earlier one in every cell, under the same row or order number, gets the status ``REPEATED``:
    exports of overlapping periods hold an order twice, and it must not count twice in the lower bound.
    """
    rows: list[AmountRow] = []
    seen: set[AmountRow] = set()
    for number, record in enumerate(records, 1):
        row = _row(number, record)
        numbered = any(str(record.get(name) or "").strip() for name in ("row_id", "order_id"))
        if numbered and row in seen and row.status in ("paid", "stock"):
            rows.append(replace(row, status=REPEATED))
            continue
        seen.add(row)
        rows.append(row)
    return rows


def decoded(raw: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark (as spreadsheets save it), or GB18030. Raises UnicodeDecodeError."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _decoded(raw: bytes, file: Path) -> str:
    try:
        return decoded(raw)
    except UnicodeDecodeError:
        raise AmountRowsInvalid(
            f"{file} is neither UTF-8, UTF-16 nor GB18030.", mend="Save it as CSV in UTF-8."
        ) from None


def _check_columns(columns: list[str], file: Path) -> None:
    if "quantity" not in columns or not {"unit_price", "amount", "marked_price", "market_price"} & set(
        columns
    ):
        raise AmountRowsInvalid(
            f"{file} lacks columns: an amount sheet needs quantity and one of unit_price, amount, marked_price,"
            f" market_price; it has {', '.join(columns) or 'none'}.",
            mend=f"Known columns: {', '.join(COLUMNS)}.",
        )


def _row(number: int, record: Mapping[str, object]) -> AmountRow:
    def cell(name: str) -> str:
        value = record.get(name)
        return "" if value is None else str(value).strip()

    currency = (cell("currency") or "CNY").upper()
    quantity, fault = _quantity(cell("quantity"))
    money: dict[str, int | None] = {}
    for name in _MONEY:
        money[name], problem = _money(cell(name), currency, name)
        fault = fault or problem
    status = cell("status").lower() or "paid"
    state = cell("state").lower() or ("unsold" if status == "stock" else "sold")
    if state not in ("sold", "unsold"):
        fault = fault or f"state {state!r} is neither sold nor unsold"
    return AmountRow(
        row_id=cell("row_id") or cell("order_id") or cell("listing_id") or f"row {number}",
        sold=state == "sold",
        goods=cell("goods") or cell("listing_id"),
        quantity=quantity,
        unit_price=money["unit_price"],
        amount=money["amount"],
        marked_price=money["marked_price"],
        market_price=money["market_price"],
        purchase_price=money["purchase_price"],
        currency=currency,
        status=status,
        evidence=cell("evidence"),
        fault=fault,
    )


def _quantity(text: str) -> tuple[int | None, str]:
    if not text:
        return None, "quantity is empty"
    if not (text.isascii() and text.isdigit()) or int(text[:12]) > _LARGEST_QUANTITY or len(text) > 12:
        return None, f"quantity {text[:40]!r} is not a whole number of pieces"
    return int(text), ""


def _money(text: str, currency: str, name: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        minor = to_minor(text.lstrip("¥￥"), currency)
    except MoneyError as error:
        return None, f"{name}: {error.message}"
    return (minor, "") if minor >= 0 else (None, f"{name} {text[:40]!r} is negative")
