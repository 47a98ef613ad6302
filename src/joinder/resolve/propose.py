"""A first resolve spec for any table, by looking at the names and the values of its columns.

A column's name proposes a type of evidence; its values must bear it out (a column called ``phone`` without telephone
numbers is no telephone), and values alone suffice where their form is unmistakable (e-mail, social credit code).
Columns that identify the row, label the truth, say nothing (one value), or are not understood are left out, and the
spec says so in comments: a person corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from joinder.resolve.errors import InputError
from joinder.resolve.evidence import CONTACTS, EVIDENCE
from joinder.resolve.inputs import find_id, text_table
from joinder.resolve.normalise import NORMALISERS, contacts
from joinder.resolve.normalise.text import folded
from joinder.resolve.spec import dump_spec

SAMPLE = 2_000

# Tried in order against the lower-case column name; the first that fits and is borne out by the values wins.
_NAMES: tuple[tuple[str, str], ...] = (
    (r"cluster|^truth|^label|ground.?truth|entity_id|operator_id|link_group", ""),
    (r"^(kind|type|status|category_id|record_type|data_source|source|platform|currency|opened_on|closed_on)$", ""),
    (r"first_seen|last_seen|_at$|updated|created|registered_on|^images?$|image_url", ""),
    (r"_type$|_country$|license_state", ""),
    (r"post_?code|zip|postal|邮编", "postcode"),
    (r"city|town|suburb|城市", "place"),
    (r"addr\w*_state|^state$|^country$|county", "category"),
    (r"middle", "given_name"),
    (r"licen[cs]e_no|亮照|营业执照", "licence"),
    (r"uscc|social_credit|统一社会信用", "uscc"),
    (r"citizen|id_card|身份证", "citizen_id"),
    (r"ssn|soc_sec|passport|national_id|tax_id|drivers_licen|lei_number|证件", "identifier"),
    (r"sender_account|customer_no|寄件账号|月结", "sender_account"),
    (r"payee|bank_account|iban|card_no|收款|账户", "payee"),
    (r"e-?mail|邮箱", "email"),
    (r"phone|mobile|^tel|telephone|手机|电话|联系方式", "phone"),
    (r"messenger|wechat|weixin|^qq$|whatsapp|telegram|微信", "messenger"),
    (r"^icp|备案", "icp"),
    (r"domain|^host$|website|域名", "domain"),
    (r"device|fingerprint|imei|设备", "device"),
    (r"return_address|退货", "return_address"),
    (r"street_number|house_number|addr_number", "house_number"),
    (r"^street|address_?1|addr_line1|addr1", "street"),
    (r"address_?2|addr_line2", "phrase"),
    (r"addr|地址|住所", "address"),
    (r"^region|ships_from|province|地区|省份", "region"),
    (r"place", "place"),
    (r"birth|^dob|出生", "birth_date"),
    (r"given_?name|first_?name|forename|name_first|^名$", "given_name"),
    (r"sur_?name|last_?name|family_?name|name_last|^姓$", "family_name"),
    (r"contact_name|person|legal_repr|full_?name|owner|sender_name", "person_name"),
    (r"联系人|法定代表|姓名|经营者|寄件人", "person_name"),
    (r"company|organi[sz]ation|name_org|employer|企业|公司|单位", "company_name"),
    (r"shop|store|seller|店铺|店名|网店", "shop_name"),
    (r"title|标题|品名", "title"),
    (r"year|年份", "year"),
    (r"price|amount|value|金额|价格", "amount"),
    (r"description|comment|note|text|描述|备注|内容", "free_text"),
    (r"date|日期", "date"),
    (r"language|gender|sex|genre|brand|category|语言|性别|品牌|类目", "category"),
    (r"artist|author|album|manufacturer|model|publisher", "phrase"),
    (r"name|名称|名字", "name"),
)  # fmt: skip
_NEED = {
    "uscc": 0.5,
    "licence": 0.3,
    "phone": 0.6,
    "email": 0.6,
    "domain": 0.6,
    "icp": 0.5,
    "year": 0.8,
    "amount": 0.6,
}


def propose(inputs: Sequence[str | Path]) -> str:
    """The YAML text of a first spec. Raises InputError where nothing usable is found."""
    tables = [text_table(source) for source in inputs]
    ids = find_id(tables[0], Path(inputs[0]).stem)
    columns: dict[str, str | list[str]] = {}
    left_out: list[str] = []
    for name in dict.fromkeys(name for table in tables for name in table.column_names):
        if name in ids:
            continue
        values = _sample([table.column(name) for table in tables if name in table.column_names])
        found = guess(name, values)
        if found is None:
            left_out.append(name)
        elif found in ("shop_name", "free_text", "title") and _hides_contacts(values):
            columns[name] = [found, CONTACTS]
        else:
            columns[name] = found
    if not columns:
        raise InputError(
            f"No column of {', '.join(map(str, inputs))} was understood as evidence of identity.",
            mend="Write the spec by hand. Evidence types: " + ", ".join(EVIDENCE) + ".",
        )
    notes = "# Proposed from the columns' names and values; correct it before use.\n"
    if left_out:
        notes += "# Left out: " + ", ".join(left_out) + "\n"
    return dump_spec(Path(inputs[0]).stem, ids, columns, notes)


def _sample(columns: Sequence[pa.ChunkedArray]) -> list[str]:
    values: list[str] = []
    for column in columns:
        values += [value for value in column.slice(0, SAMPLE).to_pylist() if value and folded(value)]
    return values


def guess(name: str, values: Sequence[str]) -> str | None:
    """The evidence type of one column, or None where it says nothing or is not understood."""
    if len(set(values)) < 2:
        return None
    lowered = name.strip().lower()
    for pattern, kind in _NAMES:
        if re.search(pattern, lowered):
            if not kind:
                return None
            settled = _kind_of_name(values) if kind == "name" else kind
            if _bears_out(settled, values):
                return settled
    return next((kind for kind in ("email", "uscc", "icp") if _bears_out(kind, values, least=0.8)), None)


def _bears_out(kind: str, values: Sequence[str], least: float | None = None) -> bool:
    """Do enough of the values look like that type?"""
    least = least if least is not None else _NEED.get(kind, 0.0)
    normalise = NORMALISERS[EVIDENCE[kind].normaliser]
    good = sum(1 for value in values if normalise(value) and _looks_like(kind, value))
    return good >= least * len(values)


def _looks_like(kind: str, value: str) -> bool:
    if kind == "domain":
        return "." in value and " " not in value.strip()
    return kind != "phone" or len(re.sub(r"\D", "", value)) <= 15


def _kind_of_name(values: Sequence[str]) -> str:
    """``name`` alone may be a person, a company or a shop: legal forms and shop words decide."""
    company = sum(
        bool(re.search(r"公司|厂|商行|\b(?:ltd|inc|llc|gmbh|co|corp|plc)\b", v.lower())) for v in values
    )
    shop = sum(
        bool(re.search(r"店|铺|馆|商城|优选|好物|\b(?:shop|store|outlet|mall)\b", v.lower())) for v in values
    )
    if company >= 0.3 * len(values) and company >= shop:
        return "company_name"
    if shop >= 0.1 * len(values):
        return "shop_name"
    words = sum(len(value.split()) for value in values) / len(values)
    return (
        "person_name" if words <= 3.2 and not any(c.isdigit() for v in values[:200] for c in v) else "title"
    )


def _hides_contacts(values: Sequence[str]) -> bool:
    return any(contacts.phones_in_text(v) or contacts.messengers_in_text(v) for v in values if len(v) >= 6)
