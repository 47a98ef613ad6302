"""A list page's state: search, filters, order and place, all in the query string.

Pages are of 50 rows (20, 50 or 100) by number of the first row passed over, with one row more fetched to know whether
there is a next page; the total is counted up to a limit, so that a list of a million stays quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from joinder.office.ui.components import Chip, FilterField, Filters, Pager

SIZES = (20, 50, 100)
COUNT_LIMIT = 10_000


class Listing:
    """A queryset as one page of a list.

    search: fields that the words in ``?q=`` are looked up in, all words in any field. filters: fields of the panel;
    ``lookups`` maps a filter's name to its lookup (default: the name itself; "": the page narrows itself). order:
    default ordering, made total by the caller. sorts: allowed values of ``?sort=`` with their orderings.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        order: Sequence[str] = ("-pk",),
        search: Sequence[str] = (),
        filters: Sequence[FilterField] = (),
        lookups: dict[str, str] | None = None,
        sorts: dict[str, Sequence[str]] | None = None,
        search_label: Any = None,
    ) -> None:
        self.request = request
        self.search, self.search_label = search, search_label
        self.fields = list(filters)
        self.lookups = lookups or {}
        self.sort = request.GET.get("sort", "")
        self.size = _number(request.GET.get("size"), 50)
        self.size = self.size if self.size in SIZES else 50
        self.start = max(0, _number(request.GET.get("from"), 0))
        self.invalid: list[Chip] = []
        ordering = (sorts or {}).get(self.sort, order)
        self.queryset = self._filtered(queryset).order_by(*ordering)

    @property
    def words(self) -> str:
        """The words searched for."""
        return self.request.GET.get("q", "").strip()

    def _filtered(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for word in self.words.split() if self.search else ():
            anywhere = Q()
            for name in self.search:
                anywhere |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(anywhere)
        for field in self.fields:
            values = [v for v in self.request.GET.getlist(field.name) if v]
            good = self._allowed(field, values)
            lookup = self.lookups.get(field.name, field.name)
            if good and lookup:
                queryset = queryset.filter(
                    **{f"{lookup}__in": good} if field.kind == "many" else {lookup: good[0]}
                )
        return queryset

    def _allowed(self, field: FilterField, values: list[str]) -> list[str]:
        if field.kind not in {"choice", "many"}:
            return values
        known = {choice.value for choice in field.choices}
        for value in values:
            if value not in known:
                self.invalid.append(Chip(value, self._url(drop=field.name), invalid="?"))
        return [value for value in values if value in known]

    @cached_property
    def _rows(self) -> list[Any]:
        return list(self.queryset[self.start : self.start + self.size + 1])

    @property
    def page(self) -> list[Any]:
        """The rows of this page."""
        return self._rows[: self.size]

    @cached_property
    def total(self) -> int | None:
        """How many rows there are, or None beyond the counting limit."""
        counted = self.queryset.order_by()[: COUNT_LIMIT + 1].count()
        return counted if counted <= COUNT_LIMIT else None

    @property
    def pager(self) -> Pager:
        """Where this page is and the ways on."""
        shown = len(self.page)
        return Pager(
            first=self.start + 1 if shown else 0,
            last=self.start + shown,
            total=self.total,
            first_url=self._url(start=0) if self.start else "",
            previous_url=self._url(start=max(0, self.start - self.size)) if self.start else "",
            next_url=self._url(start=self.start + self.size) if len(self._rows) > self.size else "",
        )

    @property
    def filters(self) -> Filters:
        """The panel with the values in force; reset keeps nothing but the address."""
        fields = [
            FilterField(
                f.name,
                f.label,
                f.kind,
                f.choices,
                self.request.GET.getlist(f.name) if f.kind == "many" else self.request.GET.get(f.name, ""),
                f.hint,
            )
            for f in self.fields
        ]
        if self.search:
            fields.insert(0, FilterField("q", self.search_label or _("Words"), "text", (), self.words))
        keep = {"sort": self.sort} if self.sort else {}
        return Filters(fields, [*self._chips(), *self.invalid], reset_url=self.request.path, keep=keep)

    def _chips(self) -> list[Chip]:
        chips = []
        for field in self.fields:
            for value in self._allowed_quietly(field):
                label = next((c.label for c in field.choices if c.value == value), value)
                chips.append(Chip(f"{field.label}: {label}", self._url(drop=field.name)))
        return chips

    def _allowed_quietly(self, field: FilterField) -> list[str]:
        known = {choice.value for choice in field.choices}
        values = [v for v in self.request.GET.getlist(field.name) if v]
        return values if field.kind not in {"choice", "many"} else [v for v in values if v in known]

    @property
    def query(self) -> str:
        """The query string without sort and place, for links that keep the filters."""
        return self._query(drop=("sort", "from"))

    def _query(self, drop: Sequence[str] = (), **changes: str) -> str:
        kept = [
            (k, v) for k, vs in self.request.GET.lists() for v in vs if k not in drop and k not in changes
        ]
        return urlencode([*kept, *changes.items()])

    def _url(self, *, start: int | None = None, drop: str = "") -> str:
        changes = {"from": str(start)} if start else {}
        query = self._query(drop=("from", drop), **changes)
        return f"{self.request.path}?{query}" if query else self.request.path


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else default
