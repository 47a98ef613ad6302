"""The only way out for a page under capture: a CONNECT proxy that resolves once, pins, decides and writes down.

``Gate(policy).running()`` serves on a loopback port in a thread of its own; ``policy.GatePolicy`` holds what is
allowed; ``addresses`` reads every spelling of an address. TLS stays end to end: the gate sees names, addresses and
ciphertext, never content.
"""

from joinder.evidence.gate.policy import GatePolicy
from joinder.evidence.gate.proxy import Gate, GateEntry

__all__ = ["Gate", "GateEntry", "GatePolicy"]
