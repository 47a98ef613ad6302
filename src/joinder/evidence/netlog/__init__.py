"""Chromium's own record of the bytes on its TLS sockets, read strictly and turned into HTTP exchanges.

NetLog is a debugging format without a promise: constants are read by name, and a log whose words are not all known
is refused rather than guessed at (``events``). ``http1`` cuts a connection's two byte streams into requests and
responses exactly as they passed; ``exchanges`` joins the two and says of each response whether it is whole.
"""

from joinder.evidence.netlog.events import Netlog, read_netlog
from joinder.evidence.netlog.exchanges import Connection, Exchange, connections, exchanges

__all__ = ["Connection", "Exchange", "Netlog", "connections", "exchanges", "read_netlog"]
