"""Read a mapping's YAML, and say exactly what is wrong with it."""

from __future__ import annotations

import difflib
import re
from datetime import UTC, tzinfo
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from joinder.pools.errors import MappingError
from joinder.pools.expressions import Expression, Skip
from joinder.pools.mapping import Mapping
from joinder.pools.sources import FORMATS, SourceOptions
from joinder.vocabulary.kinds import RecordKind, kind_named

_LARGEST = 1_000_000
_TOP = ("mapping", "kind", "title", "zone", "source", "fields", "skip")
_SOURCE = ("format", "encoding", "delimiter", "comment", "header", "records")
_FIELD = (
    "from",
    "constant",
    "template",
    "join",
    "split",
    "take",
    "match",
    "map",
    "otherwise",
    "date",
    "optional",
)
_SKIP = ("from", "is", "matches")


def load_mapping(source: Path | str) -> Mapping:
    """The mapping of a file, or of that name among those kept with Joinder (``brands-nsi``).

    Raises MappingError naming what is wrong and where.
    """
    path = Path(source)
    if path.is_file():
        try:
            if path.stat().st_size > _LARGEST:
                raise MappingError(f"{path} is too long to be a mapping.")
            return parse_mapping(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise MappingError(f"{path} cannot be read: {error}.", mend="Save it as UTF-8 text.") from None
    kept = kept_mappings()
    if str(source) in kept:
        return parse_mapping(kept[str(source)], str(source))
    raise MappingError(
        f"There is no mapping {str(source)!r}.",
        mend=f"Name a YAML file, or one of those kept here: {', '.join(kept)}.",
    )


def kept_mappings() -> dict[str, str]:
    """The texts of the mappings kept with Joinder, by name."""
    folder = resources.files("joinder.pools") / "mappings"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {file.name.removesuffix(".yaml"): file.read_text(encoding="utf-8") for file in files}


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """The mapping written in YAML. Raises MappingError naming what is wrong and where."""
    try:
        # Every plain word stays a text: a column called "no" or "on" is no truth value, and 1.10 keeps its zero.
        # The base loader makes texts, lists and dictionaries and nothing else.
        told = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise MappingError(f"{name} is not YAML{where}: {getattr(error, 'problem', error)}.") from None
    except RecursionError:
        raise MappingError(f"{name} is nested too deeply.") from None
    top = _mapping_of(told, name, _TOP)
    if top.get("mapping") != "1":
        raise MappingError(
            f"{name} does not begin with mapping: 1, so it is no mapping that this version reads."
        )
    if not isinstance(top.get("kind"), str):
        raise MappingError(f"{name} does not say which kind of record it is for.", mend="Add: kind: listing")
    kind = kind_named(top["kind"])
    fields = {
        field: _expression(kind, field, value, name)
        for field, value in _mapping_of(top.get("fields"), f"{name}: fields", None).items()
    }
    _require_key(kind, fields, name)
    skips = top.get("skip") or []
    if not isinstance(skips, list):
        raise MappingError(f"{name}: skip is a list of rules.")
    return Mapping(
        kind=kind.name,
        title=str(top.get("title") or Path(name).stem),
        source=_options(top.get("source") or {}, name),
        zone=_zone(top.get("zone"), name),
        fields=fields,
        skip=tuple(_skip(rule, name) for rule in skips),
        text=text,
    )


def _mapping_of(value: Any, where: str, allowed: tuple[str, ...] | None) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise MappingError(f"{where} is not a list of names and values.")
    for key in value:
        if allowed is not None and key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1)
            raise MappingError(
                f"{where}: {key!r} is not known{f'; did you mean {near[0]!r}?' if near else '.'}",
                mend=f"Known here: {', '.join(allowed)}.",
            )
    return value


