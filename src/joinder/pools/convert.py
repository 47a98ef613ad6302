"""From values as they stand in a source to the canonical columns of a record kind.

``convert_column`` does a whole column. A value of the plain form (an ISO date, a decimal with two digits) is
converted with the rest of its column at once; any other is read one by one by ``convert_value``, which alone decides
what is readable. A value that is not becomes empty and is told as a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.kinds import Field, FieldType
from joinder.vocabulary.moments import parse_date, parse_time
from joinder.vocabulary.money import MoneyError, minor_digits, to_minor

_PLAIN_INTEGER = r"^-?\d{1,18}$"
_PLAIN_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
_PLAIN_DATE = r"^\d{4}-\d{2}-\d{2}$"
_PLAIN_TIME = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$"
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


@dataclass(frozen=True)
class Unreadable(Exception):
    """A value cannot be read; code is a key of ``rejects.REASONS``."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Emptied:
    """The value at ``index`` was left empty."""

    index: int
    value: str
    code: str
    detail: str = ""


Converted = tuple[pa.Array, list[Emptied]]


def convert_column(
    field: Field, values: pa.Array, *, currency: pa.Array | None = None, zone: tzinfo = UTC
) -> Converted:
    """The stored column of ``field`` and what could not be read.

    currency: the currency of each row, for sums. zone: the zone of times that carry none.
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), field.arrow_type), []
    fast = _FAST[field.type](field, values, currency)
    if fast is None:
        return _slowly(field, values.to_pylist(), currency, zone)
    column, done = fast
    if done is None or pc.all(done, min_count=0).as_py():
        return column, []
    rest = pc.indices_nonzero(pc.invert(done))
    slow, emptied = _slowly(
        field, values.take(rest).to_pylist(), None if currency is None else currency.take(rest), zone
    )
    indices = rest.to_pylist()
    column = pc.replace_with_mask(column, pc.invert(done), slow)
    return column, [Emptied(indices[e.index], e.value, e.code, e.detail) for e in emptied]


def convert_value(field: Field, value: Any, currency: str | None = None, zone: tzinfo = UTC) -> Any:
    """The stored value of one source value; None for an empty one. Raises Unreadable."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "" or value == []:
        return None
    return _READERS[field.type](field, value, currency, zone)


def _slowly(field: Field, values: Sequence[Any], currency: pa.Array | None, zone: tzinfo) -> Converted:
    currencies = [None] * len(values) if currency is None else currency.to_pylist()
    out: list[Any] = []
    emptied: list[Emptied] = []
    for index, (value, unit) in enumerate(zip(values, currencies, strict=True)):
        try:
            out.append(convert_value(field, value, unit, zone))
        except Unreadable as problem:
            out.append(None)
            emptied.append(Emptied(index, str(value)[:200], problem.code, problem.detail))
    return pa.array(out, field.arrow_type), emptied


# -- one value ---------------------------------------------------------------------------------------------------


def _read_text(field: Field, value: Any, currency: str | None, zone: tzinfo) -> str:
    text = _plain_text(value)
    if field.choices and text not in field.choices:
        lowered = text.lower()
        if lowered not in field.choices:
            raise Unreadable("not_a_choice", ", ".join(field.choices))
        return lowered
    return text


def _plain_text(value: Any) -> str:
    match value:
        case str():
            return _without_surrogates(value.strip())
        case bool():
            return str(value).lower()
        case float():
            # A number column that has gaps becomes floats on its way through a spreadsheet: 1001.0 was 1001.
            return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case list():
            return "; ".join(_plain_text(part) for part in value if part not in (None, ""))
        case _:
            raise Unreadable("not_text", f"a {type(value).__name__}")


def _without_surrogates(text: str) -> str:
    # JSON may hold half of a surrogate pair ("\\ud800"), which no encoding can store.
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _read_integer(field: Field, value: Any, currency: str | None, zone: tzinfo) -> int:
    if isinstance(value, bool):
        raise Unreadable("not_an_integer")
    try:
        text = value.replace(",", "").replace("，", "") if isinstance(value, str) else value
        number = Decimal(text)
        whole = int(number)
    except (ArithmeticError, ValueError, TypeError):
        raise Unreadable("not_an_integer") from None
    if whole != number or not -(2**63) <= whole < 2**63:
        raise Unreadable("not_an_integer")
    return whole


def _read_money(field: Field, value: Any, currency: str | None, zone: tzinfo) -> int:
    if not currency:
        raise Unreadable("no_currency")
    if isinstance(value, bool | list | dict):
        raise Unreadable("not_money", f"a {type(value).__name__}")
    # A float is written with the shortest digits that give it back, which are those the source wrote.
    amount = repr(value) if isinstance(value, float) else value
    if isinstance(amount, str):
        amount = amount.strip().removeprefix(currency).removesuffix(currency).strip()
        amount = amount.strip("¥￥$€£元 ")
    try:
        return to_minor(amount, currency)
    except (MoneyError, TypeError, ValueError) as error:
        raise Unreadable(
            "not_money", error.message if isinstance(error, JoinderError) else str(error)
        ) from None


def _read_time(field: Field, value: Any, currency: str | None, zone: tzinfo) -> datetime:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    try:
        return parse_time(_plain_text(value), zone)
    except (JoinderError, OverflowError):
        raise Unreadable("not_a_time") from None


