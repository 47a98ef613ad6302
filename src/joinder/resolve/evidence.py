"""The evidence table: what each kind of attribute says about who stands behind a record.

One table drives blocking, scoring and explanation, so that what a person reads is what the engine did. Each row says

* how a value is *normalised* and *compared* (levels, best first);
* its *exclusivity*: how many owners one value has at a time; only an exclusive value may join two records by itself;
* its *stability*: for about how many years a value stays with one owner (dated links use it);
* its *term-frequency* policy: by owners (an identifier), by value (a name), or none;
* its *hub* policy: whether a value that many unrelated owners share is demoted to a service-provider node;
* its *conflict* policy: how many bits a disagreement may count against, and whether it forbids the link;
* its *group*: evidence of one group is correlated (a parcel's address and customer number) and counts in full once;
* start values of m (agreement among records of one entity); u is counted from the data.

The start values are those of the project's survey of the field (``evidence`` rows of its design); training moves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Exclusivity(Enum):
    """How many owners one value has at a time."""

    ONE = "one"
    """One owner: an account, a licence, a messenger id. Agreement may join by itself."""
    FEW = "few"
    """A few: a telephone number over the years, a name, a date of birth."""
    MANY = "many"
    """Many: a city, a year. It moves the sum, but is no voice of its own for a link."""


class TermFrequency(Enum):
    """How the rarity of the agreed value moves its weight."""

    OWNERS = "owners"
    """By the number of owners the value seems to have (identifiers: a big operator must not hide itself)."""
    VALUES = "values"
    """By the number of records that hold the value (names)."""
    NONE = "none"


class Hub(Enum):
    """What is done with a value that many unrelated owners share."""

    DETECT = "detect"
    """Demote it: a node of its own and a lead, never a reason to join."""
    KEEP = "keep"
    """Nothing: term frequency is enough."""


class Conflict(Enum):
    """What a disagreement does beyond its bits."""

    WEIGH = "weigh"
    """It only counts against, down to ``against`` bits."""
    FORBID = "forbid"
    """Two different valid values never stand in one entity (cannot-link)."""


@dataclass(frozen=True)
class Level:
    """One degree of agreement; ``m`` is the start probability among records of one entity.

    most: no agreement of this degree counts more bits than this, whatever the data say.
    """

    name: str
    zh: str
    en: str
    m: float
    most: float = 24.0


@dataclass(frozen=True)
class EvidenceType:
    """One row of the evidence table.

    levels: best agreement first, disagreement last. The stored level of a pair is its distance from the end:
    0 disagreement, 1, 2 … better, -1 where a side has no value.
    strong_keys: blocking keys used alone; weak_keys: only together with a key of another column.
    against: the most bits that disagreement may count against (0 = none: an owner may have several values).
    """

    name: str
    zh: str
    en: str
    normaliser: str
    comparator: str
    levels: tuple[Level, ...]
    exclusivity: Exclusivity
    stability_years: float
    group: str | None = None
    tf: TermFrequency = TermFrequency.VALUES
    hub: Hub = Hub.KEEP
    conflict: Conflict = Conflict.WEIGH
    against: float = 12.0
    strong_keys: tuple[str, ...] = ("value",)
    weak_keys: tuple[str, ...] = ()
    coincidence_bits: float = 0.0
    """Bits of one exact agreement at a value of one owner, before any data: chance agreement is 2**-bits at most."""
    owner: bool = False
    """Whether different values speak for different owners when hubs are looked for."""

    @property
    def best(self) -> int:
        """The stored level of full agreement."""
        return len(self.levels) - 1

    def level(self, stored: int) -> Level:
        """The level that a stored number >= 0 stands for."""
        return self.levels[self.best - stored]


_EXACT = ("exact", "一致", "equal")
_CLOSE = ("close", "非常近似", "very similar")
_NEAR = ("near", "近似", "similar")
_ELSE = ("different", "不同", "different")


def _levels(*parts: tuple[tuple[str, str, str], float]) -> tuple[Level, ...]:
    return tuple(Level(*words, m) for words, m in parts)


def _identifier(m: float) -> tuple[Level, ...]:
    return _levels((_EXACT, m), (_ELSE, 1 - m))


_TYPO = (("typo", "差一个字符", "one character off"), 0.08)
_SOUND = ("sound", "同音或非常近似", "same sound or very similar")
_NAME = _levels((_EXACT, 0.70), (_SOUND, 0.12), (_NEAR, 0.08), (_ELSE, 0.10))
_DATE = _levels(
    (_EXACT, 0.80),
    (("typo", "差一位或日月颠倒", "one digit off, or day and month swapped"), 0.08),
    (("part", "同年或同月日", "same year, or same day and month"), 0.05),
    (_ELSE, 0.07),
)
_BUSINESS = _levels(
    (_EXACT, 0.10),
    (("core", "字号一致", "same core name"), 0.10),
    (_SOUND, 0.10),
    (_NEAR, 0.10),
    (_ELSE, 0.60),
)
# Neighbours share a street and a district without knowing one another: those count little however rare they look.
_ADDRESS = (
    Level("room", "到户一致", "same room or unit", 0.35),
    Level("building", "同一门牌或楼栋", "same building or number", 0.10, most=8),
    Level("street", "同一道路或近似", "same street, or similar", 0.07, most=4),
    Level("district", "同一区县", "same district", 0.08, most=1.5),
    Level("different", "不同", "different", 0.40),
)
_TEXT = _levels((_EXACT, 0.45), (_CLOSE, 0.25), (_NEAR, 0.20), (_ELSE, 0.10))
_ONE, _FEW, _MANY = Exclusivity.ONE, Exclusivity.FEW, Exclusivity.MANY
_OWNERS, _VALUES, _NO_TF = TermFrequency.OWNERS, TermFrequency.VALUES, TermFrequency.NONE

_TABLE = (
    EvidenceType("uscc", "统一社会信用代码", "social credit code", "uscc", "exact", _identifier(0.85), _ONE, 10,
                 tf=_OWNERS, coincidence_bits=20, hub=Hub.DETECT, conflict=Conflict.FORBID, against=8, owner=True),
    EvidenceType("licence", "亮照信息", "licence shown", "uscc", "exact", _identifier(0.55), _ONE, 5,
                 tf=_OWNERS, coincidence_bits=18, hub=Hub.DETECT, against=1.5, owner=True),
    EvidenceType("citizen_id", "身份号码哈希", "citizen id hash", "code", "exact", _identifier(0.9), _ONE, 50,
                 tf=_OWNERS, coincidence_bits=20, hub=Hub.DETECT, conflict=Conflict.FORBID, against=10, owner=True),
    EvidenceType("identifier", "证件或登记号", "document or registry number", "code", "typo",
                 _levels((_EXACT, 0.85), _TYPO, (_ELSE, 0.07)), _ONE, 10, tf=_OWNERS, coincidence_bits=16,
                 hub=Hub.DETECT),
    EvidenceType("payee", "收款账户", "payee account", "account", "exact", _identifier(0.45), _ONE, 5,
                 tf=_OWNERS, coincidence_bits=19, hub=Hub.DETECT, against=0, owner=True),
    # Numbers change hands: equal telephones need a second voice.
    EvidenceType("phone", "电话", "telephone", "phone", "exact", _identifier(0.35), _FEW, 2, group="contact",
                 tf=_OWNERS, coincidence_bits=15, hub=Hub.DETECT, against=1),
    EvidenceType("messenger", "即时通讯号", "messenger id", "messenger", "exact", _identifier(0.35), _ONE, 3,
                 group="contact", tf=_OWNERS, coincidence_bits=18, hub=Hub.DETECT, against=0, owner=True),
    EvidenceType("email", "电子邮箱", "e-mail", "email", "email",
                 _levels((_EXACT, 0.55), (("local", "用户名一致", "same user name"), 0.10), (_NEAR, 0.05),
                         (_ELSE, 0.30)),
                 _ONE, 5, tf=_OWNERS, coincidence_bits=18, hub=Hub.DETECT, against=2, owner=True,
                 weak_keys=("prefix5",)),
    EvidenceType("domain", "域名", "domain", "domain", "exact", _identifier(0.3), _ONE, 3, group="site",
                 tf=_OWNERS, coincidence_bits=15, hub=Hub.DETECT, against=0),
    EvidenceType("url", "网址", "web address", "domain", "exact", _identifier(0.3), _ONE, 3, group="site",
                 tf=_OWNERS, coincidence_bits=15, hub=Hub.DETECT, against=0),
    EvidenceType("icp", "ICP备案号", "ICP filing number", "icp", "exact", _identifier(0.5), _ONE, 5, group="site",
                 tf=_OWNERS, coincidence_bits=18, hub=Hub.DETECT, against=0),
    EvidenceType("sender_account", "寄件账号", "carrier customer number", "account", "exact", _identifier(0.4), _ONE, 3,
                 group="logistics", tf=_OWNERS, coincidence_bits=17, hub=Hub.DETECT, against=0),
    EvidenceType("device", "设备指纹", "device", "code", "exact", _identifier(0.4), _ONE, 2,
                 tf=_OWNERS, coincidence_bits=14, hub=Hub.DETECT, against=0),
    EvidenceType("image", "图片", "image", "code", "exact", _identifier(0.3), _FEW, 2, tf=_VALUES, hub=Hub.DETECT,
                 against=0),
    EvidenceType("image_hash", "图片哈希", "image hash", "code", "exact", _identifier(0.3), _FEW, 2, tf=_VALUES,
                 hub=Hub.DETECT, against=0),
    # A room down to the door is exclusive, unless it is a hub (a warehouse, a shared registered office).
    EvidenceType("address", "地址", "address", "address", "address", _ADDRESS, _ONE, 3, group="place", tf=_OWNERS,
                 coincidence_bits=16, hub=Hub.DETECT, against=1.5, strong_keys=("value", "building"),
                 weak_keys=("street",)),
    EvidenceType("return_address", "退货地址", "return address", "address", "address", _ADDRESS, _FEW, 2,
                 group="logistics", tf=_VALUES, hub=Hub.DETECT, against=0.5, strong_keys=("value", "building"),
                 weak_keys=("street",)),
    EvidenceType("person_name", "姓名", "person's name", "person", "person",
                 _levels((_EXACT, 0.60), (("order", "同名异序或同音", "same name in another order or sound"), 0.12),
                         (_NEAR, 0.08), (_ELSE, 0.20)),
                 _FEW, 50, against=3, strong_keys=("value",), weak_keys=("value", "sound"), owner=True),
    EvidenceType("given_name", "名", "given name", "name", "name", _NAME, _FEW, 50, strong_keys=(),
                 weak_keys=("value", "sound")),
    EvidenceType("family_name", "姓", "family name", "name", "name", _NAME, _FEW, 50, strong_keys=(),
                 weak_keys=("value", "sound")),
    EvidenceType("company_name", "企业名称", "company name", "business", "business",
                 _levels((_EXACT, 0.55), (("core", "字号一致", "same core name"), 0.15), (_SOUND, 0.08), (_NEAR, 0.07),
                         (_ELSE, 0.15)),
                 _FEW, 10, against=5, strong_keys=("value", "core", "rare"), weak_keys=("core", "sound"), owner=True),
    EvidenceType("shop_name", "店铺名称", "shop name", "business", "business", _BUSINESS, _FEW, 2, against=1,
                 strong_keys=("value", "core", "sound", "rare"), weak_keys=("core",)),
    EvidenceType("birth_date", "出生日期", "date of birth", "date", "date", _DATE, _FEW, 100, strong_keys=(),
                 weak_keys=("value", "year")),
    EvidenceType("date", "日期", "date", "date", "date", _DATE, _FEW, 100, strong_keys=(),
                 weak_keys=("value", "year")),
    EvidenceType("year", "年份", "year", "year", "number",
                 _levels((_EXACT, 0.80), (("near", "相近", "near"), 0.10), (_ELSE, 0.10)), _MANY, 100, strong_keys=(),
                 weak_keys=("value",), against=3),
    EvidenceType("amount", "金额或数量", "amount", "number", "number",
                 _levels((_EXACT, 0.60), (("near", "相差不到5%", "within 5 %"), 0.2), (_ELSE, 0.20)), _MANY, 1,
                 strong_keys=(), weak_keys=("value",), against=3),
    EvidenceType("street", "街道门牌", "street address", "street", "text", _TEXT, _FEW, 5, group="place",
                 strong_keys=(), weak_keys=("value", "rare1"), against=3),
    EvidenceType("house_number", "门牌号", "house number", "code", "typo",
                 _levels((_EXACT, 0.75), _TYPO, (_ELSE, 0.17)), _MANY, 5, strong_keys=(), weak_keys=("value",),
                 against=2),
    EvidenceType("place", "地点", "place", "text", "name", _NAME, _MANY, 10, group="place", strong_keys=(),
                 weak_keys=("value",), against=3),
    EvidenceType("region", "地区", "region", "region", "exact", _identifier(0.6), _MANY, 5, group="place",
                 strong_keys=(), weak_keys=("value",), against=1),
    EvidenceType("postcode", "邮政编码", "postcode", "code", "typo",
                 _levels((_EXACT, 0.80), _TYPO, (_ELSE, 0.12)), _MANY, 5, group="place", strong_keys=(),
                 weak_keys=("value",), against=3),
    EvidenceType("title", "标题", "title", "text", "text", _TEXT, _FEW, 10, strong_keys=("value", "rare"),
                 weak_keys=("prefix5", "rare1"), against=6),
    EvidenceType("phrase", "短文本", "phrase", "text", "text", _TEXT, _FEW, 10, strong_keys=(),
                 weak_keys=("value", "rare1"), against=4),
    EvidenceType("category", "类别", "category", "text", "exact", _identifier(0.8), _MANY, 10, strong_keys=(),
                 weak_keys=("value",), against=2),
    EvidenceType("free_text", "自由文本", "free text", "text", "text", _TEXT, _FEW, 2, strong_keys=("value", "rare"),
                 against=0),
)  # fmt: skip

EVIDENCE: dict[str, EvidenceType] = {row.name: row for row in _TABLE}

CONTACTS = "contacts"
"""Not evidence of its own: telephone numbers and messenger ids written inside text join those columns."""


def evidence_type(name: str) -> EvidenceType | None:
    """The row of the table with this name, or None."""
    return EVIDENCE.get(name)
