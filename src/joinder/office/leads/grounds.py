"""The grounds of a verdict: code lists, not free text, so that they can be counted and learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What a person decides about a lead; the digit that decides it stands in ``DIGITS``."""

    SUSPECTED = "suspected", _("Suspected")
    CLEARED = "cleared", _("Not suspected")
    DUPLICATE = "duplicate", _("Duplicate")
    UNSURE = "unsure", _("Unsure")


DIGITS = {"1": Verdict.SUSPECTED, "2": Verdict.CLEARED, "3": Verdict.DUPLICATE, "4": Verdict.UNSURE}


class Ground(TextChoices):
    """Why a listing is suspected."""

    MARK = "mark", _("Sign identical or similar")
    PRICE = "price", _("Price far below the genuine")
    WORDS = "words", _("A replica seller's words")
    SELLER = "seller", _("What is known of the seller")
    GOODS = "goods", _("Identical or similar goods")
    OTHER = "other", _("Other ground")


class Clearance(TextChoices):
    """Why a listing is not suspected."""

    AUTHORISED = "authorised", _("Authorised seller")
    RESALE = "resale", _("Resale of genuine goods")
    DESCRIPTIVE = "descriptive", _("Descriptive use")
    OTHER_GOODS = "other_goods", _("Other goods")
    OTHER_NAME = "other_name", _("Another name, not confusing")
    OTHER = "other", _("Other reason")


_BY_ASPECT = {
    "visual": Ground.MARK,
    "aural": Ground.MARK,
    "conceptual": Ground.MARK,
    "image": Ground.MARK,
    "price": Ground.PRICE,
    "seller": Ground.SELLER,
}
_BY_CHANNEL = {"cue": Ground.WORDS, "goods": Ground.GOODS}


def proposed_grounds(explanation: Mapping[str, Any]) -> list[str]:
    """The grounds that the machine's evidence points to, in the order of the list; the person confirms them."""
    found = set()
    for item in explanation.get("evidence", ()):
        # That a shop is not on a list is no ground by itself.
        if item["weight"] > 0 and item["channel"] != "unlisted":
            ground = _BY_CHANNEL.get(item["channel"]) or _BY_ASPECT.get(item["aspect"])
            if ground:
                found.add(ground)
    return [ground.value for ground in Ground if ground in found]
