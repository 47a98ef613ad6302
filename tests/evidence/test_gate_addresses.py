"""Every spelling of an address that a page might use, and whether the gate lets it through."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from joinder.evidence.gate import GatePolicy
from joinder.evidence.gate.addresses import is_public, literal_address
from joinder.evidence.gate.policy import BROWSER_HOSTS, host_key

# (spelling, why it must not pass)
REFUSED = [
    ("127.0.0.1", "loopback"),
    ("127.1", "two parts"),
    ("127.0.1", "three parts"),
    ("127.255.255.254", "the whole /8 is loopback"),
    ("2130706433", "decimal loopback"),
    ("0x7f000001", "hexadecimal loopback"),
    ("0x7F.1", "hexadecimal part"),
    ("0177.0.0.1", "octal part"),
    ("017700000001", "octal loopback"),
    ("0x7f.0x0.0x0.0x1", "all parts hexadecimal"),
    ("00000177.0.0.1", "leading zeros"),
    ("127.0.0.1.", "trailing dot"),
    (" 127.0.0.1 ", "surrounding blanks"),
    ("0", "zero"),
    ("0.0.0.0", "this host, which Linux connects to loopback"),
    ("0x0", "hexadecimal zero"),
    ("00", "octal zero"),
    ("0.1.2.3", "this network"),
    ("169.254.169.254", "cloud metadata"),
    ("2852039166", "decimal metadata"),
    ("0xA9FEA9FE", "hexadecimal metadata"),
    ("0251.0376.0251.0376", "octal metadata"),
    ("169.254.43518", "three-part metadata"),
    ("169.16689662", "two-part metadata"),
    ("100.100.100.200", "metadata of another cloud, in carrier NAT space"),
    ("100.64.0.1", "carrier NAT"),
    ("10.0.0.1", "private"),
    ("10.1", "private, two parts"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private, last"),
    ("192.168.0.1", "private"),
    ("3232235521", "decimal private"),
    ("0xc0a80001", "hexadecimal private"),
    ("192.0.0.192", "protocol assignments, metadata of one cloud"),
    ("192.0.2.1", "documentation"),
    ("198.51.100.7", "documentation"),
    ("203.0.113.7", "documentation"),
    ("198.18.0.1", "benchmarking"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast discovery"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("256.1.1.1", "not an address, but ends like one"),
    ("1.2.3.4.5", "too many parts"),
    ("1.2.3.999", "last part too large"),
    ("0x1.0x2.0x3.0xZZ.1", "a part that is no number before one that is"),
    ("08.1.1.1", "not octal"),
    ("4294967296", "one more than an address holds"),
    ("[::1]", "loopback"),
    ("::1", "loopback without brackets"),
    ("[0:0:0:0:0:0:0:1]", "loopback in full"),
    ("[::]", "unspecified"),
    ("[::ffff:127.0.0.1]", "mapped loopback"),
    ("[::ffff:7f00:1]", "mapped loopback, hexadecimal"),
    ("[::ffff:169.254.169.254]", "mapped metadata"),
    ("[::ffff:8.8.8.8]", "mapped addresses never come from a resolver"),
    ("[::127.0.0.1]", "compatible loopback"),
    ("[::ffff:0:10.0.0.1]", "translated private"),
    ("[64:ff9b::127.0.0.1]", "NAT64 loopback"),
    ("[64:ff9b::a9fe:a9fe]", "NAT64 metadata"),
    ("[64:ff9b:1::1]", "local NAT64"),
    ("[2002:7f00:1::]", "6to4 loopback"),
    ("[2002:a9fe:a9fe::1]", "6to4 metadata"),
    ("[2001:0:4136:e378:8000:63bf:f5ff:fffe]", "Teredo to 10.0.0.1"),
    ("[2001:db8::1]", "documentation"),
    ("[fe80::1]", "link-local"),
    ("[fe80::1%25eth0]", "zone id"),
    ("[fe80::1%eth0]", "zone id"),
    ("[fec0::1]", "site-local"),
    ("[fc00::1]", "unique local"),
    ("[fd00:ec2::254]", "metadata over IPv6"),
    ("[ff02::1]", "multicast"),
    ("[100::1]", "discard-only"),
    ("[4000::1]", "never given out"),
    ("[::zz]", "not an address"),
]

PUBLIC = [
    "8.8.8.8", "1.1.1.1", "134744072", "0x08080808", "010.8.8.8", "[2606:4700::1111]", "[2a00:1450:4001::1]",
    "[64:ff9b::8.8.8.8]", "[2002:808:808::1]", "172.15.255.255", "172.32.0.1", "100.128.0.1", "11.0.0.1",
]  # fmt: skip


def test_the_table_is_long_enough() -> None:
    assert len(REFUSED) >= 60


@pytest.mark.parametrize(("spelling", "why"), REFUSED)
def test_refused_spelling(spelling: str, why: str) -> None:
    address = literal_address(spelling)
    assert address is not None, why
    assert not is_public(address), why
    assert GatePolicy().refusal_of_name(spelling, 443), why


@pytest.mark.parametrize("spelling", PUBLIC)
def test_public_spelling(spelling: str) -> None:
    address = literal_address(spelling)
    assert address is not None
    assert is_public(address)
    assert GatePolicy().refusal_of_name(spelling, 443) is None


@pytest.mark.parametrize(
    "name", ["example.com", "localhost", "0x.example", "1.2.3.4.example", "样例.example", "a.b-1"]
)
def test_a_name_is_not_an_address(name: str) -> None:
    assert literal_address(name) is None


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (["93.184.216.34"], False),
        (["93.184.216.34", "2606:2800:220:1::"], False),
        (["127.0.0.1"], True),
        (["93.184.216.34", "127.0.0.1"], True),  # the shape of rebinding
        (["93.184.216.34", "fd00::1"], True),
        ([], True),
    ],
)
def test_the_resolvers_answer_is_judged_as_a_whole(answer: list[str], refused: bool) -> None:
    policy = GatePolicy()
    assert bool(policy.refusal_of_addresses("shop.example", map(ip_address, answer))) is refused


@pytest.mark.parametrize(
    ("allowed", "host", "port", "passes"),
    [
        (["localhost"], "localhost", 8443, True),
        (["localhost"], "LOCALHOST.", 1, True),
        (["127.0.0.1"], "2130706433", 8443, True),  # one address, however it is spelled
        (["localhost"], "localhost.example", 8443, False),
        (["localhost"], "127.0.0.1", 8443, False),  # the name was allowed, not the address
        ([], "shop.example", 443, True),
        ([], "shop.example", 80, True),
        ([], "shop.example", 8443, False),
        ([], "shop.example", 22, False),
        (["样例.example"], "xn--fsq541d.example", 8443, True),
    ],
)
def test_hosts_and_ports(allowed: list[str], host: str, port: int, passes: bool) -> None:
    assert (GatePolicy.of(allowed).refusal_of_name(host, port) is None) is passes


def test_the_captured_pages_own_port_is_allowed_on_public_hosts_only() -> None:
    policy = GatePolicy.of(extra_ports=frozenset({8443}))
    assert policy.refusal_of_name("shop.example", 8443) is None
    assert policy.refusal_of_name("10.0.0.1", 8443)


@pytest.mark.parametrize("host", sorted(BROWSER_HOSTS))
def test_the_browsers_own_business_is_refused_unless_allowed(host: str) -> None:
    assert GatePolicy().refusal_of_name(host, 443)
    assert GatePolicy.of([host]).refusal_of_name(host, 443) is None


def test_one_form_of_a_host() -> None:
    assert host_key("样例.Example.") == "xn--fsq541d.example"
    assert host_key("0x7f.1") == "127.0.0.1"
