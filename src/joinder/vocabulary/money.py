"""Money: shown in major units with its currency, stored in minor units as an integer.

The number of minor digits is ISO 4217's. A currency that is not in the table has two, as most do; the few that
differ are listed.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from joinder.vocabulary.errors import JoinderError

# ISO 4217 minor digits that are not 2.
_MINOR_DIGITS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
    "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3,
    "TND": 3,
}  # fmt: skip
_CURRENCY = re.compile(r"[A-Z]{3}")
_LARGEST_MINOR = 2**63 - 1


class MoneyError(JoinderError):
    """An amount or a currency cannot be read."""


def minor_digits(currency: str) -> int:
    """How many decimal digits a currency has. Raises MoneyError if it is not a three-letter code."""
    if not _CURRENCY.fullmatch(currency):
        raise MoneyError(f"{currency!r} is not a currency code; expected three capital letters such as CNY.")
    return _MINOR_DIGITS.get(currency, 2)


def to_minor(amount: str | int | Decimal, currency: str) -> int:
    """Minor units of an amount in major units: ``to_minor("12.50", "CNY") == 1250``.

    Thousands separators and spaces are allowed in text; halves round up. Raises MoneyError for anything else, for
    infinities, and for sums that a 64-bit integer cannot hold.
    """
    digits = minor_digits(currency)
    text = re.sub(r"[,\s，]", "", amount) if isinstance(amount, str) else amount
    try:
        minor = Decimal(text).scaleb(digits).to_integral_value(rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise MoneyError(
            f"{amount!r} is not an amount in {currency}.",
            mend="Write digits with a decimal point, such as 1234.50.",
        ) from None
    if not minor.is_finite() or abs(minor) > _LARGEST_MINOR:
        raise MoneyError(f"{amount!r} is not an amount that can be stored in minor units of {currency}.")
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount in major units: ``from_minor(1250, "CNY") == Decimal("12.50")``."""
    return Decimal(minor).scaleb(-minor_digits(currency))
