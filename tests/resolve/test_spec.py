"""Resolve specs: read, checked, proposed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from joinder.resolve import load_spec, propose
from joinder.resolve.errors import InputError, SpecError
from joinder.resolve.propose import guess
from joinder.resolve.spec import parse_spec
from joinder.vocabulary.schemas import KINDS


def test_the_account_spec_reads_the_fields_of_the_record_kind() -> None:
    spec = load_spec("account")
    names = {field.name for field in KINDS["account"].fields}
    assert spec.id == ("account_id",)
    assert set(spec.columns) <= names
    assert spec.contacts == ("name",)


def test_a_column_may_carry_several_kinds_of_evidence_and_a_group() -> None:
    spec = parse_spec("columns:\n  a: [email, domain]\n  b: {type: street, group: home}\n")
    assert [(use.name, use.type.name, use.group) for use in spec.uses] == [
        ("a", "email", "a"), ("a_domain", "domain", "site"), ("b", "street", "home"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: [", "not YAML"),
        ("name: x", "no `columns:`"),
        ("columns:\n  a: telepathy", "unknown evidence type 'telepathy'"),
        ("columns:\n  a: 7", "evidence type is expected"),
        ("columns:\n  a: phone\nweights: 3", "keys that a resolve spec does not know: weights"),
        ("columns:\n  a: phone\nthreshold: 7", "between 0 and 1"),
        ("columns:\n  a: phone\nid: 7", "`id` must be"),
        ("columns:\n  a: contacts", "no evidence but contacts"),
    ],
)
def test_a_wrong_spec_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(SpecError, match=says):
        parse_spec(text)


def test_a_missing_spec_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path / "none.yaml")
    assert "resolve propose" in (caught.value.mend or "")


@pytest.mark.parametrize(
    ("column", "values", "kind"),
    [
        ("phone", ["13800001234", "13900001234"], "phone"),
        ("phone", ["yes", "no"], None),
        ("手机", ["13800001234", "13900001234"], "phone"),
        ("licence_no", ["91440300MA5TEJT00" + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"], None),
        ("contact", ["one@example.org", "two@example.org"], "email"),
        ("name", ["样例优品店", "别家小铺"], "shop_name"),
        ("name", ["样例贸易有限公司", "别家科技有限公司"], "company_name"),
        ("name", ["Jane Doe", "John Roe"], "person_name"),
        ("dob", ["1970-01-01", "1980-01-01"], "birth_date"),
        ("truth", ["1", "2"], None),
        ("cluster", ["1", "2"], None),
        ("city", ["Testburg", "Testburg"], None),
    ],
)
def test_a_column_is_guessed_by_name_and_values(column: str, values: list[str], kind: str | None) -> None:
    assert guess(column, values) == kind


def test_a_proposal_can_be_read_back(write_csv: Callable[..., Path]) -> None:
    path = write_csv("shops.csv", [
        {"unique_id": "1", "name": "样例小铺 加薇abc_123", "phone": "13800001234", "cluster": "1"},
        {"unique_id": "2", "name": "别家小铺", "phone": "13900001234", "cluster": "2"},
    ])  # fmt: skip
    spec = parse_spec(propose([path]))
    assert spec.id == ("unique_id",)
    assert [(use.column, use.type.name) for use in spec.uses] == [("name", "shop_name"), ("phone", "phone")]
    assert spec.contacts == ("name",)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["id", "unique_id", "record_id"], "record_id"), (["x", "id", "unique_id"], "unique_id"), (["x", "id"], "id"),
        (["same", "x"], "x"),
    ],
)  # fmt: skip
def test_the_id_is_found_in_this_order(
    columns: list[str], expected: str, write_csv: Callable[..., Path]
) -> None:
    rows = [{**dict.fromkeys(columns, f"v{i}"), "same": "s", "email": f"{i}@example.org"} for i in range(2)]
    path = write_csv("t.csv", [{name: row[name] for name in [*columns, "email"]} for row in rows])
    assert parse_spec(propose([path])).id == (expected,)


def test_a_table_of_which_nothing_is_understood_is_refused(write_csv: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="No column"):
        propose([write_csv("t.csv", [{"id": "1", "x": "a"}, {"id": "2", "x": "b"}])])