def _read_date(field: Field, value: Any, currency: str | None, zone: tzinfo) -> date:
    if isinstance(value, datetime):
        return value.astimezone(zone).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    text = _plain_text(value)
    try:
        return parse_date(text)
    except JoinderError:
        pass
    try:
        # A time stands where a day is asked for: the day as the source's clock shows it.
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise Unreadable("not_a_date") from None


def _read_list(field: Field, value: Any, currency: str | None, zone: tzinfo) -> list[str] | None:
    parts = value.split("|") if isinstance(value, str) else value if isinstance(value, list) else [value]
    texts = [_plain_text(part) for part in parts if part is not None]
    return [text for text in texts if text] or None


_READERS: dict[FieldType, Callable[[Field, Any, str | None, tzinfo], Any]] = {
    FieldType.TEXT: _read_text,
    FieldType.INTEGER: _read_integer,
    FieldType.MONEY: _read_money,
    FieldType.TIME: _read_time,
    FieldType.DATE: _read_date,
    FieldType.LIST: _read_list,
}

# -- a column at once --------------------------------------------------------------------------------------------
# Each gives (column, done): ``done`` is false where a value still has to be read one by one, None where all are
# done; or None where nothing of the column has the plain form.

_Fast = tuple[pa.Array, pa.Array | None] | None


def _is_text(values: pa.Array) -> bool:
    return any(test(values.type) for test in _TEXTS)


def _trimmed(values: pa.Array) -> pa.Array:
    texts = pc.utf8_trim_whitespace(values.cast(pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _fast_text(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if not _is_text(values):
        return None
    texts = _trimmed(values)
    if not field.choices:
        return texts, None
    done = pc.or_(pc.is_null(texts), pc.is_in(texts, value_set=pa.array(field.choices, pa.string())))
    return texts, done


def _plain(texts: pa.Array, pattern: str) -> tuple[pa.Array, pa.Array]:
    """The texts of a plain form (others empty), and which are done (plain or empty)."""
    plain = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    return pc.if_else(plain, texts, pa.scalar(None, pa.string())), pc.or_(plain, pc.is_null(texts))


def _fast_integer(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if pa.types.is_integer(values.type) and not pa.types.is_uint64(values.type):
        return values.cast(pa.int64()), None
    if not _is_text(values):
        return None
    plain, done = _plain(_trimmed(values), _PLAIN_INTEGER)
    return plain.cast(pa.int64()), done


def _fast_money(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if currency is None or not _is_text(values):
        return None
    texts = _trimmed(values)
    plain, _ = _plain(texts, _PLAIN_AMOUNT)
    cents = pc.is_in(currency, value_set=pa.array(_with_cents(currency), pa.string()))
    plain = pc.if_else(cents, plain, pa.scalar(None, pa.string()))
    minor = pc.multiply(plain.cast(pa.decimal128(18, 2)), pa.scalar(Decimal(100))).cast(pa.int64())
    return minor, pc.or_(pc.is_valid(plain), pc.is_null(texts))


def _with_cents(currency: pa.Array) -> list[str]:
    found: list[str] = []
    for code in pc.unique(currency).to_pylist():
        try:
            if code and minor_digits(code) == 2:
                found.append(code)
        except MoneyError:
            continue
    return found


def _fast_time(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if pa.types.is_timestamp(values.type) and values.type.tz is not None:
        return _in_utc(values.cast(pa.timestamp("us", values.type.tz), safe=False)), None
    if not _is_text(values):
        return None
    plain, done = _plain(_trimmed(values), _PLAIN_TIME)
    try:
        naive = pc.utf8_rtrim(plain, "Z").cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        # A 31st of June among them: one by one finds which.
        return None
    return _in_utc(naive), done


def _in_utc(values: pa.Array) -> pa.Array:
    # By way of the integer, because naming a zone makes Arrow look for a time-zone database that a bare machine lacks.
    return values.cast(pa.int64()).cast(pa.timestamp("us", tz="UTC"))


def _fast_date(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if pa.types.is_date32(values.type):
        return values, None
    if not _is_text(values):
        return None
    plain, done = _plain(_trimmed(values), _PLAIN_DATE)
    try:
        return plain.cast(pa.date32()), done
    except pa.ArrowInvalid:
        return None


def _fast_list(field: Field, values: pa.Array, currency: pa.Array | None) -> _Fast:
    if not pa.types.is_list(values.type) or not _is_text(values.values):
        return None
    column = values.cast(pa.list_(pa.string()))
    flat = column.flatten()
    same = pc.equal(pc.utf8_trim_whitespace(flat), flat)
    tidy = pc.and_(pc.fill_null(same, False), pc.fill_null(pc.not_equal(flat, ""), False))
    if not pc.all(tidy, min_count=0).as_py():
        return None
    empty = pc.fill_null(pc.equal(pc.list_value_length(column), 0), False)
    return pc.if_else(empty, pa.scalar(None, column.type), column), None


_FAST: dict[FieldType, Callable[[Field, pa.Array, pa.Array | None], _Fast]] = {
    FieldType.TEXT: _fast_text,
    FieldType.INTEGER: _fast_integer,
    FieldType.MONEY: _fast_money,
    FieldType.TIME: _fast_time,
    FieldType.DATE: _fast_date,
    FieldType.LIST: _fast_list,
}
