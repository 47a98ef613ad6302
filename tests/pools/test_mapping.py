"""Mappings: what each word of the file does, what is refused and how it is said, and what is proposed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from joinder.pools import (
    Mapping,
    MappingError,
    kept_mappings,
    load_mapping,
    open_records,
    parse_mapping,
    propose_mapping,
)
from joinder.vocabulary.errors import UsageError

KEY = "  platform: {constant: taobei}\n  listing_id: id\n"


def mapping(fields: str, **top: str) -> Mapping:
    head = "".join(f"{name}: {value}\n" for name, value in {"mapping": "1", "kind": "listing", **top}.items())
    return parse_mapping(f"{head}fields:\n{KEY}{fields}")


def one(tmp_path: Path, fields: str, record: str, **top: str) -> dict[str, Any]:
    path = tmp_path / "m.jsonl"
    path.write_text(record, encoding="utf-8")
    rows = open_records(path, "listing", mapping=mapping(fields, **top)).table().to_pylist()
    assert len(rows) == 1, rows
    return {name: value for name, value in rows[0].items() if value is not None}


@pytest.mark.parametrize(
    ("fields", "record", "field", "value"),
    [
        ("  title: name", '{"id":1,"name":"鞋"}', "title", "鞋"),
        ("  title: a.b", '{"id":1,"a":{"b":"deep"}}', "title", "deep"),
        ("  title: a.b.c", '{"id":1,"a":{"b.c":"dotted"}}', "title", "dotted"),
        ("  title: {constant: 9}", '{"id":1}', "title", "9"),
        (
            "  url: {template: 'https://t.example/{id}?s={s}'}",
            '{"id":1,"s":"x"}',
            "url",
            "https://t.example/1?s=x",
        ),
        ("  title: {from: [a, b]}", '{"id":1,"a":"","b":"second"}', "title", "second"),
        ("  title: {from: [a, b], join: ' '}", '{"id":1,"a":"x","b":"y"}', "title", "x y"),
        ("  images: {from: [a, b]}", '{"id":1,"a":["x","y"],"b":"y"}', "images", ["x", "y"]),
        ("  images: {from: a, split: ';'}", '{"id":1,"a":"x; y;"}', "images", ["x", "y"]),
        ("  ships_from: {from: a, split: ' ', take: 0}", '{"id":1,"a":"广东 深圳"}', "ships_from", "广东"),
        ("  ships_from: {from: a, split: ' ', take: -1}", '{"id":1,"a":"广东 深圳"}', "ships_from", "深圳"),
        ("  title: {from: a, match: 'No\\. (\\d+)'}", '{"id":1,"a":"No. 12 b"}', "title", "12"),
        ("  category: {from: c, map: {1: 鞋, 2: 包}}", '{"id":1,"c":2}', "category", "包"),
        ("  category: {from: c, map: {1: 鞋}, otherwise: keep}", '{"id":1,"c":"帽"}', "category", "帽"),
        (
            "  category: {from: c, map: {1: 鞋}, otherwise: {constant: 其他}}",
            '{"id":1,"c":"帽"}',
            "category",
            "其他",
        ),
        ("  brand: $file", '{"id":1}', "brand", "m"),
        # Words that YAML usually reads as a truth value or a number stay words.
        ("  title: no", '{"id":1,"no":"n"}', "title", "n"),
        ("  title: {constant: 1.10}", '{"id":1}', "title", "1.10"),
        ("  brand: $row", '{"id":1}', "brand", "1"),
        ("  price: p\n  currency: {constant: JPY}", '{"id":1,"p":"1,200"}', "price_minor", 1200),
        ("  title: {from: gone, optional: true}\n  brand: b", '{"id":1,"b":"x"}', "brand", "x"),
    ],
)
def test_each_word(tmp_path: Path, fields: str, record: str, field: str, value: Any) -> None:
    assert one(tmp_path, fields, record)[field] == value


def test_dates_and_the_zone_of_times_that_carry_none(tmp_path: Path) -> None:
    fields = "  first_seen: {from: a, date: ['%d/%m/%Y %H:%M', '%d/%m/%Y']}\n  last_seen: {from: b, date: '%d/%m/%Y'}"
    record = '{"id":1,"a":"22/11/2026 09:30","b":"22/11/2026"}'
    found = one(tmp_path, fields, record, zone="Asia/Shanghai")
    assert found["first_seen"].isoformat() == "2026-11-22T01:30:00+00:00"
    assert found["last_seen"].isoformat() == "2026-11-21T16:00:00+00:00"


def test_a_value_outside_the_map_may_empty_or_reject(tmp_path: Path) -> None:
    record = '{"id":1,"c":"帽"}'
    assert "category" not in one(tmp_path, "  category: {from: c, map: {1: 鞋}}", record)
    refusing = mapping("  category: {from: c, map: {1: 鞋}, otherwise: reject}")
    records = open_records(tmp_path / "m.jsonl", "listing", mapping=refusing)
    assert (records.count(), records.rejects) == (0, 1)
    assert [(f.code, f.value) for f in records.findings()] == [("value_refused", "帽")]


def test_skipped_rows_are_not_told(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("id,t\n1,a\n合计,\n2,test item\n3,b\n", encoding="utf-8")
    skipping = parse_mapping(
        f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: t\n"
        "skip:\n  - {from: id, is: [合计, 总计]}\n  - {from: t, matches: '^test'}\n"
    )
    records = open_records(path, "listing", mapping=skipping)
    assert [row["listing_id"] for row in records.table().to_pylist()] == ["1", "3"]
    assert records.rejects == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a list of names"),
        ("- 1", "not a list of names"),
        ("mapping: 2\nkind: listing", "mapping: 1"),
        ("mapping: 1\nfields: {}", "which kind"),
        ("mapping: 1\nkind: lisitng\nfields: {}", "lisitng"),
        ("mapping: 1\nkind: listing\nfeilds: {}", "did you mean 'fields'"),
        ("mapping: 1\nkind: listing\nfields: {title: t}", "gives no platform, listing_id"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  titel: t", "near: title"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{constant: ''}}", "from nowhere"),
        (
            f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{from: a, constant: b}}",
            "both from and constant",
        ),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{from: a, match: '('}}", "regular expression"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{from: a, take: 1}}", "needs split"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{form: a}}", "did you mean 'from'"),
        (
            f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{from: a, map: {{}}, otherwise: stop}}",
            "otherwise",
        ),
        (f"mapping: 1\nkind: listing\nzone: Mars/One\nfields:\n{KEY}", "Mars/One"),
        (f"mapping: 1\nkind: listing\nsource: {{format: xls}}\nfields:\n{KEY}", "xls"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}skip: [{{from: a}}]", "is or matches"),
        ("mapping: 1\nkind: [listing", "line"),
        # A tag that would run a program is read as the plain list it stands before.
        ("mapping: 1\nkind: !!python/object/apply:os.system [id]", "which kind"),
        (f"mapping: 1\nkind: listing\nfields:\n{KEY}  title: {{from: a, optional: maybe}}", "true or false"),
        ("a: " + "[" * 5000, "m.yaml"),
    ],
)
def test_a_wrong_mapping_says_what_and_where(text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_mapping(text, "m.yaml")
    assert says in str(caught.value)


def test_a_mapping_for_another_kind_is_refused(csv_file: Callable[..., Path]) -> None:
    with pytest.raises(MappingError, match="for listing records, not for account records") as caught:
        open_records(csv_file("a.csv", "1,2,3,4,5"), "account", mapping=mapping(""))
    assert caught.value.exit_code == 2


def test_a_missing_column_is_named_with_those_near_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,Titel,prices\n1,a,2\n", encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        open_records(path, "listing", mapping=mapping("  title: Title\n  price: price\n  brand: marque"))
    said = str(caught.value)
    assert "'Title' for title (near: Titel)" in said
    assert "'price' for price (near: prices)" in said
    assert "'marque' for brand;" in said or "'marque' for brand." in said


def test_a_file_without_mapping_must_name_its_records(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("platform,listingid,title\nx,1,a\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"no column listing_id \(near: listingid\)") as caught:
        open_records(path, "listing")
    assert "joinder pool propose" in (caught.value.mend or "")


def test_kept_mappings_are_well_formed() -> None:
    kept = kept_mappings()
    assert {"brands-nsi", "er-company-person-senzing", "er-product-walmart-amazon"} <= set(kept)
    for name in kept:
        assert load_mapping(name).title


def test_an_unknown_mapping_names_those_there_are() -> None:
    with pytest.raises(MappingError, match="brands-nsi"):
        load_mapping("nope")


CHINESE_EXPORT = (
    "商品编号,商品标题,售价,店铺链接2,备注,平台\n"
    "L1,某某优品运动鞋,88.00,https://t.example/1,急,淘贝\n"
    "L2,某某优品女包,99.50,https://t.example/2,,淘贝\n"
)


def test_a_mapping_is_proposed_from_chinese_columns(tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    path.write_bytes(CHINESE_EXPORT.encode("gb18030"))
    proposal = propose_mapping(path, "listing")
    found = {match.field: (match.column, match.why) for match in proposal.matches}
    assert found == {
        "platform": ("平台", "synonym"),
        "listing_id": ("商品编号", "synonym"),
        "title": ("商品标题", "synonym"),
        "price": ("售价", "synonym"),
        "url": ("店铺链接2", "values"),
    }
    assert proposal.missing == ()
    assert proposal.needs_currency
    assert proposal.unused == (("备注", ("急",)),)
    text = proposal.as_yaml()
    assert "fill in" in text
    with pytest.raises(MappingError, match="currency"):
        parse_mapping(text)
    corrected = parse_mapping(text.replace('currency: {constant: ""}', "currency: {constant: CNY}"))
    rows = open_records(path, "listing", mapping=corrected).table().to_pylist()
    assert [(row["listing_id"], row["price_minor"]) for row in rows] == [("L1", 8800), ("L2", 9950)]


def test_a_proposal_says_which_key_is_missing_and_reads_back_as_yaml(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"Item-Title": "a: # b", "offer": {"salePrice": 3}}\n', encoding="utf-8")
    proposal = propose_mapping(path, "listing")
    assert proposal.missing == ("platform", "listing_id")
    told = yaml.safe_load(proposal.as_yaml())
    assert told["fields"]["price"] == "offer.salePrice"
    assert told["fields"]["listing_id"] == {"constant": ""}


def test_credit_codes_and_phones_are_known_by_their_looks(tmp_path: Path) -> None:
    from joinder.vocabulary.identifiers import uscc_check_character

    code = "91440300MA5EX0000"
    code += uscc_check_character(code)
    path = tmp_path / "p.csv"
    path.write_text(f"c1,c2,c3\n{code},0755-12345678,a@b.example\n", encoding="utf-8")
    found = {match.field: match.column for match in propose_mapping(path, "party").matches}
    assert found["uscc"] == "c1"
    assert found["phone"] == "c2"
