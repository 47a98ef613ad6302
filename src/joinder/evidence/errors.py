"""What can go wrong between a page and a sealed package, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class EvidenceError(JoinderError):
    """Evidence could not be taken, sealed or checked."""


class CaptureRefused(UsageError):
    """The request asks for what the evidence room does not do (another scheme, an unreadable CA file)."""


class BrowserMissing(EvidenceError):
    """There is no Chromium to look at the page with."""


class BrowserFailed(EvidenceError):
    """Chromium is there but did not start or did not answer."""


class NothingCaptured(EvidenceError):
    """The page gave nothing that could be sealed; no package was made."""


class NetlogUnknown(EvidenceError):
    """Chromium's network log speaks words that this version does not know; nothing is sealed on a guess."""


class SealFailed(EvidenceError):
    """A signature, time stamp or log entry could not be made; no package was made."""


class AuthorityMissing(EvidenceError):
    """The node's keys or trust anchors are missing or incomplete."""


class LogDamaged(EvidenceError):
    """The transparency log on disk does not hold what its last checkpoint promises."""


class NotesMalformed(EvidenceError):
    """A signed note, checkpoint or proof is not written in its C2SP form."""


class ToolMissing(EvidenceError):
    """A stock program that the room relies on (openssl, certutil) is not installed."""
