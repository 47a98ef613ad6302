"""What all operators share: platforms, carriers, logistics hubs, licence mills, rights, and the gallery of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from joinder.world.draws import Draws, scrambled
from joinder.world.knobs import Knobs, Scale
from joinder.world.people import Company, address, invented_company, phone
from joinder.world.rights import Right, chinese_mark, invent_rights, latin_mark
from joinder.world.tables.goods import CATEGORIES, Category
from joinder.world.tables.places import CITIES

TODAY = date(2026, 6, 30).toordinal() - date(1970, 1, 1).toordinal()
"""The last day of every world, as days since 1970: worlds do not age."""
SECOND_US, DAY_S = 1_000_000, 86_400
DAY_US = DAY_S * SECOND_US
"""Moments are whole seconds, held as microseconds since 1970 (UTC), so that every file format keeps them exactly."""

PLATFORMS = ("taobei", "pindd", "jingmai", "douxiao", "shopora")
"""Fictional market places; shopora sells abroad, in English and in dollars."""
PLATFORM_WEIGHTS = (
    "taobei",
    "taobei",
    "taobei",
    "pindd",
    "pindd",
    "pindd",
    "jingmai",
    "douxiao",
    "douxiao",
    "shopora",
)
SOCIAL, WEB = "weiquan", "web"
"""Where social accounts and own web shops live."""
CARRIERS = ("样例速运", "示例快递", "范例物流", "虚构快运")

FAKE_SHOTS, GENUINE_SHOTS = 5, 2
_IMAGE_KIND = 4


@dataclass(frozen=True, slots=True)
class Hub:
    """A logistics firm that sends for many: its values are no evidence that two shops are one operator's."""

    name: str
    phone: str
    address: str
    sender_account: str


class Gallery:
    """Which pictures there are and under which path; what they show is drawn by `drawing`.

    Paths are numbered in scrambled order: a name tells nothing of what the picture shows.
    """

    def __init__(self, seed: int, rights: int, stock: int) -> None:
        self._seed, self.rights, self.stock = seed, rights, stock
        self._per_right = FAKE_SHOTS + GENUINE_SHOTS
        self._paths = [self._path(n) for n in range(rights * self._per_right + stock)]

    def _path(self, number: int) -> str:
        name = scrambled(number, self._seed, _IMAGE_KIND)
        return f"images/{name % 100:02d}/{name:010d}.png"

    def fake(self, right: int, shot: int) -> str:
        return self._paths[right * self._per_right + shot]

    def genuine(self, right: int, shot: int) -> str:
        return self._paths[right * self._per_right + FAKE_SHOTS + shot]

    def stock_photo(self, number: int) -> str:
        return self._paths[self.rights * self._per_right + number]

    def stock_of(self, category: int, draws: Draws) -> int:
        """The number of a stock picture that shows goods of a category."""
        kinds = len(CATEGORIES)
        return (
            draws.below(max(1, self.stock // kinds)) * kinds + category
            if self.stock >= kinds
            else category % self.stock
        )

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True)
class Market:
    """One seeded market before anybody opens a shop in it."""

    seed: int
    scale: Scale
    knobs: Knobs

    @cached_property
    def rights(self) -> list[Right]:
        return invent_rights(self.seed, self.scale.rights)

    @cached_property
    def word_rights(self) -> list[Right]:
        """Rights with a word that a listing can spell or bend."""
        return [right for right in self.rights if right.is_word]

    @cached_property
    def picture_rights(self) -> list[Right]:
        """Rights that only a picture can infringe."""
        return [right for right in self.rights if right.is_pictured and not right.is_word]

    @cached_property
    def other_marks(self) -> list[str]:
        """Marks of traders whose rights are not in the register of this world."""
        draws = Draws(self.seed, "other marks")
        ours = {text.lower() for right in self.rights for text in right.spellings}
        marks = [
            latin_mark(draws) if draws.chance(0.5) else chinese_mark(draws)
            for _ in range(80 + self.scale.rights)
        ]
        return [mark for mark in marks if not any(text in mark.lower() for text in ours)]

    @cached_property
    def hubs(self) -> list[Hub]:
        draws = Draws(self.seed, "hubs")
        return [
            Hub(
                name=f"{draws.pick(CARRIERS)}{CITIES[n % len(CITIES)].name}集运仓",
                phone=phone(draws),
                address=address(draws, CITIES[n % len(CITIES)]),
                sender_account=f"YJ{draws.digits(9)}",
            )
            for n in range(self.scale.logistics_hubs)
        ]

    @cached_property
    def mills(self) -> list[Company]:
        return [invented_company(Draws(self.seed, "mill", n)) for n in range(self.scale.licence_mills)]

    @cached_property
    def recycled_phones(self) -> list[str]:
        """Numbers that change hands: two operators may show the same one without being one."""
        draws = Draws(self.seed, "recycled phones")
        return [phone(draws) for _ in range(2 + self.scale.accounts // 40)]

    @cached_property
    def shared_rooms(self) -> list[str]:
        """Rooms in courier stations and shared stores, from which several operators send."""
        draws = Draws(self.seed, "shared rooms")
        return [address(draws, draws.pick(CITIES)) for _ in range(2 + self.scale.accounts // 60)]

    @cached_property
    def gallery(self) -> Gallery:
        return Gallery(self.seed, self.scale.rights, self.scale.stock_photos)

    @cached_property
    def category_number(self) -> dict[str, int]:
        return {category.code: number for number, category in enumerate(CATEGORIES)}

    def category_of(self, draws: Draws) -> Category:
        return draws.pick(CATEGORIES)

    def shared_parties(self) -> Iterator[Company]:
        """Holders and licence mills, each once."""
        seen: set[str] = set()
        for company in [right.holder for right in self.rights] + self.mills:
            if company.uscc not in seen:
                seen.add(company.uscc)
                yield company
