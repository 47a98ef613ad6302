"""Evidence is a fact: append, seal, verify.

A page becomes one sealed package that the other side can check without us. Chromium looks at it through a gate that
decides and writes down every connection (``gate``); its own NetLog gives the bytes of the TLS sockets, which become a
WARC byte for byte (``netlog``, ``warc``, ``wacz``); views are taken under a frozen page (``driver``); every member is
bound by signature, time stamp and transparency log (``seal``, ``tlog``). Integrity is never called authenticity, an
incomplete capture is never called complete, and self-issued keys are called self-issued.

Public: ``capture(CaptureRequest, home, progress)``, ``verify(package, trust)``, ``authority.make(home)`` and
``tlog.Log(home)``.
"""

from joinder.evidence.capturing import CaptureRequest, CaptureResult, capture
from joinder.evidence.driver import Budget
from joinder.evidence.tlog import Log
from joinder.evidence.verification import Verdict, verifier_command, verify

__all__ = [
    "Budget",
    "CaptureRequest",
    "CaptureResult",
    "Log",
    "Verdict",
    "capture",
    "verifier_command",
    "verify",
]
