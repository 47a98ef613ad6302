"""The catalogue's pages for the walk of the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from joinder.office.catalogue import services
from joinder.office.jobs import worker
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation

Walked = tuple[str, Actor, str]
SHOPS = """平台,店铺ID,店铺名称,联系电话,网址,备注
淘贝,A1,某某优品旗舰店,13800000001,https://taobei.example/shop/A1,老店
淘贝,A2,样例二店,13800000002,taobei,
淘贝,,没有编号的店,13800000003,,此行缺编号
"""
MAPPING = """mapping: 1
kind: account
title: 店铺导出
fields:
  platform: 平台
  account_id: 店铺ID
  name: 店铺名称
  phone: 联系电话
  url: 网址
"""


def pages(make: Callable[..., Actor]) -> Iterator[Walked]:
    """A platform's pool with an intake, a trial, a failure and a file that waits for its mapping."""
    platform, inspector = make("platform"), make("market_regulator")
    pool = services.register_pool(
        actor=platform,
        owner=Organisation.objects.get(pk=platform.organisation_id),
        name="walk-shops",
        kind="account",
        title_zh="样例平台店铺",
        title_en="Shops of a sample platform",
        legal_basis="电子商务法第二十五条",
        purposes=["case", "referral"],
        audience="authorities",
        granularity="count",
        fresh_days=30,
    )
    tip = services.register_pool(
        actor=inspector,
        owner=Organisation.objects.get(pk=inspector.organisation_id),
        name="walk-tips",
        kind="complaint",
        title_zh="投诉举报",
        title_en="Tip-offs",
        sensitivity="secret",
        fresh_days=1,
    )

    def run(mapping: str, *, dry_run: bool = False) -> str:
        data = [SHOPS.encode("gb18030"), mapping[-1:].encode() * len(pool.runs.all())]
        upload = services.receive_file(actor=platform, pool=pool, name="店铺导出2026-11.csv", chunks=data)
        made = services.start_intake(
            actor=platform, pool=pool, upload=upload, mapping=mapping, dry_run=dry_run
        )
        worker.run_until_idle()
        return made.get_absolute_url()

    trial, taken, failed = run(MAPPING, dry_run=True), run(MAPPING), run(MAPPING.replace("店铺ID", "编号"))
    waiting = services.receive_file(actor=platform, pool=pool, name="新导出.csv", chunks=[SHOPS.encode()])
    yield "pools", inspector, "/catalogue/"
    yield "pools-own", platform, "/catalogue/?kind=account"
    yield "pool-add", inspector, "/catalogue/add/"
    yield "pool", platform, pool.get_absolute_url()
    yield "pool-asker", inspector, pool.get_absolute_url()
    yield "pool-empty", inspector, tip.get_absolute_url()
    yield "pool-rules", platform, f"/catalogue/{pool.pk}/change/"
    yield "intake", platform, f"/catalogue/{pool.pk}/intake/"
    yield "intake-mapping", platform, f"/catalogue/{pool.pk}/intake/{waiting.pk}/"
    yield "intake-trial", platform, trial
    yield "intake-done", platform, taken
    yield "intake-failed", platform, failed
    yield "rejects", platform, f"/catalogue/{pool.pk}/rejects/"
    yield "desk-stale", inspector, "/"
