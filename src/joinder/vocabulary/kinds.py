"""The kinds of record that pools hold, each one typed schema.

Nine kinds cover the trade: a ``listing`` on a platform, an ``account`` behind it (a *virtual subject*: shop, seller,
social account or domain), a ``party`` (a registered company or a person), a ``right``, and what happened: ``shipment``,
``payment``, ``complaint``, ``notice``, ``detention``. A field says its meaning, its unit, how sensitive it is and
which identity evidence it carries for ``resolve``. The schemas themselves stand in ``schemas``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import pyarrow as pa

from joinder.vocabulary.errors import UsageError


class FieldType(Enum):
    """How a value is stored; the text form in files is given in brackets."""

    TEXT = "text"
    """Any text."""
    INTEGER = "integer"
    """A whole number."""
    MONEY = "money"
    """A sum (decimal in major units in files; stored as ``<name>_minor``, whole minor units of ``currency``)."""
    TIME = "time"
    """A moment (ISO 8601), stored in UTC."""
    DATE = "date"
    """A civil date (ISO 8601)."""
    LIST = "list"
    """Several texts (``|``-separated in CSV)."""


class Sensitivity(Enum):
    """Who may see a field without a stated need."""

    OPEN = "open"
    """Anyone who may see the record."""
    PERSONAL = "personal"
    """Personal data: shown only for a purpose that needs it."""
    SECRET = "secret"
    """An informer, an undercover buyer: kept in a vault of its own."""


_ARROW = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.MONEY: pa.int64(),
    FieldType.TIME: pa.timestamp("us", tz="UTC"),
    FieldType.DATE: pa.date32(),
    FieldType.LIST: pa.list_(pa.string()),
}


@dataclass(frozen=True)
class Field:
    """One field of a record kind.

    evidence: the identity evidence it carries (``phone``, ``uscc``, ``shop_name`` …), or None.
    choices: the values allowed, or () where any value is.
    """

    name: str
    meaning_en: str
    meaning_zh: str
    type: FieldType = FieldType.TEXT
    unit: str | None = None
    sensitivity: Sensitivity = Sensitivity.OPEN
    evidence: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The name of the stored column: money says its unit (``price_minor``)."""
        return f"{self.name}_minor" if self.type is FieldType.MONEY else self.name

    @property
    def arrow_type(self) -> pa.DataType:
        """The Arrow type of the stored column."""
        return _ARROW[self.type]


@dataclass(frozen=True)
class RecordKind:
    """A typed schema.

    key: the fields that together name a record within a pool; alternative_keys are tried in order where the first
    field of ``key`` is absent (a party without a USCC is named by its ``party_id``).
    """

    name: str
    title_en: str
    title_zh: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    alternative_keys: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by the name used in files."""
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field:
        """The field of that name. Raises UsageError if this kind has none."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UsageError(
                f"A {self.name} has no field {name!r}.", mend=f"Its fields are: {', '.join(self.by_name)}."
            ) from None

    def arrow_schema(self) -> pa.Schema:
        """The canonical schema in which records of this kind are stored and computed."""
        return pa.schema([pa.field(field.column, field.arrow_type) for field in self.fields])

    def key_of(self, record: dict[str, object] | object) -> tuple[str, ...] | None:
        """The key's values of a stored record (a mapping), or None where a part is missing."""
        if not isinstance(record, dict):
            raise TypeError("a record is a mapping of column to value")
        for names in (self.key, *self.alternative_keys):
            values = tuple(record.get(name) for name in names)
            if all(value not in (None, "") for value in values):
                return tuple(str(value) for value in values)
        return None


def kind_named(name: str) -> RecordKind:
    """The record kind of that name. Raises UsageError naming the kinds there are."""
    from joinder.vocabulary.schemas import KINDS

    try:
        return KINDS[name]
    except KeyError:
        raise UsageError(
            f"There is no record kind {name!r}.", mend=f"The kinds are: {', '.join(KINDS)}."
        ) from None
