"""Making a world: every table and picture streamed into a folder that takes its name only when it is whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.progress import NO_PROGRESS, Progress
from joinder.world import drawing
from joinder.world.entities import Account, Operator, Role
from joinder.world.errors import NotAWorld, OutputNotEmpty
from joinder.world.files import FORMATS, Tables, sync
from joinder.world.knobs import SCALES, Knobs
from joinder.world.listings import listings
from joinder.world.market import Market
from joinder.world.operators import operators
from joinder.world.people import Company
from joinder.world.rights import Right, authorised_accounts
from joinder.world.shops import account_id, authorised_platform
from joinder.world.trade import trade

VERSION = 1
"""Raised whenever the same seed would make other bytes."""

_OFFICE = "CN"
_STEP = 500


@dataclass(frozen=True, slots=True)
class World:
    """A world on disk: where it is, how it was made, and how many rows each table has."""

    folder: Path
    seed: int
    scale: str
    format: str
    knobs: Knobs
    counts: dict[str, int]

    def table(self, name: str) -> Path:
        """The file of a table, e.g. `listings` or `truth/accounts`."""
        return self.folder / f"{name}.{self.format}"


def make(
    folder: Path,
    *,
    seed: int = 7,
    scale: str = "small",
    knobs: Knobs | None = None,
    format: str = "parquet",
    progress: Progress = NO_PROGRESS,
) -> World:
    """Make a world in `folder`, replacing a world that stands there.

    The same seed, scale and knobs give the same bytes. Memory does not grow with the scale except for the list of
    picture names. Raises OutputNotEmpty where `folder` holds something else, UsageError for an unknown scale or
    format; in each case, and when stopped half-way, what stood in `folder` is untouched.
    """
    if scale not in SCALES:
        raise UsageError(f"There is no scale {scale!r}.", mend=f"The scales are: {', '.join(SCALES)}.")
    if format not in FORMATS:
        raise UsageError(
            f"A world cannot be written as {format!r}.", mend=f"The formats are: {', '.join(FORMATS)}."
        )
    folder = folder.absolute()
    _check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    market = Market(seed, SCALES[scale], knobs or Knobs())
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        counts = _write_tables(market, making, format, progress)
        counts["images"] = _write_pictures(market, making, progress)
        world = World(folder, seed, scale, format, market.knobs, counts)
        _write_description(world, making)
        making.chmod(0o755)
        _take_name(making, folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return world


def read_world(folder: Path) -> World:
    """The world in a folder. Raises NotAWorld if there is none."""
    try:
        said = json.loads((folder / "world.json").read_text(encoding="utf-8"))
        return World(
            folder.absolute(),
            said["seed"],
            said["scale"],
            said["format"],
            Knobs(**said["knobs"]),
            said["counts"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAWorld(
            f"{folder} holds no world: world.json is missing or unreadable.",
            mend=f"Make one with: joinder world make --scale small --seed 7 --out {folder}",
        ) from error


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputNotEmpty(f"{folder} is a file; a folder was expected.", mend="Choose another --out.")
    if any(folder.iterdir()) and not (folder / "world.json").is_file():
        raise OutputNotEmpty(
            f"{folder} is not empty and holds no world, so it is left as it is.",
            mend="Choose an empty or new folder for --out, or empty this one yourself.",
        )


def _take_name(making: Path, folder: Path) -> None:
    """Put the finished folder in its place; the world that stood there goes only after that."""
    if not folder.exists():
        os.replace(making, folder)
        return
    old = making.with_name(making.name + "-old")
    os.replace(folder, old)
    try:
        os.replace(making, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_tables(market: Market, folder: Path, format: str, progress: Progress) -> dict[str, int]:
    infringed = [0] * len(market.rights)
    with Tables(folder, format, market.seed) as tables:
        for right in market.rights:
            tables.add["rights"](_right_row(market, right))
        for company in market.shared_parties():
            tables.add["parties"](_party_row(company))
        _write_hubs(market, tables)
        with progress.stage("shops and listings", total=market.scale.listings) as bar:
            made = reported = 0
            for operator in operators(market):
                made = _write_operator(market, tables, operator, made, infringed)
                if made - reported >= _STEP:
                    bar.advance(made - reported)
                    reported = made
            bar.advance(made - reported)
        for right, count in zip(market.rights, infringed, strict=True):
            tables.add["truth/rights"](
                (right.right_id, right.kind, right.holder.uscc, count, right.is_word or right.is_pictured)
            )
    for path in sorted(folder.rglob(f"*.{format}")):
        sync(path)
    return tables.counts


def _write_operator(
    market: Market, tables: Tables, operator: Operator, made: int, infringed: list[int]
) -> int:
    add = tables.add
    if operator.role is not Role.AUTHORISED:
        for company in (operator.company, *operator.straws):
            add["parties"](_party_row(company))
    for account in operator.accounts:
        add["accounts"](account.row)
        add["truth/accounts"](_account_truth(operator, account))
        for listing in listings(market, operator, account, made):
            made += 1
            right = listing.right.right_id if listing.right else None
            if listing.right:
                infringed[listing.right.index] += 1
            add["listings"](listing.row)
            add["truth/listings"](
                (
                    account.platform, listing.listing_id, account.account_id, right, listing.evasion.value,
                    operator.operator_id, listing.nature.value,
                )
            )  # fmt: skip
            for name, row in trade(market, operator, account, listing):
                add[name](row)
    return made


def _right_row(market: Market, right: Right) -> tuple[object, ...]:
    sellers = [
        f"{authorised_platform(shop)}/{account_id(market, number)}"
        for shop, number in enumerate(authorised_accounts(right))
    ]
    classes = (
        ["14-03"]
        if right.kind == "design"
        else []
        if right.kind in ("copyright", "patent")
        else [str(right.category.nice)]
    )
    return (
        right.right_id, right.kind, _OFFICE, right.registration_no, right.holder.name, right.mark or None,
        [right.alias] if right.alias else [], [right.logo] if right.is_pictured else [], classes,
        "；".join(right.category.nouns_zh), right.registered_on, right.registered_on + 7_300, "registered",
        f"{right.genuine_minor // 100}.{right.genuine_minor % 100:02d}", "CNY", sellers,
    )  # fmt: skip


def _party_row(company: Company) -> tuple[object, ...]:
    return (
        company.uscc, None, company.kind, company.name, company.representative, company.address, company.phone,
        company.city.region, "存续", company.registered_on,
    )  # fmt: skip


def _account_truth(operator: Operator, account: Account) -> tuple[object, ...]:
    return (
        account.platform, account.account_id, operator.operator_id, operator.role.value, account.linkable,
        account.link_group,
    )  # fmt: skip


def _write_hubs(market: Market, tables: Tables) -> None:
    for hub in market.hubs:
        tables.add["truth/hubs"](("logistics", hub.name, hub.phone, hub.address, hub.sender_account, None))
    for mill in market.mills:
        tables.add["truth/hubs"](("licence_mill", mill.name, None, None, None, mill.uscc))


def _write_pictures(market: Market, folder: Path, progress: Progress) -> int:
    total = market.scale.rights + len(market.gallery)
    with progress.stage("pictures", total=total) as bar:
        for number, (path, png) in enumerate(drawing.pictures(market)):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(png)
            if number % 50 == 49:
                bar.advance(50)
        bar.advance(total % 50)
    return total


def _write_description(world: World, folder: Path) -> None:
    said = {
        "version": VERSION,
        "seed": world.seed,
        "scale": world.scale,
        "format": world.format,
        "knobs": asdict(world.knobs),
        "counts": world.counts,
    }
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    (folder / "world.json").write_text(text, encoding="utf-8")


def settings_to_knobs(settings: Iterable[str]) -> Knobs:
    """Knobs from `name=value` texts; see `Knobs.with_settings`."""
    return Knobs().with_settings(settings)
