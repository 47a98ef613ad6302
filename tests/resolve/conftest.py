"""Small tables to resolve, made here, with plainly fictional people."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from joinder.resolve.inputs import Records
from joinder.resolve.spec import Spec, parse_spec

Rows = Sequence[dict[str, str]]


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[[str, Rows], Path]:
    """Write rows to a CSV file in the test's folder."""

    def write(name: str, rows: Rows) -> Path:
        path = tmp_path / name
        names = list(dict.fromkeys(key for row in rows for key in row))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def spec_of(**columns: str) -> Spec:
    """A spec from column=type."""
    return parse_spec("columns:\n" + "".join(f"  {name}: {kind}\n" for name, kind in columns.items()))


def records_of(rows: Rows) -> Records:
    """Records in memory; the id is the position."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return Records([f"R{i}" for i in range(len(rows))], ["test"] * len(rows), columns)


_SHOP = "云山海月星河花木石林风雨雪竹梅兰菊松鹤鹿"
_GIVEN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"


def _draw(characters: str, number: int, place: int) -> str:
    """A character that looks drawn by chance and is the same every time."""
    return characters[int.from_bytes(sha256(f"{number}/{place}".encode()).digest()[:4]) % len(characters)]


def shops(count: int = 60) -> list[dict[str, str]]:
    """Shops of fictional operators, two or three each: siblings share a payee and mostly a telephone."""
    rows = []
    for number in range(count):
        operator, shop = divmod(number, 3)
        if shop == 2 and operator % 2:
            operator += 1000
        rows.append(
            {
                "id": f"S{number:03d}",
                "name": "".join(_draw(_SHOP, number, place) for place in range(3)) + "小铺",
                "phone": f"138{operator:04d}{7000 + (operator if shop < 2 else number):04d}",
                "payee": f"9900{operator:06d}4321",
                "contact": "样" + _draw(_GIVEN, operator, 7) + _draw(_GIVEN, operator, 8),
                "truth": str(operator),
            }
        )
    return rows


SHOP_SPEC = "id: id\ncolumns:\n  name: shop_name\n  phone: phone\n  payee: payee\n  contact: person_name\n"
