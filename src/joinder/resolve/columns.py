"""A column of evidence as codes: each distinct value is normalised, compared and keyed once.

A record has up to ``SLOTS`` values in one column (two telephones, a number hidden in the shop's name). What the pairs
are compared on are codes; strings are touched once per distinct value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from joinder.resolve.arrays import ABSENT, Bools, Codes, Floats, Ints, encode
from joinder.resolve.inputs import Records
from joinder.resolve.normalise import KEYS, NORMALISERS, contacts
from joinder.resolve.spec import Spec, Use

SLOTS = 4
"""Values of one record in one column that are compared. More is a list, not an attribute."""


@dataclass
class Column:
    """One column of evidence over n records.

    codes: (n, slots) codes of ``values``, ABSENT where empty; values: the distinct normalised values; shown: how a
    person wrote the value where it was first met. counts, owners, hub: per value the records that hold it, the owners
    it seems to have, and whether it is a hub (``hubs`` fills the last two).
    """

    use: Use
    codes: Codes
    values: list[str]
    shown: list[str]
    counts: Ints
    owners: Floats
    hub: Bools
    whole: int
    frequency: dict[str, Floats] = field(default_factory=dict, repr=False)
    """Per derived form: how many records hold the same form of each value (``weights.frequencies`` fills it)."""
    _derived: dict[str, tuple[Codes, list[str]]] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        return self.use.name

    @property
    def live(self) -> Codes:
        """The codes with hubs blanked out: a hub is no value of its holders, neither for nor against a link."""
        if not self.hub.any():
            return self.codes
        return np.where(self.hub[np.maximum(self.codes, 0)], ABSENT, self.codes).astype(np.int32)

    @property
    def filled(self) -> Bools:
        """Per record: has it a value that is not a hub?"""
        return np.asarray((self.live != ABSENT).any(axis=1))

    def derived(self, key: str) -> tuple[Codes, list[str]]:
        """A derived form of each value (``core``, ``sound`` …): a code per value and the distinct forms."""
        if key not in self._derived:
            make = KEYS[key]
            self._derived[key] = encode(next(iter(make(value)), "") for value in self.values)
        return self._derived[key]

    def incidence(self) -> tuple[Ints, Ints]:
        """(record, code) for every value held, by record."""
        rows, slots = np.nonzero(self.codes != ABSENT)
        return rows.astype(np.int64), self.codes[rows, slots].astype(np.int64)


def build_columns(spec: Spec, records: Records) -> list[Column]:
    """Normalise and encode every use of a spec over the records."""
    hidden = _hidden_contacts(spec, records)
    columns = []
    for use in spec.uses:
        extra = hidden.get(use.type.name) if _first_of_type(spec, use) else None
        columns.append(make_column(use, records.columns[use.column], extra))
    return columns


def _first_of_type(spec: Spec, use: Use) -> bool:
    return next(one for one in spec.uses if one.type.name == use.type.name) is use


def make_column(use: Use, texts: Sequence[str], extra: Sequence[tuple[str, ...]] | None = None) -> Column:
    """Encode one column of texts; ``extra`` holds normalised values found elsewhere for each record."""
    normalise = NORMALISERS[use.type.normaliser]
    cache: dict[str, tuple[str, ...]] = {"": ()}
    index: dict[str, int] = {}
    shown: list[str] = []
    rows: list[tuple[int, ...]] = []
    for position, text in enumerate(texts):
        values = cache.get(text)
        if values is None:
            values = cache[text] = normalise(text)
        if extra and extra[position]:
            values = tuple(dict.fromkeys(values + extra[position]))
        coded = []
        for value in values[:SLOTS]:
            code = index.setdefault(value, len(index))
            if code == len(shown):
                shown.append(text.strip() if len(values) == 1 and text.strip() else value)
            coded.append(code)
        rows.append(tuple(coded))
    return _column(use, rows, list(index), shown)


def _column(use: Use, rows: list[tuple[int, ...]], values: list[str], shown: list[str]) -> Column:
    slots = max(1, max(map(len, rows), default=1))
    codes = np.full((len(rows), slots), ABSENT, dtype=np.int32)
    if slots == 1:
        codes[:, 0] = np.array([row[0] if row else ABSENT for row in rows], dtype=np.int32)
    else:
        for position, row in enumerate(rows):
            codes[position, : len(row)] = row
    held = codes[codes != ABSENT]
    counts = np.bincount(held, minlength=len(values)).astype(np.int64)
    size, whole = len(values), int((codes[:, 0] != ABSENT).sum())
    texts = [text[:200] for text in shown]
    return Column(use, codes, values, texts, counts, np.ones(size), np.zeros(size, dtype=bool), whole)


def column_from_values(use: Use, held: Sequence[list[str]], shown: Sequence[list[str]]) -> Column:
    """A column from values that were normalised before, each with how it was written."""
    index: dict[str, int] = {}
    texts: list[str] = []
    rows: list[tuple[int, ...]] = []
    for values, written in zip(held, shown, strict=True):
        for value, text in zip(values, written, strict=True):
            if index.setdefault(value, len(index)) == len(texts):
                texts.append(text)
        rows.append(tuple(index[value] for value in values))
    return _column(use, rows, list(index), texts)


def _hidden_contacts(spec: Spec, records: Records) -> dict[str, list[tuple[str, ...]]]:
    """Telephone numbers and messenger ids found in the text columns, per record."""
    if not spec.contacts:
        return {}
    found: dict[str, list[tuple[str, ...]]] = {"phone": [()] * len(records), "messenger": [()] * len(records)}
    for column in spec.contacts:
        for position, text in enumerate(records.columns[column]):
            if len(text) < 6:
                continue
            if phones := contacts.phones_in_text(text):
                found["phone"][position] += phones
            if ids := contacts.messengers_in_text(text):
                found["messenger"][position] += ids
    return found
