"""Which addresses the gate lets a page reach, whatever way they are spelled.

A page under capture is hostile until shown otherwise: it may name ``http://2852039166/`` or ``[::ffff:a9fe:a9fe]``
and mean the cloud's metadata service. So a host is first read as an address in every spelling that a browser or a
resolver accepts (dotted, octal, hexadecimal, one to four parts, IPv6 with or without an embedded IPv4), and an
address is public only if it *and every IPv4 address embedded in it* lie outside the special-purpose registries.
The tables are our own rather than ``ipaddress.is_global``, whose answer differs between Python releases.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries; WHATWG URL §3.5 (the IPv4 number parser);
RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 8215 (local NAT64), RFC 2765 (translated addresses).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_DENIED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this host: Linux connects 0.0.0.0 to loopback
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, where some clouds put their metadata service
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, 169.254.169.254 among them
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # retired 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",  # reserved, and the broadcast address
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")  # the only space IANA has given out for global unicast
_DENIED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments; Teredo inside it is judged by its embedded address first
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
    )
)
_TEREDO = IPv6Network("2001::/32")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")
_V4_MAPPED = IPv6Network("::ffff:0:0/96")

_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\Z")


def literal_address(host: str) -> Address | None:
    """The address that ``host`` spells, or None if it is a name.

    host: as it stands in a URL or a CONNECT line; brackets, a trailing dot and surrounding spaces are allowed.
    A spelling that ends like a number but is none (``1.2.3.4.5``, ``256.1``) gives ``0.0.0.0``, which is never
    public: no resolver should be asked about it.
    """
    text = host.strip().rstrip(".")
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    if ":" in text:
        try:
            return IPv6Address(text)  # a zone id (fe80::1%eth0) is kept and denied below
        except ValueError:
            return IPv4Address(0)
    parts = text.split(".")
    if not _NUMBER.match(parts[-1]):
        return None
    return _from_numbers(parts) or IPv4Address(0)


def _from_numbers(parts: list[str]) -> IPv4Address | None:
    """One to four numbers as a browser and ``inet_aton`` read them: the last fills the remaining bytes."""
    if len(parts) > 4 or not all(_NUMBER.match(part) for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    *leading, last = numbers
    if any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        return None
    value = last
    for place, number in enumerate(leading):
        value += number << (8 * (3 - place))
    return IPv4Address(value)


def _number(text: str) -> int:
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    if len(text) > 1 and text.startswith("0"):
        return int(text, 8)
    return int(text)


def is_public(address: Address) -> bool:
    """Whether a page may be fetched from ``address`` without being allowed by name."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _DENIED_V4)
    if address.scope_id is not None:
        return False
    embedded = embedded_v4(address)
    if embedded is not None and not is_public(embedded):
        return False
    if address in _NAT64:
        return (
            True  # an IPv6-only network reaches public IPv4 this way; the embedded address was judged above
        )
    return (
        address in _PUBLIC_V6
        and address not in _V4_MAPPED
        and not any(address in network for network in _DENIED_V6)
    )


def embedded_v4(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that ``address`` leads to through mapping, NAT64, 6to4 or Teredo; None if there is none."""
    value = int(address)
    if address in _SIX_TO_FOUR:
        return IPv4Address((value >> 80) & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address((value & 0xFFFFFFFF) ^ 0xFFFFFFFF)
    if address in _NAT64 or value >> 48 == 0 or value >> 32 in (0xFFFF, 0xFFFF0000):
        return IPv4Address(value & 0xFFFFFFFF)
    return None
