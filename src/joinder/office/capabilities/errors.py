"""What can be wrong with a capability or a call."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class DescriptorInvalid(JoinderError):
    """The descriptor does not say what it must; the message names the place."""

    exit_code = 2
    http_status = 422


class InputInvalid(JoinderError):
    """The input does not fit the capability's schema; ``faults`` lists (place, fault)."""

    exit_code = 2
    http_status = 422

    def __init__(self, message: str, faults: list[tuple[str, str]], *, mend: str | None = None) -> None:
        super().__init__(message, mend=mend)
        self.faults = faults


class CallDenied(JoinderError):
    """The policy does not let this actor ask this; the message says which rule."""

    http_status = 403


class QuotaUsedUp(JoinderError):
    """The organisation has asked this as often as it may today."""

    http_status = 429
