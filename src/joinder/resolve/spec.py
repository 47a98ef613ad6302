"""The resolve spec: which columns of a table are evidence of what.

    name: account
    id: account_id            # or a list of columns; record_id, unique_id, id, else the first unique column
    columns:
      phone: phone            # column: evidence type
      name: [shop_name, contacts]   # a column may carry several; contacts = numbers hidden in text
      street: {type: street, group: home}
    threshold: 0.9            # optional: the probability from which two records are joined
    labels: {name: 店铺名称}   # optional

A spec says nothing about weights: those are trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from joinder.resolve.errors import SpecError
from joinder.resolve.evidence import CONTACTS, EVIDENCE, EvidenceType, evidence_type

DEFAULT_THRESHOLD = 0.9
OWN_SPECS = Path(__file__).parent / "specs"


@dataclass(frozen=True)
class Use:
    """One column used as one type of evidence. ``name`` is unique in a spec; ``group`` joins correlated evidence."""

    name: str
    column: str
    type: EvidenceType
    group: str


@dataclass(frozen=True)
class Spec:
    """A read and checked spec. ``id`` is () where it is to be found in the input."""

    name: str
    uses: tuple[Use, ...]
    id: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    """Columns whose text is searched for telephone numbers and messenger ids."""
    threshold: float = DEFAULT_THRESHOLD
    text: str = field(default="", compare=False)
    """The spec as it was read, kept with the result."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every input column the spec reads, without the id."""
        return tuple(dict.fromkeys([use.column for use in self.uses] + list(self.contacts)))


def load_spec(source: str | Path | Spec) -> Spec:
    """Read a spec from a file, or by the name of one that ships (``account``).

    Raises SpecError where the file is missing, is not YAML, or names an unknown evidence type.
    """
    if isinstance(source, Spec):
        return source
    path = Path(source)
    if not path.exists() and (OWN_SPECS / f"{source}.yaml").exists():
        path = OWN_SPECS / f"{source}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(
            f"Cannot read the resolve spec {source}: {error}.",
            mend="Write one with: joinder resolve propose INPUT > SPEC.yaml",
        ) from None
    return parse_spec(text, str(source))


def parse_spec(text: str, where: str = "spec") -> Spec:
    """Read a spec from YAML text. Raises SpecError, naming the line or the key that is wrong."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SpecError(f"{where} is not YAML: {error}") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("columns"), Mapping) or not data["columns"]:
        raise SpecError(f"{where} has no `columns:` that map a column to an evidence type.", mend=_example())
    unknown = set(data) - {"name", "id", "columns", "threshold", "labels"}
    if unknown:
        raise SpecError(
            f"{where} has keys that a resolve spec does not know: {', '.join(sorted(map(str, unknown)))}."
        )
    uses: list[Use] = []
    contacts: list[str] = []
    for column, given in data["columns"].items():
        for one in given if isinstance(given, list) else [given]:
            name, group = _type_and_group(one, column, where)
            if name == CONTACTS:
                contacts.append(str(column))
            else:
                uses.append(_use(str(column), name, group, uses, where))
    if not uses:
        raise SpecError(f"{where} names no evidence but contacts in text.", mend=_example())
    return Spec(
        str(data.get("name") or Path(where).stem), tuple(uses), _id(data.get("id"), where), tuple(contacts),
        _threshold(data.get("threshold"), where), text,
    )  # fmt: skip


def _type_and_group(given: Any, column: object, where: str) -> tuple[str, str | None]:
    if isinstance(given, Mapping):
        return str(given.get("type")), str(given["group"]) if given.get("group") else None
    if not isinstance(given, str):
        raise SpecError(
            f"{where}: column {column} has {given!r} where an evidence type is expected.", mend=_types()
        )
    return given, None


def _use(column: str, name: str, group: str | None, before: list[Use], where: str) -> Use:
    row = evidence_type(name)
    if row is None:
        raise SpecError(f"{where}: column {column} names an unknown evidence type {name!r}.", mend=_types())
    use_name = column if all(use.name != column for use in before) else f"{column}_{name}"
    return Use(use_name, column, row, group or row.group or use_name)


def _id(given: Any, where: str) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    if isinstance(given, list) and given and all(isinstance(one, str) for one in given):
        return tuple(given)
    raise SpecError(f"{where}: `id` must be a column or a list of columns, not {given!r}.")


def _threshold(given: Any, where: str) -> float:
    if given is None:
        return DEFAULT_THRESHOLD
    if isinstance(given, int | float) and 0 < given < 1:
        return float(given)
    raise SpecError(f"{where}: `threshold` must be a probability between 0 and 1, not {given!r}.")


def _types() -> str:
    return "Evidence types: " + ", ".join([*EVIDENCE, CONTACTS]) + "."


def _example() -> str:
    return "Write a first spec with: joinder resolve propose INPUT > SPEC.yaml"


def dump_spec(
    name: str, id_columns: tuple[str, ...], columns: Mapping[str, str | list[str]], notes: str = ""
) -> str:
    """A spec as YAML text that ``parse_spec`` reads back."""
    ids: str | list[str] = id_columns[0] if len(id_columns) == 1 else list(id_columns)
    body = yaml.safe_dump(
        {"name": name, "id": ids, "columns": dict(columns)}, allow_unicode=True, sort_keys=False, width=110
    )
    return notes + body