def _expression(kind: RecordKind, field: str, value: Any, name: str) -> Expression:
    where = f"{name}: {field}"
    if field not in kind.by_name:
        near = difflib.get_close_matches(field, kind.by_name, 3, 0.5)
        raise MappingError(
            f"{where}: a {kind.name} has no field {field!r}"
            + (f" (near: {', '.join(near)})." if near else "."),
            mend=f"Its fields are: {', '.join(kind.by_name)}.",
        )
    told: dict[str, Any] = _mapping_of({"from": value} if isinstance(value, str) else value, where, _FIELD)
    given = [key for key in ("from", "constant", "template") if told.get(key) not in (None, "", [])]
    if len(given) != 1:
        raise MappingError(
            f"{where} gets its value from nowhere."
            if not given
            else f"{where} has both {' and '.join(given)}.",
            mend="Give exactly one of: from (a column), constant, template.",
        )
    otherwise: Any = told.get("otherwise", "empty")
    fallback = None
    if isinstance(otherwise, dict):
        otherwise, fallback = "constant", otherwise.get("constant")
    if otherwise not in ("keep", "empty", "reject", "constant"):
        raise MappingError(
            f"{where}: otherwise is keep, empty, reject, or {{constant: …}}, not {otherwise!r}."
        )
    return Expression(
        paths=_texts(told.get("from"), f"{where}: from"),
        constant=_constant(told.get("constant")),
        template=_text(told.get("template"), f"{where}: template"),
        join=_text(told.get("join"), f"{where}: join", empty=True),
        split=_text(told.get("split"), f"{where}: split"),
        take=_take(told, where),
        match=_pattern(told.get("match"), where),
        map=_value_map(told.get("map"), where),
        otherwise=otherwise,
        fallback=fallback,
        dates=_texts(told.get("date"), f"{where}: date"),
        optional=_truth(told.get("optional", "false"), f"{where}: optional"),
    )


def _take(told: dict[str, Any], where: str) -> int | None:
    take = told.get("take")
    if take is None:
        return None
    try:
        if told.get("split") is None:
            raise ValueError
        return int(take)
    except (ValueError, TypeError):
        raise MappingError(f"{where}: take is a whole number and needs split.") from None


def _truth(value: Any, where: str) -> bool:
    if value not in ("true", "false"):
        raise MappingError(f"{where} is true or false, not {value!r}.")
    return bool(value == "true")


def _constant(value: Any) -> Any:
    if isinstance(value, list):
        return [str(part) for part in value]
    return None if value in (None, "") else str(value)


def _value_map(value: Any, where: str) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise MappingError(f"{where}: map is a list of names and values.")
    return {str(key): _constant(told) for key, told in value.items()}


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise MappingError(f"{where} is a text or a list of texts.")
    return tuple(parts)


def _text(value: Any, where: str, *, empty: bool = False) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or (not value and not empty):
        raise MappingError(f"{where} is a text that is not empty.")
    return value


def _pattern(value: Any, where: str) -> re.Pattern[str] | None:
    if value is None:
        return None
    try:
        return re.compile(str(value))
    except re.error as error:
        raise MappingError(f"{where}: {value!r} is not a regular expression: {error}.") from None


def _skip(rule: Any, name: str) -> Skip:
    told = _mapping_of(rule, f"{name}: skip", _SKIP)
    if not isinstance(told.get("from"), str) or ("is" not in told and "matches" not in told):
        raise MappingError(f"{name}: a skip rule has from (a column) and is or matches.")
    equals: tuple[str, ...] | None = None
    if "is" in told:
        values = told["is"] if isinstance(told["is"], list) else [told["is"]]
        equals = tuple(str(value) for value in values)
    return Skip(told["from"], equals, _pattern(told.get("matches"), f"{name}: skip"))


def _options(value: Any, name: str) -> SourceOptions:
    told = _mapping_of(value, f"{name}: source", _SOURCE)
    if told.get("format") is not None and told["format"] not in FORMATS:
        raise MappingError(
            f"{name}: source: the format {told['format']!r} is not known.",
            mend=f"Formats are: {', '.join(FORMATS)}.",
        )
    where = f"{name}: source"
    return SourceOptions(
        format=_text(told.get("format"), where),
        encoding=_text(told.get("encoding"), where),
        delimiter=_text(told.get("delimiter"), where),
        comment=_text(told.get("comment"), where),
        header=_texts(told.get("header"), where) or None,
        records=_text(told.get("records"), where),
    )


def _zone(value: Any, name: str) -> tzinfo:
    if value in (None, ""):
        return UTC
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MappingError(
            f"{name}: the zone {value!r} is not known.", mend="Write it as Asia/Shanghai."
        ) from None


def _require_key(kind: RecordKind, fields: dict[str, Expression], name: str) -> None:
    choices = (kind.key, *kind.alternative_keys)
    if not any(all(part in fields for part in names) for names in choices):
        missing = [part for part in kind.key if part not in fields]
        raise MappingError(
            f"{name} gives no {', '.join(missing)}, which names a {kind.name}.",
            mend=f"Add {', '.join(missing)} under fields (a column, a template or a constant).",
            zh=f"映射未给出{'、'.join(missing)}，而记录由它标识。请选择对应的列或填写固定值。",
        )


__all__ = ["kept_mappings", "load_mapping", "parse_mapping"]
