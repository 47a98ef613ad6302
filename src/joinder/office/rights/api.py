"""Rights for machines."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from joinder.office.rights import policies, selectors
from joinder.office.rights.models import Right

router = Router(tags=["rights"])
LARGEST_LIST = 200


class RightOut(Schema):
    """A right as a register publishes it."""

    id: int
    ref: str
    kind: str
    mark: str
    aliases: list[str]
    classes: list[str]
    registration_no: str
    holder: str
    expires_on: date | None


class RightDetailOut(RightOut):
    """With what the caller may know besides; null where it may not."""

    genuine_price_minor: int | None
    currency: str | None
    authorised_sellers: list[str] | None


def _told(right: Right) -> dict[str, object]:
    names = RightOut.model_fields
    return {name: getattr(right, "pk" if name == "id" else name) for name in names}


@router.get("/rights", response=list[RightOut])
def rights(request: HttpRequest, q: str = "") -> list[dict[str, object]]:
    """Rights that fit all words of ``q``, at most 200."""
    found = Right.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    for word in q.lower().split():
        found = found.filter(search_text__contains=word)
    return [_told(right) for right in found[:LARGEST_LIST]]


@router.get("/rights/{right_id}", response=RightDetailOut)
def right(request: HttpRequest, right_id: int) -> dict[str, object]:
    """One right."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = get_object_or_404(Right.objects.visible_to(actor), pk=right_id)
    sees_price = policies.may_see_price(actor, shown)
    sees_sellers = policies.may_see_sellers(actor, shown)
    return {
        **_told(shown),
        "genuine_price_minor": shown.genuine_price_minor if sees_price else None,
        "currency": shown.currency if sees_price else None,
        "authorised_sellers": [str(s) for s in selectors.sellers_of(actor, shown)] if sees_sellers else None,
    }
