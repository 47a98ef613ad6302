"""What the gate allows: pure decisions over names, addresses, ports and budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from joinder.evidence.gate.addresses import Address, is_public, literal_address

WEB_PORTS = frozenset({80, 443})

# Names Chromium asks for on its own account with every quiet flag set. Refused and logged, so that the browser's
# business never stands among the page's exchanges; a page that needs one of them is captured with --allow-host.
BROWSER_HOSTS = frozenset({
    "accounts.google.com", "clients1.google.com", "clients2.google.com", "clients2.googleusercontent.com",
    "clients4.google.com", "clientservices.googleapis.com", "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com", "optimizationguide-pa.googleapis.com", "redirector.gvt1.com",
    "safebrowsing.googleapis.com", "safebrowsing.google.com", "update.googleapis.com",
})  # fmt: skip


def host_key(host: str) -> str:
    """One form for a host name: lower case, ASCII (punycode), no trailing dot; addresses in their usual spelling."""
    text = host.strip().rstrip(".").lower()
    address = literal_address(text)
    if address is not None and int(address):
        return str(address)
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:
        return text


@dataclass(frozen=True)
class GatePolicy:
    """Limits of one capture.

    allow_hosts: names or addresses the operator allows by hand, every port of them, even on a private network.
    extra_ports: ports allowed on public hosts beside 80 and 443 (the captured page's own port).
    max_connections, max_bytes: the budget; ciphertext bytes of both directions count.
    """

    allow_hosts: frozenset[str] = field(default_factory=frozenset)
    extra_ports: frozenset[int] = field(default_factory=frozenset)
    max_connections: int = 2_000
    max_bytes: int = 512 * 1024 * 1024

    @classmethod
    def of(cls, allow_hosts: Iterable[str] = (), **limits: object) -> GatePolicy:
        """A policy whose ``allow_hosts`` are brought to one form."""
        return cls(allow_hosts=frozenset(host_key(host) for host in allow_hosts), **limits)  # type: ignore[arg-type]

    def allows_by_name(self, host: str) -> bool:
        return host_key(host) in self.allow_hosts

    def refusal_of_name(self, host: str, port: int) -> str | None:
        """Why ``host:port`` is refused before any resolver is asked, or None."""
        if self.allows_by_name(host):
            return None
        if host_key(host) in BROWSER_HOSTS:
            return "the browser's own background traffic"
        if port not in WEB_PORTS | self.extra_ports:
            return f"port {port} is not a web port"
        address = literal_address(host)
        if address is not None and not is_public(address):
            return f"{host} spells {address}, which is not a public address"
        return None

    def refusal_of_addresses(self, host: str, addresses: Iterable[Address]) -> str | None:
        """Why the resolver's answer is refused, or None. One private address among public ones refuses the name:
        a resolver that mixes them is the shape of DNS rebinding."""
        found = list(addresses)
        if not found:
            return "the name does not resolve"
        if self.allows_by_name(host):
            return None
        private = [str(address) for address in found if not is_public(address)]
        return f"{host} resolves to {', '.join(private)}, not a public address" if private else None
