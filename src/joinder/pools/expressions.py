"""One field of a mapping: where its value comes from and what is done to it, in this order.

``constant`` or ``template`` or ``from`` (one or several columns) → ``match`` (a regular expression) → ``split`` and
``take`` → ``map`` → ``date``. Values are texts, or lists of texts for list fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

_PLACE = re.compile(r"\{([^{}]+)\}")


def read_path(record: dict[str, Any], path: str) -> Any:
    """The value at a column, or at a dotted path into objects; None where there is none."""
    if path in record:
        return record[path]
    value: Any = record
    parts = path.split(".")
    while parts:
        if not isinstance(value, dict):
            return None
        # A key may itself hold a dot, so the longest name that is there wins.
        for taken in range(len(parts), 0, -1):
            name = ".".join(parts[:taken])
            if name in value:
                value, parts = value[name], parts[taken:]
                break
        else:
            return None
    return value


@dataclass(frozen=True)
class Expression:
    """How one field gets its value. otherwise: ``keep``, ``empty``, ``reject`` or a constant (with ``fallback``)."""

    paths: tuple[str, ...] = ()
    constant: Any = None
    template: str | None = None
    join: str | None = None
    split: str | None = None
    take: int | None = None
    match: re.Pattern[str] | None = None
    map: dict[str, Any] | None = None
    otherwise: str = "empty"
    fallback: Any = None
    dates: tuple[str, ...] = ()
    optional: bool = False

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return self.paths + tuple(_PLACE.findall(self.template or ""))

    @property
    def any_is_enough(self) -> bool:
        """Whether one of its columns is enough."""
        return len(self.columns) > 1

    def value(self, record: dict[str, Any], *, as_list: bool) -> tuple[Any, bool]:
        """The value for a record, and whether the value map refuses the row."""
        if self.constant is not None:
            return self.constant, False
        value = self._filled(record) if self.template else self._gathered(record, as_list)
        if value in (None, "", []):
            return None, False
        if self.match is not None:
            value = _each(value, self._matched)
        if self.split is not None:
            value = self._parted(value, as_list)
        if self.map is not None:
            told = [self._mapped(part) for part in (value if isinstance(value, list) else [value])]
            if any(refused for _, refused in told):
                return value, True
            kept = [part for part, _ in told if part is not None]
            value = kept if isinstance(value, list) else (kept[0] if kept else None)
        if self.dates and isinstance(value, str):
            value = self._dated(value)
        return value, False

    def _filled(self, record: dict[str, Any]) -> str | None:
        assert self.template is not None
        found = [_text(read_path(record, path)) for path in self.columns]
        if not any(found):
            return None
        values = iter(found)
        return _PLACE.sub(lambda _: next(values), self.template).strip()

    def _gathered(self, record: dict[str, Any], as_list: bool) -> Any:
        found = [read_path(record, path) for path in self.paths]
        if as_list:
            flat = [part for value in found for part in (value if isinstance(value, list) else [value])]
            if len(flat) == 1:
                return flat[0]
            return list(dict.fromkeys(text for part in flat if (text := _text(part))))
        if self.join is not None:
            return self.join.join(text for value in found if (text := _text(value)))
        return next((value for value in found if value not in (None, "", [])), None)

    def _matched(self, text: str) -> str | None:
        assert self.match is not None
        hit = self.match.search(text)
        if hit is None:
            return None
        return hit.group(1) if hit.groups() else hit.group()

    def _parted(self, value: Any, as_list: bool) -> Any:
        assert self.split is not None
        texts = value if isinstance(value, list) else [_text(value)]
        parts = [part for text in texts for p in _text(text).split(self.split) if (part := p.strip())]
        if self.take is not None:
            return parts[self.take] if -len(parts) <= self.take < len(parts) else None
        return parts if as_list else self.split.join(parts)

    def _mapped(self, value: Any) -> tuple[Any, bool]:
        assert self.map is not None
        text = _text(value)
        if text in self.map:
            return self.map[text], False
        if self.otherwise == "keep":
            return value, False
        if self.otherwise == "reject":
            return value, True
        return (self.fallback if self.otherwise == "constant" else None), False

    def _dated(self, text: str) -> str:
        for form in self.dates:
            try:
                moment = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - the mapping's zone is added later
            except ValueError:
                continue
            # A form without a clock names a day; a form with %z carries its own zone.
            return moment.isoformat() if "%H" in form or "%I" in form else moment.date().isoformat()
        return text


@dataclass(frozen=True)
class Skip:
    """Rows that are left out without being told: a foot line, a test entry. ``is`` a value, or ``matches``."""

    path: str
    equals: tuple[str, ...] | None = None
    matches: re.Pattern[str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The column it reads."""
        return (self.path,)

    def holds(self, record: dict[str, Any]) -> bool:
        """Whether the row is to be left out."""
        text = _text(read_path(record, self.path))
        if self.equals is not None and text in self.equals:
            return True
        return self.matches is not None and self.matches.search(text) is not None


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return " ".join(text for part in value if (text := _text(part)))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip()


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, list):
        return [changed for part in value if (changed := change(_text(part)))]
    return change(_text(value))
