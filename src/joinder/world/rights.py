"""The rights of the market: invented marks, their holders, logos, designs and genuine prices.

Each right is one row. A *brand* is a word or combined mark with a Chinese and a Latin writing; device marks, designs
and works are infringed by pictures alone; patents stand in the register but no listing of the world infringes one,
because whether it does cannot be seen from a listing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from joinder.world.draws import Draws, scrambled
from joinder.world.people import Company, invented_company
from joinder.world.tables.characters import CHARACTERS
from joinder.world.tables.goods import CATEGORIES, Category
from joinder.world.tables.wording import words

_STARTS = words(
    "vel tur qor zan mer lix dro fen bra syl kov tam nor wex pli gan hul jor cry yst ob um ix arn vio zep"
)
_MIDDLES = words("ta ri lo ve na du mi so ka pe zu ro li ne va")
_ENDS = words("ra nix len dor via zon mex lia tho ric vana bel tis quo ryn mont sette lux")
_KINDS = ("combined",) * 10 + ("word",) * 5 + ("device", "design", "copyright", "patent")
_WORKS = words("山海异兽图 星河漫游 百鸟朝阳 雪原列车 海底花园 云端小镇 四季茶席 夜航灯塔")

RIGHTS_KIND = 3
ACCOUNTS_PER_RIGHT = 2


@dataclass(frozen=True, slots=True)
class Right:
    """One right. `mark` is empty for a device; `logo` is the picture's path within the world."""

    index: int
    right_id: str
    kind: str
    mark: str
    alias: str
    holder: Company
    category: Category
    genuine_minor: int
    logo: str
    registered_on: int
    registration_no: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The writings a listing may bend; empty for rights that are infringed by pictures alone."""
        return tuple(text for text in (self.mark, self.alias) if text) if self.is_word else ()

    @property
    def is_word(self) -> bool:
        return self.kind in ("word", "combined")

    @property
    def is_pictured(self) -> bool:
        return self.kind in ("combined", "device", "design", "copyright")


def latin_mark(draws: Draws) -> str:
    """An invented Latin mark of five letters or more."""
    middle = "".join(draws.pick(_MIDDLES) for _ in range(draws.below(3)))
    return (draws.pick(_STARTS) + middle + draws.pick(_ENDS)).capitalize()


def chinese_mark(draws: Draws) -> str:
    """An invented Chinese mark: two characters now and then, mostly three, sometimes four."""
    count = (2, 3, 3, 3, 3, 4, 4)[draws.below(7)]
    return "".join(draws.sample(list(CHARACTERS), count))


def invent_rights(seed: int, count: int) -> list[Right]:
    """`count` rights with marks that differ from one another."""
    draws = Draws(seed, "rights")
    taken: set[str] = set()
    rights = []
    for index in range(count):
        kind = "combined" if index < 2 else _KINDS[index % len(_KINDS)]
        category = draws.pick(CATEGORIES)
        zh, en = _fresh(chinese_mark, draws, taken), _fresh(latin_mark, draws, taken)
        mark, alias = (zh, en) if draws.chance(0.6) else (en, zh)
        if kind == "device":
            mark, alias = "", ""
        elif kind in ("design", "patent"):
            mark, alias = f"{category.nouns_zh[0]}（{'外观' if kind == 'design' else '结构'}）", ""
        elif kind == "copyright":
            mark, alias = draws.pick(_WORKS) + f" {index}", ""
        price = int(category.low_minor * 1.5 + (draws.random() ** 1.5) * category.high_minor)
        rights.append(
            Right(
                index=index,
                right_id=f"R{index + 1:05d}",
                kind=kind,
                mark=mark,
                alias=alias,
                holder=invented_company(
                    Draws(seed, "holder", index // 2), trade=zh if index % 2 == 0 else None
                ),
                category=category,
                genuine_minor=price // 1000 * 1000 + 900,
                logo=f"images/r{scrambled(index, seed, RIGHTS_KIND):010d}.png",
                registered_on=14_600 + draws.below(4_000),  # days since 1970: 2009-12 to 2020-11
                registration_no=str(10_000_000 + draws.below(60_000_000)),
            )
        )
    return rights


def _fresh(invent: Callable[[Draws], str], draws: Draws, taken: set[str]) -> str:
    while True:
        mark = invent(draws)
        if mark not in taken:
            taken.add(mark)
            return mark


def near_mark(mark: str, draws: Draws) -> str:
    """Another trader's own mark that looks related: it differs at its beginning, where marks are remembered."""
    near = mark
    while near.lower() == mark.lower():
        if mark.isascii():
            near = (latin_mark(draws)[:2] + mark[2:].lower()).capitalize()
        else:
            near = draws.pick(list(CHARACTERS)) + mark[1:]
    return near


def authorised_accounts(right: Right) -> range:
    """The numbers of the accounts that may sell under a right; the market's first accounts are theirs."""
    start = right.index * ACCOUNTS_PER_RIGHT
    return range(start, start + ACCOUNTS_PER_RIGHT)
