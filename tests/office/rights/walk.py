"""The pages of rights for the walk of the browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.rights import services
from joinder.office.rights.models import Right
from joinder.pools import intake, write_rows

Walked = tuple[str, Actor, str]


def pages(make: Callable[..., Actor]) -> Iterator[Walked]:
    """A holder's mark with a picture, sellers and notes, seen by each side."""
    holder, inspector, platform = make("right_holder"), make("market_regulator"), make("platform")
    name = Organisation.objects.get(pk=holder.organisation_id).name
    with tempfile.TemporaryDirectory() as folder:
        picture = Image.new("RGB", (600, 300), "white")
        ImageDraw.Draw(picture).ellipse((60, 30, 540, 270), outline="navy", width=18)
        picture.save(Path(folder) / "logo.png")
        rows = [
            {
                "right_id": "W1", "kind": "combined", "office": "样例商标局", "registration_no": "0000001",
                "holder": name, "mark": "样例优品", "aliases": ["SAMPLO", "样品"], "images": ["logo.png"],
                "classes": ["18", "25"], "goods": "服装；鞋；箱包", "registered_on": "2017-03-01",
                "expires_on": "2027-02-28", "status": "有效", "genuine_price": "1399.00", "currency": "CNY",
                "authorised_accounts": ["淘贝/A1"],
            },
            {"right_id": "W2", "kind": "word", "holder": "另一家样例公司", "mark": "EXAMPLIA", "classes": ["9"],
             "expires_on": "2020-12-31"},
        ]  # fmt: skip
        write_rows(Path(folder) / "rights.jsonl", rows)
        intake(settings.HOME, "walk-marks", "right", [Path(folder) / "rights.jsonl"])
        services.import_rights(actor=inspector, pool="walk-marks")
    right = Right.objects.get(pool="walk-marks", right_id="W1")
    services.authorise_seller(
        actor=holder, right=right, platform="拼贝", account_id="B-00017", name="样例优品授权店"
    )
    services.add_note(
        actor=holder,
        right=right,
        product="经典款运动鞋",
        genuine="鞋舌标签为激光切割，扫码指向权利人查询页。",
        fake="鞋舌标签边缘毛糙，二维码重复。",
    )
    yield "rights", inspector, "/rights/"
    yield "rights-search", inspector, "/rights/?q=样品&kind=combined"
    yield "right", inspector, right.get_absolute_url()
    yield "right-holder", holder, right.get_absolute_url()
    yield "right-platform", platform, right.get_absolute_url()
    yield "rights-import", inspector, "/rights/import/"
    yield "desk-holder", holder, "/"
